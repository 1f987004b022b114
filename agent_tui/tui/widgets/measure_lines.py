"""The measures as lines: each with its counts, what is missing, those before, and its course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.domain.rules.definitions import DEFINITIONS, DIMENSIONS, of_dimension
from agent_tui.domain.rules.periods import total
from agent_tui.domain.values.measures import COUNTED
from agent_tui.text.cells import pad, width, wrap_lines
from agent_tui.tui.widgets.figures import (
    FEW,
    NOT_RECORDED,
    band_rows,
    out_of,
    share_of,
    unjudged,
)
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.sparks import spark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agent_tui.domain.values.measures import Figure, Measure
    from agent_tui.tui.widgets.overview import Overview

_MARGIN = 2
_COUNT, _UNKNOWN = 12, 9
_LEAST_COURSE, _MOST_TITLE = 6, 54
READING = "…"
SHORT: dict[Measure, str] = {
    "promises_late_told": "Late, but told before",
    "same_need_again": "Same need within 14 days",
    "agenda_recorded": "What they wanted, recorded",
    "slips_told": "Slips told before due",
    "decisions_told": "Decisions told with reason",
    "copies_given": "Copies of the file",
    "offers_after_met": "Offers after their matter",
    "known_asked_again": "Known things asked again",
    "preference_breaches": "Contacts they ruled out",
    "years_since_first": "Years since first contact",
    "silence_over_usual": "Silence over usual gap",
}
"""What the longer titles are called where there is no room for them; `?` has the whole."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells each column takes at one width; what has none is not shown.

    The titles give way first, to `SHORT` ones, then the course.
    """

    title: int
    now: int
    unknown: int
    then: int
    course: int

    @classmethod
    def at(cls, cells: int, points: int, widest: int = 0) -> Columns:
        """The columns of a list so many cells wide, for a line of so many `points`; the counts
        take at most `widest` cells."""
        count = max(_COUNT, widest + 1)
        room = cells - _MARGIN - 2 * count - _UNKNOWN
        shortest = max(width(_short(one)) for one in DEFINITIONS)
        course = min(points, room - shortest - 2)
        course = course if course >= min(points, _LEAST_COURSE) else 0
        title = room - course - (2 if course else 0)
        return cls(max(14, min(_MOST_TITLE, title)), count, _UNKNOWN, count, course)


def _short(measure: Measure) -> str:
    return SHORT.get(measure, DEFINITIONS[measure].title)


def measure_lines(overview: Overview, cells: int) -> list[Line]:
    """All measures under the five headings; the key of a line is the measure's code."""
    if why := _nothing_shown(overview):
        return [line(Span(f"  {row}", "dim")) for row in wrap_lines(why, max(20, cells - 4))]
    figures = [one for code in DEFINITIONS for one in (overview.now(code), overview.then(code))]
    widest = max((width(out_of(one)) for one in figures if one is not None and one.n), default=0)
    columns = Columns.at(cells, len(overview.stretch), widest)
    lines = [_head(columns)]
    for dimension, (title, asks) in DIMENSIONS.items():
        lines.append(line(Span(title, "strong"), Span(f"  {asks}", "dim")))
        for said in of_dimension(dimension):
            lines.extend(_rows(said.measure, overview, columns, cells))
    return lines


def _nothing_shown(overview: Overview) -> str:
    """Why no figure at all is shown, where that is so for all of them alike."""
    wanted = [code for code, said in DEFINITIONS.items() if said.not_counted is None]
    found = [overview.now(code) for code in wanted]
    reasons = {one.why for one in found if one is not None}
    if None in reasons or len(reasons) != 1 or any(one and one.n is not None for one in found):
        return ""
    return f"No figures are shown: {next(iter(reasons))}."


def _head(columns: Columns) -> Line:
    cells = [" " * (_MARGIN + columns.title), _right("counted", columns.now)]
    cells.append(_right("unjudged", columns.unknown))
    cells.append(_right("before", columns.then))
    if columns.course:
        cells.append("  " + pad("course", columns.course))
    return line(Span("".join(cells), "dim"))


def _rows(measure: Measure, overview: Overview, columns: Columns, cells: int) -> Iterator[Line]:
    said = DEFINITIONS[measure]
    name = said.title if width(said.title) <= columns.title else _short(measure)
    title = Span(" " * _MARGIN + pad(name, columns.title), "text")
    now, then = overview.now(measure), overview.then(measure)
    if said.not_counted is not None:
        words = _right(NOT_RECORDED, columns.now)
        more = "" if said.not_counted == NOT_RECORDED else f": {said.not_counted}"
        yield line(title, Span(f"{words}{more}", "dim"), key=measure)
        return
    if now is not None and now.n is None and now.why:
        yield line(title, Span(f"  {now.why}", "dim"), key=measure)
        return
    parts = [title, _counted(now, columns.now, overview.is_whole)]
    parts.append(Span(_right(unjudged(now) if now else "", columns.unknown), "dim"))
    parts.append(Span(_right(out_of(then) if then else READING, columns.then), "dim"))
    if columns.course and not said.bands:
        drawn = _course(overview.points(measure), columns.course)
        parts.append(Span("  " + drawn, "dim"))
    yield line(*parts, key=measure)
    if now is not None and now.n and now.bands:
        for row in band_rows(now, cells - _MARGIN - 2):
            yield line(Span(" " * (_MARGIN + 2) + row, "dim"))


def _counted(figure: Figure | None, cells: int, is_whole: bool) -> Span:
    if figure is None:
        return Span(_right(READING, cells), "dim")
    few = "few: " if is_whole and figure.n and figure.n < FEW and not figure.bands else ""
    words = f"{few}{out_of(figure)}"
    return Span(_right(words, cells), "strong" if figure.n and is_whole else "dim")


def _right(words: str, cells: int) -> str:
    """The words at the right edge of so many cells."""
    return " " * max(1, cells - width(words)) + words


def _course(points: Sequence[Figure | None], cells: int) -> str:
    """The shares of as many stretches of the same length as there are cells, each of all that was
    counted in it; blank where nothing of it is read yet."""
    step = max(1, -(-len(points) // cells))
    begins = range(-(-len(points) % step), len(points), step)
    found = [[one for one in points[max(0, at) : at + step] if one] for at in begins]
    read = [stretch for stretch in found if stretch]
    shares = [share_of(total(stretch), COUNTED) for stretch in read]
    return " " * (len(found) - len(read)) + spark(shares, cells)
