"""What a note says: its marks, the due times in them, and what may complete the next word.

Not to be mixed up with a place in a conversation (`domain.values.conversation`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from agent_tui.domain.values.kinds import FactKind, Side

MarkKind = Literal[
    "promise",
    "fact",
    "agenda",
    "concession",
    "refusal",
    "mood",
    "complaint",
    "question",
    "topic",
    "handover",
    "follow_up",
]
DueProblem = Literal["past", "impossible", "ambiguous"]


@dataclass(frozen=True, slots=True)
class DueTime:
    """A due time as it was read; moments are aware and in UTC.

    `start` and `end` are where its words stand, half-open, in characters of the text that was
    read. Without a `problem`, `at` lies ahead. *past*: `at` has passed. *impossible*: there is no
    such day and `at` is None, or the clock skips that hour and `at` is the moment it was moved to.
    *ambiguous*: `meant` are the readings, `at` the one that was taken, None where that would be
    a guess.
    """

    at: datetime | None
    start: int
    end: int
    words: str
    problem: DueProblem | None = None
    meant: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One record that a note makes. `start` and `end` are where its own words stand, half-open.

    `body` is its text in short: white space in single spaces, without due time, money, kind of
    fact, quotation marks around it; a topic's name, the handle of a hand-over. It is never empty.
    """

    kind: MarkKind
    start: int
    end: int
    body: str
    side: Side | None = None
    """Of a promise or a concession."""
    fact_kind: FactKind | None = None
    due: DueTime | None = None
    """Of a promise or a follow-up."""
    callback: str | None = None
    """The number to call back, as it was written; of a promise."""
    amount: str | None = None
    """An exact decimal without grouping; of a concession."""
    currency: str | None = None
    """ISO 4217; of a concession, None where the sign may be several."""
    reason: str | None = None
    """What stands behind the sum of a concession."""
    unread: str | None = None
    """The word of a concession that looks like a sum of money and is none: `£t`."""
    agent: str | None = None
    """The handle of whom a promise, a hand-over or a follow-up is for, in small letters."""
    is_known: bool = True
    """Whether that agent works here, as far as the reader was told."""


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note and what it makes. `marks` stand in the order of the text and do not overlap.

    `plain` is the text outside all marks, escapes resolved, without empty lines. `unfinished` are
    words that would be marks if text followed; as long as none does they are text.
    """

    text: str
    marks: tuple[Mark, ...]
    plain: str
    unfinished: tuple[str, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics, each once, in the order they were written."""
        return tuple(dict.fromkeys(mark.body for mark in self.marks if mark.kind == "topic"))

    def words_of(self, mark: Mark) -> str:
        """The very words that a mark was made of."""
        return self.text[mark.start : mark.end]


@dataclass(frozen=True, slots=True)
class WrittenMark:
    """How a mark is written: its `sign` (`!`, `theirs:`) and what follows it; what it makes, and an
    example that makes it."""

    sign: str
    follows: str
    kind: MarkKind
    makes: str
    example: str

    @property
    def begins(self) -> str:
        """The sign, ready for what follows it."""
        return f"{self.sign} " if self.sign.endswith(":") else self.sign

    @property
    def typed(self) -> str:
        """The sign with what follows it."""
        return f"{self.begins}{self.follows}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to complete a word: what would stand there, and what that is in a few words."""

    insert: str
    description: str


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand instead of `text[start:end]`, the best first; there is at least one."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What completion offers, in that order."""

    topics: tuple[str, ...] = ()
    agents: Mapping[str, str] = field(default_factory=dict)
    """Handles with names."""
    snippets: Mapping[str, str] = field(default_factory=dict)
    """Names of snippets with their templates."""
    due_words: Mapping[str, str] = field(default_factory=dict)
    """Due times with what they mean now."""
