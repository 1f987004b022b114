"""What is known of one record, in a few rows: all of its words, whose it is, how it came so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.values.complaints import Complaint
from agent_tui.domain.values.follow_ups import FollowUp
from agent_tui.domain.values.people import Case, Concession
from agent_tui.domain.values.promises import Promise
from agent_tui.tui.widgets.abouts_known import TITLE, about_known, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from agent_tui.tui.widgets.here import Here

_STEPS = (
    ("acknowledged", "acknowledged_at"),
    ("assessed", "assessed_at"),
    ("answered", "answered_at"),
    ("decided", "decided_at"),
    ("told", "told_at"),
    ("closed", "closed_at"),
)


def about(record: object, here: Here) -> list[str]:
    """Rows about a record; none about what is known by its title alone."""
    if isinstance(record, Promise):
        return _promise(record, here)
    if isinstance(record, Case):
        return _case(record, here)
    if isinstance(record, FollowUp):
        asked_by = f"asked by {record.asked_by} " if record.asked_by else ""
        return [f"{asked_by}of {record.owner}, {_when(record.at, here)}"]
    return [*_words_below_title(record), *about_known(record, here)]


def details_of(record: object, here: Here) -> list[str]:
    """Rows about a record beside its own words, for where those stand already."""
    rows = about(record, here)
    says_words = isinstance(record, Promise | Case) or _words_below_title(record)
    return rows[1:] if says_words else rows


def _words_below_title(record: object) -> list[str]:
    """The words of a record where a title cannot hold them all."""
    words = words_of(record)
    return [words] if len(words) > TITLE or isinstance(record, Concession) else []


def _promise(one: Promise, here: Here) -> list[str]:
    whose = one.owner or "nobody's" if one.side == "ours" else "theirs"
    due = "no date" if one.due_at is None else f"due {_when(one.due_at, here)}"
    if one.state == "open" and ages.is_late(one.due_at, here.now):
        due += f", {ages.due(one.due_at, here.now, here.zone)}"
    told = "" if one.told_at is None else f"they were told {_when(one.told_at, here)}"
    asked = ""
    if one.offered_to:
        asked = f"{one.offered_by or 'somebody'} asked {one.offered_to} to take it over"
    elif one.offered_by:
        asked = "the colleague who was asked declined"
    closed = "" if one.closed_at is None else f"{one.state} {_when(one.closed_at, here)}"
    number = ""
    if one.contact:
        number = f"call {one.contact}{'' if one.read_back_at else ', not read back'}"
    return _rows(
        one.text,
        _joined((one.customer, whose, due)),
        _joined((closed, one.reason or "", asked, told, number)),
        f"noted as {one.mark}" if one.mark else "",
    )


def _case(case: Case, here: Here) -> list[str]:
    steps = case.complaint or Complaint("")
    taken = ((word, getattr(steps, name)) for word, name in _STEPS)
    way = _joined(f"{word} {_when(at, here)}" for word, at in taken if at is not None)
    decision = ""
    if steps.decision:
        decision = f"decided: {steps.decision}, because {steps.decision_reason}"
    return _rows(
        case.title,
        f"they want: {case.remedy}" if case.remedy else "",
        f"assessed: {steps.assessment}" if steps.assessment else "",
        f"found out: {steps.answer}" if steps.answer else "",
        decision,
        f"taken further to {steps.escalated_to}" if steps.escalated_to else "",
        way or f"opened {_when(case.opened_at, here)}",
    )


def _when(moment: datetime, here: Here) -> str:
    day = ages.weekday(moment, here.now, here.zone)
    return f"{day} {ages.clock_time(moment, here.zone)}"


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _rows(*rows: str) -> list[str]:
    return [" ".join(row.split()) for row in rows if row.strip()]
