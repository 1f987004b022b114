"""Many rows in one unit of work come to the same as one row after the other."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_tui.domain.values.records import (
    ContactPointRecord,
    CustomerRecord,
    FactRecord,
    PersonRecord,
    RejectedRow,
    SourceRow,
    TieRecord,
)
from agent_tui.services import import_batch, importing
from agent_tui.services.import_pace import (
    LONGEST_S,
    PARTS_BESIDE_OTHERS,
    PEOPLE_BESIDE_OTHERS,
    Pace,
)
from agent_tui.storage import unit
from tests.builders import make_desk
from tests.services.importing_contents import contents
from tests.services.importing_desk import Intake, person, rows_of
from tests.services.test_importing_anything import people


def both_ways(
    first: Intake, second: Intake, monkeypatch: pytest.MonkeyPatch, rows: list[Any]
) -> None:
    """Take rows in one piece and one by one, and compare all that is left."""
    with monkeypatch.context() as patched:
        patched.setattr(unit, "_MANY", 1)
        at_once = first.take_rows(rows)
    with monkeypatch.context() as patched:
        patched.setattr(importing, "BATCH_PEOPLE", 1)
        patched.setattr(unit, "_MANY", 1_000)
        one_by_one = second.take_rows(rows)
    assert at_once == one_by_one
    assert [row.line for row in first.rejects] == [row.line for row in second.rejects]
    assert contents(first) == contents(second)
    assert first.desk.reindexing.check().ok
    assert second.desk.reindexing.check().ok


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(records=st.lists(people, max_size=12), again=st.lists(people, max_size=4))
def test_any_rows_come_to_the_same_at_once_and_one_by_one(
    sqlite_template: Path,
    monkeypatch: pytest.MonkeyPatch,
    records: list[PersonRecord],
    again: list[PersonRecord],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [shutil.copy(sqlite_template, Path(folder) / name) for name in ("a", "b")]
        first, second = (Intake(f"sqlite:///{path}") for path in paths)
        both_ways(first, second, monkeypatch, rows_of(records))
        both_ways(first, second, monkeypatch, rows_of([*again, *records]))
        first.desk.close()
        second.desk.close()


def mixed() -> list[SourceRow | RejectedRow]:
    """Rows of every sort: new, repeated with news, without an id, unusable, with parts."""
    records = []
    for number in range(60):
        points = (
            ContactPointRecord("phone", f"020 7946 {number % 40:04d}", preferred=number % 3 == 0),
            ContactPointRecord("email", f"Person.{number % 40}@Loom.example"),
        )
        name = " " if number % 17 == 16 else f"Ada Hart {number % 40}"
        who = CustomerRecord(
            name,
            None if number % 5 == 4 else str(number % 40),
            city=("York", "Leeds")[number >= 40],
            contact_points=points,
        )
        ties = (TieRecord(str((number + 1) % 40), "colleague"),) if number % 7 == 0 else ()
        facts = (FactRecord("card 4111 1111 1111 1111"),) if number % 11 == 0 else ()
        records.append(PersonRecord(who, facts=facts, ties=ties))
    return [*rows_of(records), RejectedRow(61, "not JSON", "{")]


def test_a_batch_writes_what_single_rows_write(
    migrated_url: str, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also on PostgreSQL: there against one by one on SQLite, whose moments are numbers."""
    first = Intake(migrated_url)
    second = Intake(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'other.sqlite')}")
    with monkeypatch.context() as patched:
        patched.setattr(unit, "_MANY", 1)
        at_once = first.take_rows(mixed())
    with monkeypatch.context() as patched:
        patched.setattr(importing, "BATCH_PEOPLE", 1)
        one_by_one = second.take_rows(mixed())
    assert at_once == one_by_one
    assert (at_once.created, at_once.updated, at_once.rejected) == (39, 18, 4)
    assert untimed(contents(first)) == untimed(contents(second))
    first.desk.close()
    second.desk.close()


def untimed(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """The rows without moments; truth as a number, as SQLite keeps it."""
    return {
        table: sorted(
            repr(sorted((name, plain(value)) for name, value in row.items() if is_timeless(name)))
            for row in rows
        )
        for table, rows in tables.items()
    }


def plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def is_timeless(column: str) -> bool:
    return not column.endswith("_at") and column not in ("at", "confirm_by")


def test_while_nobody_waits_batches_grow_as_far_as_time_allows() -> None:
    pace = Pace(lambda: True, people=10_000, parts=10_000)
    sizes = []
    for batch in pace.batches(rows_of(person(f"Ada {n}", str(n)) for n in range(30_000))):
        sizes.append(len(batch))
        pace.took(len(batch), len(batch) * LONGEST_S / 8_000)
    assert sizes[0] < sizes[1] < sizes[2]
    assert set(sizes[2:-1]) == {8_000}


def test_on_a_slow_machine_batches_shrink_again() -> None:
    pace = Pace(lambda: True, people=10_000, parts=10_000)
    batches = pace.batches(rows_of(person(f"Ada {n}", str(n)) for n in range(9_000)))
    first = next(batches)
    pace.took(len(first), 4 * LONGEST_S)
    assert len(next(batches)) == len(first) // 4


def test_beside_others_at_work_batches_are_small() -> None:
    pace = Pace(lambda: False, people=10_000, parts=10_000)
    rows = rows_of(person(f"Ada {n}", str(n)) for n in range(PEOPLE_BESIDE_OTHERS + 1))
    assert [len(batch) for batch in pace.batches(rows)] == [PEOPLE_BESIDE_OTHERS, 1]
    assert PARTS_BESIDE_OTHERS < importing.BATCH_PARTS


def test_long_rows_end_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent_tui.services.import_pace.CHARACTERS", 10)
    pace = Pace(lambda: True, people=10_000, parts=10_000)
    rows = [SourceRow(line, "x" * 6, person(str(line))) for line in range(5)]
    assert [len(batch) for batch in pace.batches(rows)] == [2, 2, 1]


def test_whoever_has_a_customer_open_makes_batches_small(migrated_sqlite_url: str) -> None:
    intake = Intake(migrated_sqlite_url)
    intake.take(person("Ada Hart", "1"))
    other = make_desk(migrated_sqlite_url, handle="noor", now=intake.clock)
    other.attending.be_here(intake.one("SELECT id FROM customers"), None)
    stored: list[int] = []
    intake.desk.importing.take(
        rows_of(person(f"Bo {n}", f"b{n}") for n in range(PEOPLE_BESIDE_OTHERS + 1)),
        source="crm",
        progress=lambda counts: stored.append(counts.rows),
    )
    assert stored == [PEOPLE_BESIDE_OTHERS, PEOPLE_BESIDE_OTHERS + 1]
    other.close()
    intake.desk.close()


def test_people_of_large_batches_are_found_when_the_import_ends(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_batch, "LEFT_FROM", 5)
    monkeypatch.setattr(importing, "BATCH_PEOPLE", 10)
    intake = Intake(migrated_url)
    intake.take(person("Ada Hart", "old", phone="020 7946 0000"))
    told: list[tuple[int, int]] = []
    rows = [person(f"Bo Lind{n}", str(n), phone=f"020 7946 {n:04d}") for n in range(1, 24)]
    rows.append(person("Ada Hart", "old", company="Quistgaard", phone="020 7946 7777"))
    intake.take(*rows, indexed=lambda done, people: told.append((done, people)))
    found = {n: names_found(intake, f"lind{n}") for n in range(1, 24)}
    assert all(f"Bo Lind{n}" in found[n] for n in found)
    assert names_found(intake, "quistgaard") == ["Ada Hart"]
    assert names_found(intake, "946 7777") == ["Ada Hart"]
    assert told
    assert intake.desk.reindexing.check().ok
    intake.desk.close()


def test_whom_a_broken_import_left_for_later_the_next_one_takes_into_the_index(
    migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_batch, "LEFT_FROM", 5)
    monkeypatch.setattr(importing, "BATCH_PEOPLE", 10)
    intake = Intake(migrated_sqlite_url)

    def broken() -> Any:
        yield from rows_of(person(f"Bo Lind{n}", str(n)) for n in range(15))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        intake.take_rows(broken())
    assert intake.one("SELECT count(*) FROM customers") == 10
    intake.take(person("Ada Hart", "other"))
    assert names_found(intake, "lind3") == ["Bo Lind3"]
    intake.desk.close()


def names_found(intake: Intake, query: str) -> list[str]:
    """Who answers, of those whose names or numbers hold the very words."""
    hits = intake.desk.finding.find(query).hits
    return [hit.name for hit in hits if any(match.kind != "near" for match in hit.why)]
