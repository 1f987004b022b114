"""What is to be read of an interaction beside the list, before it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.text.cells import pad
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, wrapped
from agent_tui.tui.widgets.lines import PlainLines
from agent_tui.tui.widgets.recent_lines import MARKS
from agent_tui.tui.widgets.wording import MET, glyph_of, who_said, who_started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent_tui.domain.values.conversation import Entry
    from agent_tui.domain.values.promises import Promise
    from agent_tui.domain.values.recent import RecentRow
    from agent_tui.tui.widgets.here import Here

_LABEL = 9
_TEXT_ROWS = 4
_ENTRY_ROWS = 3
_FIRST = 4
"""Lines of the beginning that are shown, before those of the end."""


@dataclass(frozen=True, slots=True)
class Preview:
    """An interaction with its promises, and the entries with which it begins and ends; `is_whole`
    where nothing lies between them. `remarks` are those of one's own listening log."""

    row: RecentRow
    promises: tuple[Promise, ...]
    first: tuple[Entry, ...]
    last: tuple[Entry, ...]
    is_whole: bool
    remarks: tuple[str, ...] = ()


class PreviewLines(PlainLines):
    """The preview of the row under the cursor."""


def preview_of(
    row: RecentRow,
    promises: tuple[Promise, ...],
    first: tuple[Entry, ...],
    last: tuple[Entry, ...],
    remarks: tuple[str, ...] = (),
) -> Preview:
    """A preview; of what is both among the first and the last entries, each once."""
    begun = {entry.place for entry in first}
    rest = tuple(entry for entry in last if entry.place not in begun)
    is_whole = len(rest) < len(last) or not last
    return Preview(row, promises, first, rest, is_whole, remarks)


def preview_lines(shown: Preview, here: Here, cells: int, height: int) -> list[Line]:
    """What they wanted and how it ended, what was promised, and how it began and ended in words;
    as many of its lines as there is room for."""
    lines = [*_facts(shown, here, cells)]
    room = height - len(lines) - 1
    if room < 2:
        return lines
    entries = [*shown.first, *shown.last]
    if not entries:
        return [*lines, Line(), line(Span("Nothing was said yet.", "dim"))]
    laid = [(entry, _entry(entry, cells)) for entry in entries]
    if shown.is_whole and sum(len(rows) for _, rows in laid) <= room:
        return [*lines, Line(), *(row for _, rows in laid for row in rows)]
    begun: list[Line] = []
    for _, rows in laid[:_FIRST]:
        if len(begun) + len(rows) > max(1, room // 2):
            break
        begun.extend(rows)
    ended: list[Line] = []
    for _, rows in reversed(laid[_FIRST:]):
        if len(begun) + 1 + len(ended) + len(rows) > room:
            break
        ended[:0] = rows
    return [*lines, Line(), *begun, line(Span("  …", "dim")), *ended]


def _facts(shown: Preview, here: Here, cells: int) -> Iterator[Line]:
    call = shown.row.interaction
    begun = f"{ages.weekday(call.opened_at, here.now, here.zone)} "
    begun += ages.clock_time(call.opened_at, here.zone)
    said = f"{begun} · {call.channel}, {who_started(call)} · {call.agent or 'nobody'}"
    yield from (line(Span(row, "dim")) for row in wrapped(said, cells, at_most=2))
    ended = " · ".join(part for part in (MET[call.met], call.outcome or "") if part)
    facts: list[tuple[str, str, Ink]] = [
        ("They want", call.agenda or "", "strong"),
        ("Topics", " ".join(f"#{topic}" for topic in call.topics), "text"),
        ("Ended", ended, "text"),
        ("Mood", f"“{shown.row.mood}”" if shown.row.mood else "", "text"),
        ("Marks", " · ".join(MARKS[mark][1] for mark in MARKS if mark in shown.row.marks), "text"),
        ("Summary", call.summary or "", "text"),
        *(("My log", remark, "text") for remark in shown.remarks),
    ]
    for label, text, ink in facts:
        if text:
            yield from _labelled(label, text, ink, cells)
    for promise in shown.promises:
        late = promise.state == "open" and ages.is_late(promise.due_at, here.now)
        is_open = promise.state == "open"
        when = ages.due(promise.due_at, here.now, here.zone) if is_open else promise.state
        whose = "We owe" if promise.side == "ours" else "They owe"
        words = f"{promise.text} · {when}"
        yield from _labelled(whose, words, "act" if late else "text", cells)


def _labelled(label: str, text: str, ink: Ink, cells: int) -> Iterator[Line]:
    rows = wrapped(text, cells - _LABEL - 1, at_most=_TEXT_ROWS)
    for number, row in enumerate(rows):
        yield line(Span(pad(label if number == 0 else "", _LABEL + 1), "dim"), Span(row, ink))


def _entry(entry: Entry, cells: int) -> list[Line]:
    head = f"{glyph_of(entry)} {who_said(entry)}"
    rows = wrapped(entry.text, cells - _LABEL + 1, at_most=_ENTRY_ROWS)
    return [
        line(Span(pad(head if number == 0 else "", _LABEL - 1), "dim"), Span(row))
        for number, row in enumerate(rows)
    ]
