"""A conversation that is read without taking part in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from agent_tui.domain.rules import ages
from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.widgets.conversation import ConversationPane
from agent_tui.tui.widgets.conversation_frame import ConversationFrame
from agent_tui.tui.widgets.ink import Span, line
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.wording import call_title, caller, state_of

if TYPE_CHECKING:
    from agent_tui.domain.values.people import Interaction
    from agent_tui.tui.widgets.here import Here


class ReadingPane(ConversationPane, inherit_bindings=False):
    """The lines. Its letters go from conversation to conversation, not from page to page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("list", without=("open",)),
        *bindings_of("conversation", without=("earlier", "later")),
        *bindings_of("reading"),
    ]

    class Turned(Message):
        """Another conversation of the list is to be read: so many rows further down."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class SearchWanted(Message):
        """Words are to be looked for in what is read."""

    def action_search_reading(self) -> None:
        """Look for words in it."""
        self.post_message(self.SearchWanted())

    def action_next_interaction(self) -> None:
        """The next older one."""
        self.post_message(self.Turned(1))

    def action_interaction_before(self) -> None:
        """The next newer one."""
        self.post_message(self.Turned(-1))

    def action_page_up(self) -> None:
        """A page up."""
        self.action_earlier()

    def action_page_down(self) -> None:
        """A page down."""
        self.action_later()


class ReadingPanel(ConversationFrame):
    """The frame around it: whose conversation it is, how it stands, what they want."""

    AT_REST = "n next · p before · s search · Esc list"
    UNSEEN_IS_URGENT = True

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Reading", id=id)
        self._call: Interaction | None = None
        self._here: Here | None = None

    def compose(self) -> ComposeResult:
        """What they want stays in sight above what was said."""
        yield PlainBar(id="reading-want")
        yield ReadingPane(id="reading-lines")

    @property
    def call(self) -> Interaction | None:
        """The conversation that is read."""
        return self._call

    def show_call(self, call: Interaction, here: Here) -> None:
        """Show whose conversation this is, and how it stands now."""
        self._call, self._here = call, here
        day = ages.weekday(call.opened_at, here.now, here.zone)
        at = f"{day} {ages.clock_time(call.opened_at, here.zone)} · {call.agent or 'nobody'}"
        room = max(20, self.size.width - len(at) - 30)
        said = [at, call_title(call, here, room)]
        if call.is_live:
            # No timer runs where one only reads.
            since = ages.clock_time(call.answered_at or call.opened_at, here.zone)
            said = [call.agent or "nobody", call.channel, f"{state_of(call)} since {since}"]
        self.entitle(caller(call), " · ".join(part for part in said if part))
        want = self.query_one("#reading-want", PlainBar)
        want.display = bool(call.agenda)
        if call.agenda:
            want.show(line(Span("They want  ", "dim"), Span(call.agenda, "strong")))

    def on_resize(self) -> None:
        """Say as much of it as there is room for now."""
        if self._call is not None and self._here is not None:
            self.show_call(self._call, self._here)
