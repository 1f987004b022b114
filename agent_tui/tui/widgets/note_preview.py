"""What a note will become when it is saved, in a few rows under the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain.rules import ages
from agent_tui.text.cells import cut, width
from agent_tui.tui.widgets.ink import Line, Span, line, spans_width

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.marks import DueTime, Mark, ReadNote
    from agent_tui.tui.widgets.here import Here

Spans = tuple[Span, ...]

SEPARATOR = Span("   ", "dim")
_LEAST_OF_WORDS = 8
"""So many cells of a record's own words are left, however narrow it is."""
_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


class Reader(NamedTuple):
    """Who reads the preview, when and where; `agents` are names by handle."""

    here: Here
    name: str
    agents: Mapping[str, str]


def rows_of(
    read: ReadNote, reader: Reader, *, cells: int, at_most: int, cursor: int | None = None
) -> tuple[Line, ...]:
    """The records that a note will make, filled into at most so many rows of so many cells.

    Where there is not room for all, the rows with the mark at the cursor are shown, and how many
    stand before and behind.
    """
    shown = [
        (mark, _fitting(spans, mark.body, cells) if mark.agent else spans)
        for mark in read.marks
        if (spans := said_of(mark, reader))
    ]
    if not shown:
        return (line(Span("→ note", "dim")),)
    rows: list[list[int]] = [[]]
    room = cells
    for number, (_mark, spans) in enumerate(shown):
        needed = spans_width(spans) + len(SEPARATOR.text)
        if rows[-1] and needed > room:
            rows.append([])
            room = cells
        rows[-1].append(number)
        room -= needed
    present = _present([mark for mark, _spans in shown], cursor)
    first = 0
    while first + at_most < len(rows) and present > rows[first + at_most - 1][-1]:
        first += 1
    seen = rows[first : first + at_most]
    before, after = seen[0][0], len(shown) - 1 - seen[-1][-1]
    lines = [Line(_joined([shown[one][1] for one in row])) for row in seen]
    if before or after:
        counted = [f"{before} before"] * bool(before) + [f"{after} more"] * bool(after)
        lines[0] = Line(lines[0].left, (Span(", ".join(counted), "dim"),))
    return tuple(lines)


def _fitting(spans: Spans, body: str, cells: int) -> Spans:
    """A record for a colleague that is too long for a row, its own words cut: these stand in the
    note, who is asked stands behind them."""
    over = spans_width(spans) - cells
    if over <= 0:
        return spans
    words = cut(body, max(_LEAST_OF_WORDS, width(body) - over))
    return tuple(one._replace(text=words) if one.text == body else one for one in spans)


def _present(marks: Sequence[Mark], cursor: int | None) -> int:
    """Which mark is being written: the last that begins before the cursor."""
    begun = [number for number, mark in enumerate(marks) if cursor is None or mark.start < cursor]
    return begun[-1] if begun else 0


def _joined(parts: Sequence[Spans]) -> Spans:
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(SEPARATOR)
        spans.extend(part)
    return tuple(spans)


def said_of(mark: Mark, reader: Reader) -> Spans:
    """One mark as the record that it will be; nothing for a hand-over, which its promise names."""
    if mark.kind == "handover":
        return ()
    if mark.kind == "promise":
        return _promise(mark, reader)
    if mark.kind == "follow_up":
        return _follow_up(mark, reader)
    if mark.kind == "topic":
        return Span("topic ", "dim"), Span(mark.body)
    if mark.kind == "fact":
        kind = "" if mark.fact_kind in (None, "knows") else f" ({mark.fact_kind})"
        return Span(f"fact{kind}: ", "dim"), Span(mark.body)
    if mark.kind == "concession":
        side = "gave" if mark.side == "ours" else "got"
        return Span(f"{side}: ", "dim"), Span(mark.body), *_money(mark)
    words = {
        "agenda": "they want: ",
        "refusal": "no to: ",
        "mood": "mood: ",
        "complaint": "complaint: ",
        "question": "to ask: ",
    }
    said = f"“{mark.body}”" if mark.kind == "mood" else mark.body
    return Span(words[mark.kind], "dim"), Span(said)


def _promise(mark: Mark, reader: Reader) -> Spans:
    whose = "they promise: " if mark.side == "theirs" else "promise: "
    spans = [Span(whose, "dim"), Span(mark.body), *_due(mark.due, reader.here)]
    if mark.callback:
        spans += [Span(" · on ", "dim"), Span(mark.callback)]
    if mark.agent is not None:
        spans += _colleague(mark, reader, " · offered to ")
    elif mark.side != "theirs":
        spans.append(Span(f" · {reader.name.split(' ', 1)[0]}", "dim"))
    return tuple(spans)


def _follow_up(mark: Mark, reader: Reader) -> Spans:
    spans = _colleague(mark, reader, "follow-up for ")
    return (*spans, Span(": ", "dim"), Span(mark.body), *_due(mark.due, reader.here))


def _colleague(mark: Mark, reader: Reader, words: str) -> Spans:
    handle = mark.agent or ""
    if not mark.is_known:
        return Span(words, "dim"), Span(f"nobody here is called @{handle}", "act")
    return Span(words, "dim"), Span(reader.agents.get(handle, handle).split(" ", 1)[0])


def _due(due: DueTime | None, here: Here) -> Spans:
    """When it is due, and what is wrong with that."""
    if due is None:
        return ()
    when = moment(due.at, here) if due.at is not None else ""
    if due.problem == "past" and due.at is not None:
        is_today = ages.days_between(due.at, here.now, here.zone) == 0
        past = when if is_today else ages.weekday(due.at, here.now, here.zone)
        return Span(" · ", "dim"), Span(f"past: {past}", "act")
    if due.problem == "ambiguous":
        return Span(" · ", "dim"), Span(_which(due, when, here), "act")
    if due.problem == "impossible":
        words = f"no such time: {when} taken" if when else f"no such time: {due.words}"
        return Span(" · ", "dim"), Span(words, "act")
    return Span(" · ", "dim"), Span(when)


def _which(due: DueTime, taken: str, here: Here) -> str:
    """Several meanings, and the one that is taken: hours of one day, or days."""
    if len({ages.local(one, here.zone).date() for one in due.meant}) == 1 and taken:
        hours = sorted({ages.clock_time(one, here.zone) for one in due.meant})
        return f"{taken}? write {' or '.join(hours)}" if hours[1:] else f"{taken}, the first of two"
    days = " or ".join(ages.weekday(one, here.now, here.zone) for one in due.meant)
    return f"which one? {days}, {taken} taken" if taken else f"which one? {days}"


def moment(when: datetime, here: Here) -> str:
    """A due time whole: `Fri 27 Nov 10:00`."""
    return f"{ages.weekday(when, here.now, here.zone)} {ages.clock_time(when, here.zone)}"


def _money(mark: Mark) -> Spans:
    if mark.unread is not None:
        return Span(" · ", "dim"), Span(f"{mark.unread} is no sum", "act")
    if mark.amount is None:
        return ()
    if mark.currency is None:
        return Span(" · ", "dim"), Span(mark.amount), Span(" which currency?", "act")
    sign = _SIGNS.get(mark.currency)
    words = f"{sign}{mark.amount}" if sign else f"{mark.amount} {mark.currency}"
    return Span(" · ", "dim"), Span(words)
