"""The brief on the screen, above the records that it is made of; and what of it is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.errors import NoWidget
from textual.geometry import Region
from textual.message import Message

from agent_tui.tui.widgets.ink import Line, Span, line, wrapped
from agent_tui.tui.widgets.lines import ListLines
from agent_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agent_tui.domain.values.briefing import BriefLine, OpenedCustomer
    from agent_tui.domain.values.knowing import Herd, PromptOutcome, PromptShown
    from agent_tui.tui.widgets.brief_lines import Spot
    from agent_tui.tui.widgets.brief_shown import BriefShown, OwnMarks
    from agent_tui.tui.widgets.here import Here
    from agent_tui.tui.widgets.sections.shown import Sections


class BriefView(ListLines):
    """Shows the brief, and one section of the records at a time below it.

    It tells which lines of the brief are wholly in view; what that means, others know. A line
    taller than the view is in view while its last row is, once each other row of it has been.
    """

    class InView(Message):
        """Other lines of the brief are in view than before, from top to bottom; or there are none,
        and the place has changed from which there is a way to them."""

        def __init__(self, lines: tuple[BriefLine, ...]) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._brief: BriefShown | None = None
        self._sections: Sections | None = None
        self.keys: Mapping[str, str] = {}
        """The keys that act here, by action, as people call them."""
        self._told: tuple[BriefLine, ...] = ()
        self._passed: dict[tuple[str, int], set[int]] = {}
        """Which rows of a line taller than the view were in it, by the line's key and the width."""
        self._state: tuple[str, ...] = ()

    def kinds_for(self, customer_id: int) -> frozenset[str]:
        """The kinds of lines that stand here already of somebody."""
        return frozenset() if self._brief is None else self._brief.kinds_for(customer_id)

    @property
    def brief(self) -> BriefShown:
        """The brief on the screen; loaded with the first customer."""
        if self._brief is None:
            from agent_tui.tui.widgets.brief_shown import BriefShown

            self._brief = BriefShown()
        return self._brief

    @property
    def sections(self) -> Sections:
        """The records behind the brief; loaded with the first customer."""
        if self._sections is None:
            from agent_tui.tui.widgets.sections.shown import Sections

            self._sections = Sections()
        return self._sections

    @property
    def is_of_somebody(self) -> bool:
        """Whether a brief is shown, and not a state in words."""
        return self._brief is not None and self._brief.opened is not None

    def show_customer(self, opened: OpenedCustomer, here: Here, mine: OwnMarks) -> None:
        """Show somebody's brief; `mine` is what this agent said of its records."""
        self._state = ()
        if not self.sections.is_about(opened):
            self.cursor = None
            self._passed.clear()
        self.brief.show(opened, here, mine)
        self.sections.show(opened, here)
        self._lay_out()

    def say(self, *words: str) -> None:
        """Show a state in words instead: nobody open, loading, failed."""
        self._state = words
        if self._brief is not None:
            self._brief.leave()
        self._lay_out()

    def hold(self, unread: frozenset[str]) -> None:
        """Sign the lines that a script waits for."""
        if self.is_of_somebody and self.brief.unread != unread:
            self.brief.unread = unread
            self._lay_out()

    def way_to(self, unread: Sequence[BriefLine]) -> str:
        """An arrow to the first of the lines still to be read, where none of them is in view."""
        place = self.brief.place(unread[0]) if unread and self.is_of_somebody else None
        is_hidden = not self.display or self.size.height == 0
        if place is None or is_hidden or any(one in self._told for one in unread):
            return ""
        return "↑" if place[0] < self.scroll_offset.y else "↓"

    def turn_to(self, one: BriefLine) -> None:
        """Put the cursor on a line of the brief, and so all of it into view."""
        place = self.brief.place(one)
        if place is not None:
            self._put_cursor(place[0])

    def show_prompt(self, prompt: PromptShown | None) -> None:
        """Show the one thing that is worth asking, or none; one that has an outcome stays."""
        if self.is_of_somebody and self.brief.outcome is None and self.brief.prompt != prompt:
            self.brief.prompt = prompt
            self._lay_out()

    def show_outcome(self, prompt: PromptShown, outcome: PromptOutcome | None) -> None:
        """Show what came of asking; None: it is still to be asked."""
        if self.is_of_somebody and self.brief.prompt in (prompt, None):
            self.brief.prompt, self.brief.outcome = prompt, outcome
            self._lay_out()

    def show_herds(self, herds: tuple[Herd, ...]) -> None:
        """Show who else has the same matter."""
        if self.is_of_somebody and self.brief.herds != herds:
            self.brief.herds = herds
            self._lay_out()

    def on_resize(self, _event: object) -> None:
        """Break the lines anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        cells = self.size.width
        if not cells:
            # Before the first layout nothing is known of its width. Most words need one row: with
            # as many asked for now, the second layout moves nothing.
            self.show([Line()] * len(self._state))
            return
        stood_for = self.brief.spot(self.key) if self.is_of_somebody else None
        if self.is_of_somebody:
            lines = [*self.brief.page(cells, self.keys).lines, Line(), *self.sections.lines(cells)]
        else:
            rows = [row for words in self._state for row in wrapped(words, cells, at_most=6)]
            lines = [line(Span(row, "dim")) for row in rows]
        row, place = self.key, self.cursor
        self.show(lines)
        if place is not None and isinstance(row, Row) and self.key != row:
            self._stay(row, stood_for, place)
        self.call_after_refresh(self._tell_view)

    def _stay(self, gone: Row, stood_for: Spot | None, place: int) -> None:
        """A row has gone from under the cursor. One of the brief was struck out, or taken back in:
        the cursor goes where its record stands now, so that the same key undoes. Any other row
        leaves it beside its place."""
        if stood_for is not None:
            now = self.brief.row_of(stood_for)
            rows = [(at, one.key) for at, one in enumerate(self._lines) if self.brief.spot(one.key)]
            beside = [at for at, key in rows if key == now] or [at for at, _key in rows]
        elif self.sections.holds(gone):
            beside = [at for at, one in enumerate(self._lines) if self.sections.holds(one.key)]
        else:
            return
        if beside:
            self._put_cursor(min(beside, key=lambda at: abs(at - place)))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other lines may be in view."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_view()

    def on_show(self) -> None:
        """The pane is on the screen."""
        self.call_after_refresh(self._tell_view)

    def on_hide(self) -> None:
        """The pane is not on the screen any more."""
        self._tell_view()

    def _tell_view(self) -> None:
        in_view = self._in_view()
        if in_view != self._told or not in_view:
            self._told = in_view
            self.post_message(self.InView(in_view))

    def _in_view(self) -> tuple[BriefLine, ...]:
        """The lines of which every row is on the screen, or has been where they cannot all be."""
        if not self.is_of_somebody:
            return ()
        try:
            place = self.screen.find_widget(self)
        except NoWidget:
            return ()
        seen = place.visible_region
        first = seen.y - place.region.y + self.scroll_offset.y
        found = []
        for one in self.brief.lines:
            top, behind = self.brief.place(one) or (0, 0)
            there = range(max(top, first), min(behind, first + seen.height))
            if not seen.width or not there:
                continue
            if len(there) == behind - top:
                found.append(one)
            elif behind - top > seen.height:
                passed = self._passed.setdefault((one.key, self.size.width), set())
                passed.update(row - top for row in there)
                if there.stop == behind and len(passed) == behind - top:
                    found.append(one)
        return tuple(found)

    def move(self, step: int) -> None:
        """Move the cursor by so many keys; what it stands on is gone through first, a view at a
        time, where that is taller than the view."""
        if self.cursor is not None:
            top, height = self.scroll_offset.y, self.size.height
            last = self._behind(self.cursor) - height
            is_there = last > self.cursor and self.cursor - height < top <= last
            if is_there and step == 1 and top < last:
                self.scroll_to(y=min(last, top + height - 1), animate=False, immediate=True)
                return
            if is_there and step == -1 and top > self.cursor:
                y = max(self.cursor, top - height + 1)
                self.scroll_to(y=y, animate=False, immediate=True)
                return
        super().move(step)

    def _show_next(self) -> None:
        """Scroll to what stands below the cursor's row, as far as that leaves the cursor in view:
        what was unfolded."""
        if self.cursor is not None:
            behind = self._behind(min(self._behind(self.cursor), len(self._lines) - 1))
            height = min(behind - self.cursor, self.size.height)
            region = Region(0, self.cursor, self.size.width, height)
            self.scroll_to_region(region, animate=False, immediate=True)

    def _behind(self, row: int) -> int:
        """The row behind the last one of what a row belongs to."""
        below = range(row + 1, len(self._lines))
        return next((one for one in below if _is_apart(self._lines[one])), len(self._lines))

    def _keep_in_sight(self) -> None:
        """Scroll to the cursor, and to all rows of what it stands on: below the title of a
        section, all of that."""
        if self.cursor is not None:
            below = range(self.cursor + 1, len(self._lines))
            is_title = isinstance(self.key, Row) and self.key.kind == "section"
            apart = (row for row in below if not is_title and _is_apart(self._lines[row]))
            last = next(apart, len(self._lines))
            region = Region(
                0, self.cursor, self.size.width, min(last - self.cursor, self.size.height)
            )
            self.scroll_to_region(region, animate=False, immediate=True)
        super()._keep_in_sight()


def _is_apart(shown: Line) -> bool:
    """Whether a row belongs to something else than the row above it."""
    return shown.key is not None or not shown.left
