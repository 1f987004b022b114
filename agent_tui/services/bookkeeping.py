"""What every change has in common: whether it may be made, and the event that it leaves."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from agent_tui.domain import tables
from agent_tui.domain.values import ids
from agent_tui.errors import Conflict, Refused
from agent_tui.storage.queries import agents

if TYPE_CHECKING:
    from agent_tui.domain.tables.columns import Versioned
    from agent_tui.storage.reader import Reader
    from agent_tui.storage.unit import UnitOfWork

    Record = (
        tables.Case
        | tables.Concession
        | tables.Fact
        | tables.FollowUp
        | tables.HandOver
        | tables.Mood
        | tables.Note
        | tables.Promise
        | tables.Question
        | tables.Refusal
    )


@cache
def prefixes() -> dict[type[Any], str]:
    """How the ids of rows are shown, by their table."""
    return {
        tables.Case: ids.CASE,
        tables.Concession: ids.CONCESSION,
        tables.Fact: ids.FACT,
        tables.FollowUp: ids.FOLLOW_UP,
        tables.HandOver: ids.HAND_OVER,
        tables.Interaction: ids.INTERACTION,
        tables.Message: ids.MESSAGE,
        tables.Mood: ids.MOOD,
        tables.Note: ids.NOTE,
        tables.Promise: ids.PROMISE,
        tables.Question: ids.QUESTION,
        tables.Refusal: ids.REFUSAL,
    }


def check_version(row: Versioned, version: int | None) -> None:
    """Raise Conflict where a row is no longer of the `version` that was on the screen, if any."""
    if version is not None and row.version != version:
        raise Conflict("somebody else changed this first: look again, then repeat")


def check_with(unit: UnitOfWork, customer_id: int, interaction_id: int | None) -> None:
    """Raise Refused where an interaction, if any, is not with that customer."""
    call = None if interaction_id is None else unit.get(tables.Interaction, interaction_id)
    if call is not None and call.customer_id != customer_id:
        raise Refused("that interaction is with somebody else")


def is_lead(unit: UnitOfWork) -> bool:
    """Whether who does this is a lead or an admin by now, whatever they were before."""
    return leads(unit.reader, unit.agent_id or 0)


def leads(reader: Reader, agent_id: int) -> bool:
    """Whether an agent is a lead or an admin as of now."""
    found = agents.by_id(reader, agent_id=agent_id)
    return found is not None and found.role in ("lead", "admin")


def record(
    unit: UnitOfWork, kind: str, row: Record | tables.Interaction, *, detail: str | None = None
) -> None:
    """Append the event of a row. `detail` is a code or a count, never customer text."""
    unit.record(
        kind,
        subject=ids.show(prefixes()[type(row)], row.id),
        customer_id=row.customer_id,
        interaction_id=row.id if isinstance(row, tables.Interaction) else row.interaction_id,
        detail=detail,
    )


def record_message(
    unit: UnitOfWork, kind: str, message_id: int, interaction_id: int, customer_id: int | None
) -> None:
    """Append the event of a message, which may be gone by now."""
    unit.record(
        kind,
        subject=ids.show(ids.MESSAGE, message_id),
        customer_id=customer_id,
        interaction_id=interaction_id,
    )
