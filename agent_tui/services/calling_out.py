"""An agent calls somebody: a conversation that begins on our side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules.snippets import customer_fields
from agent_tui.errors import NotFound, Refused
from agent_tui.services import belonging
from agent_tui.services.bookkeeping import record
from agent_tui.storage.queries import customers, interactions

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork


def call_out(unit: UnitOfWork, desk: Desk, customer_id: int) -> int:
    """Open a call of this agent's to a customer, on the number that they prefer or the first;
    returns the interaction's id.

    Raises NotFound for a customer who is not there, Refused where a call to or from them goes on.
    """
    customer = customers.customer(unit.reader, customer_id=customer_id)
    if customer is None:
        raise NotFound("this customer is no longer there")
    going_on = interactions.live_or_at_hand(
        unit.reader, customer_id=customer_id, interaction_id=None
    )
    if any(one.channel == "phone" for one in going_on):
        raise Refused("a call with them goes on already: open that one")
    call = tables.Interaction(
        channel="phone",
        direction="out",
        state="talking",
        agent_id=desk.agent.id,
        peer=customer_fields(customer)["phone"],
        opened_at=unit.now,
        answered_at=unit.now,
    )
    unit.add(call)
    belonging.belong(unit, desk, call, customer_id)
    record(unit, "call.dialled", call)
    return call.id
