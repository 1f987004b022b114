"""What was done stands: no plain SQL deletes or bends runs, steps and granted receipts."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from agent_tui.domain.tables import ScriptStep
from agent_tui.errors import Refused
from agent_tui.storage.exempting import exempted
from agent_tui.storage.shifting import shift_days
from tests.builders import NOON, StandingClock, make_desk
from tests.storage.gates import Floor, Sql, now, refuses

RUN = "a script run stays as it was taken"
STEP = "a step of a script run stays as it was taken"
KEEPS = "a script run keeps its receipt"
STANDS = "a granted receipt never changes"
LINE = "a line of a granted receipt"
EXEMPTION = "an exemption stays, and ends once"

GUARDED = ("script_steps", "script_runs", "receipt_lines", "receipts")
"""What goes with its customer, in this order."""


@pytest.fixture
def done(floor: Floor) -> Floor:
    """A run of each customer, with a step, each on a receipt of its own."""
    for number in (1, 2):
        floor.receipt(
            number * 10,
            customer_id=number,
            interaction_id=number,
            how="override",
            reason="the system is wrong",
            begun_at=NOON - timedelta(minutes=1),
        )
        floor.run(number * 10, id=number, customer_id=number, interaction_id=number, steps_taken=1)
        with floor.desk.writing() as unit:
            unit.add(
                ScriptStep(
                    id=number,
                    run_id=number,
                    sequence=1,
                    step="a",
                    did="chose",
                    key="1",
                    answer="yes",
                    at=NOON,
                )
            )
    return floor


def all_rows(sql: Sql) -> list[Any]:
    return [sql(f"SELECT * FROM {table} ORDER BY 1, 2") for table in GUARDED]


def exempt(sql: Sql, kind: str, customer: str = "NULL") -> None:
    sql(
        "INSERT INTO exemptions (id, kind, customer_id, agent_id, at, ended_at) "
        f"VALUES (5, '{kind}', {customer}, NULL, {now(sql)}, NULL)"
    )


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("script_runs", RUN),
        ("script_steps", STEP),
        ("receipts", STANDS),
        ("receipt_lines", LINE),
    ],
)
def test_nothing_of_it_is_deleted(done: Floor, sql: Sql, table: str, words: str) -> None:
    before = all_rows(sql)
    for where in ("", " WHERE 1 = 1", f" WHERE {'receipt_id' if 'line' in table else 'id'} < 99"):
        refuses(sql, f"DELETE FROM {table}{where}", f"{words}|foreign key")
    if done.is_postgres:
        refuses(sql, f"TRUNCATE {table} CASCADE", "a script run|a step|a granted receipt")
    assert all_rows(sql) == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("script_runs SET started_at = {later}", KEEPS),
        ("script_runs SET steps_taken = 0", KEEPS),
        ("script_steps SET id = 9 WHERE id = 1", STEP),
        ("script_steps SET run_id = 2, sequence = 7", STEP),
        ("script_steps SET sequence = 7", STEP),
        ("script_steps SET step = 'b'", STEP),
        ("script_steps SET did = 'skipped'", STEP),
        ("script_steps SET key = NULL", STEP),
        ("script_steps SET target = 'b'", STEP),
        ("script_steps SET answer = 'no'", STEP),
        ("script_steps SET answer = NULL", STEP),
        ("script_steps SET at = {later}", STEP),
        ("receipts SET reason = 'in tears'", STANDS),
        ("receipts SET reason = NULL", STANDS),
        ("receipts SET begun_at = {later}, granted_at = granted_at + ({later} - begun_at)", STANDS),
    ],
)
def test_nothing_of_it_is_bent(done: Floor, sql: Sql, change: str, words: str) -> None:
    before = all_rows(sql)
    hour = "INTERVAL '1 hour'" if done.is_postgres else "3600000000"
    later = f"{now(sql)} + {hour}"
    change = change.format(later=later)
    refuses(sql, f"UPDATE {change}", words)
    if not done.is_postgres:
        refuses(sql, f"UPDATE OR REPLACE {change}", words)
        refuses(sql, f"UPDATE OR IGNORE {change}", words)
    assert all_rows(sql) == before


def test_no_step_is_written_over(done: Floor, sql: Sql) -> None:
    before = all_rows(sql)
    insert = (
        "INTO script_steps (id, run_id, sequence, step, did, at) "
        f"VALUES ({{}}, 1, {{}}, 'b', 'chose', {now(sql)})"
    )
    for number, sequence in ((1, 8), (8, 1)):
        one = insert.format(number, sequence)
        refuses(sql, f"INSERT {one}", STEP)
        refuses(sql, f"INSERT {one} ON CONFLICT DO NOTHING", STEP)
        if not done.is_postgres:
            refuses(sql, f"INSERT OR REPLACE {one}", STEP)
    assert all_rows(sql) == before
    sql(f"INSERT {insert.format(8, 2)}")
    sql("UPDATE script_runs SET steps_taken = 2, state = 'ended', version = version + 1")


def test_who_is_erased_goes_with_all_of_it_and_nobody_else(done: Floor, sql: Sql) -> None:
    with done.desk.writing() as unit, exempted(unit, "erasure", customer_id=1):
        for table, of_one in (
            ("script_steps", "run_id = 1"),
            ("script_runs", "customer_id = 1"),
            ("receipt_lines", "receipt_id = 10"),
            ("receipts", "customer_id = 1"),
        ):
            unit.execute(f"DELETE FROM {table} WHERE {of_one}")
    assert sql("SELECT id FROM script_steps") == [(2,)]
    assert sql("SELECT id FROM script_runs") == [(2,)]
    assert sql("SELECT id FROM receipts") == [(20,)]
    assert sql("SELECT DISTINCT receipt_id FROM receipt_lines") == [(20,)]
    [(kind, customer, agent, is_ended)] = sql(
        "SELECT kind, customer_id, agent_id, ended_at IS NOT NULL FROM exemptions"
    )
    assert (kind, customer, agent, bool(is_ended)) == ("erasure", 1, done.desk.agent.id, True)
    refuses(sql, "DELETE FROM script_steps", STEP)


def test_plain_sql_erases_whom_it_names(done: Floor, sql: Sql) -> None:
    exempt(sql, "erasure", "1")
    refuses(sql, "DELETE FROM script_steps", STEP)
    refuses(sql, "DELETE FROM receipt_lines", LINE)
    for table in GUARDED:
        refuses(sql, f"DELETE FROM {table}", "stays|never|only|foreign key")
    sql("DELETE FROM script_steps WHERE run_id = 1")
    sql("DELETE FROM script_runs WHERE id = 1")
    sql("DELETE FROM receipt_lines WHERE receipt_id = 10")
    sql("DELETE FROM receipts WHERE id = 10")
    assert sql("SELECT id FROM receipts") == [(20,)]


@pytest.mark.parametrize("kind", ["erasure", "redaction", "moved_days", "magic"])
def test_an_exemption_passes_what_it_is_for_and_nothing_else(
    done: Floor, sql: Sql, kind: str
) -> None:
    exempt(sql, kind)
    for table in GUARDED:
        refuses(sql, f"DELETE FROM {table}", "stays|never|only|foreign key")
    for passed_by, change, words in (
        ("redaction", "receipts SET reason = 'masked'", STANDS),
        ("redaction", "script_steps SET answer = 'masked'", STEP),
        ("moved_days", "script_steps SET at = at + {day}", STEP),
        ("moved_days", "script_runs SET started_at = started_at + {day}", KEEPS),
        (
            "moved_days",
            "receipts SET begun_at = begun_at + {day}, granted_at = granted_at + {day}",
            STANDS,
        ),
        ("nothing", "receipts SET granted_at = granted_at + {day}", STANDS),
        ("nothing", "receipts SET digest = ''", STANDS),
        ("nothing", "script_steps SET did = 'skipped'", STEP),
        ("nothing", "script_runs SET customer_id = 2 WHERE id = 1", KEEPS),
    ):
        day = "INTERVAL '24 hours'" if done.is_postgres else "86400000000"
        statement = f"UPDATE {change.format(day=day)}"
        if passed_by == kind:
            sql(statement)
        else:
            refuses(sql, statement, words)


def test_an_exemption_stays_and_ends_once(done: Floor, sql: Sql) -> None:
    exempt(sql, "redaction")
    sql(f"UPDATE exemptions SET ended_at = {now(sql)}")
    before = sql("SELECT * FROM exemptions")
    for change in ("ended_at = NULL", "kind = 'erasure'", "customer_id = 1", "id = 6"):
        refuses(sql, f"UPDATE exemptions SET {change}", EXEMPTION)
    refuses(sql, "DELETE FROM exemptions", EXEMPTION)
    again = f"INTO exemptions (id, kind, at) VALUES (5, 'erasure', {now(sql)})"
    refuses(sql, f"INSERT {again}", EXEMPTION)
    if done.is_postgres:
        refuses(sql, "TRUNCATE exemptions", EXEMPTION)
    else:
        refuses(sql, f"INSERT OR REPLACE {again}", EXEMPTION)
    assert sql("SELECT * FROM exemptions") == before
    refuses(sql, "UPDATE receipts SET reason = NULL", STANDS)


def test_what_fails_meanwhile_leaves_no_exemption(done: Floor, sql: Sql) -> None:
    before = all_rows(sql)

    def mask_and_bend() -> None:
        with done.desk.writing() as unit, exempted(unit, "redaction"):
            unit.execute("UPDATE receipts SET reason = 'masked'")
            unit.execute("UPDATE receipts SET digest = ''")

    with pytest.raises(Refused, match=STANDS):
        mask_and_bend()
    assert all_rows(sql) == before
    assert sql("SELECT count(*) FROM exemptions") == [(0,)]


def test_a_demo_desk_moves_on_and_times_are_still_dropped(
    done: Floor, sql: Sql, migrated_url: str
) -> None:
    with done.desk.writing() as unit:
        shift_days(unit, 2)
    assert sql("SELECT DISTINCT seen_ms FROM receipt_lines") == [(900,)]
    clock = StandingClock(NOON + timedelta(days=40))
    with closing(make_desk(migrated_url, now=clock)) as later:
        assert later.receipting.forget_times() == 4
    assert sql("SELECT DISTINCT seen_ms FROM receipt_lines") == [(None,)]


def test_card_numbers_in_reasons_and_answers_are_masked(done: Floor, sql: Sql) -> None:
    exempt(sql, "redaction")
    sql("UPDATE receipts SET reason = 'card 4111 1111 1111 1111'")
    sql("UPDATE script_steps SET answer = 'card 4111 1111 1111 1111'")
    sql(f"UPDATE exemptions SET ended_at = {now(sql)}")
    found = {f"{one.table}.{one.column}": one.rows for one in done.desk.redacting.clean().columns}
    assert found == {"receipts.reason": 2, "script_steps.answer": 2}
    [[reason]] = sql("SELECT DISTINCT reason FROM receipts")
    assert "4111" not in reason


def test_one_that_was_left_open_ends_with_the_next(done: Floor, sql: Sql) -> None:
    exempt(sql, "erasure", "1")
    with done.desk.writing() as unit, exempted(unit, "redaction"):
        pass
    assert sql("SELECT count(*) FROM exemptions WHERE ended_at IS NULL") == [(0,)]
