"""One measure over time: its points as a line or a table, and the parts of the chosen point."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from agent_tui.domain.rules.definitions import DEFINITIONS
from agent_tui.domain.values.measures import COUNTED, MISSING
from agent_tui.text.cells import pad, wrap_lines
from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.widgets.figures import (
    FEW,
    count_of,
    out_of,
    parts_of,
    point_name,
    point_tick,
    sentence,
    share_of,
    unjudged,
)
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, wrapped
from agent_tui.tui.widgets.lines import ListLines, PlainBar, PlainLines
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.plot_lines import LEAST_CELLS, LEAST_ROWS, plot_lines
from agent_tui.tui.widgets.sparks import spark

if TYPE_CHECKING:
    from agent_tui.domain.values.measures import Figure, Measure, Part
    from agent_tui.tui.widgets.here import Here
    from agent_tui.tui.widgets.overview import Overview

_TABLE_BELOW = 100
"""A terminal with fewer columns shows a table, unless a line is asked for."""
_NOTE = "● here   • judged   ○ n under {few}   a gap: none to judge"
_KEYS = "←→ point · ↑↓ part · Enter behind it · a behind all · t table · ? meaning"
_NAME, _COUNT, _UNKNOWN = 24, 18, 20
_COUNTS = 20
"""Cells beside the words of a part: its counts, and the gaps."""
_TALL, _PART_ROWS = 30, 3
"""With so many rows on the screen the words of a part take up to so many; with fewer they are cut,
and `?` has them whole."""


class PartsList(ListLines):
    """What the chosen point is made of; left and right choose another point."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("measure")

    class Stepped(Message):
        """Another point is wanted: so many newer; None is the oldest one."""

        def __init__(self, points: int | None) -> None:
            super().__init__()
            self.points = points

    class WholeAsked(Message):
        """What is behind all points together is wanted."""

    class TableAsked(Message):
        """The other form is wanted."""

    def action_next_point(self) -> None:
        """The next newer one."""
        self.post_message(self.Stepped(1))

    def action_point_before(self) -> None:
        """The next older one."""
        self.post_message(self.Stepped(-1))

    def action_newest_point(self) -> None:
        """The newest one."""
        self.post_message(self.Stepped(10**6))

    def action_first_point(self) -> None:
        """The oldest one."""
        self.post_message(self.Stepped(None))

    def action_whole_stretch(self) -> None:
        """What is behind all points together."""
        self.post_message(self.WholeAsked())

    def action_as_table(self) -> None:
        """A table instead of the line, or the line again."""
        self.post_message(self.TableAsked())


class MeasurePanel(Panel):
    """The frame around one measure; `measure` is None while none is open."""

    DEFAULT_CSS = """
    MeasurePanel { height: 1fr; display: none; }
    MeasurePanel #course { height: 1fr; }
    MeasurePanel #point { height: 2; margin-top: 1; }
    MeasurePanel PartsList { height: auto; max-height: 40%; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Measure", id=id)
        self.measure: Measure | None = None
        self._overview: Overview | None = None
        self._here: Here | None = None
        self._whose = ""
        self._at = 0
        self._is_table: bool | None = None
        """As asked for; None where it is as the room allows."""

    def compose(self) -> ComposeResult:
        """The course, the point in words, its parts."""
        yield PlainLines(id="course")
        yield PlainBar(id="point")
        yield PartsList(id="parts")

    @property
    def parts(self) -> PartsList:
        """What keys act on."""
        return self.query_one(PartsList)

    @property
    def figure(self) -> Figure | None:
        """The chosen point."""
        if self._overview is None or self.measure is None:
            return None
        return self._overview.points(self.measure)[self._at]

    @property
    def part(self) -> Part:
        """The chosen part of it."""
        return str(self.parts.key or COUNTED)

    def open(self, measure: Measure, overview: Overview, whose: str, here: Here) -> None:
        """Show a measure from its newest point on."""
        self.measure = measure
        self._at = len(overview.stretch) - 1
        self.take(overview, whose, here)

    def take(self, overview: Overview, whose: str, here: Here) -> None:
        """There is more of it, or something else; the chosen point stays where it can."""
        if self._overview is not None and len(self._overview.stretch) != len(overview.stretch):
            self._at = len(overview.stretch) - 1
        self._overview, self._whose, self._here = overview, whose, here
        if self.measure is not None:
            self._show_all()

    def on_parts_list_stepped(self, event: PartsList.Stepped) -> None:
        """Choose another point."""
        event.stop()
        if self._overview is None:
            return
        last = len(self._overview.stretch) - 1
        at = 0 if event.points is None else max(0, min(last, self._at + event.points))
        if at != self._at:
            self._at = at
            self._show_all()

    def on_parts_list_table_asked(self, event: PartsList.TableAsked) -> None:
        """Show the other form."""
        event.stop()
        self._is_table = not self.is_table
        self._show_all()

    def on_list_lines_highlighted(self, event: PartsList.Highlighted) -> None:
        """The line is that of the part under the cursor."""
        event.stop()
        self._show_course()

    def on_resize(self) -> None:
        """There is room for more, or less."""
        self.call_after_refresh(self._show_all)

    @property
    def is_table(self) -> bool:
        """Whether the points stand as a table."""
        course = self.query_one("#course", PlainLines)
        if course.size.width < LEAST_CELLS or course.size.height < LEAST_ROWS:
            return True
        return self.app.size.width < _TABLE_BELOW if self._is_table is None else self._is_table

    def _show_all(self) -> None:
        overview, here = self._overview, self._here
        if overview is None or here is None or self.measure is None:
            return
        said = DEFINITIONS[self.measure]
        self.entitle(said.title, f"{self._whose} · {overview.length.words}")
        self.remark(_KEYS)
        self._show_point(overview, here)
        self._show_parts(overview)
        self.call_after_refresh(self._show_course)

    def _show_point(self, overview: Overview, here: Here) -> None:
        figure = self.figure
        name = point_name(overview.stretch[self._at], here)
        name = name[:1].upper() + name[1:]
        words = "Not read yet." if figure is None else sentence(figure)
        bar = self.query_one("#point", PlainBar)
        first, *rest = [*wrap_lines(f"{name}: {words}", max(20, bar.size.width or 60))][:2]
        bar.show(
            line(Span(first[: len(name)], "strong"), Span(first[len(name) :])), *map(line, rest)
        )

    def _show_parts(self, overview: Overview) -> None:
        measure, figure = self.measure, self.figure
        assert measure is not None
        whole = overview.now(measure)
        rows: list[Line] = []
        cells = max(20, (self.parts.size.width or 60) - _COUNTS)
        most = _PART_ROWS if self.app.size.height >= _TALL else 1
        for part, words in parts_of(measure):
            count = "" if figure is None or figure.n is None else f"{count_of(figure, part):,}"
            of_all = "" if whole is None or whole.n is None else f"{count_of(whole, part):,}"
            right = Span(f"{count:>7}{of_all:>9}", "strong" if part != MISSING else "dim")
            ink: Ink = "dim" if part == MISSING else "text"
            first, *more = wrapped(words, cells, at_most=most)
            rows.append(Line((Span("  "), Span(first, ink)), (right,), part))
            rows.extend(line(Span(f"  {row}", ink)) for row in more)
        head = Line((), (Span(f"{'point':>7}{'all':>9}", "dim"),))
        self.parts.show([head, *rows])

    def _show_course(self) -> None:
        overview, here = self._overview, self._here
        if overview is None or here is None or self.measure is None:
            return
        course = self.query_one("#course", PlainLines)
        points = overview.points(self.measure)
        shares = [share_of(one, self.part) for one in points]
        if self.is_table:
            course.show(self._table(overview, points, shares, here))
            row = len(points) - 1 - self._at
            course.scroll_to(y=max(0, row - course.size.height // 2), animate=False, immediate=True)
            return
        if all(share is None for share in shares):
            said = "Nothing of it could be judged in any of these points, so there is no line."
            course.show([line(Span(said, "dim"))])
            return
        few = [one is not None and (one.n or 0) < FEW for one in points]
        ticks = [point_tick(one) for one in overview.stretch]
        cells, rows = course.size.width, course.size.height
        drawn = plot_lines(shares, few, ticks, self._at, cells, rows - 1)
        course.show([*drawn, line(Span(_NOTE.format(few=FEW), "dim"))])

    def _table(
        self,
        overview: Overview,
        points: tuple[Figure | None, ...],
        shares: list[float | None],
        here: Here,
    ) -> list[Line]:
        """The points, the newest first, each with its counts; the chosen one is marked."""
        rows: list[Line] = []
        for place in range(len(points) - 1, -1, -1):
            figure, is_here = points[place], place == self._at
            if figure is None:
                count, unknown = "not read yet", ""
            else:
                count = out_of(figure)
                unknown = f"{unjudged(figure)} not judged" if figure.missing else ""
                if figure.n is not None and shares[place] is not None and figure.bands:
                    count = f"{count_of(figure, self.part):,} of {figure.n:,}"
            name = point_name(overview.stretch[place], here)
            mark = Span("▸ " if is_here else "  ", "accent")
            ink: Ink = "strong" if is_here else "text"
            rows.append(
                line(
                    mark,
                    Span(pad(name, _NAME), ink),
                    Span(f"{count:>{_COUNT}}", ink),
                    Span(f"{unknown:>{_UNKNOWN}}", "dim"),
                    Span(f"   {spark([shares[place]], 1)}", "accent"),
                )
            )
        return rows
