"""Whom an interaction is with: put to somebody, or moved away from the wrong person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules.contacts import forms_of_peer
from agent_tui.domain.values import ids
from agent_tui.domain.values.index import ContactEntry
from agent_tui.errors import Refused
from agent_tui.services import capture_records
from agent_tui.services.bookkeeping import record
from agent_tui.services.registering import link_peer
from agent_tui.storage.index_upkeep import index_contacts
from agent_tui.storage.queries import customers, herd, interactions, knowing, timeline

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork


def attach(unit: UnitOfWork, desk: Desk, call: tables.Interaction, customer_id: int) -> None:
    """Put an interaction with nobody known to a customer, with its notes and its number.

    Raises Refused where it has another customer.
    """
    if call.customer_id == customer_id:
        return
    if call.customer_id is not None:
        raise Refused("this interaction has its customer already: move it if that is the wrong one")
    belong(unit, desk, call, customer_id)
    _link(unit, desk, call)
    record(unit, "interaction.attached", call)


def move(unit: UnitOfWork, desk: Desk, call: tables.Interaction, customer_id: int) -> None:
    """Move an interaction from the wrong person to the right one, with all that came of it.

    The number goes along where nothing but this interaction ever linked it to the wrong one;
    who was verified was the wrong one too. Raises Refused where nobody is known yet.
    """
    before = call.customer_id
    if before is None:
        raise Refused("nobody is known in this interaction yet: attach it to them")
    if before == customer_id:
        return
    call.verified_how = None
    belong(unit, desk, call, customer_id)
    _unlink(unit, desk, call, before)
    _take_back_touch(unit, before)
    _link(unit, desk, call)
    record(unit, "interaction.moved", call, detail=ids.show(ids.CUSTOMER, before))


def belong(unit: UnitOfWork, desk: Desk, call: tables.Interaction, customer_id: int) -> None:
    """Give an interaction to a customer, with what was noted in it and the records of that."""
    unit.get(tables.Customer, customer_id)
    capture_records.give(unit, desk, interaction_id=call.id, to=customer_id)
    herd.give(unit.reader, interaction_id=call.id, to=customer_id)
    timeline.give(unit.reader, interaction_id=call.id, to=customer_id)
    knowing.part_facts(unit.reader, interaction_id=call.id, to=customer_id)
    call.customer_id = customer_id
    unit.save(call)
    _touch(unit, customer_id, call.opened_at)


def _link(unit: UnitOfWork, desk: Desk, call: tables.Interaction) -> None:
    if call.peer and call.customer_id is not None:
        link_peer(
            unit,
            customer_id=call.customer_id,
            peer=call.peer,
            region=desk.region,
            interaction_id=call.id,
        )


def _unlink(unit: UnitOfWork, desk: Desk, call: tables.Interaction, customer_id: int) -> None:
    """Take back the number that this interaction alone linked to a customer.

    Where they used it in another interaction too, it hangs on that one from now on; where
    somebody has said more of it, it stays.
    """
    linked = customers.linked_by(unit.reader, customer_id=customer_id, interaction_id=call.id)
    for point_id in linked:
        point = unit.get(tables.ContactPoint, point_id)
        peers = interactions.peers(unit.reader, customer_id=customer_id)
        used = (other for other, peer in peers if point.normal in forms_of_peer(peer, desk.region))
        point.interaction_id = next(used, None)
        if point.interaction_id is not None or point.preferred or point.consent != "unknown":
            unit.save(point)
        else:
            unit.remove(point)
            number = customers.number_of(unit.reader, customer_id=customer_id)
            index_contacts(unit, [], removed=[ContactEntry(number, point.kind, point.normal)])
            unit.record("contact_point.removed", customer_id=customer_id, detail=point.kind)


def _take_back_touch(unit: UnitOfWork, customer_id: int) -> None:
    customer = unit.get(tables.Customer, customer_id)
    customer.last_contact_at = interactions.last_contact(unit.reader, customer_id=customer.id)
    unit.save(customer)


def _touch(unit: UnitOfWork, customer_id: int, at: datetime) -> None:
    customer = unit.get(tables.Customer, customer_id)
    if customer.last_contact_at is None or customer.last_contact_at < at:
        customer.last_contact_at = at
        unit.save(customer)
