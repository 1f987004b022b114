"""What is asked about generated people while talks are made up for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from agent_tui.storage.index_store import among, listed
from agent_tui.storage.reader import Reader

if TYPE_CHECKING:
    from agent_tui.storage.unit import UnitOfWork


class Known(NamedTuple):
    """A generated customer: id, what they are called, and where they live."""

    id: int
    given: str
    city: str | None


def people(reader: Reader, *, source: str, external_ids: Sequence[str]) -> dict[str, Known]:
    """The customers under these ids of a source."""
    rows = reader.rows(
        "SELECT external_id, id, coalesce(given_name, name), city FROM customers "
        f"WHERE source = :source AND {among(reader, 'external_id', 'text')}",
        source=source,
        values=listed(reader, external_ids),
    )
    return {row[0]: Known(*row[1:]) for row in rows}


class Crowd(NamedTuple):
    """The people of a seed: how many, and the range of their numbers in the desk."""

    people: int
    first: int
    last: int


def crowd(reader: Reader, *, source: str, seed: int) -> Crowd:
    """The people of a seed who are there; nobody has the numbers 0 and -1."""
    row = reader.row(
        "SELECT count(*), coalesce(min(number), 0), coalesce(max(number), -1) FROM customers "
        "WHERE source = :source AND external_id LIKE :ids",
        source=source,
        ids=f"{seed}-%",
    )
    assert row is not None
    return Crowd(*map(int, row))


def talks(reader: Reader, *, source: str, external_ids: Sequence[str]) -> set[str]:
    """Which of these ids of a source stand for an interaction already."""
    rows = reader.rows(
        "SELECT external_id FROM interactions "
        f"WHERE source = :source AND {among(reader, 'external_id', 'text')}",
        source=source,
        values=listed(reader, external_ids),
    )
    return {row[0] for row in rows}


def set_last_contacts(unit: UnitOfWork, *, source: str, first: int, last: int) -> None:
    """Set when customers of a source were last in touch, from their interactions."""
    unit.execute(
        "UPDATE customers SET last_contact_at = (SELECT max(i.opened_at) FROM interactions i "
        "WHERE i.customer_id = customers.id) "
        "WHERE number >= :first AND number <= :last AND source = :source",
        first=first,
        last=last,
        source=source,
    )
