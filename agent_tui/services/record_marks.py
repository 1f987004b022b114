"""What agents say of a record: that it is wrong, within a unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.values import ids
from agent_tui.errors import BadInput
from agent_tui.services.bookkeeping import prefixes
from agent_tui.services.entrance import take_line
from agent_tui.storage.queries import knowing

if TYPE_CHECKING:
    from agent_tui.storage.unit import UnitOfWork

    Record = tables.Concession | tables.Fact | tables.Refusal

REASON_LIMIT = 2_000


def call_wrong(
    unit: UnitOfWork, row: Record, reason: str, *, interaction_id: int | None = None
) -> None:
    """Keep that a record is wrong, and why. Raises BadInput without a reason."""
    words = take_line(unit.reader, reason, REASON_LIMIT)
    if not words:
        raise BadInput("say why it is wrong: a reason is kept with it")
    assert unit.agent_id is not None
    unit.add(
        tables.RecordMark(
            agent_id=unit.agent_id,
            customer_id=row.customer_id,
            interaction_id=interaction_id,
            subject=_shown(row),
            how="wrong",
            reason=words,
            at=unit.now,
        )
    )


def call_right(unit: UnitOfWork, row: Record) -> None:
    """Nobody calls a record wrong any more."""
    for mark_id in knowing.standing_marks(unit.reader, subject=_shown(row)):
        mark = unit.get(tables.RecordMark, mark_id)
        mark.undone_at = unit.now
        unit.save(mark)


def _shown(row: Record) -> str:
    return ids.show(prefixes()[type(row)], row.id)
