"""The gate in the database: no plain SQL makes a run without its receipt, nor changes either."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest

from agent_tui.domain.tables import Receipt
from agent_tui.errors import Refused
from agent_tui.storage.shifting import shift_days
from agent_tui.storage.unit import UnitOfWork
from tests.builders import NOON, make_desk
from tests.storage.gates import Floor, Sql, insert_run, now, plainly, refuses

NEEDS = "a script run needs a granted receipt"
KEEPS = "a script run keeps its receipt"
STANDS = "a granted receipt never changes"
LINE = "a line of a granted receipt changes only by losing its time"
GRANT = "a receipt is granted where every line was seen"


def test_a_run_with_the_receipt_of_its_agent_customer_and_interaction_stands(
    floor: Floor, sql: Sql
) -> None:
    floor.receipt(10)
    me = str(floor.desk.agent.id)
    sql(insert_run(sql, "10", me, "1", "1"))
    floor.receipt(11, interaction_id=None, how="known", lines=("known",))
    floor.run(11, interaction_id=None)
    floor.receipt(12, how="override", lines=(None,))
    floor.run(12)
    assert sql("SELECT count(*) FROM script_runs") == [(3,)]


@pytest.mark.parametrize(
    ("receipt", "agent", "customer", "interaction"),
    [
        ("404", "{me}", "1", "1"),
        ("11", "{me}", "1", "1"),
        ("10", "{other}", "1", "1"),
        ("10", "{me}", "2", "1"),
        ("10", "{me}", "1", "2"),
        ("10", "{me}", "1", "NULL"),
        ("12", "{me}", "1", "1"),
        ("13", "{me}", "1", "1"),
    ],
)
def test_a_run_with_any_other_receipt_is_refused(
    floor: Floor, sql: Sql, receipt: str, agent: str, customer: str, interaction: str
) -> None:
    """10 is right; 11 was never granted, 12 has no interaction, 13 is of the other customer."""
    floor.receipt(10)
    floor.receipt(11, how=None)
    floor.receipt(12, interaction_id=None)
    floor.receipt(13, customer_id=2, interaction_id=2)
    [[other]] = sql("SELECT id FROM agents WHERE handle = 'asha'")
    agent = agent.format(me=floor.desk.agent.id, other=other)
    statement = insert_run(sql, receipt, agent, customer, interaction)
    refuses(sql, statement, NEEDS)
    refuses(sql, f"{statement} ON CONFLICT DO NOTHING", NEEDS)
    if not floor.is_postgres:
        refuses(sql, statement.replace("INSERT", "INSERT OR IGNORE", 1), NEEDS)
        refuses(sql, statement.replace("INSERT", "INSERT OR REPLACE", 1), NEEDS)
    assert sql("SELECT count(*) FROM script_runs") == [(0,)]


@pytest.mark.parametrize("column", ["receipt", "agent", "customer"])
def test_a_run_without_one_of_them_is_refused(floor: Floor, sql: Sql, column: str) -> None:
    floor.receipt(10)
    values = {"receipt": "10", "agent": str(floor.desk.agent.id), "customer": "1"}
    values[column] = "NULL"
    statement = insert_run(sql, **values, interaction="1")
    refuses(sql, statement, f"{NEEDS}|(?i:not.null)")
    assert sql("SELECT count(*) FROM script_runs") == [(0,)]


@pytest.mark.parametrize(
    "change",
    [
        "receipt_id = 11",
        "customer_id = 2",
        "agent_id = agent_id + 1",
        "interaction_id = 2",
        "interaction_id = NULL",
        "id = 8",
    ],
)
def test_a_run_keeps_what_it_began_with(floor: Floor, sql: Sql, change: str) -> None:
    floor.receipt(10)
    floor.receipt(11)
    floor.run(10, id=7)
    refuses(sql, f"UPDATE script_runs SET {change}", KEEPS)
    sql("UPDATE script_runs SET state = 'ended', version = 2")
    assert sql("SELECT id, receipt_id, customer_id, interaction_id FROM script_runs") == [
        (7, 10, 1, 1)
    ]


def test_a_run_cannot_be_written_over(floor: Floor, sql: Sql, migrated_url: str) -> None:
    floor.receipt(10)
    floor.receipt(11)
    floor.run(10, id=7)
    statement = insert_run(sql, "11", str(floor.desk.agent.id), "1", "1")
    if migrated_url.startswith("sqlite"):
        refuses(sql, statement.replace("INSERT", "REPLACE", 1), "there is a script run")
        refuses(sql, "UPDATE script_runs SET rowid = 9", KEEPS)
    upsert = f"{statement} ON CONFLICT (id) DO UPDATE SET receipt_id = 11"
    refuses(sql, upsert, "there is a script run")
    assert sql("SELECT id, receipt_id FROM script_runs") == [(7, 10)]


BEGUN = (
    "INTO receipts (id, agent_id, customer_id, interaction_id, digest, focus, begun_at, "
    "granted_at, how, override) VALUES ({id}, {me}, 1, 1, '', 'unknown', {now}, {granted}, "
    "{how}, NULL)"
)


@pytest.mark.parametrize("how", ["'seen'", "'known'", "'override'", "'magic'", "NULL"])
def test_a_receipt_is_never_granted_from_the_start(floor: Floor, sql: Sql, how: str) -> None:
    begun = BEGUN.format(id=20, me=floor.desk.agent.id, now=now(sql), granted=now(sql), how=how)
    refuses(sql, f"INSERT {begun}", "a receipt is granted only once its lines are on it")
    assert sql("SELECT count(*) FROM receipts") == [(0,)]


@pytest.mark.parametrize(
    ("lines", "granted"),
    [
        (("viewed", None), "how = 'seen', granted_at = begun_at"),
        (("known", None), "how = 'known', granted_at = begun_at"),
        (("viewed",), "how = 'magic', granted_at = begun_at"),
        (("viewed",), "how = NULL, granted_at = begun_at"),
        (("viewed",), "how = 'seen'"),
        ((None,), "how = 'override', granted_at = begun_at"),
    ],
)
def test_a_receipt_that_says_more_than_its_lines_is_refused(
    floor: Floor, sql: Sql, lines: tuple[str | None, ...], granted: str
) -> None:
    floor.receipt(10, how=None, lines=lines)
    refuses(sql, f"UPDATE receipts SET {granted}", GRANT)
    if not floor.is_postgres:
        refuses(sql, f"UPDATE OR REPLACE receipts SET {granted}", GRANT)
        refuses(sql, f"UPDATE OR IGNORE receipts SET {granted}", GRANT)
    assert sql("SELECT how, granted_at FROM receipts") == [(None, None)]


@pytest.mark.parametrize(
    "change",
    [
        "id = 11",
        "agent_id = agent_id + 1",
        "customer_id = 2",
        "interaction_id = NULL",
        "digest = ''",
        "focus = 'focused'",
        "how = 'known'",
        "how = NULL, granted_at = NULL",
        "granted_at = begun_at",
        "begun_at = granted_at",
        "override = 'emergency'",
        "repeats_id = id",
    ],
)
def test_a_granted_receipt_never_changes(floor: Floor, sql: Sql, change: str) -> None:
    floor.receipt(10, begun_at=NOON - timedelta(minutes=1))
    before = sql("SELECT * FROM receipts")
    refuses(sql, f"UPDATE receipts SET {change}", STANDS)
    if not floor.is_postgres:
        refuses(sql, f"UPDATE OR REPLACE receipts SET {change}", STANDS)
        refuses(sql, f"UPDATE OR IGNORE receipts SET {change}", STANDS)
    assert sql("SELECT * FROM receipts") == before


def test_a_granted_receipt_cannot_go(floor: Floor, sql: Sql) -> None:
    floor.receipt(10)
    floor.receipt(11, how=None, lines=())
    refuses(sql, "DELETE FROM receipt_lines WHERE receipt_id = 10", LINE)
    refuses(sql, "DELETE FROM receipts WHERE id = 10", f"{STANDS}|foreign key")
    if floor.is_postgres:
        refuses(sql, "TRUNCATE receipt_lines", STANDS)
        refuses(sql, "TRUNCATE receipts CASCADE", STANDS)
    sql("DELETE FROM receipts WHERE id = 11")
    assert sql("SELECT id FROM receipts") == [(10,)]
    assert sql("SELECT count(*) FROM receipt_lines") == [(2,)]


def test_a_receipt_cannot_be_written_over(floor: Floor, sql: Sql) -> None:
    floor.receipt(10)
    floor.receipt(11, how=None, lines=())
    before = sql("SELECT * FROM receipts ORDER BY id")
    begun = BEGUN.format(id="{}", me=floor.desk.agent.id, now=now(sql), granted="NULL", how="NULL")
    upsert = f"INSERT {begun} ON CONFLICT (id) DO UPDATE SET customer_id = 2"
    refuses(sql, upsert.format("10"), STANDS)
    refuses(sql, f"INSERT {begun} ON CONFLICT DO NOTHING".format("10"), STANDS)
    if not floor.is_postgres:
        for spelt in ("10", "'10'", "10.0", "' 10 '", "1e1", "'10.0'"):
            refuses(sql, f"INSERT OR REPLACE {begun}".format(spelt), STANDS)
        by_row = begun.replace("(id,", "(rowid,")
        refuses(sql, f"INSERT OR REPLACE {by_row}".format("10"), STANDS)
        refuses(sql, f"INSERT OR IGNORE {begun}".format("10"), STANDS)
        for column in ("id", "rowid", "_rowid_", "oid"):
            for spelt in ("10", "'10'", "10.0"):
                change = f"UPDATE OR REPLACE receipts SET {column} = {spelt} WHERE id = 11"
                refuses(sql, change, STANDS)
    refuses(sql, "UPDATE receipts SET id = 10 WHERE id = 11", STANDS)
    assert sql("SELECT * FROM receipts ORDER BY id") == before


INSERT_LINE = (
    "INTO receipt_lines (receipt_id, position, kind, key, records, is_new, how) "
    "VALUES ({id}, {position}, 'we_owe', '', '', {true}, NULL)"
)


@pytest.mark.parametrize(
    "change",
    [
        "receipt_id = 11",
        "position = position + 5",
        "kind = 'notice'",
        "key = ''",
        "records = ''",
        "is_new = NOT is_new",
        "how = NULL",
        "how = 'used'",
        "seen_ms = 1",
        "seen_ms = NULL, how = 'used'",
    ],
)
def test_a_line_of_a_granted_receipt_only_loses_its_time(
    floor: Floor, sql: Sql, change: str
) -> None:
    floor.receipt(10)
    floor.receipt(11, how=None, lines=())
    before = sql("SELECT * FROM receipt_lines ORDER BY position")
    refuses(sql, f"UPDATE receipt_lines SET {change}", LINE)
    if not floor.is_postgres:
        refuses(sql, f"UPDATE OR REPLACE receipt_lines SET {change}", LINE)
    assert sql("SELECT * FROM receipt_lines ORDER BY position") == before
    sql("UPDATE receipt_lines SET seen_ms = NULL")
    assert sql("SELECT DISTINCT seen_ms, how IS NULL FROM receipt_lines") == [(None, False)]


def test_no_line_comes_to_a_granted_receipt_nor_over_one_of_its_own(floor: Floor, sql: Sql) -> None:
    floor.receipt(10)
    floor.receipt(11, how=None, lines=(None,))
    before = sql("SELECT * FROM receipt_lines ORDER BY receipt_id, position")
    for position in (1, 9):
        line = INSERT_LINE.format(id=10, position=position, true="TRUE")
        refuses(sql, f"INSERT {line}", LINE)
        upsert = "ON CONFLICT (receipt_id, position) DO UPDATE SET how = NULL"
        refuses(sql, f"INSERT {line} {upsert}", LINE)
        refuses(sql, f"INSERT {line} ON CONFLICT DO NOTHING", LINE)
        if not floor.is_postgres:
            refuses(sql, f"INSERT OR REPLACE {line}", LINE)
            refuses(sql, f"INSERT OR IGNORE {line}", LINE)
    refuses(sql, "UPDATE receipt_lines SET receipt_id = 10 WHERE receipt_id = 11", LINE)
    if not floor.is_postgres:
        refuses(
            sql, "UPDATE OR REPLACE receipt_lines SET receipt_id = 10 WHERE receipt_id = 11", LINE
        )
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            sql("SELECT rowid FROM receipt_lines")
    assert sql("SELECT * FROM receipt_lines ORDER BY receipt_id, position") == before


def test_receipts_in_a_temporary_table_count_for_nothing(floor: Floor, sql: Sql) -> None:
    sql("CREATE TEMP TABLE receipts AS SELECT * FROM receipts")
    me, at = floor.desk.agent.id, now(sql)
    table = "pg_temp.receipts" if floor.is_postgres else "temp.receipts"
    sql(
        f"INSERT INTO {table} (id, agent_id, customer_id, interaction_id, granted_at, how) "
        f"VALUES (66, {me}, 1, 1, {at}, 'override')"
    )
    refuses(sql, insert_run(sql, "66", str(me), "1", "1"), NEEDS)


def test_lines_that_were_there_before_their_receipt_count_when_it_is_granted(
    migrated_sqlite_url: str,
) -> None:
    with closing(make_desk(migrated_sqlite_url)) as desk, plainly(migrated_sqlite_url) as sql:
        floor = Floor(desk)
        sql(f"INSERT {INSERT_LINE.format(id=20, position=1, true='TRUE')}")
        with pytest.raises(Refused, match=GRANT):
            floor.receipt(20, lines=())


def test_no_line_slips_in_while_its_receipt_is_granted(migrated_postgres_url: str) -> None:
    with (
        closing(make_desk(migrated_postgres_url)) as desk,
        psycopg.connect(migrated_postgres_url) as granting,
        psycopg.connect(migrated_postgres_url) as other,
    ):
        Floor(desk).receipt(10, how=None)
        granting.execute("UPDATE receipts SET how = 'seen', granted_at = begun_at")
        other.execute("SET lock_timeout = '200ms'")
        line = INSERT_LINE.format(id=10, position=9, true="TRUE")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute(f"INSERT {line}".encode())
        other.rollback()
        granting.commit()
        with pytest.raises(psycopg.errors.IntegrityError, match=LINE):
            other.execute(f"INSERT {line}".encode())


def test_what_the_gate_refuses_reaches_services_as_a_rule(floor: Floor) -> None:
    floor.receipt(10, how=None)
    with pytest.raises(Refused, match=f"^{NEEDS} of the same agent, customer and interaction$"):
        floor.run(10)

    def change(unit: UnitOfWork) -> None:
        unit.get(Receipt, 11).customer_id = 2

    floor.receipt(11)
    with pytest.raises(Refused, match=f"^{STANDS}$"), floor.desk.writing() as unit:
        change(unit)


def test_a_demo_desk_moves_its_receipts_and_runs_along(floor: Floor, sql: Sql) -> None:
    floor.receipt(10)
    floor.run(10)
    [before] = sql("SELECT begun_at, granted_at FROM receipts")
    with floor.desk.writing() as unit:
        shift_days(unit, 3)
    [after] = sql("SELECT begun_at, granted_at FROM receipts")
    assert {late - early for late, early in zip(after, before, strict=True)} <= {
        timedelta(days=3),
        3 * 86_400_000_000,
    }
    assert after != before
