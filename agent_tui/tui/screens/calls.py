"""What is going on while the desk is open, and what of it waits for the agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.widgets.wording import caller

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import RecentCustomer
    from agent_tui.tui.screens.whom import Whom


_WRITTEN = 3
"""How pressing what is written is."""


class Calls:
    """Live calls, and who may be behind those that nobody has been put to yet."""

    def __init__(self) -> None:
        self.live: tuple[Interaction, ...] = ()
        self.callers: dict[int, tuple[RecentCustomer, ...]] = {}
        self.with_colleagues = 0
        """How many go on with colleagues, whether they are among the live ones here or not."""
        self._popped: set[int] | None = None
        self._turned_to: set[tuple[int, str]] = set()
        """The calls in their states that the agent has turned to from the strip, or from there
        away."""
        self._aside: set[tuple[int, str]] = set()
        """The calls in their states that the agent does not want to see for now."""

    def take(
        self,
        live: tuple[Interaction, ...],
        callers: dict[int, tuple[RecentCustomer, ...]],
        with_colleagues: int = 0,
    ) -> None:
        """Take what is going on now."""
        self.live, self.callers, self.with_colleagues = live, callers, with_colleagues

    def elsewhere(self, whom: Whom, agent_id: int) -> list[Interaction]:
        """This agent's calls, and nobody's, that are not on the screen, the one to turn to next
        first. They stand in one order: whoever they talk to, who is on hold, what rings, their
        other calls, and nobody's; and it is gone through from the one that is open, round and
        round. What presses goes before all others until it was turned to once as it is.
        """
        found = sorted(self._gone_through(agent_id), key=_order)
        behind = max((at for at, call in enumerate(found, 1) if whom.is_about(call)), default=0)

        # Whoever waits for anybody comes behind one's own, until one has turned to them.
        is_aside = any(_waits_aside(call) and whom.is_about(call) for call in found)

        def place(at: int) -> tuple[bool, bool, bool, int]:
            call = found[at]
            presses = _presses(call) and (call.id, call.state) not in self._turned_to
            waits = not is_aside and _waits_aside(call)
            return waits, not presses, not presses and at < behind, at

        places = sorted(range(len(found)), key=place)
        return [found[at] for at in places if not whom.is_about(found[at])]

    def leads_on(self, whom: Whom, agent_id: int) -> bool:
        """Whether the screen is about one of them: then the next one is turned to from there."""
        return any(whom.is_about(call) for call in self._gone_through(agent_id))

    def _gone_through(self, agent_id: int) -> list[Interaction]:
        return [
            call
            for call in self.live
            if call.agent_id in (None, agent_id) and (call.id, call.state) not in self._aside
        ]

    def put_aside(self, call: Interaction) -> None:
        """A call is not wanted for now: it is shown again once its state is another one."""
        self._aside.add((call.id, call.state))

    @property
    def aside(self) -> list[Interaction]:
        """The calls that go on and were put aside."""
        return [call for call in self.live if (call.id, call.state) in self._aside]

    def bring_back(self) -> None:
        """Show again what was put aside."""
        self._aside.clear()

    def why_not_asked(self, call: Interaction, agent_id: int) -> str | None:
        """Why this agent need not say any more who calls, in words; None where they still may.

        `call` is the call as it was when they were asked.
        """
        now = next((one for one in self.live if one.id == call.id), None)
        if now is None:
            # One of their own can be put to somebody when it is over, too.
            gone = f"{caller(call)} waits no more: the call is over, or with a colleague."
            return gone if call.agent_id is None else None
        if now.customer_id is not None:
            return f"{caller(now)} is on the line: that was said meanwhile."
        if now.agent_id not in (None, agent_id):
            return f"{now.agent or 'A colleague'} has this call now."
        return None

    def colleagues(self, agent_id: int) -> list[Interaction]:
        """The calls of colleagues, the newest first."""
        found = [call for call in self.live if call.agent_id not in (None, agent_id)]
        return sorted(found, key=_began, reverse=True)

    def turn_to(self, call: Interaction, whom: Whom) -> None:
        """A call is taken up from the strip: doing so again and again leads through all of the
        agent's own."""
        here = (one for one in self.live if whom.is_about(one) or one.id == call.id)
        self._turned_to |= {(one.id, one.state) for one in here}

    def to_pop(self, agent_id: int) -> Interaction | None:
        """The newest call that began since the last look, and is this agent's or nobody's yet.

        Each is popped once. When the desk opens, what rings already waits its turn in Today; only
        a call that this agent was talking in is taken up again.
        """
        if self._popped is None:
            fresh = [
                call for call in self.live if call.agent_id == agent_id and call.state != "ringing"
            ]
            self._popped = {call.id for call in self.live}
        else:
            fresh = [
                call
                for call in self.live
                if call.id not in self._popped and call.agent_id in (None, agent_id)
            ]
            self._popped.update(call.id for call in fresh)
        return max(fresh, key=_began, default=None)


def _order(call: Interaction) -> tuple[bool, int, datetime, int]:
    since = call.held_at if call.state == "on_hold" else None
    return _waits_aside(call), _rank(call), since or call.opened_at, call.id


def _presses(call: Interaction) -> bool:
    """Whether somebody is on the line, or wants to be."""
    return _rank(call) < _WRITTEN


def _rank(call: Interaction) -> int:
    """How pressing a call is, from 0 on: who is talked to, who is on hold, what rings, others."""
    if call.channel == "phone" and call.state == "ringing":
        return 2
    if call.state == "on_hold":
        return 1
    return 0 if call.channel == "phone" else _WRITTEN


def _waits_aside(call: Interaction) -> bool:
    """Whether it is nobody's, and can wait until somebody has a hand free."""
    return call.agent_id is None and not (call.channel == "phone" and call.state == "ringing")


def _began(call: Interaction) -> tuple[datetime, int]:
    return call.opened_at, call.id
