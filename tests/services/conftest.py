"""The clock that stands still, and the desks of three agents on one database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from agent_tui.services.desk import Desk
from tests.builders import StandingClock, make_desk


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def mira(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    """An agent."""
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def asha(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    """Another agent."""
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as made:
        yield made


@pytest.fixture
def lena(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    """The lead of both."""
    with closing(make_desk(migrated_url, handle="lena", role="lead", now=clock)) as made:
        yield made
