"""What became of the words to the other end: sent, not sent, sent again, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.tui.actions import key_while_typing
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.desk_talk import TalkOfDesk, is_written

if TYPE_CHECKING:
    from agent_tui.domain.values.conversation import Entry
    from agent_tui.services.desk import Desk
    from agent_tui.tui import messages

_BECAME = {
    "message.sent": "sent",
    "message.delivered": "delivered",
    "message.again": "on its way again",
}
"""Kinds of changes, and what they say of a message."""


class SentOfDesk(TalkOfDesk):
    """Says how a message fares, and offers what can be done with one."""

    def __init__(self) -> None:
        super().__init__()
        self.deeds.add("message", self._deeds_of_message)
        self.deeds.add("undelivered", lambda one: self._deeds_of_failed(one.message_id))

    def on_message_written(self, event: messages.MessageWritten) -> None:
        """It waits for its channel, or is part of the record."""
        marks = self.written_to is not None and not is_written(self.written_to)
        said = "marked" if marks else "on its way"
        self.message_keeper.saved(event.message_id, f"{said} {self.clock_words}")
        self.show_composer()

    def on_message_not_written(self, event: messages.MessageNotWritten) -> None:
        """Say so at once; the text is back in the line, or a draft."""
        is_back = self.message_keeper.not_saved(event.message_id, event.error.message)
        what = "The message was not sent" if is_back else "A message was not sent: it is a draft"
        self.warn(what, event.error)
        self.show_composer()

    def on_changes_heard(self, event: messages.ChangesHeard) -> None:
        """Say what became of what was sent, unless another text is being written by now."""
        if any(change.kind == "message.failed" for change in event.changes):
            self.ask_today()
        call = self.written_to
        for change in event.changes:
            if call is None or change.interaction_id != call.id or not self.message_keeper.is_empty:
                continue
            if change.kind == "message.failed":
                key = key_while_typing(self.app.keys.keys["act"])
                self.composer.remark(f"not delivered · {key} s: again", urgent=True)
            elif change.kind in _BECAME:
                self.composer.remark(_BECAME[change.kind])

    def _deeds_of_message(self, entry: Entry) -> list[Deed]:
        """A message that did not arrive can be sent again, one that waits be taken back."""
        if entry.delivery == "failed":
            return self._deeds_of_failed(entry.id)
        if entry.delivery == "waiting":
            return [Deed("t", "take back: it has not left yet", lambda: self._take_back(entry))]
        return []

    def _deeds_of_failed(self, message_id: int) -> list[Deed]:
        """In the conversation as in Today: send it again, or let it be."""
        return [
            Deed("s", "send again", lambda: self._send_again(message_id)),
            Deed("l", "let it be: they know by now", lambda: self._let_be(message_id)),
        ]

    def _send_again(self, message_id: int) -> None:
        said = "the message is on its way again"
        self.do(Act(said, lambda desk: desk.sending.again(message_id), then=self.ask_today))

    def _let_be(self, message_id: int) -> None:
        self.do(
            Act(
                "the message is let be",
                lambda desk: desk.sending.dismiss(message_id),
                lambda desk: desk.sending.undismiss(message_id),
                then=self.ask_today,
            )
        )

    def _take_back(self, entry: Entry) -> None:
        def come_back() -> None:
            asking = self.asking
            if asking is not None and entry.interaction_id is not None:
                self.coming_back = entry.id
                about = ids.show(ids.INTERACTION, entry.interaction_id)
                asking.draft(about, None, kind="message")

        def work(desk: Desk) -> None:
            desk.sending.take_back(entry.id)

        self.do(Act("the message is a draft again", work, then=come_back))
