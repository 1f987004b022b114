"""One record as rows: glyph, label, words and age in columns, with a hanging indent."""

from __future__ import annotations

from dataclasses import dataclass

from agent_tui.text.cells import pad, width, wrap_lines
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, spans_width, wrapped
from agent_tui.tui.widgets.rows import Row

NARROW = 44
"""Below so many cells labels are cut and words take a row more."""
GLYPH = 2
BETWEEN = " · "
"""What parts two remarks that are aligned right."""
_BESIDE = 10
"""Cells that words need beside what is aligned right; with less, that comes below them."""
_ROWS = {True: 3, False: 2}
_UNFOLDED_ROWS = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a section, before it is known how wide it may be.

    `loud` is one that needs acting on now. A `label` is cut to its column; where there is none it
    leads the words. What is `unbroken`, a name or a number, leaves a row to what stands right.
    """

    key: Row
    text: str
    label: str = ""
    right: tuple[Span, ...] = ()
    glyph: str = " "
    ink: Ink = "text"
    loud: bool = False
    unbroken: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells there are, and how many of them are the column of labels, 0 for none."""

    cells: int
    label: int

    @property
    def indent(self) -> int:
        """Where words begin."""
        return GLYPH + self.label

    @property
    def room(self) -> int:
        """Cells for words, where nothing stands right of them."""
        return max(8, self.cells - self.indent)


def rows_of(entry: Entry, columns: Columns, *, whole: bool = False) -> list[Line]:
    """The rows of one record: a few of its words, or the `whole` of them."""
    at_most = _UNFOLDED_ROWS if whole else _ROWS[columns.cells < NARROW]
    words = entry.text if columns.label else f"{entry.label} {entry.text}"
    text = " ".join(words.split())
    taken = spans_width(entry.right)
    beside = columns.room - taken - 1 if taken else columns.room
    wants = width(text) if entry.unbroken else min(_BESIDE, width(text))
    hangs = taken > 0 and beside < wants
    if hangs:
        first, *others = wrapped(text, columns.room, at_most=at_most)
    else:
        first = next(wrap_lines(text, beside), "")
        rest = text[len(first) :].strip()
        others = wrapped(rest, columns.room, at_most=at_most - 1) if rest else []
    loud: Ink = "act" if entry.loud else "dim"
    rows = [
        line(
            Span(f"{entry.glyph} ", "act" if entry.loud else "text"),
            Span(f"{pad(entry.label, columns.label - 1)} " if columns.label else "", loud),
            Span(first, entry.ink),
            right=() if hangs else entry.right,
            key=entry.key,
        )
    ]
    rows.extend(line(_margin(columns), Span(row, entry.ink)) for row in others)
    if not hangs:
        return rows
    last = rows[-1]
    if others and spans_width(last.left) + 1 + taken <= columns.cells:
        return [*rows[:-1], Line(last.left, entry.right)]
    return [*rows, *_below(entry.right, columns, at_most)]


def _below(right: tuple[Span, ...], columns: Columns, at_most: int) -> list[Line]:
    """What stands right, below the words: in one row, in one for each part, or broken."""
    if spans_width(right) < columns.room:
        return [line(_margin(columns), right=right)]
    parts = [Span(span.text.removesuffix(BETWEEN), span.ink) for span in right]
    if all(width(part.text) < columns.room for part in parts):
        return [line(_margin(columns), right=(part,)) for part in parts]
    words = "".join(span.text for span in right)
    rows = wrapped(words, columns.room, at_most=at_most)
    return [line(_margin(columns), Span(row, right[-1].ink)) for row in rows]


def details(words: list[str], columns: Columns) -> list[Line]:
    """What is known beside the words of a record, below it."""
    rows = (row for text in words for row in wrapped(text, columns.room, at_most=_UNFOLDED_ROWS))
    return [line(_margin(columns), Span(row, "dim")) for row in rows]


def _margin(columns: Columns) -> Span:
    return Span(" " * columns.indent)
