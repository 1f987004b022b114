"""Recent's conversations: read whole in the place of the list, without taking part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values.filters import Words
from agent_tui.tui.screens.recent_filtering import FilteringOfRecent

if TYPE_CHECKING:
    from agent_tui.domain.values.recent import RecentRow
    from agent_tui.tui.widgets.lines import ListLines
    from agent_tui.tui.widgets.reading_pane import ReadingPane


class ReadingOfRecent(FilteringOfRecent):
    """Carries between the conversation that is read and what it is read from."""

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """Read it."""
        row = self.rows.row
        if event.lines is self.rows and row is not None:
            self.read(row)

    def on_reading_pane_turned(self, event: ReadingPane.Turned) -> None:
        """Read another one of the list."""
        event.stop()
        window = self.rows.window
        if self.rows.step(event.step) and self.rows.row is not None:
            self.read(self.rows.row)
        elif not (window.has_newer if event.step < 0 else window.has_older):
            end = "newest" if event.step < 0 else "oldest"
            self.app.notify(f"This is the {end} one of the list.", markup=False)

    @property
    def sought(self) -> tuple[Words, ...]:
        """The words that the list is filtered by."""
        terms = self.wanted.terms
        return tuple(one for one in terms if isinstance(one, Words) and not one.is_not)

    def read(self, row: RecentRow) -> None:
        """Show a conversation in the place of the list, and record that it is read."""
        if self.asking is None:
            return
        call = row.interaction
        self.query_one("#recent-body").display = False
        self.reading.display = True
        self.read_conversation(call.id, "newest" if call.is_live else "first", self.sought)
        self.show_call(call)
        self.reading.pane.focus()
        self.show_edges()

    def leave_reading(self) -> None:
        """Back to the list, at the row of what was read."""
        if not self.is_reading:
            return
        self.following.turn_to(None)
        self.reading.display = False
        self.query_one("#recent-body").display = True
        self.rows.focus()
        self.rest_on_row()
        self.show_edges()
        self.call_after_refresh(self.rows.keep_in_sight)

    def row_changed(self, row: RecentRow) -> None:
        """How it stands is told in the frame of the one that is read."""
        self.show_call(row.interaction)
