"""A wrap-up as lines: all of its steps in reading order, the current one marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from agent_tui.domain.rules import ages
from agent_tui.text.cells import pad
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, spans_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from agent_tui.tui.widgets.here import Here

_MARGIN = 2
_LABEL = 13
_GAP = "   "
INDENT = _MARGIN + _LABEL


@dataclass(frozen=True, slots=True)
class Item:
    """A record to confirm: its words, when it is due, whether it stands, and what it is if not."""

    text: str
    due: str
    stands: bool
    otherwise: str


@dataclass(frozen=True, slots=True)
class Part:
    """One step: its label, the answer so far, the records in it, and the keys that answer it.

    `rows` is how many rows the answer may take, `pointed_at` the record that keys are about.
    """

    label: str
    answer: str = ""
    ink: Ink = "text"
    rows: int = 1
    items: Sequence[Item] = ()
    items_shown: int = 3
    pointed_at: int | None = None
    keys: Sequence[tuple[str, str]] = ()
    is_current: bool = False
    beside: Literal["label", "below"] = "label"


def part_lines(part: Part, cells: int) -> list[Line]:
    """The rows of one step."""
    room = max(8, cells - INDENT)
    margin = Span("▸ ", "accent") if part.is_current else Span("  ")
    label = Span(part.label, "strong" if part.is_current else "dim")
    rows = wrapped(part.answer, room, at_most=part.rows) if part.answer else []
    if part.beside == "below":
        lines = [line(margin, label, right=tuple(Span(row, part.ink) for row in rows[:1]))]
    else:
        first = rows[0] if rows else ""
        label = Span(pad(label.text, _LABEL), label.ink)
        lines = [line(margin, label, Span(first, part.ink))]
        lines += [line(Span(" " * INDENT), Span(row, part.ink)) for row in rows[1:]]
    lines += _items(part)
    if part.is_current and part.keys:
        lines.extend(_keys(part.keys, cells))
    return lines


def _items(part: Part) -> list[Line]:
    """The records, those around the one pointed at where there are too many."""
    at = part.pointed_at or 0
    first = max(0, min(at - 1, len(part.items) - part.items_shown))
    shown = part.items[first : first + part.items_shown]
    lines = []
    for place, item in enumerate(shown, start=first):
        pointer = "▸ " if part.is_current and place == part.pointed_at else "  "
        words = item.text if item.stands else f"{item.otherwise}: {item.text}"
        lines.append(
            line(
                Span(" " * (INDENT - 4)),
                Span(pointer, "accent"),
                Span("+ " if item.stands else "x ", "text" if item.stands else "act"),
                Span(words, "text" if item.stands else "dim"),
                right=(Span(item.due, "dim"),) if item.due else (),
            )
        )
    more = len(part.items) - len(shown)
    if lines and more > 0:
        lines[-1] = line(*lines[-1].left, right=(*lines[-1].right, Span(f"  {more} more", "dim")))
    return lines


def _keys(keys: Sequence[tuple[str, str]], cells: int) -> list[Line]:
    """The keys with their words, in as many rows as they need."""
    rows: list[list[Span]] = [[Span(" " * INDENT)]]
    for key, words in keys:
        spans = (Span(key, "mark"), Span(f" {words}", "dim"), Span(_GAP))
        if len(rows[-1]) > 1 and spans_width((*rows[-1], *spans[:2])) > cells:
            rows.append([Span(" " * INDENT)])
        rows[-1].extend(spans)
    return [Line(tuple(row[:-1])) for row in rows]


def when_due(due: datetime | None, here: Here) -> str:
    """A due time as it was promised: `Fri 27 Nov 10:00`."""
    if due is None:
        return ""
    return f"{ages.weekday(due, here.now, here.zone)} {ages.clock_time(due, here.zone)}"


def refusal_lines(sentence: str, cells: int) -> list[Line]:
    """What is lacking, in words."""
    rows = wrapped(f"! {sentence}", max(8, cells - _MARGIN), at_most=2)
    return [line(Span("  "), Span(row, "act")) for row in rows]
