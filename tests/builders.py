"""Small things that many tests need: a desk on a database, a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from agent_tui.clock import Clock
from agent_tui.domain.values.kinds import Role
from agent_tui.services.desk import Desk
from agent_tui.services.staffing import add_agent
from agent_tui.storage.location import locate
from agent_tui.storage.queries import agents
from agent_tui.storage.store import Store

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
"""A Tuesday, on which tests take place."""


class StandingClock:
    """A clock that only moves when it is told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **length: float) -> datetime:
        """Let time pass: `minutes=5`, `days=1`."""
        self.now += timedelta(**length)
        return self.now


def make_desk(
    url: str,
    *,
    handle: str = "mira",
    role: Role = "agent",
    now: datetime | Clock = NOON,
    zone: tzinfo = UTC,
    region: str | None = "GB",
) -> Desk:
    """The desk of an agent, made where there is none yet, on a migrated database.

    `now` is a moment at which time stands still, or a clock. Close the desk afterwards.
    """
    clock: Clock = StandingClock(now) if isinstance(now, datetime) else now
    store = Store(locate(url))
    with store.writing(now=clock(), agent_id=None) as unit:
        if agents.by_handle(unit.reader, handle=handle) is None:
            add_agent(unit, handle=handle, name=None, role=role)
    agent = agents.by_handle(store.reader(), handle=handle)
    assert agent is not None
    return Desk(store=store, agent=agent, clock=clock, zone=zone, region=region)
