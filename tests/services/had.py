"""Conversations that an agent had, for those who read them later."""

from __future__ import annotations

from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.services.desk import Desk
from tests.services.noted import rows


def had(desk: Desk, call: str = "1", *lines: str) -> int:
    """The id of a call that this desk's agent has answered, in which the customer said `lines`."""
    desk.conversing.take(
        CallSignal("phone", call, "answered", sender=f"@{call}", receiver=desk.agent.handle)
    )
    for place, text in enumerate(lines, 1):
        desk.conversing.take(MessageSignal("phone", call, str(place), "customer", text))
    [(found,)] = rows(desk, "SELECT id FROM interactions WHERE external_id = :call", call=call)
    return int(found)
