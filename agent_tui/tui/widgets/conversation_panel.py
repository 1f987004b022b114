"""The frame around the conversation: the state of the call, what they want, what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from agent_tui.tui.widgets.conversation import ConversationPane
from agent_tui.tui.widgets.ink import Span, line
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.wording import call_title

if TYPE_CHECKING:
    from agent_tui.domain.values.conversation import Conversation, Mark
    from agent_tui.domain.values.people import Interaction
    from agent_tui.tui.widgets.here import Here

_ROOM_FOR_ALL = 56


class ConversationPanel(Panel):
    """The conversation with one customer, or with a caller whom nobody knows yet."""

    DEFAULT_CSS = """
    ConversationPanel #want { display: none; }
    ConversationPanel ConversationPane { height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Conversation", id=id)

    def compose(self) -> ComposeResult:
        """What they want stays in sight above what is said."""
        yield PlainBar(id="want")
        yield ConversationPane(id="conversation-lines")

    @property
    def pane(self) -> ConversationPane:
        """The lines."""
        return self.query_one(ConversationPane)

    def say(self, words: str) -> None:
        """Show a state in words: empty, loading, failed."""
        self.pane.say(words)
        self.remark("")

    def show_call(self, call: Interaction | None, here: Here) -> None:
        """Show the state of the call in the title, and what they want."""
        short = self.size.width < _ROOM_FOR_ALL
        self.entitle(detail="" if call is None else call_title(call, here, short=short))
        want = self.query_one("#want", PlainBar)
        want.display = call is not None and bool(call.agenda)
        if call is not None and call.agenda:
            want.show(line(Span("They want  ", "dim"), Span(call.agenda, "strong")))

    def show_window(
        self, conversation: Conversation, here: Here, *, before: Mark | None = None
    ) -> None:
        """Show what was said."""
        if not conversation.passages and before is None:
            self.say("Nothing was said yet.")
            return
        self.pane.show_window(conversation, here, before=before)
        self.show_unseen()

    def show_unseen(self) -> None:
        """Say how much arrived below while somebody reads above."""
        unseen = self.pane.unseen
        self.remark(f"{unseen} new below · End" if unseen else "")

    def on_conversation_pane_read_on(self) -> None:
        """The newest line was reached."""
        self.show_unseen()
