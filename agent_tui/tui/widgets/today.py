"""Today: what stands open for this agent while nobody is on the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.text.cells import width
from agent_tui.tui.messages import MoreWanted
from agent_tui.tui.widgets.ink import Line, Span, line, wrapped
from agent_tui.tui.widgets.lines import ListLines
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.rows import Row
from agent_tui.tui.widgets.today_lines import Section, sections, state_line, words_for_nothing

if TYPE_CHECKING:
    from agent_tui.domain.values.today import Today
    from agent_tui.tui.widgets.here import Here

FEW = {True: 3, False: 6}
"""Rows of a section that are shown until the rest of it is asked for, by whether there is little
height: then all sections stand closer together, too."""
LOW = 18
_CELLS_BEFORE_LAYOUT = 40
_BESIDE_REST = 8
"""Cells of the frame that are left beside what it says of the rest."""


class TodayPane(ListLines):
    """A list of people to turn to, by reason; a key is a `Row`."""

    _lively = True

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._today: Today | None = None
        self._here: Here | None = None
        self._state: tuple[str, ...] = ()
        self._whole: set[str] = set()
        """Titles of the sections of which all is shown."""
        self._headings: list[tuple[int, str]] = []
        """In which row each section begins in which something is to be done, and what it is called,
        with how many there are."""

    @property
    def shows_focus(self) -> bool:
        """With nothing asked, the keys of the find box move its cursor."""
        return self._lively or self.has_focus

    @property
    def is_whole_wanted(self) -> bool:
        """Whether more than the first lines of some section are to be shown."""
        return bool(self._whole)

    def liven(self, lively: bool) -> None:
        """Whether the keys of the find box move its cursor."""
        if lively != self._lively:
            self._lively = lively
            self.refresh()

    def say(self, *words: str) -> None:
        """Show a state in words instead."""
        self._today = None
        self._state = words
        self._lay_out()

    def show_today(self, today: Today, here: Here) -> None:
        """Show what stands open."""
        self._today, self._here = today, here
        self._lay_out()

    def on_resize(self, _event: object) -> None:
        """The columns are narrower or wider, or Today is back on the screen."""
        self.scroll_to(y=0, animate=False, immediate=True)
        self._lay_out()

    def action_open(self) -> None:
        """Open whoever the row is about; what was left out of a section comes in its place."""
        row = self.key
        if not isinstance(row, Row) or row.kind != "more":
            super().action_open()
            return
        place = self.cursor
        self._whole.add(row.section)
        self._lay_out()
        if place is not None and place < len(self._lines) and self._lines[place].key is not None:
            self._put_cursor(place)
        self.post_message(MoreWanted())

    def _lay_out(self) -> None:
        today, here = self._today, self._here
        cells = self.size.width or _CELLS_BEFORE_LAYOUT
        if today is None or here is None:
            self._headings = []
            rows = (row for words in self._state for row in wrapped(words, cells, at_most=6))
            self.show([line(Span(row, "dim")) for row in rows])
            return
        shown = sections(today, here, cells)
        lines = [state_line(today, here)]
        if not any(section.stands_open for section in shown):
            for words in words_for_nothing(today):
                lines.extend(line(Span(row, "dim")) for row in wrapped(words, cells, at_most=2))
        gap = [] if self._is_low else [Line()]
        self._headings = []
        for section in shown:
            if section.stands_open:
                self._headings.append((len(lines) + len(gap), f"{section.title} {section.total}"))
            lines.extend([*gap, section.heading, *self._rows(section)])
        place, before = self.cursor, self.key
        self.show(lines)
        if place is not None and before is not None and self.key != before:
            self._stay_near(place)
        self._say_rest()

    def go_to(self, section: str) -> Row | None:
        """Put the cursor on the first row of a section, which is returned; None where it has
        none."""
        for row, shown in enumerate(self._lines):
            if isinstance(shown.key, Row) and shown.key.section == section:
                self._put_cursor(row)
                return shown.key
        return None

    def _stay_near(self, place: int) -> None:
        """What the cursor stood on is done: it goes to what stands there now."""
        stands = [row for row, shown in enumerate(self._lines) if shown.key is not None]
        behind = [row for row in stands if row >= place]
        if stands:
            self._put_cursor(behind[0] if behind else stands[-1])

    @property
    def _is_low(self) -> bool:
        return self.size.height < LOW

    def watch_scroll_y(self, old: float, new: float) -> None:
        """The rows below the edge are fewer or more."""
        super().watch_scroll_y(old, new)
        self._say_rest()

    def _say_rest(self) -> None:
        """Say in the frame what stands open below, or how much else there is."""
        if isinstance(self.parent, Panel):
            below = round(self.scroll_offset.y) + self.size.height
            rest = len(self._lines) - below
            words = f"{rest} line{'' if rest == 1 else 's'} below"
            hidden = [words for row, words in self._headings if row >= below]
            words = _fitting(hidden, self.size.width - _BESIDE_REST) or words
            self.parent.remark(f"{words} · ↓" if rest > 0 else "")

    def _rows(self, section: Section) -> list[Line]:
        """The rows of a section: the first of them, or all that are read; and how many more."""
        rows = list(section.rows)
        at_most = len(rows) if section.title in self._whole else FEW[self._is_low]
        if len(rows) <= at_most + 1:
            at_most = len(rows)
        left_out = section.total - at_most
        if left_out <= 0:
            return rows[:at_most]
        key = Row("more", 0, section.title)
        return [*rows[:at_most], line(Span(f"  and {left_out} more", "dim"), key=key)]


def _fitting(words: list[str], cells: int) -> str:
    """The last of these, as many as there is room for, and a sign of those before them."""
    for first in range(len(words)):
        shown = " · ".join(["…"] * bool(first) + words[first:])
        if width(shown) <= cells:
            return shown
    return ""
