"""What Recent is asked for: a filter as it was written, understood.

`domain.rules.filters` reads one, `storage.queries.filtering` asks it of a database, and
`domain.rules.filter_truth` of a single interaction in plain Python: the three agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from datetime import datetime

FilterField = Literal[
    "agent",
    "team",
    "customer",
    "channel",
    "direction",
    "state",
    "topic",
    "met",
    "verified",
    "after",
    "before",
    "on",
    "length",
    "repeat",
    "agenda",
    "outcome",
    "mood",
    "promise",
    "complaint",
    "script",
    "friction",
    "review",
    "note",
    "gave",
    "got",
    "refusal",
    "feedback",
    "listened",
]
FIELDS: tuple[FilterField, ...] = get_args(FilterField)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a field's `values`: `channel:phone,chat`; for an agent their handle or `nobody`, for
    a topic itself, for a script its slug or `override`, for a customer `nobody`, an id (`c_...`)
    or words of their name, for others a word of a closed list or words of a text.
    `domain.rules.filter_fields` lists them."""

    field: FilterField
    values: tuple[str, ...]
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Opened from `since` on and before `until`, either of which may be open."""

    since: datetime | None = None
    until: datetime | None = None
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """Lasted at least so many seconds, and less than so many; what has no length is neither."""

    at_least_s: int | None = None
    less_than_s: int | None = None
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same customer came with one of the same topics in the days before, up to `days`."""

    days: int
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Words that were said, noted, or written as its agenda, outcome or summary: one after the
    other in one text; the last one may go on where `is_beginning`. A word is letters, digits and
    their marks alone, as it was written: at least one, and never empty."""

    words: tuple[str, ...]
    is_beginning: bool = False
    is_not: bool = False


Term = Choice | Span | Length | Repeat | Words


@dataclass(frozen=True, slots=True)
class Filter:
    """Every term holds. Without terms it is everything that one may see."""

    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks and when: `today` is from the beginning to the end of their own day. Who `leads`
    sees all reviews, others those of their own conversations and those that they wrote."""

    agent_id: int
    leads: bool
    now: datetime
    today: tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is not understood, from `start` up to `end` of the text, in a sentence; `instead` is
    what might stand in its place, where something is near."""

    start: int
    end: int
    message: str
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """A filter with where each of its terms stands in the text, or the mistakes in it.

    A `hint` is about what was understood and yet may be a slip: a topic that nobody used.
    """

    filter: Filter
    places: tuple[tuple[int, int], ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    hints: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that may stand from `start` up to `end`, and what it means."""

    start: int
    end: int
    text: str
    help: str


@dataclass(frozen=True, slots=True)
class Known:
    """The names of this desk that a filter may speak of; `me` is the handle of who asks."""

    me: str
    agents: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
