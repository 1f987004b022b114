"""What the parts of the screen tell each other, in the past tense or as a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import OpenedCustomer
    from agent_tui.domain.values.changes import Change
    from agent_tui.domain.values.conversation import Conversation, Mark
    from agent_tui.domain.values.finding import Found
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import DraftText, RecentCustomer, Today
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk


class DeskOpened(Message):
    """The database answered and the agent is known."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk


class DeskFailed(Message):
    """The desk cannot be opened at all."""

    def __init__(self, error: AgentTuiError) -> None:
        super().__init__()
        self.error = error


class ChangesHeard(Message):
    """Something was committed, here or in another process."""

    def __init__(self, changes: list[Change]) -> None:
        super().__init__()
        self.changes = changes


class ReadFailed(Message):
    """A panel's question could not be answered. `panel` names who asked."""

    def __init__(self, panel: str, error: AgentTuiError) -> None:
        super().__init__()
        self.panel = panel
        self.error = error


class TodayArrived(Message):
    """What stands open for this agent."""

    def __init__(self, today: Today) -> None:
        super().__init__()
        self.today = today


class QueryChanged(Message):
    """Somebody typed in the find box."""

    def __init__(self, query: str) -> None:
        super().__init__()
        self.query = query


class FoundArrived(Message):
    """The answer to a query."""

    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found


class CustomerHighlighted(Message):
    """The cursor of a list came to rest on a customer, or on nobody."""

    def __init__(self, customer_id: int | None) -> None:
        super().__init__()
        self.customer_id = customer_id


class CustomerChosen(Message):
    """Somebody is to be opened."""

    def __init__(self, customer_id: int) -> None:
        super().__init__()
        self.customer_id = customer_id


class CallAttached(Message):
    """It is known, and on disk, who is on the line."""

    def __init__(self, interaction_id: int, customer_id: int) -> None:
        super().__init__()
        self.interaction_id = interaction_id
        self.customer_id = customer_id


class CustomerArrived(Message):
    """The records and the brief of a customer."""

    def __init__(self, opened: OpenedCustomer) -> None:
        super().__init__()
        self.opened = opened


class ConversationArrived(Message):
    """A window on a conversation: of a customer or of a call, the newest or an earlier one."""

    def __init__(
        self,
        conversation: Conversation,
        *,
        customer_id: int | None = None,
        interaction_id: int | None = None,
        before: Mark | None = None,
    ) -> None:
        super().__init__()
        self.conversation = conversation
        self.customer_id = customer_id
        self.interaction_id = interaction_id
        self.before = before


class EarlierRequested(Message):
    """The reader wants what was said before the window."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark


class PassageRequested(Message):
    """The reader wants to see one interaction in the conversation."""

    def __init__(self, interaction_id: int) -> None:
        super().__init__()
        self.interaction_id = interaction_id


class LiveArrived(Message):
    """What is going on now, and who may be behind each number that has nobody yet."""

    def __init__(
        self,
        live: tuple[Interaction, ...],
        callers: dict[int, tuple[RecentCustomer, ...]],
    ) -> None:
        super().__init__()
        self.live = live
        self.callers = callers


class DraftArrived(Message):
    """The text not yet saved on a subject, or None where there is none."""

    def __init__(self, about: str, draft: DraftText | None) -> None:
        super().__init__()
        self.about = about
        self.draft = draft


class NoteTyped(Message):
    """The text of the note line changed."""


class NoteSubmitted(Message):
    """The note is to be saved."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class DraftKept(Message):
    """What is being typed is on disk."""

    def __init__(self, note_id: int) -> None:
        super().__init__()
        self.note_id = note_id


class NoteSaved(Message):
    """The note is on disk."""

    def __init__(self, note_id: int) -> None:
        super().__init__()
        self.note_id = note_id


class DraftNotKept(Message):
    """The journal could not be written; what was typed on `about` is only here."""

    def __init__(self, about: str, text: str, note_id: int, error: AgentTuiError) -> None:
        super().__init__()
        self.about = about
        self.text = text
        self.note_id = note_id
        self.error = error


class NoteNotSaved(Message):
    """The note was not written."""

    def __init__(self, note_id: int, error: AgentTuiError) -> None:
        super().__init__()
        self.note_id = note_id
        self.error = error


class WriteFailed(Message):
    """A write did not happen. `what` names it in words."""

    def __init__(self, what: str, error: AgentTuiError) -> None:
        super().__init__()
        self.what = what
        self.error = error
