"""Who somebody is, and who is behind a number or an external id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent_tui.domain.values.index import IndexEntry
from agent_tui.storage.index_tables import BEHIND
from agent_tui.storage.reader import Reader, build, one_of

if TYPE_CHECKING:
    from agent_tui.domain.values.people import Customer


def customer(reader: Reader, *, customer_id: int) -> Customer | None:
    """The customer with the ways to reach them, preferred ones first."""
    # Here, so that who only looks for a name does not wait for all that can be known of people.
    from agent_tui.domain.values.people import ContactPoint, Customer

    row = reader.row(
        "SELECT id, name, external_id, source, given_name, family_name, company, city, language, "
        "pronouns, (SELECT min(opened_at) FROM interactions WHERE customer_id = :id) "
        "FROM customers WHERE id = :id",
        id=customer_id,
    )
    if row is None:
        return None
    points = reader.rows(
        "SELECT kind, value, preferred, consent, id FROM contact_points WHERE customer_id = :id "
        "ORDER BY preferred DESC, id",
        id=customer_id,
    )
    reached = tuple(
        ContactPoint(kind, value, bool(first), consent, point_id)
        for kind, value, first, consent, point_id in points
    )
    return build(Customer, (*row, reached), 10)


def names(reader: Reader, *, customer_ids: Sequence[int]) -> dict[int, str]:
    """Customer ids with their names."""
    condition, values = one_of("id", customer_ids)
    rows = reader.rows(f"SELECT id, name FROM customers WHERE {condition}", **values)
    return {int(row[0]): str(row[1]) for row in rows}


def index_entries(reader: Reader, *, ids: Sequence[int]) -> list[IndexEntry]:
    """What the index is to hold of these customers."""
    condition, values = one_of("id", ids)
    rows = reader.rows(
        f"SELECT number, name, company, city FROM customers WHERE {condition}", **values
    )
    return [IndexEntry(*row) for row in rows]


def number_of(reader: Reader, *, customer_id: int) -> int:
    """The dense number by which the index knows a customer; 0 where nobody has that id."""
    row = reader.row("SELECT number FROM customers WHERE id = :id", id=customer_id)
    return int(row[0]) if row else 0


def behind_external_id(
    reader: Reader, *, external_id: str, source: str | None = None, limit: int = 10
) -> list[int]:
    """Customers with that external id, of one source or of any."""
    condition = "" if source is None else "AND source = :source "
    given = {} if source is None else {"source": source}
    rows = reader.rows(
        f"SELECT id FROM customers WHERE external_id = :external_id {condition}"
        "ORDER BY id LIMIT :limit",
        external_id=external_id,
        limit=limit,
        **given,
    )
    return [int(row[0]) for row in rows]


def behind_contact(reader: Reader, *, normals: Sequence[str], limit: int = 10) -> list[int]:
    """Customers reached under any of these normal forms, those in contact last first."""
    condition, values = one_of("p.normal", normals)
    rows = reader.rows(
        "SELECT c.id FROM customers c WHERE c.id IN (SELECT p.customer_id FROM contact_points p "
        f"WHERE {condition}) ORDER BY c.last_contact_at IS NULL, c.last_contact_at DESC, c.id "
        "LIMIT :limit",
        limit=limit,
        **values,
    )
    return [int(row[0]) for row in rows]


def has_contact(reader: Reader, *, customer_id: int, normals: Sequence[str]) -> bool:
    """Whether the customer is reached under any of these normal forms."""
    condition, values = one_of("normal", normals)
    row = reader.row(
        f"SELECT 1 FROM contact_points WHERE customer_id = :id AND {condition}",
        id=customer_id,
        **values,
    )
    return row is not None


def linked_by(reader: Reader, *, customer_id: int, interaction_id: int) -> list[int]:
    """The contact points of a customer that one interaction alone linked to them."""
    rows = reader.rows(
        "SELECT id FROM contact_points WHERE customer_id = :id AND interaction_id = :call",
        id=customer_id,
        call=interaction_id,
    )
    return [int(row[0]) for row in rows]


def register_size(reader: Reader) -> int:
    """How many customers there are: the dense number only grows, so its end is the count."""
    row = reader.row("SELECT coalesce(max(number), 0) FROM customers")
    return int(row[0]) if row else 0


def not_taken_in(reader: Reader) -> int:
    """How many customers a file brought that the index does not hold yet."""
    behind = reader.row("SELECT value FROM counters WHERE name = :name", name=BEHIND)
    if behind is None or not behind[0]:
        return 0
    row = reader.row("SELECT count(*) FROM customers WHERE number >= :first", first=behind[0])
    return int(row[0]) if row else 0
