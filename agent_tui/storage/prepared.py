"""Statements that a PostgreSQL server keeps, asked for through its own library.

A search asks half a dozen of them a key, each answered in little more time than the driver's cursor
takes to ask: without it a key takes a tenth less. What goes over and comes back is turned by the
driver still. How it is waited for takes another tenth: see `_AWAKE_S`.
"""

from __future__ import annotations

import os
import select
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
from psycopg import errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

from agent_tui.storage.reader import PARAMETER

if TYPE_CHECKING:
    import re

_MOST_KEPT = 100
"""Statements; a desk has some twenty."""

_AWAKE_S = 0.0005
"""How long an answer is looked for before this thread sleeps until it comes: most are there after
a tenth of that, and to be woken takes as long again. Another thread, or the server itself where
there is one core, may go on meanwhile."""


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
        self._line = select.poll()
        self._line.register(connection.fileno(), select.POLLIN)
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
        """What the server says to what was sent last. Not waited for by the driver, whose way to
        do it takes as long again, but so that others may interrupt it, Ctrl-C among them."""
        while self._server.flush():
            self._make_room()
        while self._server.is_busy():
            self._wait()
        result = self._server.get_result()
        while self._server.get_result() is not None:
            pass  # says that this was all
        if result is not None and result.status == wanted:
            return result
        if result is None or self._server.status == ConnStatus.BAD:
            raise psycopg.OperationalError(self._server.get_error_message())
        raise errors.error_from_result(result)

    def _make_room(self) -> None:
        """Wait until more of a long question can be sent, or the server says something before."""
        line = select.poll()
        line.register(self._connection.fileno(), select.POLLIN | select.POLLOUT)
        line.poll()
        self._server.consume_input()

    def _wait(self) -> None:
        """Take in what the server sends next."""
        until = perf_counter() + _AWAKE_S
        while not self._line.poll(0):
            os.sched_yield()
            if perf_counter() > until:
                self._line.poll()
                break
        self._server.consume_input()


def numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """The SQL with its parameters as the server numbers them, and their names in that order;
    quoted text stays as it is."""
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0]
        return f"${names.setdefault(found[1], len(names) + 1)}"

    return PARAMETER.sub(number, sql), tuple(names)
