"""What is going on while the desk is open, and what of it waits for the agent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import RecentCustomer
    from agent_tui.tui.screens.whom import Whom


@dataclass(slots=True)
class Calls:
    """Live calls, and who may be behind those that nobody has been put to yet."""

    live: tuple[Interaction, ...] = ()
    callers: dict[int, tuple[RecentCustomer, ...]] = field(default_factory=dict)
    _popped: set[int] | None = None

    def take(
        self, live: tuple[Interaction, ...], callers: dict[int, tuple[RecentCustomer, ...]]
    ) -> None:
        """Take what is going on now."""
        self.live, self.callers = live, callers

    def elsewhere(self, whom: Whom, agent_id: int) -> list[Interaction]:
        """Calls that are not on the screen: telephones that ring for this agent come first, then
        this agent's own, then nobody's, those of colleagues last.

        The agent's own follow in a circle from the one on the screen, so that taking the first
        again and again leads through all of them.
        """
        shown = [_began(call) for call in self.live if whom.is_about(call)]
        last = max(shown, default=None)
        ranks = {agent_id: 1, None: 2}

        def order(call: Interaction) -> tuple[int, bool, tuple[datetime, int]]:
            rings = call.channel == "phone" and call.state == "ringing"
            rank = ranks.get(call.agent_id, 3)
            before = last is not None and _began(call) < last
            return 0 if rings and rank < 3 else rank, before, _began(call)

        return sorted((call for call in self.live if not whom.is_about(call)), key=order)

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
        return fresh[-1] if fresh else None


def _began(call: Interaction) -> tuple[datetime, int]:
    return call.opened_at, call.id
