"""What a colleague reads before they take a conversation over, as lines for the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.text.cells import pad, wrap_lines
from agent_tui.tui.widgets.ink import Ink, Line, Span, line
from agent_tui.tui.widgets.wording import caller, first_name, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from agent_tui.domain.values.follow_ups import Question
    from agent_tui.domain.values.hand_overs import AskedAlready, HandOverBrief, Tried
    from agent_tui.domain.values.promises import Promise
    from agent_tui.tui.widgets.here import Here

_LABEL = 10
_INDENT = "  "
_SAID = {"giver": "says", "note": "noted", "line": "said"}
_ASKED = {
    "refused": "they said no to",
    "declined": "they would rather not say",
    "answered": "answered",
    "confirmed": "they said lately",
}


def hand_over_lines(brief: HandOverBrief, here: Here, cells: int) -> list[Line]:
    """The brief: what must be acted on, who wants what, what was tried and promised, what is still
    to be asked, and what not to ask again. Everything is said in full, in rows of `cells` cells."""
    lines = list(_duties(brief, cells))
    lines += list(_head(brief, here, cells))
    tried = [_told(one, here) for one in brief.tried]
    promised = [_promised(one, here) for one in brief.promised]
    asked = [_asked(one, here) for one in brief.do_not_ask]
    lines += _section("Tried so far", tried, cells, "nothing was written down yet")
    lines += _section("Promised in it", promised, cells, "nothing")
    if brief.to_ask:
        to_ask = [_to_ask(one, here) for one in brief.to_ask]
        lines += _section("Still to ask", to_ask, cells)
    lines += _section("Do not ask again", asked, cells, "nothing was asked yet")
    return lines


def _duties(brief: HandOverBrief, cells: int) -> Iterator[Line]:
    if not brief.duties:
        return
    yield line(Span("Before you speak", "strong"))
    for one in brief.duties:
        words = ", ".join(part for part in (one.text, one.age) if part)
        glyph = "! " if one.urgent else _INDENT
        ink: Ink = "act" if one.urgent else "text"
        yield from _rows(f"{glyph}{pad(one.label, _LABEL)} ", words, cells, ink)
    yield Line()


def _head(brief: HandOverBrief, here: Here, cells: int) -> Iterator[Line]:
    call = brief.hand_over.call
    who = brief.customer
    known = (who.name, who.pronouns, who.company, who.city) if who else (caller(call), call.peer)
    yield from _rows(_label("Who"), ", ".join(dict.fromkeys(filter(None, known))), cells, "strong")
    held = f": {brief.held_for}" if brief.held_for else ""
    state = f"{call.channel}, {state_of(call) or 'wrapped up'}{held}"
    verified = "not verified" if not call.verified_how else f"verified: {call.verified_how}"
    yield from _rows(_label("On"), f"{state} · {verified}", cells)
    yield from _rows(_label("They want"), call.agenda or "not known yet", cells)
    if brief.mood is not None:
        age = _age(brief.mood.at, here)
        yield from _rows(_label("They said"), f"“{brief.mood.text}”, {age}", cells)


def _label(words: str) -> str:
    return f"{_INDENT}{pad(words, _LABEL)} "


def _section(title: str, entries: list[tuple[str, str]], cells: int, none: str = "") -> list[Line]:
    lines = [Line(), line(Span(title, "strong"))]
    if not entries:
        lines.append(line(Span(f"{_INDENT}{none}", "dim")))
    for text, beside in entries:
        lines.extend(_entry(text, beside, cells))
    return lines


def _entry(text: str, beside: str, cells: int) -> Iterator[Line]:
    """Words, and who said them when: in the last row where there is room, or below."""
    rows = list(wrap_lines(text, max(8, cells - len(_INDENT)))) or [""]
    for row in rows:
        yield line(Span(f"{_INDENT}{row}"))
    if beside:
        yield line(Span(f"{_INDENT}{_INDENT}{beside}", "dim"))


def _told(one: Tried, here: Here) -> tuple[str, str]:
    when = f", {_age(one.at, here)}" if one.at else ""
    return one.text, f"{first_name(one.who)} {_SAID[one.kind]}{when}"


def _promised(one: Promise, here: Here) -> tuple[str, str]:
    by = first_name(one.owner or "we") if one.side == "ours" else "they"
    is_open = one.state == "open"
    due = ages.due(one.due_at, here.now, here.zone) if is_open else one.state.replace("_", " ")
    return one.text, f"{by}, {due}"


def _to_ask(one: Question, here: Here) -> tuple[str, str]:
    return one.text, f"noted, {_age(one.at, here)}"


def _asked(one: AskedAlready, here: Here) -> tuple[str, str]:
    again = one.ask_again_after
    until = f", until {ages.weekday(again, here.now, here.zone)}" if again else ""
    return one.words, f"{_ASKED[one.kind]}{until}"


def _age(at: datetime, here: Here) -> str:
    age = ages.ago(at, here.now, here.zone)
    return "just now" if age == "now" else f"{age} ago"


def _rows(label: str, text: str, cells: int, ink: Ink = "text") -> Iterator[Line]:
    """A label, and words that hang behind it."""
    room = max(8, cells - len(label))
    for place, row in enumerate(wrap_lines(text, room)):
        before = Span(label if place == 0 else " " * len(label), "dim")
        yield line(before, Span(row, ink))
