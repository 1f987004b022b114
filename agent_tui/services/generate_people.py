"""Made-up people into the desk, in bulk.

Their words are this project's own and clean when they are made (a test has them cleaned again),
so that they need not come through the entrance, which would take most of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from agent_tui.crowd.people import MadePerson, Matter, external_id, person
from agent_tui.crowd.reach import Point
from agent_tui.domain.tables import Case, ContactPoint, Customer
from agent_tui.domain.values.ids import new_id
from agent_tui.services.registering import CUSTOMER_NUMBERS
from agent_tui.storage.index_upkeep import leave_for_later
from agent_tui.storage.queries import imports
from agent_tui.storage.unit import UnitOfWork

Row = dict[str, Any]

SOURCE = "generated"


def add_people(unit: UnitOfWork, *, seed: int, numbers: Sequence[int]) -> int:
    """Add the people with these numbers who are not there yet; returns how many those were.

    They are in no index yet: `Reindexing.catch_up` takes them in together.
    """
    names = {external_id(seed, number): number for number in numbers}
    known = imports.customer_ids(unit.reader, source=SOURCE, external_ids=list(names))
    fresh = [person(seed, number) for name, number in names.items() if name not in known]
    if not fresh:
        return 0
    first = unit.take_numbers(CUSTOMER_NUMBERS, len(fresh))
    customers = [_customer(unit, number, one) for number, one in enumerate(fresh, start=first)]
    with_ids = [(row["id"], one) for row, one in zip(customers, fresh, strict=True)]
    unit.insert_many(Customer, customers)
    unit.insert_many(
        ContactPoint, [_point(unit, id_, point) for id_, one in with_ids for point in one.points]
    )
    unit.insert_many(
        Case, [_case(unit, id_, matter) for id_, one in with_ids for matter in one.matters]
    )
    leave_for_later(unit, first)
    unit.record("customers.generated", detail=str(len(fresh)))
    return len(fresh)


def _customer(unit: UnitOfWork, number: int, one: MadePerson) -> Row:
    return {
        "id": new_id(),
        "version": 1,
        "number": number,
        "source": SOURCE,
        "external_id": one.external_id,
        "name": one.name,
        "given_name": one.given,
        "family_name": one.family,
        "company": one.company,
        "city": one.city,
        "language": one.language,
        "pronouns": one.pronouns,
        "created_at": unit.now,
        "updated_at": unit.now,
    }


def _point(unit: UnitOfWork, customer_id: int, point: Point) -> Row:
    return {
        "id": new_id(),
        "version": 1,
        "customer_id": customer_id,
        "kind": point.kind,
        "value": point.value,
        "normal": point.normal,
        "reversed": point.normal[::-1],
        "preferred": point.preferred,
        "consent": point.consent,
        "created_at": unit.now,
    }


def _case(unit: UnitOfWork, customer_id: int, matter: Matter) -> Row:
    return {
        "id": new_id(),
        "version": 1,
        "customer_id": customer_id,
        "source": SOURCE,
        "external_id": matter.number,
        "normal": matter.normal,
        "kind": matter.kind,
        "title": matter.title,
        "state": "open" if matter.is_open else "closed",
        "opened_at": unit.now - timedelta(days=matter.days),
    }
