"""What is going on while the desk is open, and what of it waits for the agent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

    def elsewhere(self, whom: Whom) -> list[Interaction]:
        """Calls that are not on the screen: telephones before writing, those that ring first."""
        return sorted(
            (call for call in self.live if not whom.is_about(call)),
            key=lambda call: (
                call.channel != "phone",
                call.state != "ringing",
                call.opened_at,
                call.id,
            ),
        )

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
