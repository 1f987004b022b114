"""Recent's conversations: read whole in the place of the list, without taking part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.screens.following import Following
from agent_tui.tui.screens.recent_filtering import FilteringOfRecent

if TYPE_CHECKING:
    from agent_tui.domain.values.changes import Change
    from agent_tui.domain.values.conversation import Place, Whose
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.recent import RecentRow
    from agent_tui.domain.values.touched import Touched
    from agent_tui.errors import AgentTuiError
    from agent_tui.tui import messages
    from agent_tui.tui.widgets.lines import ListLines
    from agent_tui.tui.widgets.reading_pane import ReadingPane


class ReadingOfRecent(FilteringOfRecent):
    """Carries between the conversation that is read and what it is read from."""

    def __init__(self) -> None:
        super().__init__()
        self.following = Following(self._ask_fresh, self._ask_again, self.set_timer)
        self._asked_whole = False

    # -- which one

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

    def read(self, row: RecentRow) -> None:
        """Show a conversation in the place of the list, and record that it is read."""
        from agent_tui.domain.values.conversation import Whose

        asking, call = self.asking, row.interaction
        if asking is None:
            return
        self.query_one("#recent-body").display = False
        self.reading.display = True
        pane = self.reading.pane
        if self.following.turn_to(Whose(interaction_id=call.id)):
            pane.say("Loading…")
            self._ask_page("first" if not call.is_live else "newest", None)

        def failed(error: AgentTuiError) -> None:
            self.leave_reading()
            self.app.notify(error.message, title="Not opened", severity="error", markup=False)

        asking.look_up(
            "recent read", lambda desk: desk.browsing.read(call.id), self._show_call, failed
        )
        self._show_call(call)
        pane.focus()
        self.show_edges()

    def _show_call(self, call: Interaction) -> None:
        whose = self.following.whose
        if self.is_reading and whose is not None and whose.interaction_id == call.id:
            self.reading.show_call(call, self.here)

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

    # -- what is read of it

    def on_page_requested(self, event: messages.PageRequested) -> None:
        """Read on; but what is only next never comes before a page that was asked for by name."""
        if self._asked_whole and event.which in ("earlier", "later"):
            self.reading.pane.asked_in_vain()
        else:
            self._ask_page(event.which, event.place)

    def on_conversation_arrived(self, event: messages.ConversationArrived) -> None:
        """Show the page, if it is still wanted."""
        if event.whose != self.following.whose:
            return
        whole = event.which not in ("earlier", "later")
        self._asked_whole = self._asked_whole and not whole
        self.reading.show_page(event.conversation, self.here, event.which, event.place)
        self.following.read(anew=whole)

    def on_fresh_arrived(self, event: messages.FreshArrived) -> None:
        """Show what changed, if it is still wanted."""
        if event.whose != self.following.whose:
            return
        self.reading.show_fresh(event.fresh, self.here)
        self.following.answered()

    def on_read_failed(self, event: messages.ReadFailed) -> None:
        """Say why there is no answer."""
        pane, error = self.reading.pane, event.error
        if event.panel == "conversation":
            self._asked_whole = False
            pane.asked_in_vain()
        self.following.failed()
        if pane.last is None:
            pane.say(f"{error.title}: {error.message}")
        else:
            self.reading.remark(error.message, urgent=True)

    def hear(self, changes: list[Change]) -> None:
        """Something was committed: what is read may go on."""
        super().hear(changes)
        self.following.hear(changes)

    def row_changed(self, row: RecentRow) -> None:
        """How it stands is told in the frame of the one that is read."""
        self._show_call(row.interaction)

    def _ask_fresh(self, touched: Touched) -> None:
        if self.asking is not None and self.following.whose is not None:
            self.asking.fresh(self.following.whose, self.reading.pane.last, touched)

    def _ask_again(self) -> None:
        self._ask_page("again", self.reading.pane.top)

    def _ask_page(self, which: messages.WhichPage, place: Place | None) -> None:
        whose: Whose | None = self.following.whose
        if self.asking is not None and whose is not None:
            self._asked_whole = which not in ("earlier", "later")
            self.asking.conversation(whose, which, place)
