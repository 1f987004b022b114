"""Reading through the plain driver: one connection, plain SQL, values out.

The same SQL text serves both databases; parameters are written `:name`. Moments go in as aware
datetimes and come out through `moment`.
"""

from __future__ import annotations

import os
import re
import select
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from agent_tui.errors import AgentTuiError, ForeignDatabase, Interrupted, Unavailable
from agent_tui.storage.location import Location
from agent_tui.storage.server import PostgresErrors, connect

if TYPE_CHECKING:
    import psycopg

    from agent_tui.storage.prepared import PreparedStatements

Row = Sequence[Any]
Value = TypeVar("Value")

_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BUSY_MS = 10_000
_MOST_MAPPED = 0x7FFF0000
"""Bytes of a file that are read where the system keeps them, and not copied: what SQLite takes at
most. With an eighth of it, which a million customers outgrow, a key takes 8 % longer."""
_CLOSING_S = 0.005
_INTERRUPT_S = 0.25
"""How long the server is asked to give up a query: whoever asks waits for that, mostly a screen."""
_CANCEL_S = 2.0
_CANCEL_AGAIN_S = 0.2
_BY_VALUES = "auto"
_ONCE = "force_generic_plan"
PARAMETER = re.compile(r"'[^']*'|(?<!:):([a-z_][a-z0-9_]*)")
_DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


class Reader(Protocol):
    """What query functions read through."""

    is_postgres: bool

    def rows(self, sql: str, /, **parameters: Any) -> list[Row]:
        """All rows of a query. Raises Interrupted, Unavailable or ForeignDatabase, as all do."""

    def rows_planned_once(self, sql: str, /, **parameters: Any) -> list[Row]:
        """All rows of a query whose best plan is the same whatever its values are.

        A server then keeps the plan, which takes it longer to make than to run where few rows are
        wanted; ranges must say how many rows at most. For types that it can send as they are.
        """

    def rows_under_way(self, sql: str, /, **parameters: Any) -> Callable[[], list[Row]]:
        """Like `rows_planned_once`, but not waited for: call what is returned, once, for the rows.

        A server goes on with one question after the other, while this thread does something else.
        """

    def row(self, sql: str, /, **parameters: Any) -> Row | None:
        """The first row of a query, or None."""

    def snapshot(self) -> AbstractContextManager[None]:
        """A block in which all queries see the same moment of the database."""

    def interrupt(self) -> None:
        """Give up the query under way, from any thread."""

    def close(self) -> None:
        """Give the connection back."""


def moment(value: Any) -> datetime:
    """An aware moment in UTC from what either database stores."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return _UNIX_EPOCH + int(value) * _MICROSECOND


def moment_or_none(value: Any) -> datetime | None:
    """Like `moment`, with nothing for nothing."""
    return None if value is None else moment(value)


def build(make: Callable[..., Value], row: Row, *moments: int) -> Value:
    """A value from a row whose columns stand in the order of its fields.

    `moments` are the positions of the columns that hold moments.
    """
    fields = list(row)
    for position in moments:
        fields[position] = moment_or_none(fields[position])
    return make(*fields)


def one_of(column: str, values: Sequence[Any], prefix: str = "v") -> tuple[str, dict[str, Any]]:
    """`column IN (...)` with a parameter a value; false for no values. Returns SQL and values."""
    if not values:
        return "1 = 0", {}
    names = [f"{prefix}{position}" for position in range(len(values))]
    listed = ", ".join(f":{name}" for name in names)
    return f"{column} IN ({listed})", dict(zip(names, values, strict=True))


def as_stored(parameters: Mapping[str, Any], *, on_postgres: bool) -> dict[str, Any]:
    """Parameters with moments as the database keeps them. Raises ValueError for naive ones."""
    stored = dict(parameters)
    for name, value in parameters.items():
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("a moment without a time zone cannot be stored or compared")
            if not on_postgres:
                stored[name] = (value - _UNIX_EPOCH) // _MICROSECOND
    return stored


def _as_ours(error: sqlite3.DatabaseError) -> AgentTuiError:
    # Errors of the Python module itself, such as bytes that are no text, carry no code.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_INTERRUPT:
        return Interrupted("a newer question took its place")
    if code in _DAMAGED:
        return ForeignDatabase(f"{error}: this file cannot be read as a desk")
    return Unavailable(f"{error}: nothing was lost; try again")


class SqliteReader:
    """Reads a desk in a SQLite file."""

    is_postgres = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._in_use = threading.Lock()
        self.is_lost = False

    def is_usable(self) -> bool:
        """Whether it may be asked."""
        return not self.is_lost

    def _do(self, work: Callable[..., Value], *given: Any) -> Value:
        # A search asks half a dozen times a key: a context of each kind would take longer than
        # SQLite takes to find a row. It crashes where a connection is closed while it answers.
        with self._in_use:
            if self.is_lost:
                raise Unavailable("the desk was closed meanwhile: nothing was lost")
            try:
                return work(*given)
            except sqlite3.DatabaseError as error:
                raise _as_ours(error) from error

    def _all(self, sql: str, values: Mapping[str, Any]) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def _first(self, sql: str, values: Mapping[str, Any]) -> Row | None:
        first: Row | None = self._connection.execute(sql, values).fetchone()
        return first

    def rows(self, sql: str, /, **parameters: Any) -> list[Row]:
        """All rows of a query."""
        return self._do(self._all, sql, as_stored(parameters, on_postgres=False))

    def rows_planned_once(self, sql: str, /, **parameters: Any) -> list[Row]:
        """All rows of a query; SQLite never plans by values."""
        return self.rows(sql, **parameters)

    def rows_under_way(self, sql: str, /, **parameters: Any) -> Callable[[], list[Row]]:
        """All rows of a query, which is asked when they are waited for."""
        return partial(self.rows, sql, **parameters)

    def row(self, sql: str, /, **parameters: Any) -> Row | None:
        """The first row of a query, or None."""
        return self._do(self._first, sql, as_stored(parameters, on_postgres=False))

    def data_version(self) -> int:
        """A number that is another one after every commit through another connection.

        It is asked twenty times a second all day, each time from sleep, when every function that
        is called on the way costs ten times as much as it does in a loop.
        """
        try:
            with self._in_use:
                return int(self._cursor.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.DatabaseError as error:
            self._do(int)  # says so where the desk was closed
            raise _as_ours(error) from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A block in which all queries see the same moment of the database."""
        self._do(self._connection.execute, "BEGIN")
        try:
            yield
        finally:
            # An interrupt may hit the end too; left open, it would refuse all later snapshots.
            while not self._is_ended():
                continue

    def _is_ended(self) -> bool:
        with suppress(Interrupted, Unavailable):
            return self._do(self._ended)
        return self.is_lost

    def _ended(self) -> bool:
        self._connection.rollback()
        return not self._connection.in_transaction

    def interrupt(self) -> None:
        """Give up the query under way, from any thread."""
        if not self.is_lost:
            self._connection.interrupt()

    def close(self) -> None:
        """Give up the query under way and close the connection."""
        while not self._in_use.acquire(timeout=_CLOSING_S):
            self.interrupt()
        with closing(self._connection):
            self.is_lost = True
            self._in_use.release()


@lru_cache(maxsize=512)
def to_pyformat(sql: str) -> str:
    """The SQL with its parameters as psycopg writes them; quoted text stays as it is."""
    return PARAMETER.sub(
        lambda found: f"%({found[1]})s" if found[1] else found[0], sql.replace("%", "%%")
    )


class PostgresReader:
    """Reads a desk on a PostgreSQL server."""

    is_postgres = True

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._in_use = threading.Lock()
        self._planning: str | None = None
        # Kept, since a new one a query would take as long as what the driver else does for it.
        self._in_text = connection.cursor()
        self._prepared: PreparedStatements | None = None

    @property
    def is_lost(self) -> bool:
        """Whether the connection is gone for good."""
        return self._connection.closed

    def is_usable(self) -> bool:
        """Whether it may be asked, as far as is known without asking: the server may have been
        started anew since the last query. For the thread that asks.

        Between queries nothing comes from a server but that it hangs up.
        """
        with self._in_use:
            self._settle()
        if self._connection.closed:
            return False
        line = select.poll()
        line.register(self._connection.fileno(), select.POLLIN)
        return not line.poll(0)

    def _plan(self, planning: str) -> None:
        if planning != self._planning:
            self._settle()
            self._in_text.execute(f"SET plan_cache_mode = {planning}")
            self._planning = planning

    @contextmanager
    def _cursor(self, sql: str, parameters: Mapping[str, Any]) -> Iterator[psycopg.Cursor[Any]]:
        values = as_stored(parameters, on_postgres=True)
        with self._in_use, PostgresErrors():
            self._plan(_BY_VALUES)
            self._in_text.execute(to_pyformat(sql).encode(), values)
            yield self._in_text

    def rows(self, sql: str, /, **parameters: Any) -> list[Row]:
        """All rows of a query."""
        with self._cursor(sql, parameters) as cursor:
            return cursor.fetchall()

    def rows_planned_once(self, sql: str, /, **parameters: Any) -> list[Row]:
        """All rows of a query that is planned at its first use; numbers and bytes come as such."""
        values = as_stored(parameters, on_postgres=True)
        with self._in_use, PostgresErrors():
            self._plan(_ONCE)
            return self._kept().rows(sql, values)

    def rows_under_way(self, sql: str, /, **parameters: Any) -> Callable[[], list[Row]]:
        """Like `rows_planned_once`, but not waited for."""
        values = as_stored(parameters, on_postgres=True)
        with self._in_use, PostgresErrors():
            self._plan(_ONCE)
            waits = self._kept().ask(sql, values)

        def rows() -> list[Row]:
            with self._in_use, PostgresErrors():
                return waits()

        return rows

    def _kept(self) -> PreparedStatements:
        if self._prepared is None:
            from agent_tui.storage.prepared import PreparedStatements

            self._prepared = PreparedStatements(self._connection)
        return self._prepared

    def _settle(self) -> None:
        """Take in what is under way, before the server is asked in another way."""
        if self._prepared is not None:
            self._prepared.settle()

    def row(self, sql: str, /, **parameters: Any) -> Row | None:
        """The first row of a query, or None."""
        with self._cursor(sql, parameters) as cursor:
            found: Row | None = cursor.fetchone()
            return found

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A block in which all queries see the same moment of the database."""
        from psycopg import IsolationLevel

        with PostgresErrors():
            self._settle()
            self._connection.isolation_level = IsolationLevel.REPEATABLE_READ
            try:
                with self._connection.transaction():
                    try:
                        yield
                    finally:
                        self._settle()
            finally:
                self._planning = None  # said in there, it may be taken back with the rest
                self._roll_back()

    def _roll_back(self) -> None:
        """End a transaction that the driver could not: an interruption may come late and hit its
        ROLLBACK, which the driver lets pass. Every question after it would be refused."""
        from psycopg.errors import QueryCanceled
        from psycopg.pq import TransactionStatus

        while self._connection.info.transaction_status is TransactionStatus.INERROR:
            with suppress(QueryCanceled):
                self._connection.rollback()

    def interrupt(self) -> None:
        """Give up the query under way, from any thread."""
        if not self.is_lost:
            with PostgresErrors():
                self._connection.cancel_safe(timeout=_INTERRUPT_S)

    def close(self) -> None:
        """Give up the query under way and close the connection."""
        is_free = self._in_use.acquire(blocking=False)
        until = time.monotonic() + _CANCEL_S
        while not is_free and time.monotonic() < until:
            # The server may not have begun it yet when the first word to stop comes.
            with suppress(Unavailable):
                self.interrupt()
            is_free = self._in_use.acquire(timeout=_CANCEL_AGAIN_S)
        if not is_free:
            self._hang_up()
            is_free = self._in_use.acquire(timeout=_CANCEL_S)
        # Whoever still asks, asks on memory that closing would give back.
        if is_free:
            self._connection.close()
            self._in_use.release()

    def _hang_up(self) -> None:
        """The server does not answer, not even that it gives up: whoever waits for it is told that
        it never will."""
        import psycopg

        lost = OSError, psycopg.Error
        with suppress(*lost), socket.socket(fileno=os.dup(self._connection.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)


def open_reader(location: Location) -> SqliteReader | PostgresReader:
    """A new connection for reading. Raises Unavailable, ForeignDatabase or UsageError.

    The SQLite connection may be used from any one thread at a time.
    """
    if location.path is not None:
        try:
            connection = sqlite3.connect(
                f"{location.path.as_uri()}?mode=rw",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                timeout=_BUSY_MS / 1000,
            )
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA mmap_size = {_MOST_MAPPED}")
        except sqlite3.DatabaseError as error:
            raise _as_ours(error) from error
        return SqliteReader(connection)
    return PostgresReader(connect(location))
