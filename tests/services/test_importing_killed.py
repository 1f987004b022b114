"""An import whose process is killed in the middle of a batch leaves whole batches."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agent_tui.domain.values.records import FactRecord, PersonRecord
from agent_tui.services import importing
from tests.builders import NOON
from tests.services.importing_contents import contents
from tests.services.importing_desk import Intake, person, rows_of

BATCH = 40

IMPORT = """
import os, signal, sys
from agent_tui.services import importing
from agent_tui.storage.unit import UnitOfWork
from tests.builders import make_desk
from tests.services.importing_desk import rows_of
from tests.services.test_importing_killed import BATCH, TAKEN_AT, records

importing.BATCH_PEOPLE = BATCH
left = int(sys.argv[2])
insert_many = UnitOfWork.insert_many

def killed(self, table, rows):
    global left
    insert_many(self, table, rows)
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

UnitOfWork.insert_many = killed
desk = make_desk(sys.argv[1], now=TAKEN_AT)
desk.importing.take(rows_of(records()), source="crm")
"""
TAKEN_AT = NOON


def records() -> list[PersonRecord]:
    """Five batches; the last one changes people of the first."""
    new = [
        person(f"Ada {n}", str(n), phone=f"020 7946 {n:04d}", facts=(FactRecord(f"fact {n}"),))
        for n in range(4 * BATCH)
    ]
    return [*new, *(person(f"Ada {n}", str(n), city="York") for n in range(BATCH))]


@pytest.mark.parametrize("inserts", [3, 17])
def test_what_a_killed_import_leaves_is_completed_by_another(
    migrated_url: str,
    sqlite_template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    inserts: int,
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", IMPORT, migrated_url, str(inserts)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == -9, ended.stderr
    intake = Intake(migrated_url)
    left = intake.one("SELECT count(*) FROM customers")
    assert left % BATCH == 0
    assert left < 4 * BATCH
    assert intake.one("SELECT count(*) FROM contact_points") == left
    assert intake.one("SELECT count(*) FROM facts") == left
    assert (left > 0) == (inserts > 3)

    monkeypatch.setattr(importing, "BATCH_PEOPLE", BATCH)
    rows = rows_of(records())
    completed = intake.desk.importing.take(rows, source="crm")
    assert completed.created == 4 * BATCH - left
    assert completed.updated == BATCH
    undisturbed = Intake(
        f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'undisturbed.sqlite')}"
    )
    undisturbed.desk.importing.take(rows, source="crm")
    assert names(intake) == names(undisturbed)
    sizes = [
        {table: len(rows) for table, rows in contents(desk).items()}
        for desk in (intake, undisturbed)
    ]
    assert sizes[0] == sizes[1]
    assert intake.desk.reindexing.check().ok
    again = intake.desk.importing.take(rows, source="crm")
    assert (again.unchanged, again.rows) == (5 * BATCH, 5 * BATCH)
    undisturbed.desk.close()
    intake.desk.close()


def names(intake: Intake) -> list[tuple[object, ...]]:
    """Who is there, in the order of the file, with what tells one from another."""
    return intake.rows(
        "SELECT c.number, c.name, c.city, c.version, p.normal FROM customers c "
        "JOIN contact_points p ON p.customer_id = c.id ORDER BY c.number"
    )
