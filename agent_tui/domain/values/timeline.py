"""The timeline: everything that happened with a customer, newest first, in pages by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.kinds import Direction, FactSource, Side
    from agent_tui.domain.values.people import Interaction

TimelineKind = Literal[
    "interaction",
    "note",
    "case",
    "promise",
    "fact",
    "confirmed",
    "refusal",
    "mood",
    "concession",
    "follow_up",
    "feedback",
    "script_run",
    "hand_over",
    "told",
    "promise_taken",
    "promise_closed",
    "complaint_closed",
    "wrong",
]
"""What an entry stands for: that something began, was said or written, or came to its end.

`case` is that one was opened, a complaint among them, `told` that its decision was told to the
customer; `promise_taken` that a colleague took one over, `promise_closed` that one was kept,
moved, withdrawn or broken; `fact` that something was learned, `confirmed` that it still held,
`wrong` that an agent called a record wrong; `note` is one that was written outside any interaction.
"""

KINDS: tuple[TimelineKind, ...] = get_args(TimelineKind)

RANKS: dict[TimelineKind, int] = {kind: rank for rank, kind in enumerate(KINDS, start=1)}
"""The order of what happened at one moment: what came of a thing stands above it."""

TimelineFilter = Literal[
    "all", "contacts", "promises", "complaints", "knowledge", "money", "scripts"
]

SHOWN: dict[TimelineFilter, tuple[TimelineKind, ...]] = {
    "all": KINDS,
    "contacts": ("interaction", "note", "hand_over", "feedback"),
    "promises": ("promise", "promise_taken", "promise_closed", "follow_up"),
    "complaints": ("case", "told", "complaint_closed"),
    "knowledge": ("fact", "confirmed", "refusal", "mood", "wrong"),
    "money": ("concession",),
    "scripts": ("script_run",),
}
"""The kinds behind each filter; every kind is behind `all` and one other."""


@dataclass(frozen=True, slots=True, order=True)
class TimelinePlace:
    """Where an entry stands; a later place stands above an earlier one. No two are at one place.

    `rank` is that of its kind, `id` that of the record. A rank and an id of 0 are below all
    entries of the moment.
    """

    at: datetime
    rank: int = 0
    id: int = 0

    @property
    def just_below(self) -> TimelinePlace:
        """The place right below this one, where nothing stands: for reading from here up."""
        return TimelinePlace(self.at, self.rank, self.id - 1)

    @property
    def just_above(self) -> TimelinePlace:
        """The place right above this one, where nothing stands: for reading from here down."""
        return TimelinePlace(self.at, self.rank, self.id + 1)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened.

    `text` is what it was about, in the words of the record, `reason` why or how it ended, in
    words, too; `state` what became of it, as its table spells it. `label` is the channel of an
    interaction, the kind of a case or a fact, or the id of the record that was called wrong;
    `called` what people call a case. `who` is the agent's name, `other` that of a colleague who was
    asked. `due_at` is when a promise was due (a moved one: is due now), or when somebody may be
    asked again. `note_id` is the note that it came from; `interaction_id` where it happened, and
    `interaction` what that is, where it is the entry itself.
    """

    kind: TimelineKind
    id: int
    at: datetime
    text: str = ""
    reason: str | None = None
    state: str = ""
    label: str = ""
    called: str | None = None
    who: str | None = None
    other: str | None = None
    side: Side | None = None
    direction: Direction | None = None
    source: FactSource | None = None
    due_at: datetime | None = None
    length_s: int | None = None
    topics: tuple[str, ...] = ()
    amount: str | None = None
    currency: str | None = None
    score: float | None = None
    interaction_id: int | None = None
    note_id: int | None = None
    interaction: Interaction | None = None

    @property
    def place(self) -> TimelinePlace:
        """Where it stands."""
        return TimelinePlace(self.at, RANKS[self.kind], self.id)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A stretch of a timeline, newest first.

    More stands below `earlier` and above `later`; None at the beginning of all, and at the newest.
    """

    customer_id: int
    shown: TimelineFilter
    entries: tuple[TimelineEntry, ...] = ()
    earlier: TimelinePlace | None = None
    later: TimelinePlace | None = None
