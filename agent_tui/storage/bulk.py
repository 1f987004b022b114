"""Many rows into one table at once: no object, no statement and no round trip each.

On SQLite it is one statement for some hundred of them, on PostgreSQL one COPY.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

from agent_tui.domain.tables.columns import UtcDateTime

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PARAMETERS = 32_766
"""Of one statement, the most that SQLite takes."""
_ROWS_AT_ONCE = 500
"""Behind every statement SQLite writes out what its index of words gathered in it: a row a
statement took ten times as long."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the columns of the first one.

    Raises ValueError for a naive moment and, on both databases, what SQLAlchemy raises for what
    the database refuses.
    """
    columns = tuple(rows[0])
    values = map(_tuple_of(columns), rows)
    moments = _moments(table, columns)
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {table.name} ({', '.join(columns)}) FROM STDIN", values, moments)
        return
    stored = [_with_moments(row, moments) for row in values] if moments else list(values)
    into = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES "
    marks = f"({', '.join('?' * len(columns))})"
    at_once = min(_ROWS_AT_ONCE, _PARAMETERS // len(columns))
    for start in range(0, len(stored), at_once):
        some = stored[start : start + at_once]
        connection.exec_driver_sql(
            into + ", ".join([marks] * len(some)), tuple(chain.from_iterable(some))
        )


def _copy(
    connection: Connection,
    statement: str,
    values: Iterable[tuple[Any, ...]],
    moments: tuple[int, ...],
) -> None:
    import psycopg

    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in values:
                for place in moments:
                    if row[place] is not None:
                        _aware(row[place])
                copy.write_row(row)
    except psycopg.Error as error:
        # Psycopg's are the errors of DB-API by their names; SQLAlchemy's are made of them.
        raise DBAPIError.instance(statement, None, error, psycopg.Error) from error


def _tuple_of(columns: tuple[str, ...]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    if len(columns) == 1:
        [column] = columns
        return lambda row: (row[column],)
    return itemgetter(*columns)


@cache
def _moments(table: Table, columns: tuple[str, ...]) -> tuple[int, ...]:
    """Which of the columns hold moments."""
    kinds = table.columns
    return tuple(
        place for place, name in enumerate(columns) if isinstance(kinds[name].type, UtcDateTime)
    )


def _with_moments(row: tuple[Any, ...], moments: tuple[int, ...]) -> tuple[Any, ...]:
    """The row with its moments as whole microseconds since 1970."""
    values = list(row)
    for place in moments:
        value = values[place]
        if value is not None:
            values[place] = (_aware(value) - _UNIX_EPOCH) // _MICROSECOND
    return tuple(values)


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return value
