"""Make a new customer with what is known, and add ways to reach one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules.contacts import forms_of_peer, kind_of_peer, normal_form
from agent_tui.domain.values import ids
from agent_tui.domain.values.index import ContactEntry, IndexEntry
from agent_tui.services.entrance import take_line
from agent_tui.storage.index_upkeep import index_contacts, index_customers
from agent_tui.storage.queries import customers
from agent_tui.text.hygiene import clean_line
from agent_tui.text.names import split_name

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

CUSTOMER_NUMBERS = "customers"
NAME_LIMIT = 1_000
CONTACT_LIMIT = 1_000
NAMELESS = "Name not known"


class Registering:
    """Adds people."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def customer(self, name: str, *, company: str | None = None, city: str | None = None) -> int:
        """A new customer; nothing is mandatory, not even the name. Returns the id."""
        with self._desk.writing() as unit:
            return add_customer(unit, name=name, company=company, city=city).id


def add_customer(
    unit: UnitOfWork, *, name: str, company: str | None = None, city: str | None = None
) -> tables.Customer:
    """Add a customer within a unit of work, findable at once."""
    cleaned = take_line(unit.reader, name, NAME_LIMIT) or NAMELESS
    given, family = split_name(cleaned)
    row = tables.Customer(
        number=unit.take_numbers(CUSTOMER_NUMBERS, 1),
        name=cleaned,
        given_name=given or None,
        family_name=family or None,
        company=take_line(unit.reader, company) if company else None,
        city=take_line(unit.reader, city) if city else None,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.add(row)
    index_customers(unit, [IndexEntry(row.number, row.name, row.company, row.city)])
    unit.record("customer.added", subject=ids.show(ids.CUSTOMER, row.id), customer_id=row.id)
    return row


def link_peer(
    unit: UnitOfWork,
    *,
    customer_id: int,
    peer: str,
    region: str | None,
    interaction_id: int | None = None,
) -> None:
    """Keep the number or address that somebody used, unless it is known already or withheld.

    `interaction_id` says in which interaction, where nothing else tells that it is theirs.
    """
    forms = forms_of_peer(peer, region)
    if not forms or customers.has_contact(unit.reader, customer_id=customer_id, normals=forms):
        return
    kind = kind_of_peer(peer)
    normal = normal_form(kind, peer, region)
    unit.add(
        tables.ContactPoint(
            customer_id=customer_id,
            kind=kind,
            value=clean_line(peer, CONTACT_LIMIT),
            normal=normal,
            reversed=normal[::-1],
            created_at=unit.now,
            interaction_id=interaction_id,
        )
    )
    number = customers.number_of(unit.reader, customer_id=customer_id)
    index_contacts(unit, [ContactEntry(number, kind, normal)])
    unit.record("contact_point.added", customer_id=customer_id, detail=kind)
