"""What a server says of a row in the detail, the hint or the context of an error reaches nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from agent_tui.errors import StorageError
from agent_tui.storage.location import locate
from agent_tui.storage.store import Store
from tests.builders import NOON

SECRET = "zanzibar"
BOOM = f"""
CREATE FUNCTION boom(code text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION 'there is no room' USING ERRCODE = code, DETAIL = 'Failing row contains ({SECRET})',
HINT = '{SECRET}', CONSTRAINT = 'rooms'; END $$
"""

Way = Callable[[Store, str], object]


@pytest.fixture
def store(migrated_postgres_url: str) -> Iterator[Store]:
    with closing(Store(locate(migrated_postgres_url))) as made:
        with made.writing(now=NOON, agent_id=None) as unit:
            unit.execute(BOOM)
        yield made


def reading(store: Store, code: str) -> object:
    return store.reader().rows("SELECT boom(:code)", code=code)


def writing(store: Store, code: str) -> None:
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.execute("SELECT boom(:code)", code=code)


def reading_in_a_unit(store: Store, code: str) -> object:
    with store.writing(now=NOON, agent_id=None) as unit:
        return unit.reader.rows("SELECT boom(:code)", code=code)


def writing_plainly(store: Store, code: str) -> None:
    with store.writing_plainly(now=NOON, agent_id=1) as unit:
        unit.execute("SELECT boom(:code)", code=code)


@pytest.mark.parametrize("way", [reading, writing, reading_in_a_unit, writing_plainly])
@pytest.mark.parametrize("code", ["23514", "23505", "22001", "53100", "P0001", "XX000"])
def test_only_the_primary_message_is_told(store: Store, way: Way, code: str) -> None:
    with pytest.raises(StorageError, match="there is no room") as told:
        way(store, code)
    assert SECRET not in told.value.message
    assert SECRET not in str(told.value)
