"""All that was said with somebody, in one scroll across channels and years."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.messages import CopyRequested, EntryHighlighted, PageRequested, WhichPage
from agent_tui.tui.widgets.conversation_layout import Layout
from agent_tui.tui.widgets.conversation_lines import pointed_at
from agent_tui.tui.widgets.conversation_view import View
from agent_tui.tui.widgets.conversation_window import Window
from agent_tui.tui.widgets.ink import Inked, Line, Span, line, paint, wrapped

if TYPE_CHECKING:
    from agent_tui.domain.values.conversation import Conversation, Entry, Fresh, Place
    from agent_tui.tui.widgets.conversation_lines import Sought
    from agent_tui.tui.widgets.here import Here

_WHEEL_ROWS = 3
_READ_AHEAD = 40
"""Things left beyond the edge of the screen when more is asked for."""
_KEPT_WHEN_RESIZED = 300
_NOTHING = "Nothing was said yet."
_STATE_ROWS = 6


class ConversationPane(Inked, can_focus=True):
    """The window on a conversation, and the entry of it that is chosen.

    It scrolls by itself: only what is on the screen is laid out, and a line that arrives lays out
    nothing but itself. New lines appear below without moving somebody who reads above; more is
    asked for (`PageRequested`) before the reader comes to either end of what is loaded.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list", "conversation", without=("open",))

    class ReadOn(Message):
        """The reader reached the newest line."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.unseen = 0
        self._rows_of = Layout()
        self._view = View(self._rows_of.size)
        self._window = self._rows_of.window
        self._said = ""
        self._asked: WhichPage | None = None
        self._rows: list[tuple[int, int]] = []
        self._shown: list[tuple[Line, bool]] = []
        self._told: Entry | None = None

    # -- what there is to show ---------------------------------------------------------------

    def say(self, words: str) -> None:
        """Show a state in words instead of a conversation: empty, loading, failed."""
        self._said = words
        self._look_through(Window())
        self._asked, self.unseen = None, 0
        self._view.reset()
        self._arrange()

    def mark(self, sought: Sought | None) -> None:
        """Mark the words that this finds in what was said, or nothing any more."""
        if sought is not self._rows_of.sought:
            self._rows_of.sought = sought
            self._forget_rows()

    def take(
        self,
        conversation: Conversation,
        here: Here,
        which: WhichPage = "newest",
        place: Place | None = None,
    ) -> None:
        """Take a page that was asked for; one that fits no longer to what is loaded is dropped."""
        self._rows_of.here, self._asked = here, None
        self._said = _NOTHING
        window = self._window
        if which == "earlier":
            if place == window.earlier:
                window.add_earlier(conversation)
        elif which == "later":
            if place == window.later:
                window.add_later(conversation)
        else:
            self._look_through(Window.of(conversation, window.last))
            if which == "newest":
                self._view.reset()
            elif which == "first":
                self._view.begin(self._window)
            elif which == "around" and place is not None:
                self.go_to(place)
        self._changed()

    def take_fresh(self, fresh: Fresh, here: Here) -> None:
        """Take what changed; where more came than was read, the newest page is asked for."""
        self._rows_of.here = here
        followed = self._view.follows and self._window.later is None
        new = self._window.merge(fresh)
        if not followed:
            self.unseen += new
        elif fresh.later is not None:
            self._ask("newest", None)
        self._changed()

    def _look_through(self, window: Window) -> None:
        self._window = self._rows_of.window = window
        self._rows_of.changed()

    def _changed(self) -> None:
        self._window.trim(self._near)
        self._rows_of.changed()
        self._arrange()

    @property
    def _near(self) -> int:
        """The position in the window around which things stay loaded."""
        top = self.top
        return len(self._window) if top is None else self._window.nearest(top)

    def go_to(self, place: Place) -> bool:
        """Scroll to a place and choose what is there; false where it is not loaded."""
        position = self._window.find(place)
        if position is None:
            return False
        self._view.show(self._window, position)
        self._moved()
        return True

    def go_to_passage(self, interaction_id: int) -> bool:
        """Scroll to the beginning of an interaction; false where that is not loaded."""
        for item in self._window.items:
            if item.entry is None and item.place.passage_id == interaction_id:
                return self.go_to(item.place)
        return False

    def go_to_note(self, note_id: int) -> bool:
        """Scroll to a note and choose it; false where it is not loaded."""
        for item in self._window.items:
            if item.entry is not None and (item.entry.kind, item.entry.id) == ("note", note_id):
                return self.go_to(item.place)
        return False

    @property
    def current(self) -> Entry | None:
        """The chosen entry: the last one, unless the reader chose another."""
        return self._view.current(self._window)

    @property
    def last(self) -> Place | None:
        """The last place that is known of, loaded or not."""
        return self._window.last

    @property
    def top(self) -> Place | None:
        """The place at the upper edge; None where the newest line is followed."""
        top = self._view.top
        return None if self._view.follows or top is None else top.place

    @property
    def lines(self) -> list[Line]:
        """The rows on the screen."""
        return [shown for shown, _chosen in self._shown]

    # -- moving ------------------------------------------------------------------------------

    def action_down(self) -> None:
        """The next entry."""
        self._view.move(self._window, 1)
        self._moved()

    def action_up(self) -> None:
        """The entry before."""
        self._view.move(self._window, -1)
        self._moved()

    def action_earlier(self) -> None:
        """A page up, through all that was ever said."""
        self._view.page(self._window, -1)
        self._moved()

    def action_later(self) -> None:
        """A page down."""
        self._view.page(self._window, 1)
        self._moved()

    def action_first(self) -> None:
        """To the true beginning."""
        if self._window.earlier is not None:
            self._ask("first", None)
        else:
            self._view.begin(self._window)
            self._moved()

    def action_newest(self) -> None:
        """To the newest line."""
        if self._window.later is not None:
            self._ask("newest", None)
        else:
            self._view.reset()
            self._moved()

    def action_copy_entry(self) -> None:
        """Copy the chosen entry."""
        if self.current is not None:
            self.post_message(CopyRequested(self.current))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll with the wheel."""
        event.stop()
        self._view.scroll(self._window, _WHEEL_ROWS)
        self._moved()

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        self._view.scroll(self._window, -_WHEEL_ROWS)
        self._moved()

    def on_click(self, event: Click) -> None:
        """Choose what is under the mouse."""
        if event.y < len(self._rows):
            position = self._rows[event.y][0]
            if self._window.items[position].entry is not None:
                self._view.choose(self._window, position)
                self._moved()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The chosen entry is shown while keys go here."""
        super().watch_has_focus(has_focus)
        self._arrange()

    def _moved(self) -> None:
        """The reader moved: read on in time."""
        self._arrange()
        window = self._window
        if not self._rows:
            return
        above, below = self._rows[0][0], len(window) - self._rows[-1][0]
        if window.earlier is not None and above < _READ_AHEAD:
            self._ask("earlier", window.earlier)
        elif window.later is not None and below <= _READ_AHEAD:
            self._ask("later", window.later)

    def _ask(self, which: WhichPage, place: Place | None) -> None:
        """Ask for a page, once; where the reader wants to be is asked for before what is next."""
        if self._asked is None or which in ("first", "newest"):
            self._asked = which
            self.post_message(PageRequested(which, place))

    def asked_in_vain(self) -> None:
        """A page could not be read: it may be asked for again."""
        self._asked = None

    # -- rows --------------------------------------------------------------------------------

    def on_resize(self, _event: Resize) -> None:
        """There is more room, or less."""
        self._fit()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint. No event tells of a new size that was looked up before it was laid out, as it is
        when something beside the pane appears and takes the focus at once."""
        self._fit()
        return super().render_lines(crop)

    def _fit(self) -> None:
        """Break the lines anew when they are shown; keep loaded only what is near."""
        height, cells = self.size.height, self.size.width
        if (self._view.height, self._rows_of.cells) == (height, cells):
            return
        self._view.height, self._rows_of.cells = height, cells
        if len(self._window) > _KEPT_WHEN_RESIZED:
            self._window.keep(self._near, _KEPT_WHEN_RESIZED)
        self._rows_of.changed()
        self._view.stay_at_first(self._window)
        self._arrange()

    def _arrange(self) -> None:
        """Find the rows on the screen, and paint again those that are different."""
        self._rows = self._view.rows(self._window)
        chosen = self._view.position(self._window) if self.has_focus else None
        shown = [(self._rows_of.lay(one).lines[row], one == chosen) for one, row in self._rows]
        if not shown and self._said:
            rows_said = wrapped(self._said, self.size.width, at_most=_STATE_ROWS)
            shown = [(line(Span(row, "dim")), False) for row in rows_said]
        before, self._shown = self._shown, shown
        rows = range(max(len(before), len(shown)))
        changed = [y for y in rows if before[y : y + 1] != shown[y : y + 1]]
        if len(changed) > self.size.height // 2:
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))
        if self.unseen and self._view.follows:
            self.unseen = 0
            self.post_message(self.ReadOn())
        current = self.current if self.has_focus else None
        if current is not self._told:
            self._told = current
            self.post_message(EntryHighlighted(current))

    def render_line(self, y: int) -> Strip:
        """Paint one row; the chosen entry lies on its own ground, with a sign before it."""
        cells = self.size.width
        if y >= len(self._shown):
            return Strip.blank(cells, self.rich_style)
        shown, chosen = self._shown[y]
        if y >= len(self._rows):
            return paint(shown, cells, self.inks)
        position, row = self._rows[y]
        laid = self._rows_of.lay(position)
        if chosen and row >= laid.above:
            shown = pointed_at(shown) if row == laid.above else shown
            return paint(shown, cells, self.inks, self.inks["chosen"])
        strip = laid.strips[row]
        if strip is None:
            strip = laid.strips[row] = paint(shown, cells, self.inks)
        return strip

    def notify_style_update(self) -> None:
        """The colours changed: paint everything anew."""
        super().notify_style_update()
        self._forget_rows()

    def _forget_rows(self) -> None:
        for item in self._window.items:
            item.laid = None
