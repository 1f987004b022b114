"""The records behind the brief, one section at a time: promises, cases, what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.complaints import next_step
from agent_tui.text.cells import pad, width
from agent_tui.tui.widgets.ink import Ink, Line, Span, line
from agent_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.people import Case, Dossier
    from agent_tui.domain.values.promises import Promise
    from agent_tui.tui.widgets.here import Here

SECTIONS = ("Promises", "Cases", "To ask", "Asked", "Knows", "Ledger", "People", "Reach")
ROWS_OF_A_SECTION = 6
_SIDE = 7
_CALLED = 7
PROMISE_STATES = {
    "open": "open",
    "kept": "kept",
    "renegotiated": "moved",
    "withdrawn": "withdrawn",
    "broken": "not kept",
}


def _counts(dossier: Dossier) -> tuple[int, ...]:
    """What is open of each section; of those without an end, all."""
    return (
        sum(1 for promise in dossier.promises if promise.state == "open"),
        sum(1 for case in dossier.cases if case.is_open),
        sum(1 for question in dossier.questions if question.state == "open"),
        sum(1 for asked in dossier.follow_ups if asked.state != "done"),
        len(dossier.facts),
        len(dossier.concessions),
        len(dossier.ties),
        len(dossier.customer.contact_points),
    )


def _sizes(dossier: Dossier) -> tuple[int, ...]:
    """How many rows each section has, open or not."""
    return (
        len(dossier.promises),
        len(dossier.cases),
        len(dossier.questions),
        len(dossier.follow_ups),
        *_counts(dossier)[4:],
    )


def fullest(dossier: Dossier) -> int:
    """The first section that has anything open in it."""
    return next((place for place, count in enumerate(_counts(dossier)) if count), 0)


def turned(dossier: Dossier, chosen: int, step: int) -> int:
    """The next section that has anything in it, in the direction of `step`."""
    sizes = _sizes(dossier)
    for _ in SECTIONS:
        chosen = (chosen + step) % len(SECTIONS)
        if sizes[chosen]:
            break
    return chosen


def section_titles(dossier: Dossier, chosen: int, cells: int) -> Line:
    """The sections that hold anything, with their counts, as many as fit beside the chosen one."""
    sizes = _sizes(dossier)
    shown = [
        (place, f"{name} {count}  " if count else f"{name}  ")
        for place, (name, count) in enumerate(zip(SECTIONS, _counts(dossier), strict=True))
        if sizes[place] or place == chosen
    ]
    while _too_long(shown, cells) and shown[0][0] != chosen:
        shown.pop(0)
    while _too_long(shown, cells) and shown[-1][0] != chosen:
        shown.pop()
    spans = [Span(title, "strong" if place == chosen else "dim") for place, title in shown]
    return line(*spans, key=Row("section", chosen))


def _too_long(titles: list[tuple[int, str]], cells: int) -> bool:
    return sum(width(title) for _place, title in titles) - 2 > cells


def section_lines(dossier: Dossier, chosen: int, here: Here, *, whole: bool = False) -> list[Line]:
    """The rows of one section: the first of them, or the `whole` of it."""
    makers = (_promises, _cases, _questions, _asked, _facts, _ledger, _people, _reach)
    rows = makers[chosen](dossier, here)
    if not rows:
        return [line(Span("  none", "dim"))]
    if whole or len(rows) <= ROWS_OF_A_SECTION + 1:
        return rows
    left_out = len(rows) - ROWS_OF_A_SECTION
    key = Row("more", 0, SECTIONS[chosen])
    return [*rows[:ROWS_OF_A_SECTION], line(Span(f"  and {left_out} more", "dim"), key=key)]


def _promises(dossier: Dossier, here: Here) -> list[Line]:
    """Open ones first, the late ones before all; then how the others ended, newest first."""
    still_open = [one for one in dossier.promises if one.state == "open"]
    ended = [one for one in dossier.promises if one.state != "open"]
    ended.sort(key=lambda one: one.closed_at or one.created_at, reverse=True)
    return [_promise(one, here) for one in (*still_open, *ended)]


def _promise(promise: Promise, here: Here) -> Line:
    is_open = promise.state == "open"
    late = is_open and ages.is_late(promise.due_at, here.now)
    if is_open:
        right = ages.due(promise.due_at, here.now, here.zone)
    else:
        right = _ended(PROMISE_STATES[promise.state], promise.closed_at, here)
    told = "told, " if late and promise.told_at is not None else ""
    return line(
        Span("! " if late else "  ", "act" if late else "text"),
        Span(pad(promise.side, _SIDE), "dim"),
        Span(promise.text, "text" if is_open else "dim"),
        right=(Span(told, "dim"), Span(right, "act" if late else "dim")),
        key=Row("promise", promise.id, "Promises", None, promise.interaction_id, promise),
    )


def _ended(word: str, when: datetime | None, here: Here) -> str:
    return word if when is None else f"{word} {ages.day(when, here.now, here.zone)}"


def _cases(dossier: Dossier, here: Here) -> list[Line]:
    return [_case(case, here) for case in sorted(dossier.cases, key=lambda case: not case.is_open)]


def _case(case: Case, here: Here) -> Line:
    """Its id as people say it, its next step, what it is about; by when."""
    ahead = next_step(case)
    due = ahead.due_at if ahead else case.answer_due_at
    late = case.is_open and ages.is_late(due, here.now)
    if not case.is_open or due is None:
        right = case.state
    else:
        right = ages.due(due, here.now, here.zone)
    step = f"{ahead.words} · " if ahead else ""
    return line(
        Span("! " if late else "  ", "act" if late else "text"),
        Span(pad(case.called or case.kind, _CALLED), "dim"),
        Span(step, "strong" if ahead else "dim"),
        Span(case.title, "text" if case.is_open else "dim"),
        right=(Span(right, "act" if late else "dim"),),
        key=Row("case", case.id, "Cases", None, case.interaction_id, case),
    )


def _questions(dossier: Dossier, here: Here) -> list[Line]:
    rows = []
    for one in dossier.questions:
        is_open = one.state == "open"
        age = ages.ago(one.at, here.now, here.zone)
        right = age if is_open else _ended(one.state, one.closed_at, here)
        rows.append(
            line(
                Span("  "),
                Span(one.text, "text" if is_open else "dim"),
                right=(Span(right, "dim"),),
                key=Row("question", one.id, "To ask", None, one.interaction_id, one),
            )
        )
    return rows


def _asked(dossier: Dossier, here: Here) -> list[Line]:
    rows = []
    for one in dossier.follow_ups:
        ink: Ink = "act" if one.state == "declined" else "dim"
        age = ages.ago(one.at, here.now, here.zone)
        right = age if one.state == "open" else _ended(one.state, one.closed_at, here)
        rows.append(
            line(
                Span("  "),
                Span(f"{one.owner}: ", "dim"),
                Span(one.text, "dim" if one.state == "done" else "text"),
                right=(Span(right, ink),),
                key=Row("follow_up", one.id, "Asked", None, one.interaction_id, one),
            )
        )
    return rows


def _facts(dossier: Dossier, here: Here) -> list[Line]:
    return [
        line(
            Span(f"  {fact.kind:<13}", "dim"),
            Span(fact.text),
            right=(Span(ages.ago(fact.stated_at, here.now, here.zone), "dim"),),
            key=Row("fact", fact.id, "Knows", None, fact.interaction_id, fact),
        )
        for fact in dossier.facts
    ]


def _ledger(dossier: Dossier, here: Here) -> list[Line]:
    rows = []
    for entry in dossier.concessions:
        money = " ".join(part for part in (entry.amount, entry.currency) if part)
        what = ", ".join(part for part in (entry.kind, money, entry.reason) if part)
        rows.append(
            line(
                Span(f"  {'we gave' if entry.side == 'ours' else 'they gave':<11}", "dim"),
                Span(what),
                right=(Span(ages.ago(entry.at, here.now, here.zone), "dim"),),
                key=Row("record", entry.id, "Ledger"),
            )
        )
    return rows


def _people(dossier: Dossier, _here: Here) -> list[Line]:
    return [
        line(
            Span(f"  {tie.kind:<13}", "dim"),
            Span(tie.name),
            key=Row("customer", tie.customer_id, f"People {tie.kind}", tie.customer_id),
        )
        for tie in dossier.ties
    ]


def _reach(dossier: Dossier, _here: Here) -> list[Line]:
    rows = []
    for position, point in enumerate(dossier.customer.contact_points):
        consent = "" if point.consent == "unknown" else f"consent {point.consent}"
        remarks = ["preferred" if point.preferred else "", consent]
        right = " · ".join(remark for remark in remarks if remark)
        rows.append(
            line(
                Span(f"  {point.kind:<9}", "dim"),
                Span(point.value),
                right=(Span(right, "dim"),) if right else (),
                key=Row("record", position, "Reach"),
            )
        )
    return rows
