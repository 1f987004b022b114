"""Many rows at once: what is written, and what the database says of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from agent_tui.domain.tables import ContactPoint, Customer, InteractionTopic
from agent_tui.domain.values.ids import new_id
from agent_tui.errors import Conflict
from agent_tui.storage.location import locate
from agent_tui.storage.reader import moment
from agent_tui.storage.store import Store
from tests.builders import NOON

MANY = 50


@pytest.fixture
def store(migrated_url: str) -> Store:
    return Store(locate(migrated_url))


def rows(**columns: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "version": 1,
            "number": number,
            "name": f"Ada\t“Lovelace”\\N {number}\nof \\. London",
            "company": None,
            "last_contact_at": NOON if number % 2 else None,
            "created_at": NOON,
            "updated_at": NOON,
            **columns,
        }
        for number in range(1, MANY + 1)
    ]


def write(store: Store, table: Any, values: list[dict[str, Any]]) -> None:
    with store.writing(now=NOON, agent_id=None, durability="bulk") as unit:
        unit.insert_many(table, values)


def test_every_row_is_there_as_it_was_given(store: Store) -> None:
    given = rows()
    write(store, Customer, given)
    found = store.reader().rows(
        "SELECT id, name, company, last_contact_at, created_at FROM customers ORDER BY number"
    )
    assert [
        (row[0], row[1], row[2], row[3] and moment(row[3]), moment(row[4])) for row in found
    ] == [
        (row["id"], row["name"], None, row["last_contact_at"], row["created_at"]) for row in given
    ]


def test_truth_and_numbers_keep_their_kind(store: Store) -> None:
    people = rows()
    write(store, Customer, people)
    points = [
        {
            "id": new_id(),
            "version": 1,
            "customer_id": row["id"],
            "kind": "phone",
            "value": "1",
            "normal": "1",
            "reversed": "1",
            "preferred": row["number"] % 2 == 0,
            "consent": "unknown",
            "created_at": NOON,
        }
        for row in people
    ]
    write(store, ContactPoint, points)
    reader = store.reader()
    found = reader.rows("SELECT preferred FROM contact_points ORDER BY id")
    assert [bool(row[0]) for row in found] == [point["preferred"] for point in points]


def test_one_row_that_clashes_takes_all_of_them_back(store: Store) -> None:
    twice = rows()
    twice[-1]["number"] = 1
    with pytest.raises(Conflict, match="clashes"):
        write(store, Customer, twice)
    assert store.reader().rows("SELECT 1 FROM customers") == []


def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    topics = [
        {"interaction_id": number, "topic": "x", "opened_at": NOON, "customer_id": None}
        for number in range(1, MANY + 1)
    ]
    with pytest.raises(Conflict, match="clashes"):
        write(store, InteractionTopic, topics)


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 3, 10, 12)  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="without a time zone"):
        write(store, Customer, rows(updated_at=naive))
    assert store.reader().rows("SELECT 1 FROM customers") == []
