"""`redact`: what was stored is masked, what remains is told, and no digit is printed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import NOON, make_desk
from tests.cli.conftest import Run

VISA = "4111111111111111"


def stored(desk: Path, sql: str, *values: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(desk)
    with connection:
        found = connection.execute(sql, values).fetchall()
    connection.close()
    return found


@pytest.fixture
def soiled(desk: Path) -> Path:
    stored(desk, "UPDATE messages SET text = ?", f"my card is {VISA}, cvv 739")
    return desk


def test_a_dry_run_tells_and_changes_nothing(run: Run, soiled: Path) -> None:
    ended = run("redact", "--dry-run")
    assert ended.code == 0
    assert ended.out == "messages; column: text; rows: 1; numbers: 2\n"
    assert stored(soiled, "SELECT text FROM messages") == [(f"my card is {VISA}, cvv 739",)]


def test_what_was_stored_is_masked_to_the_last_byte(run: Run, soiled: Path) -> None:
    ended = run("redact")
    assert (ended.code, ended.err) == (0, "")
    assert VISA not in ended.out
    assert stored(soiled, "SELECT text FROM messages") == [
        ("my card is ************1111, cvv ***",)
    ]
    files = [file for file in soiled.parent.iterdir() if file.is_file()]
    assert not [file for file in files if VISA.encode() in file.read_bytes()]


def test_a_clean_desk_has_nothing_to_tell(run: Run, desk: Path) -> None:
    assert run("redact").out == ""
    assert run("redact", "--json").json["columns"] == []


def test_a_number_that_is_an_order_too_is_told_without_it(run: Run, soiled: Path) -> None:
    stored(soiled, "UPDATE customers SET external_id = ? WHERE name LIKE 'K%'", VISA)
    ended = run("redact", "--json")
    assert ended.code == 3
    assert ended.json["remaining"] == 1
    assert ended.json["identifiers"] == ["customers.external_id"]
    assert "customers.external_id" in ended.err
    assert VISA not in ended.out + ended.err


def test_a_backup_beside_the_desk_is_told(run: Run, soiled: Path) -> None:
    copy = soiled.with_name("desk.sqlite.before-0002-20260101T000000000000")
    copy.write_bytes(VISA.encode())
    ended = run("redact")
    assert ended.code == 3
    assert f"{copy.name}, a backup beside the desk" in ended.err


def test_on_a_server_it_is_said_what_remains(run: Run, migrated_postgres_url: str) -> None:
    with (
        closing(make_desk(migrated_postgres_url)) as desk,
        desk.store.writing(now=NOON, agent_id=None) as unit,
    ):
        unit.execute("UPDATE teams SET name = :name", name=f"Desk {VISA}")
    ended = run("redact", "--db", migrated_postgres_url, "--json")
    assert ended.code == 0
    assert [(one["table"], one["rows"]) for one in ended.json["columns"]] == [("teams", 1)]
    assert ended.json["searched"] == []
    assert "vacuumed" in ended.err
    again = run("redact", "--db", migrated_postgres_url)
    nothing = "No card number and no security code was found.\n"
    assert (again.code, again.out, again.err) == (0, "", nothing)


def test_a_number_that_is_no_card_is_read_from_stdin(process: Run, soiled: Path) -> None:
    number = b"4111 1111 1111 1111\n"
    assert process("redact", "--not-a-card", "an order", stdin=number).code == 0
    assert process("note", "k1", f"order {VISA}").code == 0
    assert stored(soiled, "SELECT text FROM notes") == [(f"order {VISA}",)]
    assert process("redact", "--not-a-card", " ", stdin=number).code == 1
    assert process("redact", "--not-a-card", "x", "--dry-run", stdin=number).code == 2
