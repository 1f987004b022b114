"""The text in the composer: which conversation it is for, its journal, its way into the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values.kinds import MESSAGE_CHANNELS, DraftKind
from agent_tui.tui.screens.notes import NoteKeeper
from agent_tui.tui.screens.sheets import Sheet, Subject
from agent_tui.tui.widgets.composer import marked
from agent_tui.tui.widgets.wording import caller

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import DraftText
    from agent_tui.tui.screens.journal import TextLine


class MessageKeeper(NoteKeeper):
    """Keeps messages as notes are kept, each with its own conversation: what was written in one
    never goes on in another, whoever is at the other end."""

    KIND: DraftKind = "message"

    def __init__(
        self, line: TextLine, later: Callable[[float, Callable[[], None]], object]
    ) -> None:
        super().__init__(line, later)
        self._spoken: set[int] = set()
        self._not_sent: tuple[int, str] | None = None

    def turn_to_call(self, call: Interaction | None) -> None:
        """Write in this conversation from now on, or in none."""
        if call is not None and call.channel not in MESSAGE_CHANNELS:
            self._spoken.add(call.id)
        self.turn_to(None if call is None else subject_of(call))

    def save(self, sheet: Sheet, text: str) -> None:
        """Hand it to the outbox, or mark it as said where nothing is sent; the answer comes to
        `saved` or `not_saved`."""
        interaction_id, writing = sheet.subject.interaction_id, self._writing
        if interaction_id is None or writing is None:
            return
        if interaction_id in self._spoken:
            speaker, words = marked(text)
            writing.mark_line(words, speaker, message_id=sheet.id, interaction_id=interaction_id)
        else:
            writing.send(text, message_id=sheet.id, interaction_id=interaction_id)

    def not_saved(self, text_id: int, why: str) -> bool:
        """A message was not written: it is back in the line, or a draft."""
        is_back = super().not_saved(text_id, why)
        if is_back:
            self._not_sent = (text_id, self._line.text)
            self._line.remark(f"NOT SENT: {why}", urgent=True)
        return is_back

    def kept(self, text_id: int, clock_time: str) -> None:
        """The journal is on disk. Why a message was not sent is said until another is typed."""
        if self._not_sent != (text_id, self._line.text):
            super().kept(text_id, clock_time)

    def come_back(self, draft: DraftText) -> None:
        """A message that was taken back is a draft again, and comes into the line."""
        self._ended.discard(draft.id)
        self.take_up(draft)


def subject_of(call: Interaction) -> Subject:
    """A conversation as what a message is about: it alone, not whoever is at the other end."""
    return Subject(None, call.id, caller(call))
