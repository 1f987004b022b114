"""Which desks have whom open. Rows are small, few, and written again every few seconds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.storage.reader import Reader, Row

if TYPE_CHECKING:
    from agent_tui.storage.plain_unit import PlainUnit


def others(
    reader: Reader,
    *,
    desk_id: int,
    seen_after: datetime,
    customer_id: int | None = None,
    interaction_id: int | None = None,
) -> list[Row]:
    """Other desks with this customer or interaction open, or, without either, with anybody.

    Rows of `name, agent_id, doing, customer_id, interaction_id, seen_at`, those who type first,
    then those seen last.
    """
    where = ""
    if customer_id is not None or interaction_id is not None:
        where = "AND (p.customer_id = :customer OR p.interaction_id = :interaction) "
    return reader.rows(
        "SELECT a.name, p.agent_id, p.doing, p.customer_id, p.interaction_id, p.seen_at "
        "FROM presences p JOIN agents a ON a.id = p.agent_id "
        f"WHERE p.desk_id <> :desk AND p.seen_at > :seen_after {where}"
        "ORDER BY p.doing DESC, p.seen_at DESC, p.desk_id",
        desk=desk_id,
        seen_after=seen_after,
        **({"customer": customer_id, "interaction": interaction_id} if where else {}),
    )


def write(
    unit: PlainUnit,
    *,
    desk_id: int,
    agent_id: int,
    customer_id: int | None,
    interaction_id: int | None,
    doing: str,
) -> None:
    """Say what a desk has open."""
    unit.execute(
        "INSERT INTO presences (desk_id, agent_id, customer_id, interaction_id, doing, seen_at) "
        "VALUES (:desk, :agent, :customer, :interaction, :doing, :now) "
        "ON CONFLICT (desk_id) DO UPDATE SET customer_id = excluded.customer_id, "
        "interaction_id = excluded.interaction_id, doing = excluded.doing, "
        "seen_at = excluded.seen_at",
        desk=desk_id,
        agent=agent_id,
        customer=customer_id,
        interaction=interaction_id,
        doing=doing,
        now=unit.now,
    )


def remove(unit: PlainUnit, *, desk_id: int) -> None:
    """Say that a desk has nobody open any more."""
    unit.execute("DELETE FROM presences WHERE desk_id = :desk", desk=desk_id)


def remove_left_behind(unit: PlainUnit, *, seen_before: datetime) -> None:
    """Take away the rows of desks that are gone.

    On a server, where two desks may do so at once, each leaves to the other what it has in hand.
    """
    kept = " ORDER BY desk_id FOR UPDATE SKIP LOCKED" if unit.reader.is_postgres else ""
    unit.execute(
        "DELETE FROM presences WHERE desk_id IN (SELECT desk_id FROM presences "
        f"WHERE seen_at < :seen_before{kept})",
        seen_before=seen_before,
    )
