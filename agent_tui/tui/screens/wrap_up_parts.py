"""What each step of a wrap-up says on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.screens.wrap_up_form import MET_KEYS, READ_BACK_KEYS, Step, WrapUpForm
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.wrap_up_lines import Item, Part, when_due

if TYPE_CHECKING:
    from agent_tui.tui.widgets.here import Here

_ITEMS = {True: 3, False: 8}
_SUMMARY_ROWS = {True: 4, False: 8}
"""Rows of records and of the summary, by whether the screen is short."""
_READ_BACK_ROWS = {True: 10, False: 16}
"""Rows of the summary while it is read back; on a short screen records make room for it, since it
names them."""
_MET_WORDS = dict(MET_KEYS.values())


def preface(form: WrapUpForm) -> list[Line]:
    """What stands above the steps: what they wanted, and what else this concerns."""
    lines = []
    if form.wrap_up.agenda:
        lines.append(line(Span("  They wanted  ", "dim"), Span(form.wrap_up.agenda, "strong")))
    if form.wrap_up.interaction.is_live:
        lines.append(line(Span("  This ends the conversation.", "dim")))
    more = len(form.wrap_up.missed_with)
    if more:
        words = f"  {more} more missed call{'s' if more > 1 else ''} of theirs wrapped up alike."
        lines.append(line(Span(words, "dim")))
    return lines


def parts(
    form: WrapUpForm, here: Here, *, pointed_at: int, is_short: bool, is_typing: bool
) -> list[Part]:
    """The steps that ask anything, with their answers."""
    makers = {
        "met": _met,
        "outcome": _outcome,
        "owed": _owed,
        "complaint": _complaint,
    }
    is_read = form.step == "summary"
    items = 0 if is_short and is_read else _ITEMS[is_short]
    rows = _READ_BACK_ROWS[is_short] if is_read else _SUMMARY_ROWS[is_short]
    found = []
    for step in form.steps:
        if step in ("promises", "facts"):
            part = _records(form, step, here, pointed_at, items)
        elif step == "summary":
            part = _summary(form, rows, is_typing and is_read)
        else:
            part = makers[step](form, is_typing)
        found.append(part)
    return found


def _met(form: WrapUpForm, _is_typing: bool) -> Part:
    return Part(
        "Did they get what they came for?",
        answer="" if form.met is None else _MET_WORDS[form.met],
        ink="strong",
        beside="below",
        keys=[(key, words) for key, (_met, words) in MET_KEYS.items()],
        is_current=form.step == "met",
    )


def _outcome(form: WrapUpForm, is_typing: bool) -> Part:
    is_current = form.step == "outcome"
    keys = [(str(place), words) for place, words in enumerate(form.offered_outcomes, start=1)]
    stands = form.wrap_up.interaction.outcome
    hint = ""
    if is_current and is_typing:
        hint = f"{stands}, or: " if stands else ""
        hint += "type how it ended, or a digit; Enter goes on"
    return Part(
        "Outcome",
        answer=hint or form.outcome or stands or "none said",
        ink="dim" if hint or not (form.outcome or stands) else "text",
        keys=keys,
        is_current=is_current,
    )


def _owed(form: WrapUpForm, is_typing: bool) -> Part:
    is_current = form.step == "owed"
    answer = form.owed or "no promise"
    if is_current and is_typing:
        answer = "by when? fri 10am, or: call back fri 10am; Enter alone promises nothing"
    return Part(
        "We get back",
        answer=answer,
        ink="dim" if is_current or not form.owed else "text",
        is_current=is_current,
    )


def _complaint(form: WrapUpForm, is_typing: bool) -> Part:
    is_current = form.step == "complaint"
    if form.complaint is None or is_current:
        answer = form.hint or ""
    else:
        answer = form.complaint or "no"
    keys = [] if is_typing else [("y", "open one"), ("n", "no")]
    return Part(
        "A complaint?",
        answer=answer,
        ink="text",
        rows=2,
        keys=keys,
        is_current=is_current,
    )


def _records(form: WrapUpForm, step: Step, here: Here, pointed_at: int, shown: int) -> Part:
    if step == "promises":
        label, gone, verb = "Promised", form.dropped, "not promised"
        items = [
            Item(
                f"{'they: ' if one.side == 'theirs' else ''}{one.text}",
                when_due(one.due_at, here),
                one.id not in gone,
                verb,
            )
            for one in form.promises
        ]
    else:
        label, gone, verb = "To remember", form.forgotten, "not kept"
        items = [Item(f"{one.kind} {one.text}", "", one.id not in gone, verb) for one in form.facts]
    standing = sum(1 for item in items if item.stands)
    is_current = form.step == step
    return Part(
        label,
        answer=f"{standing} of {len(items)}" if standing < len(items) else str(len(items)),
        ink="dim",
        items=items,
        items_shown=shown,
        pointed_at=pointed_at if is_current else None,
        keys=[("Enter", "right so"), ("x", f"{verb}, or after all")],
        is_current=is_current,
    )


def _summary(form: WrapUpForm, rows: int, is_typing: bool) -> Part:
    summary = form.shown_summary
    if is_typing:
        keys = [("Enter", "done"), ("ctrl+j", "new line")]
    elif summary.strip():
        keys = [
            (key.capitalize() if key == "enter" else key, words)
            for key, (_, words) in READ_BACK_KEYS.items()
        ]
        keys.append(("e", "edit"))
    else:
        keys = [("Enter", "wrap up"), ("e", "write one")]
    return Part(
        "Read back",
        answer="" if is_typing else summary or "nothing was marked",
        ink="text" if summary else "dim",
        rows=rows,
        keys=keys,
        is_current=form.step == "summary",
    )
