"""The frame around the conversation: the state of the call, what they want, what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from agent_tui.tui.widgets.composer import Composer
from agent_tui.tui.widgets.conversation import ConversationPane
from agent_tui.tui.widgets.conversation_frame import ConversationFrame
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.wording import call_title, hold_words, others_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.presence import Presence
    from agent_tui.tui.widgets.here import Here

_NAME_CELLS = 19
"""What the frame and the panel's own name take of its title."""


class ConversationPanel(ConversationFrame):
    """The conversation with one customer, or with a caller whom nobody knows yet."""

    DEFAULT_CSS = """
    ConversationPanel #want, ConversationPanel #beside { display: none; }
    ConversationPanel ConversationPane { height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Conversation", id=id)
        self._call: tuple[Interaction, Here] | None = None
        self._verify_key = ""
        self._hold = ""
        self._others = ""

    def compose(self) -> ComposeResult:
        """What they want stays in sight above what is said; what one says stands at the foot."""
        yield PlainBar(id="beside")
        yield PlainBar(id="want")
        yield ConversationPane(id="conversation-lines")
        yield Composer(id="composer")

    @property
    def composer(self) -> Composer:
        """Where one writes to the other end."""
        return self.query_one(Composer)

    def say(self, words: str) -> None:
        """Show a state in words: empty, loading, failed."""
        self.pane.say(words)
        self.remark("")

    def show_call(self, call: Interaction | None, here: Here, verify_key: str = "") -> None:
        """Show the state of the call in the title, and what they want; `verify_key` leads to how
        they were verified."""
        self._call = None if call is None else (call, here)
        self._verify_key = verify_key
        self._show_state()
        self._hold = hold_words(call)
        self._show_beside()
        want = self.query_one("#want", PlainBar)
        want.display = call is not None and bool(call.agenda)
        if call is not None and call.agenda:
            want.show(line(Span("They want  ", "dim"), Span(call.agenda, "strong")))

    def _show_state(self) -> None:
        """The state of the call in the title, in as many words as there is room for."""
        room = self.size.width - _NAME_CELLS
        call, key = self._call, self._verify_key
        self.entitle(detail="" if call is None else call_title(*call, room, key))

    def on_resize(self) -> None:
        """There is room for other words."""
        self._show_state()

    def show_others(self, others: Sequence[Presence]) -> None:
        """Show who else is here."""
        self._others = others_words(others)
        self._show_beside()

    def _show_beside(self) -> None:
        """Why they wait, and who else is here, in one row; none where there is neither."""
        beside = self.query_one("#beside", PlainBar)
        beside.display = bool(self._hold or self._others)
        right = (Span(self._others, "accent"),) if self._others else ()
        beside.show(Line((Span(self._hold, "act"),) if self._hold else (), right))
