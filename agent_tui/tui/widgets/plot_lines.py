"""Shares over time as a line drawn with characters, painted with our own inks.

The plotting library, which is loaded when the first line is drawn, hands out characters with
colours of its own; they are only read as names of ours. So a plot follows every theme, and says the
same without colours: the point under the cursor is a full circle on an upright line.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from agent_tui.tui.widgets.ink import Ink, Line, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAST_CELLS, LEAST_ROWS = 60, 8
"""Below this a line cannot be read; a table can."""
_COURSE, _CURSOR, _RULE = "cyan", "orange", "gray"
_INKS: dict[int, Ink] = {6: "accent", 3: "act", 8: "dim"}
_WHOLE, _HOLLOW, _HERE = "•", "○", "●"
_TICK_CELLS = 12
_TOPS = (20, 40, 100)
"""Where the upright axis may end, in hundredths: a low line would lie on the ground."""
_ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
_COLOUR = re.compile(r"38;5;([0-9]+)")


def plot_lines(
    shares: Sequence[float | None],
    few: Sequence[bool],
    ticks: Sequence[str],
    at: int,
    cells: int,
    rows: int,
) -> list[Line]:
    """The course of shares (0 to 1, the oldest first) in so many cells and rows; nothing is drawn
    where there is none, and the upright axis may end below the whole.

    A point that is one of `few` is a hollow circle; the cursor is `at` one; `ticks` name them all.
    """
    from textual_plotext.plot import Plot

    plot = Plot()
    plot.theme("clear")
    plot.plotsize(cells, rows)
    plot._set_size(cells, rows)
    top = next(one for one in _TOPS if one >= max(100 * (share or 0) for share in shares))
    heights = [top * quarter / 4 for quarter in range(5)]
    plot.ylim(0, top)
    plot.yticks(heights, [f"{height:g} %" for height in heights])
    plot.xlim(-0.5, len(shares) - 0.5)
    named: list[float] = _named(len(shares), max(1, cells // _TICK_CELLS))
    plot.xticks(named, [ticks[int(place)] for place in named])
    plot.vline(at, color=_RULE)
    for run in _runs(shares):
        if len(run) > 1:
            course = [100 * (shares[place] or 0.0) for place in run]
            plot.plot(list(run), course, marker="hd", color=_COURSE)
    for marker, colour, places in _marked(shares, few, at):
        if not places:
            continue
        points = [100 * (shares[place] or 0.0) for place in places]
        plot.scatter(places, points, marker=marker, color=colour)
    return [_line(row) for row in str(plot.build()).split("\n") if row][:rows]


def warm_up() -> None:
    """Load the plotting library: to be called by a thread that has time."""
    import_module("textual_plotext.plot")


def _named(points: int, most: int) -> list[float]:
    """Which points are named below the line: the newest one, and others at even distances."""
    step = max(1, -(-points // most))
    return list(reversed(range(points - 1, -1, -step)))


def _runs(shares: Sequence[float | None]) -> Iterator[range]:
    """The stretches in which there is a share at every point."""
    begin: int | None = None
    for place, share in enumerate([*shares, None]):
        if share is not None and begin is None:
            begin = place
        elif share is None and begin is not None:
            yield range(begin, place)
            begin = None


def _marked(
    shares: Sequence[float | None], few: Sequence[bool], at: int
) -> Iterator[tuple[str, str, list[int]]]:
    """The points under one marker each, that of the cursor last: it is drawn over the others."""
    points = [place for place, share in enumerate(shares) if share is not None and place != at]
    yield _WHOLE, _COURSE, [place for place in points if not few[place]]
    yield _HOLLOW, _COURSE, [place for place in points if few[place]]
    yield _HERE, _CURSOR, [at] if shares[at] is not None else []


def _line(row: str) -> Line:
    """A row of the library's: its colours are numbers between escapes, of which none is painted."""
    spans: list[Span] = []
    ink: Ink = "dim"
    for place, part in enumerate(_ESCAPE.split(row)):
        if place % 2:
            colour = _COLOUR.fullmatch(part)
            ink = _INKS.get(int(colour[1]), "dim") if colour else "dim"
        elif part:
            spans.append(Span(part, ink))
    return Line(tuple(spans))
