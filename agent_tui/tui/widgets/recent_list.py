"""The interactions of Recent: a window on them, however many there are, that moves with the reader
and stays where it is while new ones come."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import BindingType
from textual.events import MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message

from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.widgets.ink import Line, Span, line, wrapped
from agent_tui.tui.widgets.lines import ListLines
from agent_tui.tui.widgets.recent_lines import row_line
from agent_tui.tui.widgets.recent_window import RecentWindow

if TYPE_CHECKING:
    from collections.abc import Collection

    from agent_tui.domain.values.recent import RecentPage, RecentPlace, RecentRow
    from agent_tui.tui.widgets.here import Here

WhichRows = Literal["newest", "oldest", "older", "newer"]
"""A page of Recent: at an end of it, or on from a place."""
_NEAR = 30
"""Rows before an end of what is loaded where reading on begins."""
_WHEEL_ROWS = 3
_STATE_ROWS = 8


class RecentList(ListLines):
    """Says which page it needs (`Wanted`) and is told the pages, what came and what changed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(
        "timeline", without=("next_kind", "kind_before")
    )

    class Wanted(Message):
        """More rows are needed: those at an end, or on from a place."""

        def __init__(self, which: WhichRows, place: RecentPlace | None = None) -> None:
            super().__init__()
            self.which = which
            self.place = place

    class Moved(Message):
        """What is on the screen is another part, or how much came above is another number."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._window = RecentWindow()
        self._here: Here | None = None
        self._said = ""
        self._asked: WhichRows | None = None
        self._above: set[int] = set()
        self._made: dict[int, tuple[RecentRow, int, object, Line]] = {}

    # -- what there is to show ---------------------------------------------------------------

    def say(self, words: str) -> None:
        """Show a state in words instead of rows: loading, empty, failed."""
        self._said, self._asked = words, None
        self._window = RecentWindow()
        self._above.clear()
        self._lay_out(from_top=True)

    def ask_newest(self) -> None:
        """Ask for the newest rows of another list; the present ones stay until they come."""
        self._ask("newest")

    def take(self, page: RecentPage, which: WhichRows, here: Here, nothing: str) -> None:
        """Take a page that was asked for last; `nothing` is said where the list is empty."""
        self._here = here
        if self._asked == which:
            self._asked = None
        self._said = nothing
        window = self._window
        if which in ("newest", "oldest"):
            self._window = RecentWindow.of(page)
            self._above.clear()
            self._lay_out(from_top=which == "newest")
            if which == "oldest":
                self.move(len(self._window.rows))
            else:
                self.scroll_to(y=0, animate=False, immediate=True)
        else:
            if which == "older":
                window.add_older(page)
            else:
                window.add_newer(page)
            self._lay_out()
        self._read_on()

    def say_nothing(self, words: str) -> None:
        """Say something else where the list is known to be empty."""
        if not self._window.rows and self._asked is None:
            self._said = words
            self._lay_out()

    def failed(self, which: WhichRows, words: str) -> None:
        """A page could not be read: it may be asked for again."""
        if self._asked == which:
            self._asked = None
        if not self._window.rows:
            self.say(words)

    def bring(
        self,
        fresh: Collection[RecentRow],
        gone: Collection[int],
        here: Here,
    ) -> int:
        """Take what changed: rows as they read now, of which those not yet known have come; and
        those that are among what is looked for no more. The row under the cursor stays. Returns by
        how many more there are, negative where there are fewer."""
        self._here = here
        window, known = self._window, len(self._window.rows)
        was_at_top = self.is_at_top
        window.reread(row for row in fresh if window.holds(row.interaction.id))
        window.drop({one for one in gone if one != self.key})
        fewer = known - len(window.rows)
        new = [row for row in fresh if not window.holds(row.interaction.id)]
        newer = window.put(new)
        self._lay_out(stays_at_top=was_at_top)
        if not self.is_at_top:
            self._above |= set(newer)
            self.post_message(self.Moved())
        return len(newer) - fewer

    def tick(self, here: Here) -> None:
        """A minute has passed: what is told relatively reads differently."""
        self._here = here
        self._lay_out()

    def go_to(self, interaction_id: int) -> None:
        """Put the cursor on an interaction, if it is loaded."""
        position = self._window.position(interaction_id)
        if position is not None and position != self.cursor:
            self._put_cursor(position)

    @property
    def row(self) -> RecentRow | None:
        """What the cursor stands on."""
        position = self._window.position(self.key)
        return None if position is None else self._window.rows[position]

    @property
    def rows(self) -> list[RecentRow]:
        """The rows that are loaded."""
        return self._window.rows

    @property
    def window(self) -> RecentWindow:
        """What is loaded."""
        return self._window

    @property
    def newer_above(self) -> int:
        """How many came above what is on the screen since the reader was at the top."""
        return len(self._above)

    @property
    def is_at_top(self) -> bool:
        """Whether the newest row of all is on the screen."""
        return self.scroll_offset.y == 0 and not self._window.has_newer

    # -- moving ------------------------------------------------------------------------------

    def action_older(self) -> None:
        """A page down, into the past."""
        self.move(max(1, self.size.height - 1))

    def action_recent(self) -> None:
        """A page up, towards the present."""
        self.move(-max(1, self.size.height - 1))

    def action_latest(self) -> None:
        """To what happened last."""
        if self._window.has_newer:
            self._ask("newest")
        else:
            self.move(-len(self._window.rows))
            self.scroll_to(y=0, animate=False, immediate=True)

    def action_oldest(self) -> None:
        """To what happened first of all."""
        if self._window.has_older:
            self._ask("oldest")
        else:
            self.move(len(self._window.rows))

    def step(self, rows: int) -> bool:
        """Put the cursor so many rows further down, or up; false where there is none loaded."""
        before = self.key
        self.move(rows)
        return bool(self.key != before)

    def keep_in_sight(self) -> None:
        """The list is in sight again: scroll to the row of the cursor, no further than needed."""
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        # While something else stands in its place it has no rows to scroll among.
        if self.size.height:
            super()._keep_in_sight()

    def _put_cursor(self, row: int) -> None:
        super()._put_cursor(row)
        self._read_on()

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Another part is on the screen."""
        super().watch_scroll_y(old, new)
        if self.is_at_top and self._above:
            self._above.clear()
        self.post_message(self.Moved())
        self._read_on()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll with the wheel; the cursor stays on its row."""
        event.stop()
        event.prevent_default()
        self.scroll_to(y=self.scroll_offset.y + _WHEEL_ROWS, animate=False, immediate=True)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        event.prevent_default()
        self.scroll_to(y=self.scroll_offset.y - _WHEEL_ROWS, animate=False, immediate=True)

    def _read_on(self) -> None:
        """Ask for more, before the reader comes to an end of what is loaded."""
        window, top = self._window, self.scroll_offset.y
        count, low = len(window.rows), top + self.size.height
        at = top if self.cursor is None else self.cursor
        is_near_end = max(low, at) >= count - _NEAR
        if window.has_older and (is_near_end or window.searched_back_to is not None):
            self._ask("older", window.behind)
        elif window.has_newer and count and min(top, at) < _NEAR:
            self._ask("newer", window.rows[0].place)

    def _ask(self, which: WhichRows, place: RecentPlace | None = None) -> None:
        """Ask for a page, once; an end is asked for before what is next."""
        if self._asked is None or which in ("newest", "oldest"):
            self._asked = which
            self.post_message(self.Wanted(which, place))

    # -- rows --------------------------------------------------------------------------------

    def on_resize(self, _event: Resize) -> None:
        """The columns take another width."""
        self._lay_out()

    def _lay_out(self, *, from_top: bool = False, stays_at_top: bool = False) -> None:
        """Show what is loaded; whatever comes above, the rows on the screen stay where they are,
        unless the reader is at the top, where what is new is in sight."""
        top, cells = self.scroll_offset.y, self.size.width
        edge = self._lines[top].key if top < len(self._lines) else None
        lines = [self._line(row, cells) for row in self._window.rows]
        if not lines and self._said:
            rows = wrapped(self._said, max(8, cells - 2), at_most=_STATE_ROWS)
            lines = [line(Span(f"  {row}", "dim")) for row in rows]
        loaded = {row.interaction.id for row in self._window.rows}
        self._made = {key: made for key, made in self._made.items() if key in loaded}
        self.show(lines, from_top=from_top)
        if stays_at_top:
            # Unless the row that keys act on would go out of sight.
            if self.cursor is not None and self.cursor < self.size.height:
                self.scroll_to(y=0, animate=False, immediate=True)
        elif not from_top and edge is not None:
            position = self._window.position(edge)
            if position is not None and position != self.scroll_offset.y:
                self.scroll_to(y=position, animate=False, immediate=True)
        self.post_message(self.Moved())

    def _line(self, row: RecentRow, cells: int) -> Line:
        here = self._here
        assert here is not None
        moment = here.now.replace(second=0, microsecond=0)
        made = self._made.get(row.interaction.id)
        if made is None or made[:3] != (row, cells, moment):
            made = (row, cells, moment, row_line(row, here, cells))
            self._made[row.interaction.id] = made
        return made[3]
