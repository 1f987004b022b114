"""Everything that happened with a customer, newest first, read on where the cursor goes."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.geometry import Region

from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.messages import PassageRequested, TimelineRequested
from agent_tui.tui.widgets.lines import ListLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer

    from agent_tui.domain.values.people import Customer
    from agent_tui.domain.values.timeline import TimelineEntry, TimelineFilter, TimelinePlace
    from agent_tui.tui.messages import TimelineArrived, WhichStretch
    from agent_tui.tui.widgets.here import Here
    from agent_tui.tui.widgets.ink import Line
    from agent_tui.tui.widgets.timeline_lines import TimelineRows
    from agent_tui.tui.widgets.timeline_window import TimelineWindow

LOOKED_AT_S = 0.12
"""How long somebody who is not open is looked at before their timeline is read."""
LOADING_S = 0.1
"""How long what was there before stays while another kind is read."""
_NEAR = 20
"""Entries before the end of what is loaded where reading on begins."""
_FEWEST_ROWS = 2


class TimelinePane(ListLines):
    """The timeline of one customer: a window on it, however long it is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("timeline")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._customer: Customer | None = None
        self._here: Here | None = None
        self._shown: TimelineFilter = "all"
        self._window: TimelineWindow | None = None
        self._rows: TimelineRows | None = None
        self._asked: TimelineRequested | None = None
        self._problem = ""
        self._soon: Timer | None = None
        self._is_acting = False

    def show_customer(self, customer: Customer, here: Here, *, is_open: bool) -> bool:
        """Show somebody's timeline; of whoever is shown already, what is new. Returns whether it
        is somebody else's than before."""
        is_other = self._customer is None or self._customer.id != customer.id
        self._customer, self._here = customer, here
        if is_other:
            self._shown, self._window, self._asked = "all", None, None
            self._lay_out(from_top=True)
        self._stop_waiting()
        if is_open:
            self._read_newest()
        else:
            self._soon = self.set_timer(LOOKED_AT_S, self._read_newest)
        return is_other

    def clear(self) -> None:
        """Show nobody."""
        self._stop_waiting()
        self._customer, self._window, self._asked = None, None, None
        self.show(())

    def take(self, arrived: TimelineArrived) -> None:
        """Show a page, or why there is none, if that was the last question."""
        if arrived.asked is not self._asked:
            return
        from agent_tui.tui.widgets.timeline_window import TimelineWindow

        self._asked = None
        rests = self._rests_at_the_top
        which, page = arrived.asked.which, arrived.page
        self._problem = arrived.error.message if arrived.error is not None else ""
        if page is None:
            self._lay_out()
            return
        window = self._window
        if window is None or which in ("newest", "first"):
            self._window = TimelineWindow.of(page)
        elif which == "head":
            window.merge_newest(page)
        elif which == "earlier":
            window.add_earlier(page)
        else:
            window.add_later(page)
        self._lay_out(from_top=which == "newest" or (which == "head" and rests))
        if which == "first":
            self.move(len(page.entries))
        self._read_on()

    def action_next_kind(self) -> None:
        """Show the next kind of entries alone."""
        self._turn(1)

    def action_kind_before(self) -> None:
        """Show the kind before."""
        self._turn(-1)

    def action_older(self) -> None:
        """A page down, into the past."""
        self._page(1)

    def action_recent(self) -> None:
        """A page up, towards the present."""
        self._page(-1)

    def action_latest(self) -> None:
        """To what happened last."""
        if self._window is not None and self._window.later is not None:
            self._ask("newest")
        else:
            self.move(-len(self._starts))

    def action_oldest(self) -> None:
        """To what happened first."""
        if self._window is not None and self._window.earlier is not None:
            self._ask("first")
        else:
            self.move(len(self._starts))

    def action_open(self) -> None:
        """Open where it happened in the conversation."""
        entry = self.entry
        if entry is None:
            return
        if entry.interaction_id is None and entry.note_id is None:
            self.app.notify("This has no place in the conversation.", markup=False)
            return
        self.post_message(PassageRequested(entry.interaction_id, entry.note_id))

    @property
    def entry(self) -> TimelineEntry | None:
        """What the cursor stands on."""
        if self._window is None or self.cursor is None or not self._starts:
            return None
        return self._window.entries[bisect_right(self._starts, self.cursor) - 1]

    @property
    def _rests_at_the_top(self) -> bool:
        """Whether nobody reads here: what happens next stands at the top then, where it is seen."""
        is_first = bool(self._starts) and self.cursor == self._starts[0]
        return is_first and not self._is_acting and not self.scroll_offset.y

    @property
    def hints(self) -> tuple[str, ...]:
        """What the keys do here."""
        return ("Enter opens", "Esc back") if self._starts else ("Esc back",)

    @property
    def shown(self) -> TimelineFilter:
        """The kind of entries that is shown."""
        return self._shown

    @property
    def _starts(self) -> list[int]:
        return [] if self._rows is None else self._rows.starts

    def on_focus(self) -> None:
        """The title says what the keys do."""
        self._is_acting = True
        self._lay_out()

    def on_blur(self) -> None:
        """The keys go elsewhere."""
        self._is_acting = False
        self._lay_out()

    def on_resize(self, _event: object) -> None:
        """Break the lines anew; what there was no room for before is read now."""
        self._lay_out()
        if self._window is None and self._asked is None and self._soon is None:
            self._read_newest()

    def show(self, lines: Sequence[Line], *, from_top: bool = False) -> None:
        """Show these rows; whoever reads below the top stays where they are."""
        row, top = self.cursor, self.scroll_offset.y
        before = self.key
        super().show(lines, from_top=from_top)
        if row is not None and self.cursor is not None and self.key == before and top:
            y = max(0, top + self.cursor - row)
            self.scroll_to(y=y, animate=False, immediate=True)

    def _put_cursor(self, row: int) -> None:
        super()._put_cursor(row)
        self._read_on()

    def _keep_in_sight(self) -> None:
        """Scroll to all rows of what the cursor stands on; at either end to what stands there."""
        if self.cursor is not None and self.cursor in self._starts[1:]:
            at = self._starts.index(self.cursor) + 1
            end = self._starts[at] if at < len(self._starts) else len(self._lines)
            rows = min(end - self.cursor, self.size.height)
            region = Region(0, self.cursor, self.size.width, rows)
            self.scroll_to_region(region, animate=False, immediate=True)
        else:
            super()._keep_in_sight()

    def _turn(self, step: int) -> None:
        from agent_tui.domain.values.timeline import SHOWN

        if self._customer is None:
            return
        filters = list(SHOWN)
        self._shown = filters[(filters.index(self._shown) + step) % len(filters)]
        self._window, self._problem = None, ""
        self._ask("newest")
        self.set_timer(LOADING_S, self._say_loading)

    def _say_loading(self) -> None:
        """Say so where an answer takes longer than a blink."""
        if self._window is None:
            self._lay_out(from_top=True)

    def _page(self, step: int) -> None:
        """Move the cursor by as many rows as are seen."""
        if self.cursor is None or not self._starts:
            return
        here = bisect_right(self._starts, self.cursor) - 1
        there = bisect_right(self._starts, self.cursor + step * max(1, self.size.height - 1)) - 1
        self.move((max(there, here + 1) if step > 0 else min(there, here - 1)) - here)

    def _read_newest(self) -> None:
        """Read what is newest, where there is room to show it; otherwise when there is."""
        self._stop_waiting()
        if self._customer is None:
            return
        if self.size.height < _FEWEST_ROWS:
            self._window = self._asked = None
        elif self._window is None:
            self._ask("newest")
        elif self._window.later is None:
            self._ask("head")

    def _read_on(self) -> None:
        """Read on where the cursor comes near to an end of what is loaded."""
        window = self._window
        if window is None or self._asked is not None or self.cursor is None:
            return
        at = bisect_right(self._starts, self.cursor)
        if window.earlier is not None and at > len(self._starts) - _NEAR:
            self._ask("earlier", window.earlier)
        elif window.later is not None and at <= _NEAR:
            self._ask("later", window.later)

    def _ask(self, which: WhichStretch, place: TimelinePlace | None = None) -> None:
        if self._customer is not None:
            self._problem = ""
            self._asked = TimelineRequested(self._customer.id, self._shown, which, place)
            self.post_message(self._asked)

    def _stop_waiting(self) -> None:
        if self._soon is not None:
            self._soon.stop()
            self._soon = None

    def _lay_out(self, *, from_top: bool = False) -> None:
        cells = self.size.width
        if self._customer is None or self._here is None or not cells:
            return
        from agent_tui.tui.widgets import timeline_lines as laid

        if self._rows is None:
            self._rows = laid.TimelineRows()
        window = self._window
        heading = laid.title_line(self._shown, window, focused=self._is_acting)
        if window is None or not window.entries:
            self._rows.starts = []
            words = "Loading…" if window is None else laid.nothing(self._shown)
            self.show([heading, *laid.words_line(self._problem or words, cells)])
            return
        lines = self._rows.lay(window, self._customer, self._here, cells, heading)
        if self._problem:
            lines.extend(laid.words_line(self._problem, cells))
        self.show(lines, from_top=from_top)
