"""Who may be behind the numbers and addresses of several callers, in one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent_tui.domain.values.today import RecentCustomer
from agent_tui.storage.reader import Reader, build, one_of

SHOWN = 10
"""Customers given for one caller at most; a switchboard's number may have thousands."""

_LAST_FIRST = "c.last_contact_at IS NULL, c.last_contact_at DESC, c.id"


def behind(
    reader: Reader, *, forms: Mapping[int, Sequence[str]]
) -> dict[int, tuple[RecentCustomer, ...]]:
    """For each caller, given by the normal forms of their number, the customers reached under any
    of them, those in contact last first."""
    normals = sorted({form for caller in forms.values() for form in caller})
    condition, values = one_of("p.normal", normals)
    rows = reader.rows(
        "SELECT k.normal, k.id, k.name, k.company, k.last_contact_at FROM ("
        "SELECT p.normal, c.id, c.name, c.company, c.last_contact_at, "
        f"row_number() OVER (PARTITION BY p.normal ORDER BY {_LAST_FIRST}) AS place "
        f"FROM contact_points p JOIN customers c ON c.id = p.customer_id WHERE {condition}) AS k "
        "WHERE k.place <= :shown "
        "ORDER BY k.last_contact_at IS NULL, k.last_contact_at DESC, k.id",
        shown=SHOWN,
        **values,
    )
    known = [(row[0], build(RecentCustomer, row[1:], 3)) for row in rows]
    return {
        caller: tuple(dict.fromkeys(one for normal, one in known if normal in theirs))[:SHOWN]
        for caller, theirs in forms.items()
    }
