"""The desk: find somebody, see what matters, follow the conversation, write a note."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from agent_tui.tui import messages
from agent_tui.tui.asking import Asking
from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.screens.desk_calls import CallsOfDesk
from agent_tui.tui.screens.desk_notes import NotesOfDesk
from agent_tui.tui.screens.notes import NoteKeeper
from agent_tui.tui.writing import Writing

if TYPE_CHECKING:
    pass

WRITING_WARMS_UP_AFTER_S = 0.6


class DeskScreen(CallsOfDesk, NotesOfDesk):
    """Carries what the panels say to the desk and back.

    Whom it is about, `whom` knows; what arrives for somebody else by now is dropped.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("desk", "caller")

    def on_mount(self) -> None:
        """Say that the desk is opening."""
        self.keeper = NoteKeeper(self.note_line, self.set_timer)
        self.call_timer = self.set_interval(1.0, self.show_call, pause=True)
        self.today_pane.say("Opening the desk…")
        self.show_edges()

    def on_resize(self) -> None:
        """Lay out what depends on the size."""
        self.finder.fit_rows()
        self.show_edges()

    def on_descendant_focus(self) -> None:
        """What works right now may have changed."""
        self.show_edges()

    def on_desk_opened(self, event: messages.DeskOpened) -> None:
        """The database answered: ask what stands open, and whatever was typed meanwhile."""
        self.desk = event.desk
        self.asking = Asking(event.desk, self)
        self.writing = Writing(event.desk, self)
        self.keeper.connect(self.asking, self.writing)
        self.asking.today()
        self.asking.live()
        if self.finder.query_text:
            self.asking.find(self.finder.query_text)
        self.app.start_listening(event.desk)
        self._tick_minutes()
        for problem in self.app.keys.problems:
            self.app.notify(problem, title="Key map", severity="warning", markup=False)

    def _warm_up(self) -> None:
        """Get ready for the first query at once, for the first write when that is answered:
        loading both together would make each wait for the other."""
        if self.asking is not None and not self.finder.query_text:
            self.asking.warm_up()
        if self.writing is not None:
            self.set_timer(WRITING_WARMS_UP_AFTER_S, self.writing.warm_up)

    def on_desk_failed(self, event: messages.DeskFailed) -> None:
        """The desk cannot be opened: say why, outside, and leave."""
        self.app.failure = event.error
        self.app.exit(1)

    async def close_desk(self) -> None:
        """Keep what is typed, wait for every write, ask nothing more."""
        self.keeper.keep()
        if self.asking is not None:
            self.asking.close()
        await asyncio.to_thread(self.finish_writes)

    def finish_writes(self) -> None:
        """Wait until every write asked for is done."""
        if self.writing is not None:
            self.writing.close()

    def _tick_minutes(self) -> None:
        self.show_edges()
        if self.asking is not None and self.whom.opened is None:
            self.asking.today()
        self.set_timer(60 - self.here.now.second, self._tick_minutes)

    def on_write_failed(self, event: messages.WriteFailed) -> None:
        """Say so at once."""
        self.warn(f"Not written: {event.what}", event.error)

    def on_today_arrived(self, event: messages.TodayArrived) -> None:
        """Show what stands open; after its first frame there is time to get ready for more."""
        if self.today_now is None:
            self.call_after_refresh(self._warm_up)
        self.today_now = event.today
        self.today_pane.show_today(event.today, self.here)
        self.show_edges()

    def on_changes_heard(self, event: messages.ChangesHeard) -> None:
        """Read again whatever the changes concern."""
        if self.asking is None:
            return
        on_hand, open_id = self.whom.on_hand, self.whom.opened
        beyond_words = [one for one in event.changes if not one.kind.startswith("message.")]
        if open_id is not None and any(one.customer_id == open_id for one in event.changes):
            self.asking.conversation(open_id)
            if self.whom.is_opened_shown and beyond_words:
                self.asking.customer(open_id)
        elif on_hand and any(one.interaction_id == on_hand.id for one in event.changes):
            self.asking.call(on_hand.id)
        if any(one.kind.startswith(("call.", "interaction.")) for one in beyond_words):
            self.asking.live()
        if beyond_words:
            self.asking.today()

    def on_read_failed(self, event: messages.ReadFailed) -> None:
        """The panel that asked says in words why there is no answer."""
        words = f"{event.error.title}: {event.error.message}"
        if event.panel in ("conversation", "earlier"):
            self.conversation.say(words)
        elif event.panel == "brief":
            self.sidebar.fail(words)
        elif event.panel == "today":
            self.today_pane.say(words)
        elif event.panel == "find":
            self.finder.fail(words)
        else:
            self.app.notify(words, severity="warning", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "today":
            return self.whom.someone
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Back to where the agent was; nothing typed is lost."""
        box, pane = self.finder.box, self.conversation.pane
        someone = self.someone
        if self.focused is self.note_line.box:
            (self.before_note or pane).focus()
        elif self.focused is box and box.value:
            self.finder.clear()
        elif someone and self.focused is not pane:
            pane.focus()
        else:
            box.focus()
