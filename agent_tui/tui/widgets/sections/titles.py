"""Which sections there are, and the line of their titles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agent_tui.text.cells import width
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEFORE, _BEHIND, _GAP = "‹ ", " ›", "  "
_ADD = "+ add"


class Section(NamedTuple):
    """A section: its name, cells of its labels where there is room and where there is little,
    what to say where it is empty."""

    name: str
    label: int
    narrow_label: int
    empty: str


SECTIONS = (
    Section("Promises", 10, 8, "nothing promised: !call back fri 10am in a note makes one"),
    Section("Cases", 10, 10, "no case: complaint: their words in a note opens one"),
    Section("To ask", 0, 0, "nothing to ask: ask: which engineer in a note makes one"),
    Section("Asked", 0, 0, "nobody is asked: @asha look into it in a note asks"),
    Section("Knows", 14, 10, "nothing yet: =prefers mornings in a note makes one"),
    Section("No to", 0, 0, "nothing yet: no: offers in a note makes one"),
    Section("Ledger", 11, 10, "nothing yet: gave: waived fee £20 or got: patience in a note"),
    Section("People", 15, 0, "nobody yet: + ties somebody to them"),
    Section("Reach", 10, 9, "nothing yet: a call that is put to them brings its number"),
)
NAMES = tuple(section.name for section in SECTIONS)
ADDABLE = frozenset(NAMES) - {"Reach"}
"""Sections to which something can be added from the keyboard."""


class Size(NamedTuple):
    """How much a section holds: what is open of it, or counts, and all of its records."""

    counted: int
    records: int


def title_line(sizes: Sequence[Size], chosen: int, cells: int) -> Line:
    """The sections that hold anything with their counts, as many as fit beside the chosen one;
    what is left out on a side is told by a sign."""
    shown = [place for place, size in enumerate(sizes) if size.records or place == chosen]
    counts = (sizes[place].counted for place in shown)
    titles = [
        f"{NAMES[place]} {count}" if count else NAMES[place]
        for place, count in zip(shown, counts, strict=True)
    ]
    at = shown.index(chosen)
    right = (Span(_ADD, "dim"),) if NAMES[chosen] in ADDABLE else ()
    room = cells - 2 * len(_BEFORE) - (len(_ADD) + 1 if right else 0)
    first, last = _window(titles, at, room)
    spans = [Span(_BEFORE if first else " " * len(_BEFORE), "dim")]
    for place in range(first, last):
        gap = "" if place == first else _GAP
        spans.append(Span(gap + titles[place], "strong" if place == at else "dim"))
    if last < len(titles):
        spans.append(Span(_BEHIND, "dim"))
    return line(*spans, right=right, key=Row("section", chosen))


def _window(titles: list[str], chosen: int, cells: int) -> tuple[int, int]:
    """The first and the behind-last of the titles around the chosen one that fit."""
    first, last = 0, len(titles)

    def is_too_long() -> bool:
        return sum(width(title) + len(_GAP) for title in titles[first:last]) - len(_GAP) > cells

    while is_too_long() and last > chosen + 2:
        last -= 1
    while is_too_long() and first < chosen:
        first += 1
    while is_too_long() and last > chosen + 1:
        last -= 1
    return first, last
