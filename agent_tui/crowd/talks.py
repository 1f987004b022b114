"""What a talk between a made-up person and the house is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from agent_tui.domain.values.kinds import (
    ChannelName,
    Direction,
    FactKind,
    Met,
    PromiseState,
    ReadBack,
    Side,
    Speaker,
)


class Said(NamedTuple):
    """One message, so many seconds after the opening."""

    speaker: Speaker
    text: str
    after_s: int


class MadePromise(NamedTuple):
    """A promise, and what became of it."""

    side: Side
    text: str
    due_at: datetime
    state: PromiseState
    closed_at: datetime | None = None
    told_at: datetime | None = None
    reason: str | None = None


class Gift(NamedTuple):
    """An entry in the ledger; `amount` in euros."""

    side: Side
    kind: str
    amount: str | None


class Answer(NamedTuple):
    """A survey that was sent, and what came back of it, if anything did."""

    asked_at: datetime
    answered_at: datetime | None
    score: int | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Caller:
    """What a talk needs to know of whom it is with."""

    given: str
    city: str


@dataclass(frozen=True, slots=True)
class MadeTalk:
    """One interaction with all that it left behind. `agent` is a place among those of the house.

    The second of two `promises` replaces the first.
    """

    external_id: str
    channel: ChannelName
    direction: Direction
    agent: int
    agenda: str | None
    met: Met
    outcome: str
    read_back: ReadBack | None
    opened_at: datetime
    answered_at: datetime
    closed_at: datetime
    topics: tuple[str, ...]
    messages: tuple[Said, ...]
    note: str | None
    promises: tuple[MadePromise, ...]
    fact: tuple[FactKind, str] | None
    gift: Gift | None
    refusal: str | None
    complaint: str | None
    feedback: Answer | None
