"""Lists of promises and complaints read what is open, however much was closed before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from agent_tui.services.desk import Desk
from agent_tui.storage.queries import complaints, promises
from agent_tui.storage.reader import Reader, Row
from tests.builders import NOON, make_desk

CLOSED = 50_000
WHOLE = re.compile(
    r"Seq Scan on (promises|cases|complaints|events)"
    r"|SCAN [pkosg]\b(?! USING INDEX (promises_open|cases_complaints))"
)


class Explaining:
    """A reader that asks for the plan of each query instead."""

    def __init__(self, reader: Reader) -> None:
        self.is_postgres = reader.is_postgres
        self._reader = reader
        self.steps: list[str] = []

    def rows(self, sql: str, /, **parameters: Any) -> list[Row]:
        explain = "EXPLAIN " if self.is_postgres else "EXPLAIN QUERY PLAN "
        plan = self._reader.rows(explain + sql, **parameters)
        self.steps += [str(row[-1]) for row in plan]
        return []

    def rows_planned_once(self, sql: str, /, **parameters: Any) -> list[Row]:
        return self.rows(sql, **parameters)

    def rows_under_way(self, sql: str, /, **parameters: Any) -> Callable[[], list[Row]]:
        return partial(self.rows, sql, **parameters)

    def row(self, sql: str, /, **parameters: Any) -> Row | None:
        self.rows(sql, **parameters)
        return None

    def snapshot(self) -> Any:
        return self._reader.snapshot()

    def interrupt(self) -> None:
        self._reader.interrupt()

    def close(self) -> None:
        self._reader.close()


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


def test_nothing_is_read_whole(desk: Desk) -> None:
    who = desk.registering.customer("Ada Hart")
    first = desk.promising.make(who, "call back", NOON + timedelta(days=1))
    desk.promising.renegotiate(first, NOON + timedelta(days=2), told=True)
    desk.complaining.open(who, "nobody came")
    many = f"WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {CLOSED}) "
    with desk.writing() as unit:
        unit.execute(
            "INSERT INTO promises (id, version, customer_id, owner_id, created_at, due_at, state, "
            f"side, text) {many} SELECT k, 1, :who, :me, :now, :now, 'kept', 'ours', 'x' FROM n",
            who=who,
            me=desk.agent.id,
            now=NOON,
        )
        unit.execute(
            "INSERT INTO cases (id, version, customer_id, opened_at, state, kind, title) "
            f"{many} SELECT k, 1, :who, :now, 'closed', 'complaint', 'x' FROM n",
            who=who,
            now=NOON,
        )
        unit.execute(
            "INSERT INTO complaints (case_id, version, speakable, closed_at) "
            f"{many} SELECT k, 1, 'X' || k, :now FROM n",
            now=NOON,
        )
        unit.execute(
            "INSERT INTO events (at, kind, subject, detail, txid) "
            f"{many} SELECT :now, 'promise.kept', 'p_' || k, 'n_' || k, 0 FROM n",
            now=NOON,
        )
        unit.execute("ANALYZE")
    reader = Explaining(desk.store.reader())
    promises.still_open(reader, limit=500)
    promises.still_open(reader, customer_id=who, limit=500)
    promises.still_open(reader, owner_id=desk.agent.id, due_before=NOON, limit=500)
    promises.history(reader, first)
    complaints.still_open(reader, limit=500)
    complaints.still_open(reader, customer_id=who, limit=500)
    complaints.called(reader, name="C7K2")
    complaints.retired(reader, name="C7K2")
    complaints.retired_of(reader, note_ids=[1, 2])
    complaints.is_taken(reader, speakable="C7K2")
    assert len(reader.steps) > 30
    assert [step for step in reader.steps if WHOLE.search(step)] == []
    assert len(desk.promising.still_open()) == len(desk.complaining.still_open()) == 1
