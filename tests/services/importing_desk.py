"""What the tests of importing share: rows, imports, and dumps of whole databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agent_tui.domain.values.records import (
    ContactPointRecord,
    CustomerRecord,
    PersonRecord,
    RejectedRow,
    SourceRow,
)
from agent_tui.services.desk import Desk
from agent_tui.services.importing import ImportCounts
from agent_tui.storage.reader import Row
from tests.builders import StandingClock, make_desk

TABLES = (
    "agents",
    "cases",
    "concessions",
    "contact_points",
    "customers",
    "events",
    "facts",
    "feedback",
    "index_postings",
    "index_roads",
    "interaction_topics",
    "interactions",
    "messages",
    "notes",
    "promises",
    "refusals",
    "ties",
)


def person(
    name: str = "Ada Hart",
    external_id: str | None = "1",
    *,
    phone: str | None = None,
    company: str | None = None,
    city: str | None = None,
    **parts: Any,
) -> PersonRecord:
    """A record with the parts that a test is about."""
    points = (ContactPointRecord("phone", phone),) if phone else ()
    who = CustomerRecord(name, external_id, company=company, city=city, contact_points=points)
    return PersonRecord(who, **parts)


def rows_of(records: Iterable[PersonRecord]) -> list[SourceRow]:
    """The records as rows of a file, the first one on line 1."""
    return [SourceRow(line, f"row {line}", record) for line, record in enumerate(records, start=1)]


@dataclass
class Intake:
    """A desk that takes files, a day between one and the next."""

    url: str
    clock: StandingClock = field(default_factory=StandingClock)
    rejects: list[RejectedRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk: Desk = make_desk(self.url, now=self.clock)

    def take(self, *records: PersonRecord, **options: Any) -> ImportCounts:
        """Import the records."""
        return self.take_rows(rows_of(records), **options)

    def take_rows(
        self, rows: Iterable[SourceRow | RejectedRow], *, source: str = "crm", **options: Any
    ) -> ImportCounts:
        """Import the rows."""
        self.clock.move(days=1)
        self.rejects = []
        return self.desk.importing.take(
            rows, source=source, rejected=self.rejects.append, **options
        )

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """What a query gives."""
        return [tuple(row) for row in self.desk.store.reader().rows(sql, **parameters)]

    def one(self, sql: str) -> Any:
        """The one value that a query gives."""
        [(value,)] = self.rows(sql)
        return value

    def dump(self) -> dict[str, Sequence[Row]]:
        """Every row of every table."""
        return {table: sorted(self.rows(f"SELECT * FROM {table}"), key=repr) for table in TABLES}

    def stored_moment(self, value: datetime) -> Any:
        """A moment as the database gives it back."""
        if self.desk.store.reader().is_postgres:
            return value
        return round(value.timestamp() * 1_000_000)


def integrity(path: str) -> str:
    """What SQLite says of a file."""
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()
