"""The conversation pane's lines: one scroll over all channels of a customer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.kinds import Delivery, Speaker
    from agent_tui.domain.values.people import Interaction

EntryKind = Literal["message", "note"]
MESSAGE_RANK = 0
NOTE_RANK = 1
"""A note stands behind the message that was the last one when it was written."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose conversation: all that was said with a customer, or in one interaction alone, for a
    caller whom nobody knows yet. One of the two is given."""

    customer_id: int | None = None
    interaction_id: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a conversation; places sort as the conversation reads.

    A passage is found by its opening time and id; within it messages by their sequence, notes
    behind the message that came before them. The beginning of a passage has the sequence 0.
    """

    opened_at: datetime
    passage_id: int
    sequence: int = 0
    rank: int = MESSAGE_RANK
    entry_id: int = 0

    @property
    def passage(self) -> Place:
        """The beginning of its passage."""
        return Place(self.opened_at, self.passage_id)

    @property
    def just_before(self) -> Place:
        """The place right before this one, which nothing has: for reading from here on."""
        return Place(self.opened_at, self.passage_id, self.sequence, self.rank, self.entry_id - 1)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that a correction has taken the place of."""

    text: str
    author: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said or noted. `offset_s` counts from the opening or answer of its interaction.

    `id` is that of the newest text; where a note was corrected it stands at the place of the
    first one, and `corrected` holds what it said before, newest first. `author` is the name of
    the agent who wrote it. `failure` says why a message did not arrive.
    """

    kind: EntryKind
    id: int
    place: Place
    interaction_id: int | None
    at: datetime | None
    offset_s: int | None
    speaker: Speaker
    author: str | None
    text: str
    final: bool = True
    delivery: Delivery = "none"
    failure: str | None = None
    corrected: tuple[Wording, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedOn:
    """Who had an interaction before it was handed to a colleague, and until when; None where
    nobody knows who that was."""

    agent: str | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Passage:
    """One interaction and those of its entries that were read, in order.

    A note outside any interaction is a passage of its own. `begins` says whether the first of the
    entries is the first of all. `handed_on` are those who had it before the agent who has it now,
    the first one first.
    """

    place: Place
    interaction: Interaction | None
    entries: tuple[Entry, ...]
    begins: bool = True
    handed_on: tuple[HandedOn, ...] = ()

    @property
    def opened_at(self) -> datetime:
        """When it began."""
        return self.place.opened_at


@dataclass(frozen=True, slots=True)
class Conversation:
    """A window on a conversation: passages, oldest first.

    All that was said from `earlier` on, and up to `later`, is in it. None means that there is
    nothing before, or nothing after.
    """

    passages: tuple[Passage, ...] = ()
    earlier: Place | None = None
    later: Place | None = None
    end: Place | None = None
    """Where the newest thing of all stands, where that is looked up for a window before it."""

    @property
    def last(self) -> Place | None:
        """The place of the last thing in it."""
        if not self.passages:
            return None
        passage = self.passages[-1]
        return passage.entries[-1].place if passage.entries else passage.place

    def passage(self, place: Place) -> Passage | None:
        """The passage in which a place is, if it is in the window."""
        return next((one for one in self.passages if one.place == place.passage), None)


@dataclass(frozen=True, slots=True)
class Fresh:
    """What changed in a conversation since it was read.

    `passages` hold what is new or reads differently, and only that; `gone` are the places of
    notes that were taken back. `later` is set where more is new than was read.
    """

    passages: tuple[Passage, ...] = ()
    gone: frozenset[Place] = field(default_factory=frozenset)
    later: Place | None = None


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """Something said or noted that holds the words looked for.

    `hits` are the half-open spans of characters of its text where they stand.
    """

    entry: Entry
    interaction: Interaction | None
    hits: tuple[tuple[int, int], ...]
