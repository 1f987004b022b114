"""Conversations that are read away from the desk: whole, and without taking part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters

from agent_tui.tui.screens.away import AwayFromDesk
from agent_tui.tui.screens.following import Following
from agent_tui.tui.screens.searching import Searching
from agent_tui.tui.widgets.reading_pane import ReadingPanel
from agent_tui.tui.widgets.wording import caller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.changes import Change
    from agent_tui.domain.values.conversation import Place, Whose
    from agent_tui.domain.values.filters import Words
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.touched import Touched
    from agent_tui.errors import AgentTuiError
    from agent_tui.tui import messages
    from agent_tui.tui.asking import Asking
    from agent_tui.tui.widgets.reading_pane import ReadingPane


class ReadingAway(AwayFromDesk):
    """Carries between the conversation that is read and the desk. A place says where it stands:
    `is_reading`, and `leave_reading`. `asking` is None until the database has answered."""

    reading = getters.query_one(ReadingPanel)

    def __init__(self) -> None:
        super().__init__()
        self.asking: Asking | None = None
        self.following = Following(self._ask_fresh, self._ask_again, self.set_timer)
        self._asked_whole = False
        self._searching = Searching()
        self._sought: tuple[Words, ...] = ()

    @property
    def is_reading(self) -> bool:
        """Whether a conversation is in sight."""
        raise NotImplementedError

    def leave_reading(self) -> None:
        """Back to what the conversation was opened from, where one is read."""
        raise NotImplementedError

    def read_conversation(
        self, interaction_id: int, which: messages.WhichPage, sought: Sequence[Words] = ()
    ) -> None:
        """Ask for a conversation from one of its ends, and record that it is read. Words that are
        sought are marked in it, and it begins where they are said first; but at its end it is
        followed from there."""
        from agent_tui.domain.values.conversation import Whose

        asking = self.asking
        if asking is None:
            return
        self._mark(sought)
        if self.following.turn_to(Whose(interaction_id=interaction_id)):
            self.reading.pane.say("Loading…")
            if sought and which == "first":
                self._asked_whole = True
                asking.conversation_from(interaction_id, sought)
            else:
                self._ask_page(which, None)

        def failed(error: AgentTuiError) -> None:
            self.leave_reading()
            self.app.notify(error.message, title="Not opened", severity="error", markup=False)

        asking.look_up(
            f"{self.NAME} read",
            lambda desk: desk.browsing.read(interaction_id),
            self.show_call,
            failed,
        )

    def _mark(self, sought: Sequence[Words]) -> None:
        if tuple(sought) == self._sought:
            return
        self._sought = tuple(sought)
        if sought:
            from agent_tui.text.matches import marker, phrase

            phrases = [phrase(one.words, is_beginning=one.is_beginning) for one in sought]
            self.reading.pane.mark(marker(phrases))
        else:
            self.reading.pane.mark(None)

    # -- searched

    def on_reading_pane_search_wanted(self, event: ReadingPane.SearchWanted) -> None:
        """Look for words in what is read: first of all for those of the filter."""
        event.stop()
        whose, asking = self.following.whose, self.asking
        if whose is None or asking is None or self.reading.call is None:
            return
        words = " ".join(self._sought[0].words) if self._sought else ""
        name = caller(self.reading.call)
        self._searching.open(self.app, asking, whose, name, self._go_to, words)

    def on_hits_arrived(self, event: messages.HitsArrived) -> None:
        """Show what was found, if it is still looked for."""
        self._searching.show(self.app, event, self.here)

    def _go_to(self, place: Place) -> None:
        pane = self.reading.pane
        pane.focus()
        if not pane.go_to(place):
            self._ask_page("around", place)

    # -- pages

    def show_call(self, call: Interaction) -> None:
        """Show how a conversation stands, if it is the one that is read."""
        whose = self.following.whose
        if self.is_reading and whose is not None and whose.interaction_id == call.id:
            self.reading.show_call(call, self.here)

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
        if event.whose == self.following.whose:
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
        self.following.hear(changes)

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
