"""Statements that a PostgreSQL server keeps, asked for through its own library.

A search asks half a dozen of them a key, each answered in little more time than the driver's cursor
takes to ask: without it a key takes a tenth less. What goes over and comes back is turned by the
driver still, which also waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
from psycopg import errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.generators import execute
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

from agent_tui.storage.reader import PARAMETER

if TYPE_CHECKING:
    import re

_MOST_KEPT = 100
"""Statements; a desk has some twenty."""


class _Statement(NamedTuple):
    """A statement that the server keeps, and the names of its parameters in order."""

    name: bytes
    parameters: tuple[str, ...]
    formats: tuple[PyFormat, ...]


class PreparedStatements:
    """The statements that are kept for one connection. Used by one thread at a time."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._server = connection.pgconn
        self._transformer = Transformer(connection)
        self._kept: dict[str, _Statement] = {}
        self._made = 0

    def rows(self, sql: str, values: Mapping[str, Any]) -> list[Sequence[Any]]:
        """All rows of a query with its parameters written `:name`. Raises psycopg.Error.

        Ctrl-C in the middle of it closes the connection.
        """
        try:
            return self._rows(sql, values)
        except (errors.InvalidSqlStatementName, errors.FeatureNotSupported):
            # The server forgot it, or what it reads has other columns now.
            self._kept.pop(sql, None)
            if self._server.transaction_status != TransactionStatus.IDLE:
                raise
            return self._rows(sql, values)
        except KeyboardInterrupt:
            # The answer may be on its way still, and would be taken for that of the next question.
            self._connection.close()
            raise

    def _rows(self, sql: str, values: Mapping[str, Any]) -> list[Sequence[Any]]:
        statement = self._kept.get(sql) or self._prepare(sql)
        # Its library takes NULLs, though it does not say so.
        given: Any = self._transformer.dump_sequence(
            [values[name] for name in statement.parameters], statement.formats
        )
        self._server.send_query_prepared(statement.name, given, None, Format.BINARY)
        result = self._answer(ExecStatus.TUPLES_OK)
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)

    def _prepare(self, sql: str) -> _Statement:
        if len(self._kept) >= _MOST_KEPT:
            oldest = self._kept.pop(next(iter(self._kept)))
            self._server.send_query(b"DEALLOCATE " + oldest.name)
            self._answer(ExecStatus.COMMAND_OK)
        text, parameters = numbered(sql)
        self._made += 1
        name = b"kept_%d" % self._made
        self._server.send_prepare(name, text.encode())
        self._answer(ExecStatus.COMMAND_OK)
        statement = _Statement(name, parameters, (PyFormat.TEXT,) * len(parameters))
        self._kept[sql] = statement
        return statement

    def _answer(self, wanted: ExecStatus) -> PGresult:
        # The driver waits so that others may interrupt it, Ctrl-C among them.
        result: PGresult = self._connection.wait(execute(self._server))[-1]
        if result.status == wanted:
            return result
        if self._server.status == ConnStatus.BAD:
            raise psycopg.OperationalError(result.get_error_message())
        raise errors.error_from_result(result)


def numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """The SQL with its parameters as the server numbers them, and their names in that order;
    quoted text stays as it is."""
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0]
        return f"${names.setdefault(found[1], len(names) + 1)}"

    return PARAMETER.sub(number, sql), tuple(names)
