"""The desk's conversation: read on in both directions, and kept up with what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui import messages
from agent_tui.tui.one_frame import OneFrame
from agent_tui.tui.screens.connected import ConnectedDesk
from agent_tui.tui.screens.following import Following

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agent_tui.domain.values.conversation import Passage, Place, Whose
    from agent_tui.domain.values.touched import Touched
    from agent_tui.errors import AgentTuiError


class ReadingOfDesk(ConnectedDesk):
    """Carries between the conversation and what it is read from."""

    def __init__(self) -> None:
        super().__init__()
        self.following = Following(self._ask_fresh, self._ask_again, self.set_timer)
        self._read_above: dict[Whose, Place] = {}
        """Where each conversation was read, unless at its end: there one comes back to it."""
        self._one_frame = OneFrame(self)
        self._asked_whole = False
        """Whether a page was asked for that takes the place of what is loaded."""

    def read_conversation(self, whose: Whose | None) -> None:
        """The conversation pane is about this one from now on, or about none."""
        before, top = self.following.whose, self.conversation.pane.top
        if not self.following.turn_to(whose):
            return
        if before is not None and top is not None:
            self._read_above[before] = top
        if whose is not None and self.asking is not None:
            self.conversation.say("Loading…")
            self._one_frame.hold(self.app)
            above = self._read_above.pop(whose, None)
            self._ask_page("newest" if above is None else "around", above)

    def go_to_passage(self, interaction_id: int | None, note_id: int | None = None) -> None:
        """Go to a note in the conversation, or to the beginning of an interaction."""
        pane, whose = self.conversation.pane, self.following.whose
        pane.focus()
        if note_id is not None:
            is_there = pane.go_to_note(note_id)
        else:
            is_there = interaction_id is not None and pane.go_to_passage(interaction_id)
        if not is_there and whose is not None and self.asking is not None:
            self._asked_whole = True
            self.asking.passage(whose, interaction_id, note_id)

    def on_place_requested(self, event: messages.PlaceRequested) -> None:
        """Go to a place in the conversation."""
        pane = self.conversation.pane
        pane.focus()
        if not pane.go_to(event.place):
            self._ask_page("around", event.place)

    def on_page_requested(self, event: messages.PageRequested) -> None:
        """Read on; but what is only next never comes before a page that was asked for by name."""
        if self._asked_whole and event.which in ("earlier", "later"):
            self.conversation.pane.asked_in_vain()
        else:
            self._ask_page(event.which, event.place)

    def on_conversation_arrived(self, event: messages.ConversationArrived) -> None:
        """Show the page, if it is still wanted."""
        if event.whose != self.following.whose:
            return
        whole = event.which not in ("earlier", "later")
        self._asked_whole = self._asked_whole and not whole
        self.conversation.show_page(event.conversation, self.here, event.which, event.place)
        self._take_call_on_hand(event.conversation.passages)
        self.following.read(anew=whole)
        self.show_edges()
        self._one_frame.release()

    def on_fresh_arrived(self, event: messages.FreshArrived) -> None:
        """Show what changed, if it is still wanted."""
        if event.whose != self.following.whose:
            return
        self.conversation.show_fresh(event.fresh, self.here)
        self._take_call_on_hand(event.fresh.passages)
        self.following.answered()

    def conversation_failed(self, panel: str, error: AgentTuiError) -> None:
        """A page (`conversation`) or what changed (`fresh`) could not be read: say why."""
        pane = self.conversation.pane
        if panel == "conversation":
            self._asked_whole = False
            pane.asked_in_vain()
        self.following.failed()
        self._one_frame.release()
        if pane.last is None:
            self.conversation.say(f"{error.title}: {error.message}")
        else:
            self.conversation.remark(error.message, urgent=True)

    def _take_call_on_hand(self, passages: Iterable[Passage]) -> None:
        """The call on hand as it stands now: it has left the live ones once it ends, but is still
        on hand, to be wrapped up."""
        on_hand = self.whom.on_hand
        calls = (passage.interaction for passage in passages)
        now = next((call for call in calls if on_hand and call and call.id == on_hand.id), None)
        if now is not None:
            self.whom.on_hand = now
            self.show_call()
            self.show_edges()

    def _ask_fresh(self, touched: Touched) -> None:
        if self.asking is not None and self.following.whose is not None:
            self.asking.fresh(self.following.whose, self.conversation.pane.last, touched)

    def _ask_again(self) -> None:
        self._ask_page("again", self.conversation.pane.top)

    def _ask_page(self, which: messages.WhichPage, place: Place | None) -> None:
        if self.asking is not None and self.following.whose is not None:
            self._asked_whole = which not in ("earlier", "later")
            self.asking.conversation(self.following.whose, which, place)
