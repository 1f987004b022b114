"""A desk to try plain SQL on, and the database as anybody may open it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.builders import make_desk
from tests.storage.gates import Floor, Sql, plainly


@pytest.fixture
def floor(migrated_url: str) -> Iterator[Floor]:
    make_desk(migrated_url, handle="asha").close()
    with closing(make_desk(migrated_url)) as desk:
        yield Floor(desk)


@pytest.fixture
def sql(floor: Floor, migrated_url: str) -> Iterator[Sql]:
    with plainly(migrated_url) as ask:
        yield ask
