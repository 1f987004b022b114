"""What the parts of the screen tell each other, in the past tense or as a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agent_tui.domain.values.briefing import OpenedCustomer
    from agent_tui.domain.values.changes import Change
    from agent_tui.domain.values.conversation import (
        Conversation,
        Entry,
        FoundEntry,
        Fresh,
        Place,
        Whose,
    )
    from agent_tui.domain.values.finding import Found
    from agent_tui.domain.values.kinds import DraftKind
    from agent_tui.domain.values.knowing import Herd, PromptShown
    from agent_tui.domain.values.lines import Asked
    from agent_tui.domain.values.notes import SavedNote
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.presence import Presence
    from agent_tui.domain.values.timeline import TimelineFilter, TimelinePage, TimelinePlace
    from agent_tui.domain.values.today import DraftText, RecentCustomer, Today
    from agent_tui.domain.values.wrap_up import WrapUp
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.screens.deeds import Act
    from agent_tui.tui.screens.sheets import Subject
    from agent_tui.tui.unkept import Typed


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


class FurtherRequested(Message):
    """The end of the people that answer is near: those behind so many are wanted too."""

    def __init__(self, query: str, behind: int) -> None:
        super().__init__()
        self.query = query
        self.behind = behind


class FoundArrived(Message):
    """The answer to a query, from its best person on or from behind so many of them."""

    def __init__(self, found: Found, behind: int = 0) -> None:
        super().__init__()
        self.found = found
        self.behind = behind


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
    """It is known, and on disk, who is on the line: somebody of this `name`; of somebody new it
    was `asked` for, and may be empty."""

    def __init__(
        self,
        interaction_id: int,
        customer_id: int,
        asked: Asked | None = None,
        *,
        name: str | None = None,
    ) -> None:
        super().__init__()
        self.name = name
        self.interaction_id = interaction_id
        self.customer_id = customer_id
        self.asked = asked


class CustomerArrived(Message):
    """The records and the brief of a customer."""

    def __init__(self, opened: OpenedCustomer) -> None:
        super().__init__()
        self.opened = opened


WhichPage = Literal["newest", "first", "earlier", "later", "around", "again"]
"""A page of a conversation: at its ends, before or after a place, around a place, or what is on
the screen read anew (around a place, or the newest without one)."""


class PageRequested(Message):
    """The reader wants to see more of the conversation."""

    def __init__(self, which: WhichPage, place: Place | None) -> None:
        super().__init__()
        self.which = which
        self.place = place


class PlacesLoaded(Message):
    """What other places than the desk are made of is loaded."""


class ConversationArrived(Message):
    """A page of a conversation, and the question that it answers."""

    def __init__(
        self,
        conversation: Conversation,
        whose: Whose,
        which: WhichPage = "newest",
        place: Place | None = None,
    ) -> None:
        super().__init__()
        self.conversation = conversation
        self.whose = whose
        self.which = which
        self.place = place


class FreshArrived(Message):
    """What changed in a conversation since it was read."""

    def __init__(self, fresh: Fresh, whose: Whose) -> None:
        super().__init__()
        self.fresh = fresh
        self.whose = whose


class EntryHighlighted(Message):
    """Another entry of the conversation is chosen; None when keys go elsewhere."""

    def __init__(self, entry: Entry | None) -> None:
        super().__init__()
        self.entry = entry


class PlaceRequested(Message):
    """The reader wants to see one place in the conversation."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class ActionPressed(Message):
    """The mouse pressed an action where it is named, by its id."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action


class PassageRequested(Message):
    """The reader wants to see one interaction in the conversation, or a note wherever it stands."""

    def __init__(self, interaction_id: int | None, note_id: int | None = None) -> None:
        super().__init__()
        self.interaction_id = interaction_id
        self.note_id = note_id


WhichStretch = Literal["newest", "head", "first", "earlier", "later"]
"""A stretch of a timeline: at its ends, the newest beside what is loaded (`head`), or on from a
place."""


class TimelineRequested(Message):
    """The reader wants to see more of a timeline."""

    def __init__(
        self,
        customer_id: int,
        shown: TimelineFilter,
        which: WhichStretch,
        place: TimelinePlace | None = None,
    ) -> None:
        super().__init__()
        self.customer_id = customer_id
        self.shown = shown
        self.which = which
        self.place = place


class TimelineArrived(Message):
    """A page of a timeline and the question that it answers; or why there is none."""

    def __init__(
        self,
        asked: TimelineRequested,
        page: TimelinePage | None,
        error: AgentTuiError | None = None,
    ) -> None:
        super().__init__()
        self.asked = asked
        self.page = page
        self.error = error


class BriefSeen(Message):
    """Nothing of the brief is left to be read, and the receipt of that is on disk."""

    def __init__(self, customer_id: int, interaction_id: int | None) -> None:
        super().__init__()
        self.customer_id = customer_id
        self.interaction_id = interaction_id


class BriefNotKept(Message):
    """What was read of a brief is not on disk."""

    def __init__(self, customer_id: int, error: AgentTuiError) -> None:
        super().__init__()
        self.customer_id = customer_id
        self.error = error


class WritingLoaded(Message):
    """Everything that writes is loaded: asking for it holds nothing up any more."""


class PromptArrived(Message):
    """The one thing that is worth asking in an interaction, or None."""

    def __init__(self, customer_id: int, interaction_id: int, prompt: PromptShown | None) -> None:
        super().__init__()
        self.customer_id = customer_id
        self.interaction_id = interaction_id
        self.prompt = prompt


class HerdArrived(Message):
    """Who else has the same matter this week, by topic."""

    def __init__(self, customer_id: int, herds: tuple[Herd, ...]) -> None:
        super().__init__()
        self.customer_id = customer_id
        self.herds = herds


class BehindHerdArrived(Message):
    """The interactions of others with a topic this week, newest first."""

    def __init__(self, herd: Herd, interactions: tuple[Interaction, ...]) -> None:
        super().__init__()
        self.herd = herd
        self.interactions = interactions


class LiveArrived(Message):
    """What is going on now, who may be behind each number that has nobody yet, and how many calls
    go on with colleagues."""

    def __init__(
        self,
        live: tuple[Interaction, ...],
        callers: dict[int, tuple[RecentCustomer, ...]],
        with_colleagues: int,
    ) -> None:
        super().__init__()
        self.live = live
        self.callers = callers
        self.with_colleagues = with_colleagues


class DraftArrived(Message):
    """The text not yet saved on a subject, or None where there is none."""

    def __init__(self, about: str, draft: DraftText | None, kind: DraftKind = "note") -> None:
        super().__init__()
        self.about = about
        self.draft = draft
        self.kind = kind


class VocabularyArrived(Message):
    """What completion needs has been read."""


class DraftKept(Message):
    """What is being typed is on disk."""

    def __init__(self, text_id: int) -> None:
        super().__init__()
        self.text_id = text_id


class DraftNotKept(Message):
    """The journal could not be written; what was typed is only here."""

    def __init__(self, text_id: int, typed: Typed, error: AgentTuiError) -> None:
        super().__init__()
        self.text_id = text_id
        self.typed = typed
        self.error = error


class NoteSaved(Message):
    """The note is on disk, with what came of it."""

    def __init__(self, note_id: int, saved: SavedNote) -> None:
        super().__init__()
        self.note_id = note_id
        self.saved = saved


class NoteNotSaved(Message):
    """The note was not written."""

    def __init__(self, note_id: int, error: AgentTuiError) -> None:
        super().__init__()
        self.note_id = note_id
        self.error = error


class NoteTakenBack(Message):
    """A note was undone; this was its text, `corrects_id` the note that it had replaced."""

    def __init__(
        self, note_id: int, subject: Subject, text: str, corrects_id: int | None = None
    ) -> None:
        super().__init__()
        self.note_id = note_id
        self.subject = subject
        self.text = text
        self.corrects_id = corrects_id


class NumberCleared(Message):
    """A number is known to be no payment card, from what was `asked` for just now or before."""

    def __init__(self, number: str, asked: Asked | None = None) -> None:
        super().__init__()
        self.number = number
        self.asked = asked


class ActDone(Message):
    """What was done with a record is on disk."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self.act = act


class ActRefused(Message):
    """What was to be done with a record was not."""

    def __init__(self, act: Act, error: AgentTuiError) -> None:
        super().__init__()
        self.act = act
        self.error = error


class ColleaguesArrived(Message):
    """Who works here: handles with names. `then` goes on with whatever they were asked for."""

    def __init__(
        self, colleagues: Mapping[str, str], then: Callable[[Mapping[str, str]], None]
    ) -> None:
        super().__init__()
        self.colleagues = colleagues
        self.then = then


class LookedUp(Message):
    """Something was read for one purpose; `tell` goes on with it, or says why it is not known."""

    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__()
        self.tell = tell


class WrapUpArrived(Message):
    """What there is to confirm before an interaction is wrapped up, and what was typed for it."""

    def __init__(self, wrap_up: WrapUp, draft: DraftText | None) -> None:
        super().__init__()
        self.wrap_up = wrap_up
        self.draft = draft


class MoreWanted(Message):
    """All of Today is wanted, and not only the first lines of each section."""


class MessageWritten(Message):
    """A message is in the outbox, or a marked line on disk."""

    def __init__(self, message_id: int) -> None:
        super().__init__()
        self.message_id = message_id


class MessageNotWritten(Message):
    """A message or a marked line was not written."""

    def __init__(self, message_id: int, error: AgentTuiError) -> None:
        super().__init__()
        self.message_id = message_id
        self.error = error


class OthersArrived(Message):
    """Who else has whoever is open; None where that cannot be known."""

    def __init__(self, whose: Whose, others: tuple[Presence, ...] | None) -> None:
        super().__init__()
        self.whose = whose
        self.others = others


class HitsArrived(Message):
    """What was said with these words in it, newest first; or why that is not known."""

    def __init__(
        self,
        words: str,
        hits: tuple[FoundEntry, ...],
        error: AgentTuiError | None = None,
    ) -> None:
        super().__init__()
        self.words = words
        self.hits = hits
        self.error = error


class CopyRequested(Message):
    """What was said or noted there is to be copied."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry


class AddRequested(Message):
    """Something is to be added to a section of the records of whoever is shown."""

    def __init__(self, section: str) -> None:
        super().__init__()
        self.section = section


class PeopleArrived(Message):
    """Who answers to what was typed where somebody is to be chosen."""

    def __init__(self, found: Found | None, error: AgentTuiError | None = None) -> None:
        super().__init__()
        self.found = found
        self.error = error


class WriteFailed(Message):
    """A write did not happen. `what` names it in words; its own words were `asked` for."""

    def __init__(self, what: str, error: AgentTuiError, asked: Asked | None = None) -> None:
        super().__init__()
        self.what = what
        self.error = error
        self.asked = asked
