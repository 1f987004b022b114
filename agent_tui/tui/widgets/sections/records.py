"""Promises, cases, what is yet to be asked, and what agents ask of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.complaints import due_words, next_step
from agent_tui.tui.widgets.ink import Span
from agent_tui.tui.widgets.rows import Row
from agent_tui.tui.widgets.sections.laid_out import Entry
from agent_tui.tui.widgets.wording import first_name

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.follow_ups import FollowUp, Question
    from agent_tui.domain.values.people import Case, Dossier
    from agent_tui.domain.values.promises import Promise
    from agent_tui.tui.widgets.here import Here

_STATES = {
    "open": "open",
    "kept": "kept",
    "renegotiated": "moved",
    "withdrawn": "withdrawn",
    "broken": "not kept",
}


def promises(dossier: Dossier, here: Here) -> list[Entry]:
    """Open ones first, the late ones before all; then how the others ended, newest first."""
    still_open = [one for one in dossier.promises if one.state == "open"]
    ended = [one for one in dossier.promises if one.state != "open"]
    ended.sort(key=lambda one: one.closed_at or one.created_at, reverse=True)
    return [_promise(one, here) for one in (*still_open, *ended)]


def _promise(promise: Promise, here: Here) -> Entry:
    is_open = promise.state == "open"
    late = is_open and ages.is_late(promise.due_at, here.now)
    if is_open:
        right = ages.due(promise.due_at, here.now, here.zone)
    else:
        right = _ended(_STATES[promise.state], promise.closed_at, here)
    giver = first_name(promise.offered_by or "a colleague")
    offer = f"{giver} offers you: " if promise.is_offered_to(here.me) else ""
    told = (Span("told, ", "dim"),) if late and promise.told_at is not None else ()
    return Entry(
        Row("promise", promise.id, "Promises", None, promise.interaction_id, promise),
        f"{offer}{promise.text}",
        promise.side,
        (*told, Span(right, "act" if late else "dim")),
        glyph="!" if late else " ",
        ink="text" if is_open else "dim",
        loud=late,
    )


def cases(dossier: Dossier, here: Here) -> list[Entry]:
    """Open ones first: each with its id as people say it, its next step, by when."""
    in_order = sorted(dossier.cases, key=lambda case: not case.is_open)
    return [_case(case, here) for case in in_order]


def _case(case: Case, here: Here) -> Entry:
    ahead = next_step(case)
    due = ahead.due_at if ahead else case.answer_due_at
    late = case.is_open and ages.is_late(due, here.now)
    if ahead or not case.is_open or due is None:
        right = due_words(case, here.now, here.zone) or case.state
    else:
        right = ages.due(due, here.now, here.zone)
    step = f"{ahead.words} · " if ahead else ""
    return Entry(
        Row("case", case.id, "Cases", None, case.interaction_id, case),
        step + case.title,
        case.called or case.kind,
        (Span(right, "act" if late else "dim"),),
        glyph="!" if late else " ",
        ink="text" if case.is_open else "dim",
        loud=late,
    )


def questions(dossier: Dossier, here: Here) -> list[Entry]:
    """What is yet to be found out, then what was."""
    return [_question(one, here) for one in dossier.questions]


def _question(one: Question, here: Here) -> Entry:
    is_open = one.state == "open"
    age = ages.ago(one.at, here.now, here.zone)
    right = age if is_open else _ended(one.state, one.closed_at, here)
    return Entry(
        Row("question", one.id, "To ask", None, one.interaction_id, one),
        one.text,
        right=(Span(right, "dim"),),
        ink="text" if is_open else "dim",
    )


def asked(dossier: Dossier, here: Here) -> list[Entry]:
    """What agents ask of one another about them."""
    return [_asked(one, here) for one in dossier.follow_ups]


def _asked(one: FollowUp, here: Here) -> Entry:
    age = ages.ago(one.at, here.now, here.zone)
    right = age if one.state == "open" else _ended(one.state, one.closed_at, here)
    return Entry(
        Row("follow_up", one.id, "Asked", None, one.interaction_id, one),
        f"{one.owner}: {one.text}",
        right=(Span(right, "act" if one.state == "declined" else "dim"),),
        ink="dim" if one.state == "done" else "text",
    )


def _ended(word: str, when: datetime | None, here: Here) -> str:
    return word if when is None else f"{word} {ages.day(when, here.now, here.zone)}"
