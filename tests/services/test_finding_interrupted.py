"""A newer key gives up the query under way, at whatever statement it is, and nothing half read
stays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from agent_tui.crowd.people import person
from agent_tui.errors import Interrupted
from agent_tui.search.finder import Finder
from agent_tui.storage.index_store import SqlIndexStore
from agent_tui.storage.reader import Reader, Row
from agent_tui.text.names import fold
from tests.builders import NOON, make_desk

PEOPLE = 300
SEED = 11
GLUED = next(
    fold(name).replace(" ", "")
    for name in (person(SEED, number).name for number in range(PEOPLE))
    if len(fold(name).split()) == 2
)
QUERIES = ("kathrin smth", "maria 4444", GLUED)

FOR_EVER = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i > 0) "
    "SELECT count(*) FROM n"
)


class Stuck:
    """A reader one of whose statements, counted from 1, never ends by itself."""

    def __init__(self, reader: Reader, at: int = 0) -> None:
        self._reader = reader
        self.is_postgres = reader.is_postgres
        self.at = at
        self.asked = 0
        self.is_there = threading.Event()

    def rows(self, sql: str, /, **parameters: Any) -> list[Row]:
        self._may_stick()
        return self._reader.rows(sql, **parameters)

    def rows_planned_once(self, sql: str, /, **parameters: Any) -> list[Row]:
        self._may_stick()
        return self._reader.rows_planned_once(sql, **parameters)

    def rows_under_way(self, sql: str, /, **parameters: Any) -> Callable[[], list[Row]]:
        answer = self._reader.rows_under_way(sql, **parameters)

        def rows() -> list[Row]:
            self._may_stick()
            return answer()

        return rows

    def _may_stick(self) -> None:
        self.asked += 1
        if self.asked == self.at:
            self.is_there.set()
            self._reader.rows(FOR_EVER)

    def row(self, sql: str, /, **parameters: Any) -> Row | None:
        return next(iter(self.rows(sql, **parameters)), None)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)


@contextmanager
def newer_key(reader: Stuck) -> Iterator[None]:
    """Somebody who interrupts the query once it is stuck, until it is over."""
    is_over = threading.Event()

    def press() -> None:
        reader.is_there.wait()
        while not is_over.wait(0.01):
            reader.interrupt()

    thread = threading.Thread(target=press)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        reader.is_there.set()
        thread.join()


def test_a_query_is_given_up_at_any_statement_and_the_next_is_answered_in_full(
    migrated_url: str,
) -> None:
    with closing(make_desk(migrated_url, region="GB")) as desk:
        desk.generating.people(PEOPLE, seed=SEED)
        reader = desk.store.reader()
        for text in QUERIES:
            counting = Stuck(reader)
            whole = Finder(SqlIndexStore(counting), region="GB", now=lambda: NOON).find(text)
            assert whole.hits
            for at in range(1, counting.asked + 1):
                stuck = Stuck(reader, at)
                finder = Finder(SqlIndexStore(stuck), region="GB", now=lambda: NOON)
                with pytest.raises(Interrupted), newer_key(stuck):
                    finder.find(text)
                assert finder.find(text).hits == whole.hits, f"given up at statement {at}"
