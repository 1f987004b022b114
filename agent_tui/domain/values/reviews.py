"""What is said of a conversation by who read it, and what its agent answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

ReviewKind = Literal["review", "praise"]
CriterionKind = Literal["customer", "business", "compliance"]
"""For whom a criterion is critical, as COPC's *critical errors* are told apart."""
Verdict = Literal["met", "missed", "not_applicable"]

CRITERION_KINDS: dict[CriterionKind, str] = {
    "customer": "critical for the customer",
    "business": "critical for the business",
    "compliance": "critical for compliance",
}
VERDICTS: dict[Verdict, str] = {
    "met": "met",
    "missed": "missed",
    "not_applicable": "not applicable",
}
"""The codes in words."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is looked for, with what was found."""

    name: str
    kind: CriterionKind
    verdict: Verdict
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Pinned:
    """The line that a review is pinned to: a message or a note, by its id, with its words."""

    kind: Literal["message", "note"]
    id: int
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody says of an interaction to the agent who had it.

    Pinned to a message or a note where one of the ids is given; `pinned_words` are that one's.
    `read_at` is when its agent opened it, `answer` what they say to it, `withdrawn_at` when its
    author took it back. `customer` is whom the interaction is with, where that is known.
    """

    id: int
    interaction_id: int
    kind: ReviewKind
    agent_id: int
    agent: str
    author_id: int
    author: str
    text: str
    at: datetime
    message_id: int | None = None
    note_id: int | None = None
    pinned_words: str | None = None
    read_at: datetime | None = None
    answer: str | None = None
    answered_at: datetime | None = None
    criteria: tuple[Criterion, ...] = ()
    version: int = 1
    withdrawn_at: datetime | None = None
    customer_id: int | None = None
    customer: str | None = None


@dataclass(frozen=True, slots=True)
class Listened:
    """An entry of a lead's own listening log: what they read or heard, and what they make of it.
    `seed` is that of the sample that it was drawn in; `customer` and `agent` are names."""

    id: int
    interaction_id: int
    at: datetime
    seed: int | None = None
    remark: str | None = None
    version: int = 1
    customer: str | None = None
    agent: str | None = None
