"""The rows of a conversation, made of its values: pure, one passage or entry at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.text.cells import width
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, wrapped
from agent_tui.tui.widgets.wording import MET, first_name, glyph_of, marked, who_said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from agent_tui.domain.values.conversation import Entry, Passage
    from agent_tui.text.matches import Spans
    from agent_tui.tui.widgets.here import Here

    Sought = Callable[[str], Spans]
    """Finds the words in a text that are looked for."""

_OFFSET = 7
_WHO = 7
_SPOKEN = ("phone", "visit")
_AFTER_THE_END = timedelta(minutes=1)
ROWS_OF_A_MESSAGE = 40
"""Rows that one message may take; a longer one says how much there is."""
ROWS_OF_AN_OLD_TEXT = 4
"""Rows that a text may take which a correction has replaced."""

MORE_ABOVE = line(Span("PgUp for what was before", "dim"))
MORE_BELOW = line(Span("PgDn for what came after", "dim"))


def passage_line(passage: Passage, here: Here, *, bright: bool) -> Line:
    """What begins here: when, with whom, on which channel, how it ended."""
    day = _day(passage.opened_at, here)
    call = passage.interaction
    if call is None:
        parts = ["note"]
    else:
        parts = [_whose(passage), call.channel, MET[call.met] or call.outcome or ""]
    behind = "".join(f" · {part}" for part in parts if part)
    return line(
        Span("──  ", "dim"), Span(day, "strong" if bright else "dim"), Span(f"{behind}  ──", "dim")
    )


def _whose(passage: Passage) -> str:
    """The agent who has it, behind those who had it before."""
    has = passage.interaction.agent if passage.interaction else None
    if not passage.handed_on:
        return has or ""
    had = [first_name(one.agent) if one.agent else "somebody" for one in passage.handed_on]
    return ", then ".join([*had, first_name(has)] if has else had)


def day_line(at: datetime, here: Here) -> Line:
    """Another day begins within a passage."""
    return line(Span(f"──  {_day(at, here)}  ──", "dim"))


def _day(at: datetime, here: Here) -> str:
    if ages.day(at, here.now, here.zone) == "today":
        return "today"
    return ages.weekday(at, here.now, here.zone)


def entry_lines(
    entry: Entry,
    passage: Passage,
    here: Here,
    cells: int,
    *,
    bright: bool,
    sought: Sought | None = None,
) -> list[Line]:
    """What was said, with a hanging indent, and what became of it; `sought` finds the words in it
    that are looked for."""
    ink: Ink = "text" if bright and entry.speaker in ("customer", "agent") else "dim"
    who: Ink = "dim"
    if bright:
        who = "strong" if entry.speaker == "customer" else "accent"
    room = cells - _OFFSET - _WHO
    text = entry.text if entry.final else f"{entry.text} …".strip()
    rows = wrapped(text, room, at_most=ROWS_OF_A_MESSAGE, say_length=True)
    final: Ink = ink if entry.final else "dim"
    first, *others = _marked_rows(text, rows, final, ink, sought)
    indent = Span(" " * (_OFFSET + _WHO))
    lines = [
        line(
            Span(_when_said(entry, passage, here).ljust(_OFFSET), "dim"),
            Span(f"{glyph_of(entry)} {who_said(entry)}".ljust(_WHO), who),
            *first,
        ),
        *(line(indent, *row) for row in others),
    ]
    if behind := _behind(entry, passage):
        lines = _with_right(lines, behind, cells, indent)
    if entry.delivery == "failed":
        why = f"not delivered: {entry.failure}" if entry.failure else "not delivered"
        lines += [line(indent, Span(row, "act")) for row in wrapped(why, room, at_most=3)]
    for wording in entry.corrected:
        old = wrapped(f"before: {wording.text}", room, at_most=ROWS_OF_AN_OLD_TEXT)
        lines += [line(indent, Span(row, "dim")) for row in old]
    return lines


def _marked_rows(
    text: str, rows: list[str], first: Ink, ink: Ink, sought: Sought | None
) -> list[tuple[Span, ...]]:
    """The rows of a text, with the words in it that are looked for in the ink of a match."""
    places = sought(text) if sought is not None else ()
    if not places:
        return [(Span(row, ink if number else first),) for number, row in enumerate(rows)]
    from agent_tui.text.matches import places_in_rows

    found = places_in_rows(text, rows, places)
    return [
        marked(row, here, ink if number else first)
        for number, (row, here) in enumerate(zip(rows, found, strict=True))
    ]


def pointed_at(shown: Line) -> Line:
    """The first row of an entry with a sign beside who said it: chosen, by more than colour."""
    when, who, *rest = shown.left
    if when.text.endswith(" "):
        sign = (Span(when.text[:-1], when.ink), Span("▸", "accent"), who, *rest)
        return Line(sign, shown.right)
    return Line((when, Span(f"{who.text[0]}▸{who.text[2:]}", who.ink), *rest), shown.right)


def _when_said(entry: Entry, passage: Passage, here: Here) -> str:
    """The place in a spoken conversation, or how long after its end (`+25min`); the time of day
    where it was written."""
    call = passage.interaction
    if call is not None and call.channel in _SPOKEN and entry.offset_s is not None:
        if call.closed_at and entry.at and entry.at - call.closed_at >= _AFTER_THE_END:
            return f"+{ages.ago(call.closed_at, entry.at, here.zone)}".replace(" ", "")
        return _offset_said(entry.offset_s)
    return "" if entry.at is None else ages.clock_time(entry.at, here.zone)


def _offset_said(seconds: int) -> str:
    """How far into a call: `04:31`; from an hour on without the seconds, which would leave no gap
    before the sign of who said it: `2h 09m`."""
    hours, minutes = divmod(seconds // 60, 60)
    told = (ages.offset(seconds), f"{hours}h {minutes:02}m", f"{hours}h{minutes:02}m")
    return next((words for words in told if len(words) < _OFFSET), f"{hours}h")


def _behind(entry: Entry, passage: Passage) -> str:
    """Who said it for us, where the head of the passage names somebody else or several, and how
    far it came."""
    call = passage.interaction
    author = entry.author
    if passage.handed_on:
        author = author or _had_it(entry, passage)
    elif call is not None and author == call.agent:
        author = None
    came = entry.delivery if entry.delivery in ("waiting", "sent", "delivered") else ""
    return " · ".join(part for part in (author, came) if part)


def _had_it(entry: Entry, passage: Passage) -> str | None:
    """Who had the conversation when somebody of us spoke whom the channel did not name."""
    if entry.speaker != "agent" or entry.at is None:
        return None
    for one in passage.handed_on:
        if entry.at < one.until:
            return one.agent
    return passage.interaction.agent if passage.interaction else None


def _with_right(lines: list[Line], words: str, cells: int, indent: Span) -> list[Line]:
    """The words at the right end of the last row, or of one more where that has no room."""
    last = lines[-1]
    taken = sum(width(span.text) for span in last.left)
    right = (Span(words, "dim"),)
    if taken + 2 + width(words) > cells:
        return [*lines, Line((indent,), right)]
    return [*lines[:-1], Line(last.left, right)]
