"""A desk to try plain SQL on: two customers with a call each, receipts, runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest

from agent_tui.domain.tables import Customer, Interaction, Receipt, ReceiptLine, Script, ScriptRun
from agent_tui.services.desk import Desk
from agent_tui.storage.location import locate
from tests.builders import NOON

KEY = "a" * 64

Sql = Callable[[str], list[Any]]


class Floor:
    """Two customers with a call each, two agents, a script; ids are small numbers for plain SQL."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        with desk.writing() as unit:
            for number in (1, 2):
                unit.add(
                    Customer(id=number, number=number, name="Ada", created_at=NOON, updated_at=NOON)
                )
                unit.add(
                    Interaction(
                        id=number,
                        customer_id=number,
                        channel="phone",
                        direction="in",
                        state="talking",
                        opened_at=NOON,
                    )
                )
            unit.add(
                Script(
                    id=1,
                    slug="visit",
                    number=1,
                    title="Visit",
                    kind="help",
                    body="",
                    digest="",
                    created_at=NOON,
                )
            )

    @property
    def is_postgres(self) -> bool:
        return self.desk.store.location.is_postgres

    def receipt(
        self,
        receipt_id: int,
        *,
        how: str | None = "seen",
        lines: tuple[str | None, ...] = ("viewed", "opened"),
        **columns: Any,
    ) -> None:
        """A receipt as the service writes it; granted where `how` is given."""
        with self.desk.writing() as unit:
            values: dict[str, Any] = {
                "agent_id": self.desk.agent.id,
                "customer_id": 1,
                "interaction_id": 1,
                "digest": KEY,
                "begun_at": NOON,
            }
            row = Receipt(id=receipt_id, **(values | columns))
            unit.add(row)
            for position, seen in enumerate(lines, start=1):
                unit.add(
                    ReceiptLine(
                        receipt_id=receipt_id,
                        position=position,
                        kind="we_owe",
                        key=KEY,
                        records="p_1",
                        how=seen,
                        seen_ms=900,
                    )
                )
            if how is not None:
                row.granted_at, row.how = NOON, how
                row.override = "emergency" if how == "override" else None
                unit.save(row)

    def run(self, receipt_id: int, **columns: Any) -> None:
        """A run through a unit of work."""
        with self.desk.writing() as unit:
            unit.add(self.row(receipt_id, **columns))

    def row(self, receipt_id: int, **columns: Any) -> ScriptRun:
        values: dict[str, Any] = {
            "script_id": 1,
            "receipt_id": receipt_id,
            "agent_id": self.desk.agent.id,
            "customer_id": 1,
            "interaction_id": 1,
            "started_at": NOON,
        }
        return ScriptRun(**(values | columns))


@contextmanager
def plainly(url: str) -> Iterator[Sql]:
    """The database as anybody may open it: on SQLite with everything off that can be off."""
    if url.startswith("postgresql"):
        with psycopg.connect(url, autocommit=True) as server:

            def ask(sql: str) -> list[Any]:
                cursor = server.execute(sql.encode())
                return cursor.fetchall() if cursor.description else []

            yield ask
        return
    path = locate(url).path
    with closing(sqlite3.connect(str(path), isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA recursive_triggers = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield lambda sql: connection.execute(sql).fetchall()


def refuses(sql: Sql, statement: str, words: str) -> None:
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityError), match=words):
        sql(statement)


def now(sql: Sql) -> str:
    """A moment in SQL, as the database keeps it."""
    try:
        sql("SELECT sqlite_version()")
    except psycopg.Error:
        return "TIMESTAMPTZ '2026-03-10 12:00+00'"
    return "1773144000000000"


def insert_run(sql: Sql, receipt: str, agent: str, customer: str, interaction: str) -> str:
    return (
        "INSERT INTO script_runs (id, version, script_id, receipt_id, agent_id, customer_id, "
        f"interaction_id, state, started_at) VALUES (7, 1, 1, {receipt}, {agent}, {customer}, "
        f"{interaction}, 'open', {now(sql)})"
    )
