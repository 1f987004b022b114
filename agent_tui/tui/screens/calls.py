"""What is going on while the desk is open: which call is on the screen, which ones wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent_tui.domain.values.people import Dossier, Interaction
    from agent_tui.domain.values.today import RecentCustomer


@dataclass(slots=True)
class Calls:
    """Live calls, and the one on hand: a caller whom nobody has been put to yet."""

    live: tuple[Interaction, ...] = ()
    callers: dict[int, tuple[RecentCustomer, ...]] = field(default_factory=dict)
    on_hand: Interaction | None = None
    _popped: set[int] | None = None

    def take(
        self, live: tuple[Interaction, ...], callers: dict[int, tuple[RecentCustomer, ...]]
    ) -> None:
        """Take what is going on now."""
        self.live, self.callers = live, callers
        if self.on_hand is not None:
            now = [call for call in live if call.id == self.on_hand.id]
            self.on_hand = now[0] if now else self.on_hand

    def elsewhere(self, customer_id: int | None) -> list[Interaction]:
        """Calls that are not on the screen: telephones before writing, those that ring first."""
        shown = [
            call
            for call in self.live
            if (call.customer_id is None or call.customer_id != customer_id)
            and (self.on_hand is None or call.id != self.on_hand.id)
        ]
        return sorted(
            shown,
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


def current_call(dossier: Dossier | None, agent_id: int) -> Interaction | None:
    """The customer's call that is going on, or the one that this agent has not wrapped up."""
    if dossier is None:
        return None
    calls = dossier.interactions
    live = [call for call in calls if call.is_live]
    left_open = [call for call in calls if call.state == "ended" and call.agent_id == agent_id]
    return next(iter([*live, *left_open]), None)
