"""The desk: the one object that the screen, the command line and the tests receive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from agent_tui.clock import Clock
from agent_tui.domain.values.agents import Agent

if TYPE_CHECKING:
    from agent_tui.domain.values.reviews import CriterionKind
    from agent_tui.services.attending import Attending
    from agent_tui.services.briefing import Briefing
    from agent_tui.services.browsing import Browsing
    from agent_tui.services.capturing import Capturing
    from agent_tui.services.coaching import Coaching
    from agent_tui.services.complaining import Complaining
    from agent_tui.services.conversing import Conversing
    from agent_tui.services.drafting import Drafting
    from agent_tui.services.exporting import Exporting
    from agent_tui.services.finding import Finding
    from agent_tui.services.following_up import FollowingUp
    from agent_tui.services.friction import Frictions
    from agent_tui.services.generating import Generating
    from agent_tui.services.handing_over import HandingOver
    from agent_tui.services.importing import Importing
    from agent_tui.services.knowing import Knowing
    from agent_tui.services.listening import ListeningLog
    from agent_tui.services.looking_back import LookingBack
    from agent_tui.services.measuring import Measuring
    from agent_tui.services.noting import Noting
    from agent_tui.services.opening import Opening
    from agent_tui.services.promising import Promising
    from agent_tui.services.receipting import Receipting
    from agent_tui.services.receiving import Receiving
    from agent_tui.services.redacting import Redacting
    from agent_tui.services.registering import Registering
    from agent_tui.services.reindexing import Reindexing
    from agent_tui.services.reviewing import Reviewing
    from agent_tui.services.scripting import Scripting
    from agent_tui.services.sending import Sending
    from agent_tui.services.staffing import Staffing
    from agent_tui.services.viewing import Viewing
    from agent_tui.services.watching import Watching
    from agent_tui.services.wrapping_up import WrappingUp
    from agent_tui.storage.store import Store
    from agent_tui.storage.unit import UnitOfWork


class Desk:
    """Everything that one agent can do on one database.

    `zone` is the agent's time zone; `region` the country (ISO 3166) of phone numbers that do not
    name one; `language` the one in which due times are written (such as `en` or `de-AT`);
    `snippets` are names with templates; `criteria` what reviews look for, name to for whom it is
    critical. May be shared between threads.
    """

    def __init__(
        self,
        *,
        store: Store,
        agent: Agent,
        clock: Clock,
        zone: tzinfo,
        region: str | None,
        language: str = "en",
        snippets: Mapping[str, str] | None = None,
        criteria: Mapping[str, CriterionKind] | None = None,
    ) -> None:
        self.store = store
        self.agent = agent
        self.clock = clock
        self.zone = zone
        self.region = region
        self.language = language
        self.snippets = dict(snippets or {})
        self._criteria = criteria

    @property
    def place(self) -> str:
        """Where the desk's records are, as people may see it."""
        return self.store.location.shown

    @cached_property
    def criteria(self) -> Mapping[str, CriterionKind]:
        """What reviews look for: name to for whom it is critical."""
        from agent_tui.domain.rules.reviews import STANDING

        return dict(STANDING if self._criteria is None else self._criteria)

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
    def briefing(self) -> Briefing:
        """Say that a record of the brief is wrong, or was used."""
        from agent_tui.services.briefing import Briefing

        return Briefing(self)

    @cached_property
    def browsing(self) -> Browsing:
        """Read what happened lately."""
        from agent_tui.services.browsing import Browsing

        return Browsing(self)

    @cached_property
    def exporting(self) -> Exporting:
        """Hand out what Recent finds."""
        from agent_tui.services.exporting import Exporting

        return Exporting(self)

    @cached_property
    def watching(self) -> Watching:
        """Hear of every change, from any process."""
        from agent_tui.services.watching import Watching

        return Watching(self)

    @cached_property
    def capturing(self) -> Capturing:
        """Read what is being typed: marks, due times, completion, snippets."""
        from agent_tui.services.capturing import Capturing

        return Capturing(self)

    @cached_property
    def drafting(self) -> Drafting:
        """Keep what is being typed."""
        from agent_tui.services.drafting import Drafting

        return Drafting(self)

    @cached_property
    def noting(self) -> Noting:
        """Write notes."""
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
    def sending(self) -> Sending:
        """Send what the agent writes; mark what was said on a call."""
        from agent_tui.services.sending import Sending

        return Sending(self)

    @cached_property
    def attending(self) -> Attending:
        """Who else is with a customer now."""
        from agent_tui.services.attending import Attending

        return Attending(self)

    @cached_property
    def wrapping_up(self) -> WrappingUp:
        """Close an interaction."""
        from agent_tui.services.wrapping_up import WrappingUp

        return WrappingUp(self)

    @cached_property
    def following_up(self) -> FollowingUp:
        """Ask a colleague to do something about a customer; close open questions."""
        from agent_tui.services.following_up import FollowingUp

        return FollowingUp(self)

    @cached_property
    def handing_over(self) -> HandingOver:
        """Hand a conversation to a colleague; accept or decline one."""
        from agent_tui.services.handing_over import HandingOver

        return HandingOver(self)

    @cached_property
    def friction(self) -> Frictions:
        """Say that a rule or a tool stands in one's way."""
        from agent_tui.services.friction import Frictions

        return Frictions(self)

    @cached_property
    def knowing(self) -> Knowing:
        """Facts, refusals, ties and the ledger; who has the same matter; what is worth asking."""
        from agent_tui.services.knowing import Knowing

        return Knowing(self)

    @cached_property
    def looking_back(self) -> LookingBack:
        """Everything that happened with somebody, newest first."""
        from agent_tui.services.looking_back import LookingBack

        return LookingBack(self)

    @cached_property
    def measuring(self) -> Measuring:
        """What the records say of how people are served, as counts with what is behind them."""
        from agent_tui.services.measuring import Measuring

        return Measuring(self)

    @cached_property
    def promising(self) -> Promising:
        """Keep, move, withdraw or break promises; hand them over."""
        from agent_tui.services.promising import Promising

        return Promising(self)

    @cached_property
    def complaining(self) -> Complaining:
        """Take a complaint from receipt to close."""
        from agent_tui.services.complaining import Complaining

        return Complaining(self)

    @cached_property
    def registering(self) -> Registering:
        """Make a new customer, add a way to reach one."""
        from agent_tui.services.registering import Registering

        return Registering(self)

    @cached_property
    def receipting(self) -> Receipting:
        """What an agent had in front of them before a script opened."""
        from agent_tui.services.receipting import Receipting

        return Receipting(self)

    @cached_property
    def scripting(self) -> Scripting:
        """Keep call scripts, and go through one with a customer."""
        from agent_tui.services.scripting import Scripting

        return Scripting(self)

    @cached_property
    def importing(self) -> Importing:
        """Take whole files of people."""
        from agent_tui.services.importing import Importing

        return Importing(self)

    @cached_property
    def generating(self) -> Generating:
        """Make people up, to try a desk out."""
        from agent_tui.services.generating import Generating

        return Generating(self)

    @cached_property
    def reindexing(self) -> Reindexing:
        """Check and rebuild the index by which customers are found."""
        from agent_tui.services.reindexing import Reindexing

        return Reindexing(self)

    @cached_property
    def redacting(self) -> Redacting:
        """Keep card numbers out of what is stored."""
        from agent_tui.services.redacting import Redacting

        return Redacting(self)

    @cached_property
    def reviewing(self) -> Reviewing:
        """Say something of an interaction to its agent; read, answer, withdraw it."""
        from agent_tui.services.reviewing import Reviewing

        return Reviewing(self)

    @cached_property
    def viewing(self) -> Viewing:
        """Save filters of Recent under a name."""
        from agent_tui.services.viewing import Viewing

        return Viewing(self)

    @cached_property
    def listening(self) -> ListeningLog:
        """A lead's own log of what they read or heard."""
        from agent_tui.services.listening import ListeningLog

        return ListeningLog(self)

    @cached_property
    def coaching(self) -> Coaching:
        """What agent and lead might talk about."""
        from agent_tui.services.coaching import Coaching

        return Coaching(self)

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
