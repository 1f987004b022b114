"""What every change of a hand-over has in common: its rows in one order, its end, its event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.errors import NotFound
from agent_tui.services.bookkeeping import check_version, record
from agent_tui.storage.queries import hand_overs

if TYPE_CHECKING:
    from agent_tui.domain.values.hand_overs import HandOverState
    from agent_tui.storage.unit import UnitOfWork


def take(
    unit: UnitOfWork, hand_over_id: int, version: int | None
) -> tuple[tables.Interaction, tables.HandOver]:
    """A hand-over to change, behind its interaction: in the order in which all take them.

    Raises Conflict and NotFound.
    """
    home = hand_overs.home(unit.reader, hand_over_id=hand_over_id)
    if home is None:
        raise NotFound("this hand-over is no longer there")
    call = unit.get(tables.Interaction, home)
    row = unit.get(tables.HandOver, hand_over_id)
    check_version(row, version)
    return call, row


def close(
    unit: UnitOfWork, row: tables.HandOver, state: HandOverState, *, detail: str | None = None
) -> None:
    """Close an open offer. `detail` is a code."""
    row.state, row.closed_at = state, unit.now
    unit.save(row)
    record(unit, f"hand_over.{state}", row, detail=detail)


def dismiss(unit: UnitOfWork, row: tables.HandOver) -> None:
    """It is nobody's turn any more: its giver has seen that it was declined."""
    row.dismissed_at = unit.now
    unit.save(row)
    record(unit, "hand_over.dismissed", row)


def settle(
    unit: UnitOfWork, interaction_id: int, state: HandOverState, *, detail: str | None = None
) -> tables.HandOver | None:
    """Let nothing wait of an interaction's hand-overs; returns the offer that was open, if any.

    That one ends in `state`, declined ones are dismissed. The interaction is in this unit's hands.
    """
    was_open = None
    for hand_over_id in hand_overs.not_settled(unit.reader, interaction_id=interaction_id):
        row = unit.get(tables.HandOver, hand_over_id)
        if row.state == "open":
            was_open = row
            close(unit, row, state, detail=detail)
        else:
            dismiss(unit, row)
    return was_open
