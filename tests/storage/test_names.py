"""Words of customers' names: found as they are now, whatever is done to the customers."""

from __future__ import annotations

import random
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import text

from agent_tui.domain.tables import Customer
from agent_tui.storage import schema
from agent_tui.storage.engines import writing_engine
from agent_tui.storage.location import locate
from agent_tui.storage.queries.filter_names import customers_named
from agent_tui.storage.queries.filter_values import Bound
from agent_tui.storage.reader import Reader
from agent_tui.storage.store import Store
from agent_tui.storage.wiping import wipe
from agent_tui.text.words import stand_in, words_of
from tests.builders import NOON, make_desk
from tests.storage.steps import bring_to

PARTS = [
    "Ada",
    "ADA",
    "Hart",
    "O'Neill",
    "Anne-Marie",
    "Müller",
    "muller",
    "Łukasz",
    "Στέλιος",
    "Στελιοσ",
    "Йосиф",
    "西村",
    "한국",
    "C\u0327elik",
    "🙂",
    '"AND"',
    "%",
]


def named(reader: Reader, value: str) -> set[int]:
    """The customers whom a value of the filter finds, by their interactions."""
    bound = Bound(on_postgres=reader.is_postgres)
    condition = customers_named([value], bound).condition
    rows = reader.rows(
        f"SELECT i.customer_id FROM (SELECT id AS customer_id FROM customers) i WHERE {condition}",
        **bound.values,
    )
    return {row[0] for row in rows}


def check(reader: Reader) -> None:
    """What is found is who is there."""
    there = {row[0]: words_of(row[1]) for row in reader.rows("SELECT id, name FROM customers")}
    asked = [*PARTS, "Ada Hart", "Hart Ada", "marie", "anne", "NEAR(", "*", "ad"]
    for value in asked:
        words = words_of(value)
        true = {key for key, name in there.items() if stand_in(words, name, is_beginning=False)}
        assert named(reader, value) == true, value


def some_name(chance: random.Random) -> str:
    return " ".join(chance.choices(PARTS, k=chance.randrange(1, 4)))


def customer(number: int, name: str) -> dict[str, Any]:
    return {
        "id": number,
        "version": 1,
        "number": number,
        "name": name,
        "created_at": NOON,
        "updated_at": NOON,
    }


def test_names_are_found_as_they_are_now(migrated_url: str) -> None:
    make_desk(migrated_url).close()
    chance = random.Random(3)
    with closing(Store(locate(migrated_url))) as store:
        with store.writing(now=NOON, agent_id=None) as unit:
            unit.insert_many(Customer, [customer(n, some_name(chance)) for n in range(1, 90)])
        check(store.reader())
        with store.writing(now=NOON, agent_id=None) as unit:
            for number in range(1, 30):
                unit.execute(
                    "UPDATE customers SET name = :name WHERE id = :id",
                    name=some_name(chance),
                    id=number,
                )
            unit.execute("UPDATE customers SET city = 'Ada' WHERE id < 50")
            unit.execute("DELETE FROM customers WHERE id > 70")
        check(store.reader())


def test_who_was_there_before_is_found_after_the_step(database_url: str) -> None:
    bring_to(database_url, "0008")
    chance = random.Random(4)
    engine = writing_engine(locate(database_url))
    with engine.begin() as connection:
        at = NOON if connection.dialect.name == "postgresql" else 0
        connection.execute(
            text(
                "INSERT INTO customers (id, version, number, name, created_at, updated_at) "
                "VALUES (:id, 1, :number, :name, :created_at, :updated_at)"
            ),
            [
                customer(n, some_name(chance)) | {"created_at": at, "updated_at": at}
                for n in range(1, 90)
            ],
        )
    engine.dispose()
    schema.bring_up(locate(database_url))
    with closing(Store(locate(database_url))) as store:
        check(store.reader())


def test_a_name_that_is_gone_is_gone_from_the_file(migrated_url: str) -> None:
    path = locate(migrated_url).path
    if path is None:
        pytest.skip("a server keeps its own files")
    make_desk(migrated_url).close()
    with closing(Store(locate(migrated_url))) as store:
        with store.writing(now=NOON, agent_id=None) as unit:
            unit.insert_many(Customer, [customer(1, "Xylanthe Quorn"), customer(2, "Ada")])
        with store.writing(now=NOON, agent_id=None) as unit:
            unit.execute("UPDATE customers SET name = 'Somebody' WHERE id = 1")
    wipe(path)
    assert b"xylanthe" not in path.read_bytes().lower()
    with closing(Store(locate(migrated_url))) as store:
        check(store.reader())
        assert named(store.reader(), "somebody") == {1}
