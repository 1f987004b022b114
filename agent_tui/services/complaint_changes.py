"""What every change of a complaint has in common: its id, clean words, undoing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules.speakable import is_speakable, speakable
from agent_tui.domain.values.complaints import Step
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.entrance import take_line, take_text
from agent_tui.storage.queries import complaints

if TYPE_CHECKING:
    from agent_tui.storage.unit import UnitOfWork

COMPLAINT_NUMBERS = "complaints"
WORDS_LIMIT = 100_000
TITLE_LIMIT = 1_000

_WRITTEN: dict[Step, tuple[str, ...]] = {
    "acknowledge": ("acknowledged_at",),
    "assess": ("assessed_at", "assessment"),
    "answer": ("answered_at", "answer"),
    "decide": ("decided_at", "decision", "decision_reason"),
    "tell": ("told_at",),
    "react": ("reacted_at", "reaction", "escalated_to"),
    "close": ("closed_at",),
}
"""What each step writes: its moment first."""


def free_id(unit: UnitOfWork) -> str:
    """The next id that neither a complaint nor a case from a file has."""
    while True:
        called = speakable(unit.take_numbers(COMPLAINT_NUMBERS, 1) - 1)
        if not complaints.is_taken(unit.reader, speakable=called):
            return called


def cleaned(unit: UnitOfWork, text: str) -> str:
    """Words for a complaint, clean; empty for none."""
    return take_text(unit.reader, text, WORDS_LIMIT).strip()


def titled(unit: UnitOfWork, words: str) -> str:
    """The words of a complaint in one line, as its case is called; empty for none."""
    title = take_line(unit.reader, words, WORDS_LIMIT)
    return title if len(title) <= TITLE_LIMIT else f"{title[: TITLE_LIMIT - 1]}…"


def needed(unit: UnitOfWork, text: str) -> str:
    """Words that must be there. Raises BadInput for none."""
    words = cleaned(unit, text)
    if not words:
        raise BadInput("say it in words: they are kept with the complaint")
    return words


def with_steps(unit: UnitOfWork, case_id: int) -> tuple[tables.Case, tables.Complaint]:
    """The case and its steps; a complaint from a file gets them, and its id, now.

    Raises NotFound where there is no such complaint.
    """
    case = unit.find(tables.Case, case_id)
    if case is None or case.kind != "complaint":
        raise NotFound("there is no such complaint")
    steps = unit.find(tables.Complaint, case_id)
    if steps is None:
        steps = tables.Complaint(case_id=case.id, speakable=_id_of(unit, case))
        if case.external_id is None:
            case.external_id = case.normal = steps.speakable
        unit.save(case, steps)
    return case, steps


def clear(case: tables.Case, steps: tables.Complaint, step: Step) -> None:
    """Undo a step, and what it did along the way. Raises Refused where it is not the newest."""
    moment, *words = _WRITTEN[step]
    taken_at = getattr(steps, moment)
    moments = (getattr(steps, name) for name, *_ in _WRITTEN.values())
    if taken_at is None:
        raise Refused(f"{steps.speakable}: this step was not taken")
    is_behind_close = step != "close" and steps.closed_at is not None
    if is_behind_close or any(other is not None and other > taken_at for other in moments):
        raise Refused(f"{steps.speakable}: another step was taken since, undo that first")
    for name in (moment, *words):
        setattr(steps, name, None)
    if step in ("answer", "tell") and steps.acknowledged_at == taken_at:
        steps.acknowledged_at = None
    if step == "close":
        case.state = "open"


def _id_of(unit: UnitOfWork, case: tables.Case) -> str:
    """An id for a complaint from a file: the one that it came with, where that is one of ours."""
    came_with = case.normal or ""
    if is_speakable(came_with) and complaints.called(unit.reader, name=came_with) == [case.id]:
        return came_with
    return free_id(unit)
