"""The desk: the one object that the screen, the command line and the tests receive."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from agent_tui.clock import Clock
from agent_tui.domain.values.people import Agent

if TYPE_CHECKING:
    from agent_tui.services.browsing import Browsing
    from agent_tui.services.conversing import Conversing
    from agent_tui.services.finding import Finding
    from agent_tui.services.importing import Importing
    from agent_tui.services.noting import Noting
    from agent_tui.services.opening import Opening
    from agent_tui.services.receiving import Receiving
    from agent_tui.services.registering import Registering
    from agent_tui.services.staffing import Staffing
    from agent_tui.services.watching import Watching
    from agent_tui.services.wrapping_up import WrappingUp
    from agent_tui.storage.store import Store
    from agent_tui.storage.unit import UnitOfWork


class Desk:
    """Everything that one agent can do on one database.

    `zone` is the agent's time zone; `region` the country (ISO 3166) of phone numbers that do not
    name one. May be shared between threads.
    """

    def __init__(
        self, *, store: Store, agent: Agent, clock: Clock, zone: tzinfo, region: str | None
    ) -> None:
        self.store = store
        self.agent = agent
        self.clock = clock
        self.zone = zone
        self.region = region

    @property
    def place(self) -> str:
        """Where the desk's records are, as people may see it."""
        return self.store.location.shown

    @cached_property
    def finding(self) -> Finding:
        """Find somebody."""
        from agent_tui.services.finding import Finding

        return Finding(self)

    @cached_property
    def opening(self) -> Opening:
        """Open somebody: the brief, the records, the conversation; or Today."""
        from agent_tui.services.opening import Opening

        return Opening(self)

    @cached_property
    def browsing(self) -> Browsing:
        """Read what happened lately."""
        from agent_tui.services.browsing import Browsing

        return Browsing(self)

    @cached_property
    def watching(self) -> Watching:
        """Hear of every change, from any process."""
        from agent_tui.services.watching import Watching

        return Watching(self)

    @cached_property
    def noting(self) -> Noting:
        """Write notes, and keep what is not yet saved."""
        from agent_tui.services.noting import Noting

        return Noting(self)

    @cached_property
    def conversing(self) -> Conversing:
        """Take what channels deliver; attach a call to a person."""
        from agent_tui.services.conversing import Conversing

        return Conversing(self)

    @cached_property
    def receiving(self) -> Receiving:
        """Take a channel's signals as they come, again where the database was only busy."""
        from agent_tui.services.receiving import Receiving

        return Receiving(self)

    @cached_property
    def wrapping_up(self) -> WrappingUp:
        """Close an interaction."""
        from agent_tui.services.wrapping_up import WrappingUp

        return WrappingUp(self)

    @cached_property
    def registering(self) -> Registering:
        """Make a new customer, add a way to reach one."""
        from agent_tui.services.registering import Registering

        return Registering(self)

    @cached_property
    def importing(self) -> Importing:
        """Take whole files of people."""
        from agent_tui.services.importing import Importing

        return Importing(self)

    @cached_property
    def staffing(self) -> Staffing:
        """Who works here, in which team and role."""
        from agent_tui.services.staffing import Staffing

        return Staffing(self)

    def writing(self, at: datetime | None = None) -> _Writing:
        """A unit of work in this agent's name, for the services."""
        return self.store.writing(now=at or self.clock(), agent_id=self.agent.id)

    def close(self) -> None:
        """Give all connections back."""
        self.store.close()


if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    _Writing = AbstractContextManager[UnitOfWork]
