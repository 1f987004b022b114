"""One unit of work: all the changes of one call, in one transaction, or none of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, SQLModel

from agent_tui.domain.tables import Event
from agent_tui.errors import Busy, Conflict, NotFound, Refused, Unavailable
from agent_tui.storage.bulk import insert_rows
from agent_tui.storage.changes import NOTIFY_CHANNEL
from agent_tui.storage.reader import PostgresReader, Reader, SqliteReader, as_stored
from agent_tui.storage.server import AT_ONCE, said_by
from agent_tui.storage.sqlite_writing import is_busy

_DEADLOCK = "40P01"
"""What PostgreSQL answers to one of two units that wait for one another (its appendix A)."""

_BY_TRIGGER = "23000"
"""What our own triggers raise on PostgreSQL; broken keys and constraints have other codes."""

_MANY = 20
"""Rows from which on it pays to go past SQLAlchemy."""

AnyTable = TypeVar("AnyTable", bound=SQLModel)


class UnitOfWork:
    """Adds and changes rows, and records an event for each change.

    `now` is the moment of the whole unit; `agent_id` is who does it, None for the program itself.
    """

    def __init__(self, session: Session, *, now: datetime, agent_id: int | None) -> None:
        self._session = session
        self._notified = False
        self.now = now
        self.agent_id = agent_id
        self.reader = _reader_of(session)

    def add(self, *rows: SQLModel) -> None:
        """Add new rows, at once, so that queries of this unit see them."""
        self._session.add_all(rows)
        self._session.flush()

    def get(self, table: type[AnyTable], key: Any) -> AnyTable:
        """The row to change. Raises NotFound."""
        row = self.find(table, key)
        if row is None:
            raise NotFound(f"this {table.__name__.lower()} is no longer there")
        return row

    def find(self, table: type[AnyTable], key: Any) -> AnyTable | None:
        """The row to change, or None; on PostgreSQL other units wait for it until this one ends."""
        return self._session.get(table, key, with_for_update={"key_share": True})

    def save(self, *rows: SQLModel) -> None:
        """Write changed rows now. Raises Conflict where somebody else was first."""
        self.add(*rows)

    def remove(self, row: SQLModel) -> None:
        """Delete a row."""
        self._session.delete(row)
        self._session.flush()

    def insert_many(self, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
        """Insert plain rows in bulk, without an object each; all have the columns of the first."""
        target = SQLModel.metadata.tables[str(table.__tablename__)]
        if len(rows) >= _MANY:
            insert_rows(self._session.connection(), target, rows)
        elif rows:
            self._session.execute(insert(target), rows)

    def execute(self, sql: str, /, **parameters: Any) -> None:
        """Run a plain statement of this room's own."""
        values = as_stored(parameters, on_postgres=self.reader.is_postgres)
        self._session.connection().execute(text(sql), values)

    def execute_rows(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement of this room's own once a row, parameters as the driver marks them."""
        self._session.connection().exec_driver_sql(sql, [tuple(row) for row in rows])

    def record(
        self,
        kind: str,
        *,
        subject: str | None = None,
        customer_id: int | None = None,
        interaction_id: int | None = None,
        detail: str | None = None,
    ) -> None:
        """Append an event to this unit. `detail` is a code or a count, never customer text."""
        self.insert_many(
            Event,
            [
                {
                    "at": self.now,
                    "agent_id": self.agent_id,
                    "kind": kind,
                    "subject": subject,
                    "customer_id": customer_id,
                    "interaction_id": interaction_id,
                    "detail": detail,
                }
            ],
        )
        if self.reader.is_postgres and not self._notified:
            self._notified = True
            self.execute(f"SELECT pg_notify('{NOTIFY_CHANNEL}', '')")

    def take_numbers(self, counter: str, count: int) -> int:
        """Take `count` consecutive numbers from a counter; returns the first."""
        row = self.reader.row(
            "INSERT INTO counters (name, value) VALUES (:name, :count) "
            "ON CONFLICT (name) DO UPDATE SET value = counters.value + :count RETURNING value",
            name=counter,
            count=count,
        )
        assert row is not None
        return int(row[0]) - count + 1


def _reader_of(session: Session) -> Reader:
    driver = session.connection().connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        return SqliteReader(driver)
    return PostgresReader(driver)  # type: ignore[arg-type]


def _is_by_trigger(error: IntegrityError) -> bool:
    """Whether a trigger of ours refused, whose words are a rule of the desk."""
    code = getattr(error.orig, "sqlite_errorcode", None) or getattr(error.orig, "sqlstate", None)
    return code in (sqlite3.SQLITE_CONSTRAINT_TRIGGER, _BY_TRIGGER)


@contextmanager
def writing(engine: Engine, *, now: datetime, agent_id: int | None) -> Iterator[UnitOfWork]:
    """A unit of work that is committed when the block ends and undone when it raises.

    Raises Conflict where another writer was first, Refused where a trigger of ours says no,
    Unavailable where the database cannot write (Busy where another writer had it for as long as
    this one was ready to wait).
    """
    try:
        with Session(engine, expire_on_commit=False, autoflush=False) as session:
            yield UnitOfWork(session, now=now, agent_id=agent_id)
            session.commit()
    except StaleDataError as error:
        raise Conflict("somebody else changed this first: look again, then repeat") from error
    except IntegrityError as error:
        if _is_by_trigger(error):
            raise Refused(said_by(error.orig)) from error
        rule = said_by(error.orig)
        raise Conflict(
            f"this clashes with what is already stored: look again, then repeat ({rule})"
        ) from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _DEADLOCK:
            raise Conflict(AT_ONCE) from error
        refused = Busy if is_busy(error) else Unavailable
        raise refused(f"not saved: {said_by(error.orig)}") from error
