"""Small units of work in plain SQL through the plain driver, for single rows.

Drafts and presences are written a moment after a key, also in the first second of a sitting, when
SQLModel is not loaded yet: that takes half a second. What only reads, and leaves an event of it,
does not wait for it either.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from agent_tui.errors import Busy, Conflict, Unavailable
from agent_tui.storage.changes import NOTIFY_CHANNEL
from agent_tui.storage.location import Location
from agent_tui.storage.reader import (
    PostgresReader,
    Reader,
    SqliteReader,
    as_stored,
    to_pyformat,
)
from agent_tui.storage.server import AT_ONCE, connect, said_by
from agent_tui.storage.sqlite_writing import BUSY_MS, is_busy, prepare, take_lock

if TYPE_CHECKING:
    import psycopg

    Connection = sqlite3.Connection | psycopg.Connection[Any]

Lasting = Literal["kept", "passing"]
"""What is kept is on disk when the unit ends. What is passing, such as who is here, is soon
written again, and worth neither a sync nor a wait."""

PASSING_BUSY_MS = 100


class PlainUnit:
    """Runs statements that are committed together. `now` is the moment of the whole unit,
    `agent_id` who does it."""

    def __init__(self, connection: Connection, *, now: datetime, agent_id: int) -> None:
        self._connection = connection
        self.now = now
        self.agent_id = agent_id
        self.reader: Reader = (
            SqliteReader(connection)
            if isinstance(connection, sqlite3.Connection)
            else PostgresReader(connection)
        )

    def execute(self, sql: str, /, **parameters: Any) -> None:
        """Run a statement."""
        values = as_stored(parameters, on_postgres=self.reader.is_postgres)
        if isinstance(self._connection, sqlite3.Connection):
            self._connection.execute(sql, values)
        else:
            self._connection.execute(to_pyformat(sql).encode(), values)

    def record(self, kind: str, *, detail: str | None = None) -> None:
        """Append an event to this unit. `detail` is a code or a count, never customer text."""
        self.execute(
            "INSERT INTO events (at, agent_id, kind, detail) "
            "VALUES (:now, :agent_id, :kind, :detail)",
            now=self.now,
            agent_id=self.agent_id,
            kind=kind,
            detail=detail,
        )
        if self.reader.is_postgres:
            self.execute(f"SELECT pg_notify('{NOTIFY_CHANNEL}', '')")


class PlainWriter:
    """Hands out plain units, and keeps their connections for the next ones. Safe to share between
    threads."""

    def __init__(self, location: Location) -> None:
        self._location = location
        self._lock = threading.Lock()
        self._free: dict[Lasting, list[Connection]] = {"kept": [], "passing": []}

    @contextmanager
    def unit(self, *, now: datetime, agent_id: int, lasting: Lasting) -> Iterator[PlainUnit]:
        """A unit that is committed when the block ends and undone when it raises.

        Raises Conflict where another writer was first, Unavailable where the database cannot write
        (Busy where another writer had it for as long as this one was ready to wait).
        """
        if self._location.is_postgres:
            # A server keeps rows apart: one kind of connection is enough.
            lasting = "kept"
        with _our_errors(self._location):
            connection = self._take(lasting)
            try:
                with _transaction(connection, lasting):
                    yield PlainUnit(connection, now=now, agent_id=agent_id)
            except BaseException:
                # Closing undoes whatever is left of the transaction.
                connection.close()
                raise
            with self._lock:
                self._free[lasting].append(connection)

    def _take(self, lasting: Lasting) -> Connection:
        while True:
            with self._lock:
                if not self._free[lasting]:
                    break
                connection = self._free[lasting].pop()
            if _is_alive(connection):
                return connection
            connection.close()
        return _connect(self._location, lasting)

    def close(self) -> None:
        """Give the connections back."""
        with self._lock:
            left = [one for kept in self._free.values() for one in kept]
            self._free = {"kept": [], "passing": []}
        for connection in left:
            connection.close()


def _connect(location: Location, lasting: Lasting) -> Connection:
    if location.path is not None:
        connection = sqlite3.connect(
            f"{location.path.as_uri()}?mode=rw",
            uri=True,
            timeout=_patience_ms(lasting) / 1000,
            check_same_thread=False,
        )
        prepare(connection, "FULL" if lasting == "kept" else "NORMAL")
        return connection
    return connect(location)


def _patience_ms(lasting: Lasting) -> int:
    return BUSY_MS if lasting == "kept" else PASSING_BUSY_MS


def _is_alive(connection: Connection) -> bool:
    """Whether a connection that lay idle still leads to its server."""
    if isinstance(connection, sqlite3.Connection):
        return True
    import psycopg

    try:
        connection.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


@contextmanager
def _transaction(connection: Connection, lasting: Lasting) -> Iterator[None]:
    if isinstance(connection, sqlite3.Connection):
        take_lock(connection.execute, _patience_ms(lasting))
        yield
        connection.execute("COMMIT")
    else:
        with connection.transaction():
            yield


@contextmanager
def _our_errors(location: Location) -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Conflict(
            f"this clashes with what is already stored: look again, then repeat ({error})"
        ) from error
    except sqlite3.Error as error:
        raise (Busy if is_busy(error) else Unavailable)(f"not saved: {error}") from error
    except Exception as error:
        if location.is_postgres:
            _raise_ours(error)
        raise


def _raise_ours(error: Exception) -> None:
    """Raise ours for an error of the server, without the row that it may quote."""
    import psycopg

    if not isinstance(error, psycopg.Error):
        return
    if isinstance(error, psycopg.errors.DeadlockDetected):
        raise Conflict(AT_ONCE) from error
    said = said_by(error)
    if isinstance(error, psycopg.IntegrityError):
        raise Conflict(
            f"this clashes with what is already stored: look again, then repeat ({said})"
        ) from error
    raise Unavailable(f"not saved: {said}") from error
