"""Close an interaction: did they get what they came for?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.tables import Interaction
from agent_tui.domain.values import ids
from agent_tui.domain.values.kinds import Met
from agent_tui.errors import Refused

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk


class WrappingUp:
    """Wraps interactions up."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def finish(self, interaction_id: int, met: Met) -> None:
        """Wrap an ended interaction up. Refused while it is still going on."""
        with self._desk.writing() as unit:
            call = unit.get(Interaction, interaction_id)
            if call.state in ("ringing", "talking", "on_hold"):
                raise Refused("this is still going on: wrap it up when it has ended")
            call.met = met
            call.state = "wrapped_up"
            call.agent_id = call.agent_id or self._desk.agent.id
            unit.save(call)
            unit.record(
                "interaction.wrapped_up",
                subject=ids.show(ids.INTERACTION, call.id),
                customer_id=call.customer_id,
                interaction_id=call.id,
                detail=met,
            )
