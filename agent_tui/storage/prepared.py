"""Statements that a PostgreSQL server keeps, asked for through its own library.

A search asks half a dozen of them a key, each answered in little more time than the driver's cursor
takes to ask: without it a key takes a tenth less. What goes over and comes back is turned by the
driver still. How it is waited for takes another tenth: see `_AWAKE_S`.
"""

from __future__ import annotations

import os
import select
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
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


class _Asked:
    """A question that was sent, and what the server said to it once that was taken in."""

    __slots__ = ("said", "sql", "values")

    def __init__(self, sql: str, values: Mapping[str, Any]) -> None:
        self.sql = sql
        self.values = values
        self.said: PGresult | None = None


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
        self._under_way: deque[_Asked] = deque()

    def ask(self, sql: str, values: Mapping[str, Any]) -> Callable[[], list[Sequence[Any]]]:
        """Ask for the rows of a query with its parameters written `:name`; what is returned waits
        for them. Several questions may be under way: they are answered in turn, while whoever
        asked does something else. Nothing else may be sent to the server before `settle`.

        Both raise psycopg.Error. Ctrl-C in the middle of them closes the connection.
        """
        try:
            asked = self._send(sql, values)
        except KeyboardInterrupt:
            self._connection.close()
            raise
        return lambda: self._rows(asked)

    def rows(self, sql: str, values: Mapping[str, Any]) -> list[Sequence[Any]]:
        """All rows of a query, waited for."""
        return self.ask(sql, values)()

    def settle(self) -> None:
        """Take in what is under way, so that the server can be asked in another way. What it said
        is told to who waits for it."""
        try:
            with suppress(psycopg.Error):
                while self._under_way:
                    self._take_in()
        except KeyboardInterrupt:
            self._connection.close()
            raise

    def _rows(self, asked: _Asked) -> list[Sequence[Any]]:
        try:
            try:
                result = self._answer(asked)
            except (errors.InvalidSqlStatementName, errors.FeatureNotSupported):
                # The server forgot it, or what it reads has other columns now.
                self.settle()
                self._kept.pop(asked.sql, None)
                if self._server.transaction_status != TransactionStatus.IDLE:
                    raise
                result = self._answer(self._send(asked.sql, asked.values))
        except KeyboardInterrupt:
            # The answer may be on its way still, and would be taken for that of the next question.
            self._connection.close()
            raise
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)

    def _send(self, sql: str, values: Mapping[str, Any]) -> _Asked:
        statement = self._kept.get(sql) or self._prepare(sql)
        # Its library takes NULLs, though it does not say so.
        given: Any = self._transformer.dump_sequence(
            [values[name] for name in statement.parameters], statement.formats
        )
        asked = _Asked(sql, values)
        self._server.enter_pipeline_mode()
        self._under_way.append(asked)
        self._server.send_query_prepared(statement.name, given, None, Format.BINARY)
        # What fails is undone by itself, and the next is answered all the same.
        self._server.pipeline_sync()
        return asked

    def _prepare(self, sql: str) -> _Statement:
        self.settle()
        if len(self._kept) >= _MOST_KEPT:
            oldest = self._kept.pop(next(iter(self._kept)))
            self._server.send_query(b"DEALLOCATE " + oldest.name)
            self._checked(self._next_result(), ExecStatus.COMMAND_OK)
        text, parameters = numbered(sql)
        self._made += 1
        name = b"kept_%d" % self._made
        self._server.send_prepare(name, text.encode())
        self._checked(self._next_result(), ExecStatus.COMMAND_OK)
        statement = _Statement(name, parameters, (PyFormat.TEXT,) * len(parameters))
        self._kept[sql] = statement
        return statement

    def _answer(self, asked: _Asked) -> PGresult:
        """What the server says to a question, once it has said all that was asked before."""
        while asked.said is None and self._under_way:
            self._take_in()
        return self._checked(asked.said, ExecStatus.TUPLES_OK)

    def _take_in(self) -> None:
        """Take in what the server says to the question that was asked first."""
        asked = self._under_way.popleft()
        asked.said = self._next_result()
        if asked.said is not None:
            self._next_result()  # that it ended
        if not self._under_way:
            self._server.exit_pipeline_mode()

    def _checked(self, result: PGresult | None, wanted: ExecStatus) -> PGresult:
        if result is not None and result.status == wanted:
            return result
        if result is None or self._server.status == ConnStatus.BAD:
            raise psycopg.OperationalError(self._server.get_error_message())
        raise errors.error_from_result(result)

    def _next_result(self) -> PGresult | None:
        """What the server says next, None when it says nothing more. Not waited for by the driver,
        whose way to do it takes as long again, but so that others may interrupt it, Ctrl-C among
        them."""
        server = self._server
        while server.flush():
            self._make_room()
        while server.is_busy():
            self._wait()
        result = server.get_result()
        if result is not None and result.status != ExecStatus.PIPELINE_SYNC:
            while server.is_busy():
                self._wait()
            server.get_result()  # says that this was all of it
        return result

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
