"""Rows of plain text on the line API: only what is on the screen is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from agent_tui.text.cells import width
from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.widgets.ink import Inked, Line, Span, paint

if TYPE_CHECKING:
    from collections.abc import Sequence


class PlainBar(Inked):
    """A few rows that do not scroll: a header, a strip, a preview."""

    DEFAULT_CSS = "PlainBar { height: 1; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: Sequence[Line] = ()

    def show(self, *lines: Line) -> None:
        """Show these rows."""
        if tuple(lines) != tuple(self._lines):
            self._lines = lines
            self.refresh()

    @property
    def lines(self) -> Sequence[Line]:
        """The rows that are shown."""
        return self._lines

    def render_line(self, y: int) -> Strip:
        """Paint one row."""
        cells = self.size.width
        if y >= len(self._lines):
            return Strip.blank(cells, self.rich_style)
        return paint(self._lines[y], cells, self.inks)


class PlainLines(Inked, ScrollView):
    """Rows that scroll."""

    DEFAULT_CSS = """
    PlainLines {
        overflow-x: hidden;
        scrollbar-size-vertical: 0;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: Sequence[Line] = ()

    @property
    def lines(self) -> Sequence[Line]:
        """The rows, on the screen or not."""
        return self._lines

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether there is more than fits: no scroll bar is needed for that."""
        return self.max_scroll_y > 0

    def show(self, lines: Sequence[Line]) -> None:
        """Show these rows; where the reader stands does not move."""
        before, self._lines = self._lines, lines
        self._measure()
        top, height = self.scroll_offset.y, self.size.height
        changed = [
            Region(0, row - top, self.size.width, 1)
            for row in range(top, top + height)
            if _row(before, row) != _row(lines, row)
        ]
        if changed:
            self.refresh(*changed)

    def _measure(self) -> None:
        """How many rows there are; the screen is laid out anew where the height goes by them."""
        size = Size(self.size.width, len(self._lines))
        if size != self.virtual_size:
            is_other_height = size.height != self.virtual_size.height
            self.virtual_size = size
            if is_other_height and self.styles.is_auto_height:
                self.refresh(layout=True)
            if self.scroll_y > self.max_scroll_y:
                self.scroll_to(y=self.max_scroll_y, animate=False)

    def render_line(self, y: int) -> Strip:
        """Paint one row of those on the screen."""
        cells = self.size.width
        row = y + self.scroll_offset.y
        if row >= len(self._lines):
            return Strip.blank(cells, self.rich_style)
        return self.paint_row(row, cells)

    def paint_row(self, row: int, cells: int) -> Strip:
        """Paint one row of all."""
        return paint(self._lines[row], cells, self.inks)


class ListLines(PlainLines, can_focus=True):
    """Rows of which one can be chosen: those with a key."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list")

    class Highlighted(Message):
        """The cursor moved to another key, or there is none."""

        def __init__(self, lines: ListLines, key: Any) -> None:
            super().__init__()
            self.lines = lines
            self.key = key

        @property
        def control(self) -> ListLines:
            """The list in which it moved."""
            return self.lines

    class Chosen(Message):
        """A key was chosen, with Enter or the mouse."""

        def __init__(self, lines: ListLines, key: Any) -> None:
            super().__init__()
            self.lines = lines
            self.key = key

        @property
        def control(self) -> ListLines:
            """The list in which it was chosen."""
            return self.lines

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor: int | None = None

    @property
    def key(self) -> Any:
        """What the cursor stands on."""
        if self.cursor is None or self.cursor >= len(self._lines):
            return None
        return self._lines[self.cursor].key

    def show(self, lines: Sequence[Line], *, from_top: bool = False) -> None:
        """Show these rows; the cursor stays on its key if that is still there.

        With `from_top` it goes to the first key: this is the answer to another question.
        """
        before, place = self.key, self.cursor
        was_in_sight = self.has_focus and self._is_in_sight()
        super().show(lines)
        stands = [row for row, shown in enumerate(lines) if shown.key is not None]
        same = [
            row
            for row in stands
            if lines[row].key == before and before is not None and not from_top
        ]
        self.cursor = same[0] if same else (stands[0] if stands else None)
        if self.key != before:
            self._keep_in_sight()
            self.post_message(self.Highlighted(self, self.key))
        elif was_in_sight and self.cursor != place:
            # More rows, or fewer, stand above what keys act on.
            self._keep_in_sight()

    def _is_in_sight(self) -> bool:
        """Whether the row of the cursor is on the screen."""
        top = self.scroll_offset.y
        return self.cursor is not None and top <= self.cursor < top + self.size.height

    def move(self, step: int) -> None:
        """Move the cursor by so many keys."""
        stands = [row for row, shown in enumerate(self._lines) if shown.key is not None]
        if not stands:
            return
        here = stands.index(self.cursor) if self.cursor in stands else 0
        there = stands[max(0, min(len(stands) - 1, here + step))]
        if there != self.cursor:
            self._put_cursor(there)

    def _put_cursor(self, row: int) -> None:
        old, self.cursor = self.cursor, row
        for changed in (old, row):
            if changed is not None:
                y = changed - self.scroll_offset.y
                self.refresh(Region(0, y, self.size.width, 1))
        self._keep_in_sight()
        self.post_message(self.Highlighted(self, self.key))

    def _keep_in_sight(self) -> None:
        """Scroll to the cursor; at the first key also to the heading above it."""
        if self.cursor is None:
            return
        if all(shown.key is None for shown in self._lines[: self.cursor]):
            self.scroll_to(y=0, animate=False, immediate=True)
        else:
            region = Region(0, self.cursor, self.size.width, 1)
            self.scroll_to_region(region, animate=False, immediate=True)

    def paint_row(self, row: int, cells: int) -> Strip:
        """Paint one row; the chosen one lies on its own ground."""
        shown = self._lines[row]
        if row != self.cursor or not self.shows_focus:
            return paint(shown, cells, self.inks)
        return paint(_pointed_at(shown), cells, self.inks, self.inks["chosen"])

    @property
    def shows_focus(self) -> bool:
        """Whether the chosen row is painted as the one that keys act on."""
        return self.has_focus

    def action_down(self) -> None:
        """One key down."""
        self.move(1)

    def action_up(self) -> None:
        """One key up."""
        self.move(-1)

    def action_open(self) -> None:
        """Choose the key under the cursor."""
        if self.key is not None:
            self.post_message(self.Chosen(self, self.key))

    def on_focus(self) -> None:
        """The chosen row looks different with the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """The chosen row looks different without the focus."""
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Choose the row under the mouse."""
        row = event.y + self.scroll_offset.y
        if row < len(self._lines) and self._lines[row].key is not None:
            self._put_cursor(row)
            self.action_open()

    def on_resize(self, _event: Resize) -> None:
        """Keep the cursor in sight."""
        self._keep_in_sight()


class ListEntries(ListLines):
    """A list in which one thing may take several rows: those below its first one have no key, and
    stay in sight with it. An empty row, or the next key, ends them."""

    def _keep_in_sight(self) -> None:
        super()._keep_in_sight()
        if self.cursor is None or not self.size.height:
            return
        end = self.cursor + 1
        while end < len(self._lines) and self._lines[end].key is None and self._lines[end].left:
            end += 1
        rows = min(end - self.cursor, self.size.height)
        region = Region(0, self.cursor, self.size.width, rows)
        self.scroll_to_region(region, animate=False, immediate=True)


def _row(lines: Sequence[Line], row: int) -> Line | None:
    return lines[row] if row < len(lines) else None


def _pointed_at(shown: Line) -> Line:
    """The line with a sign in its margin, so that the chosen row is told by more than colour.

    The margin is the first two cells; its second one is free where a glyph stands in the first.
    """
    if not shown.left or width(shown.left[0].text) < 2:
        return shown
    first = shown.left[0]
    glyph, margin = first.text[0], first.text[1]
    if margin != " ":
        return shown
    sign = Span("▸ ", "accent") if glyph == " " else Span(f"{glyph}▸", first.ink)
    return Line((sign, Span(first.text[2:], first.ink), *shown.left[1:]), shown.right, shown.key)
