"""Where the reader stands in a conversation: what is on the screen, and which entry is chosen.

The place is kept by the thing at the upper edge, never by a row number, so that nothing moves
when something above is loaded, changed or laid out anew. Rows are counted only for what is, or is
about to be, on the screen. Plain bookkeeping, without a screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from agent_tui.domain.values.conversation import Entry, Place
    from agent_tui.tui.widgets.conversation_window import Window

Size = Callable[[int], tuple[int, int]]
"""The rows above the text of the thing at a position (a day, a gap), and all its rows."""


class Top(NamedTuple):
    """What stands at the upper edge: a thing, and the row of its text (below 0: above it)."""

    place: Place
    row: int


class View:
    """A screen of `height` rows on a window. `follows` the newest line while it is in sight."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self.height = 0
        self.top: Top | None = None
        self.follows = True
        self.chosen: Place | None = None
        """The place of the chosen entry; None chooses the last one, whichever that is."""

    def reset(self) -> None:
        """Stand at the end, and choose the last entry."""
        self.top, self.follows, self.chosen = None, True, None

    # -- what is on the screen ---------------------------------------------------------------

    def rows(self, window: Window) -> list[tuple[int, int]]:
        """The rows on the screen, each as a position in the window and a row of what is there."""
        if not window.items or self.height <= 0:
            return []
        if self.follows or self.top is None:
            self._stand(window, len(window) - 1, self._all(len(window) - 1), -self.height)
        shown = self._below(window, *self._edge(window))
        if len(shown) < self.height:
            # Nothing is below: what fills the screen is above.
            self._stand(window, len(window) - 1, self._all(len(window) - 1), -self.height)
            shown = self._below(window, *self._edge(window))
        return shown

    def at_end(self, window: Window) -> bool:
        """Whether the last row of the window is on the screen."""
        shown = self.rows(window)
        last = len(window) - 1
        return not shown or shown[-1] == (last, self._all(last) - 1)

    def scroll(self, window: Window, rows: int) -> None:
        """Move so many rows, up where negative, no further than the ends."""
        if not self.rows(window):
            return
        position, row = self._edge(window)
        self.follows = False
        self._stand(window, position, row, rows)
        self._settle(window)

    def show(self, window: Window, position: int) -> None:
        """Put the text of a thing at the upper edge; choose it, or the entry that follows."""
        self.follows = False
        self._stand(window, position, self._size(position)[0], 0)
        entry = _entry_at(window, position, 1)
        self.chosen = window.items[position if entry is None else entry].place
        self._settle(window)

    def begin(self, window: Window) -> None:
        """Stand at the first thing of all, and choose the first entry."""
        if window.items:
            self.show(window, 0)
            self._stand(window, 0, 0, 0)
            self._settle(window)

    def stay_at_first(self, window: Window) -> None:
        """There is another size: whoever reads the first entry of all goes on reading it, also
        where the last one was in sight beside it."""
        first = _entry_at(window, 0, 1)
        if self.follows and first is not None and self.chosen == window.items[first].place:
            self.begin(window)

    def _all(self, position: int) -> int:
        return self._size(position)[1]

    def _edge(self, window: Window) -> tuple[int, int]:
        """The upper edge as a position and a row of all its rows."""
        assert self.top is not None
        position = min(window.nearest(self.top.place), len(window) - 1)
        above, rows = self._size(position)
        if window.items[position].place != self.top.place:
            return position, 0
        return position, max(0, min(self.top.row + above, rows - 1))

    def _stand(self, window: Window, position: int, row: int, move: int) -> None:
        """Put the upper edge so many rows below a row, as far as there is something."""
        row += move
        while row < 0 and position > 0:
            position -= 1
            row += self._all(position)
        while row >= (rows := self._all(position)) and position < len(window) - 1:
            position += 1
            row -= rows
        row = max(0, min(row, self._all(position) - 1))
        self.top = Top(window.items[position].place, row - self._size(position)[0])

    def _below(self, window: Window, position: int, row: int) -> list[tuple[int, int]]:
        shown: list[tuple[int, int]] = []
        while len(shown) < self.height and position < len(window):
            rows = self._all(position)
            shown += [(position, one) for one in range(row, rows)]
            position, row = position + 1, 0
        return shown[: self.height]

    # -- the chosen entry --------------------------------------------------------------------

    def current(self, window: Window) -> Entry | None:
        """The chosen entry."""
        position = self.position(window)
        return None if position is None else window.items[position].entry

    def position(self, window: Window) -> int | None:
        """Where the chosen entry stands; the last one where none is chosen or it is gone."""
        if self.chosen is not None:
            found = window.find(self.chosen)
            if found is not None:
                return found
        return _entry_at(window, len(window) - 1, -1)

    def choose(self, window: Window, position: int) -> None:
        """Choose an entry."""
        self.chosen = window.items[position].place
        self._settle(window)

    def move(self, window: Window, step: int) -> None:
        """Choose the next entry down (1) or up (-1); one longer than the screen is read first."""
        shown = self.rows(window)
        position = self.position(window)
        if position is None or not shown:
            return
        if all(one != position for one, _row in shown):
            # What was chosen is out of sight: begin with what the reader sees.
            if self._choose_in(window, shown, upper=step > 0):
                return
            position = shown[-1][0] if step > 0 else shown[0][0]
        elif hidden := self._hidden(position, shown, step):
            self.scroll(window, step * min(hidden, max(1, self.height // 3)))
            return
        following = _entry_at(window, position + step, step)
        if following is None:
            self.scroll(window, step * self.height)
            return
        self._bring(window, following, step)
        self.choose(window, following)

    def page(self, window: Window, step: int) -> None:
        """A screen up (-1) or down (1), with two rows of overlap; the chosen entry goes along."""
        before = self.top, self.follows
        self.scroll(window, step * max(1, self.height - 2))
        if (self.top, self.follows) == before or self.follows:
            end = _entry_at(window, len(window) - 1, -1) if step > 0 else _entry_at(window, 0, 1)
            if end is not None:
                self.choose(window, end)
            return
        self._choose_in(window, self.rows(window), upper=step < 0)

    def _choose_in(self, window: Window, shown: list[tuple[int, int]], *, upper: bool) -> bool:
        """Choose the uppermost or the lowest entry on the screen, one whose text begins there if
        there is any; false where there is none."""
        entries = [one for one in shown if window.items[one[0]].entry is not None]
        begun = [(position, row) for position, row in entries if row == self._size(position)[0]]
        if entries:
            self.choose(window, (begun or entries)[0 if upper else -1][0])
        return bool(entries)

    def _hidden(self, position: int, shown: list[tuple[int, int]], step: int) -> int:
        """How many rows of an entry lie beyond the edge towards which one moves."""
        rows = [row for one, row in shown if one == position]
        above, every = self._size(position)
        return every - 1 - rows[-1] if step > 0 else max(0, rows[0] - above)

    def _bring(self, window: Window, position: int, step: int) -> None:
        """Scroll so far that an entry is in sight, or as much of it as there is room for."""
        shown = self.rows(window)
        rows = [row for one, row in shown if one == position]
        above, every = self._size(position)
        first = _entry_at(window, 0, 1)
        begin = 0 if position == first else above
        if step > 0 and (not rows or rows[-1] < every - 1):
            if rows or position > shown[-1][0]:
                lead = min(every, self.height)
                self.follows = False
                self._stand(window, position, lead - self.height, 0)
                self._settle(window)
        elif step < 0 and (not rows or rows[0] > begin):
            lead = max(begin, every - self.height) if every - begin > self.height else begin
            self.follows = False
            self._stand(window, position, lead, 0)
            if position == first:
                self._stand(window, 0, 0, 0)
            self._settle(window)

    def _settle(self, window: Window) -> None:
        """Follow the newest line while it is in sight; then the last entry, where it is chosen,
        goes on being the last one. Else the chosen one stays whatever arrives."""
        self.rows(window)
        self.follows = self.at_end(window) and window.later is None
        last = _entry_at(window, len(window) - 1, -1)
        if last is None:
            return
        place = window.items[last].place
        if self.follows and self.chosen == place:
            self.chosen = None
        elif not self.follows and self.chosen is None:
            self.chosen = place


def _entry_at(window: Window, position: int, step: int) -> int | None:
    """The first entry from a position on, in the direction of `step`."""
    while 0 <= position < len(window):
        if window.items[position].entry is not None:
            return position
        position += step
    return None
