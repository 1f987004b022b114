"""What a filter means, in plain Python, for one interaction at a time.

`storage.queries.filtering` says the same in SQL; a test proves that the two agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from agent_tui.domain.values.filters import (
    Asking,
    Choice,
    Filter,
    FilterField,
    Length,
    Repeat,
    Span,
    Term,
    Words,
)
from agent_tui.domain.values.ids import CUSTOMER, parse
from agent_tui.text.words import stand_in, words_of

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import (
        CallState,
        ChannelName,
        Direction,
        Met,
        PromiseState,
        Side,
    )
    from agent_tui.domain.values.reviews import ReviewKind

MEANINGS: dict[FilterField, str] = {
    "agent": "the agent whose interaction it is; nobody: it has none",
    "team": "the team that its agent is in now",
    "customer": "the customer with that id, or in whose name, as it is now, the words stand one "
    "after the other; nobody: it is not known who it was",
    "channel": "its channel",
    "direction": "whether they came to us or we went to them",
    "state": "how far it has come; live is ringing, talking or on hold, ended includes what is "
    "parked, parked is ended with its wrap-up put off",
    "topic": "one of its topics",
    "met": "whether they got what they came for, as the wrap-up says",
    "verified": "whether it says how the caller was verified",
    "after": "opened at that moment or later",
    "before": "opened before that moment",
    "on": "opened within that time",
    "length": "whole seconds from the answer, or the opening, to the end; what has not ended has "
    "no length, neither above nor below",
    "repeat": "the same customer had an earlier interaction, opened within so many times 24 hours "
    "before, with a topic in common",
    "agenda": "the words stand in its agenda one after the other; any, none: whether there is one",
    "outcome": "the words stand in its outcome one after the other; any, none: whether there is "
    "one",
    "mood": "the words stand in a mood noted in it; any, none: whether one was noted",
    "promise": "a promise made in it, ours but for theirs: open; due: open and due today; late: "
    "open and past its due time, or closed after it; or how it was closed",
    "complaint": "a complaint opened from it, and whether that case is closed",
    "script": "a script was run in it, any or the one named; override: its agent opened one with a "
    "reason instead of the brief",
    "friction": "you noted in it that something stood in your way, any or that rule; nobody "
    "sees that of others here",
    "review": "a review or praise of it that was not withdrawn: answered by its agent; unanswered: "
    "a review without an answer; mine: written by who asks",
    "note": "it has a note that was not taken back",
    "gave": "the words stand in what we gave, or why; entries taken back do not count",
    "got": "the words stand in what they gave, or why; entries taken back do not count",
    "refusal": "the words stand in what they said no to; what was marked wrong does not count",
    "feedback": "they were asked about it and answered, or did not; none: they were not asked",
    "listened": "it is in the listening log of who asks; nobody sees that of others here",
}
"""What each field means, exactly. Several values: one of them holds. With a minus: it does not
hold. Bare words: they stand one after the other in a message, in a note that was not taken back, in
its agenda, its outcome or its summary, of each of which the first 16,000 characters count."""

LIVE = ("ringing", "talking", "on_hold")
SEARCHED = 16_000
"""Characters of a text in which words are looked for."""


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise as far as filters ask."""

    side: Side
    state: PromiseState
    due_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review as far as filters ask; only those that were not withdrawn."""

    kind: ReviewKind
    agent_id: int
    author_id: int
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All that filters ask of one interaction. `said` are its messages and the notes that were not
    taken back; `earlier` other interactions of the same customer before it, each as its opening and
    its topics."""

    id: int
    opened_at: datetime
    channel: ChannelName
    direction: Direction
    state: CallState
    met: Met
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    is_parked: bool = False
    is_verified: bool = False
    agent: str | None = None
    team: str | None = None
    customer_id: int | None = None
    customer: str | None = None
    agenda: str | None = None
    outcome: str | None = None
    summary: str | None = None
    said: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    earlier: tuple[tuple[datetime, frozenset[str]], ...] = ()
    promises: tuple[Promised, ...] = ()
    complaints: tuple[bool, ...] = ()
    """Of each, whether it is open."""
    scripts: frozenset[str] = frozenset()
    has_override: bool = False
    frictions: frozenset[tuple[int, str]] = frozenset()
    """Who noted which rule."""
    reviews: tuple[Reviewed, ...] = ()
    has_note: bool = False
    moods: tuple[str, ...] = ()
    gave: tuple[str, ...] = ()
    got: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    feedback: tuple[bool, ...] = ()
    """Of each survey, whether it was answered."""
    listeners: frozenset[int] = frozenset()
    """Who put it into their listening log."""


def holds(wanted: Filter, facts: Facts, asking: Asking) -> bool:
    """Whether an interaction is what a filter asks for."""
    return all(_holds(term, facts, asking) is not term.is_not for term in wanted.terms)


def _holds(term: Term, facts: Facts, asking: Asking) -> bool:
    match term:
        case Choice(field, values):
            return any(_CHOICES[field](value, facts, asking) for value in values)
        case Span(since, until):
            return (since is None or facts.opened_at >= since) and (
                until is None or facts.opened_at < until
            )
        case Length(least, less):
            length = _length_s(facts)
            return length is not None and (
                (least is None or length >= least) and (less is None or length < less)
            )
        case Repeat(days):
            since = facts.opened_at - timedelta(days=days)
            return any(at >= since and topics & facts.topics for at, topics in facts.earlier)
        case Words(words, is_beginning):
            texts = (*facts.said, facts.agenda, facts.outcome, facts.summary)
            return _in_one(" ".join(words), texts, is_beginning=is_beginning)
        case _:
            assert_never(term)


def _length_s(facts: Facts) -> int | None:
    if facts.closed_at is None:
        return None
    begun = facts.answered_at or facts.opened_at
    return max(0, (facts.closed_at - begun) // timedelta(seconds=1))


def _in_one(said: str, texts: Iterable[str | None], *, is_beginning: bool = False) -> bool:
    asked = words_of(said)
    return any(
        stand_in(asked, words_of(text[:SEARCHED]), is_beginning=is_beginning)
        for text in texts
        if text
    )


def _customer(value: str, facts: Facts) -> bool:
    if value == "nobody":
        return facts.customer_id is None
    number = parse(CUSTOMER, value)
    if number is not None:
        return facts.customer_id == number
    return _in_one(value, (facts.customer,))


def _state(value: str, facts: Facts) -> bool:
    if value == "live":
        return facts.state in LIVE
    if value == "parked":
        return facts.state == "ended" and facts.is_parked
    return facts.state == value


def _text(value: str, texts: Iterable[str | None]) -> bool:
    there = [text for text in texts if text]
    if value in ("any", "none"):
        return bool(there) is (value == "any")
    return _in_one(value, there)


def _promise(value: str, facts: Facts, asking: Asking) -> bool:
    if value == "theirs":
        return any(one.side == "theirs" for one in facts.promises)
    ours = [one for one in facts.promises if one.side == "ours"]
    match value:
        case "any":
            return bool(ours)
        case "none":
            return not ours
        case "due":
            begins, ends = asking.today
            return any(
                one.state == "open" and one.due_at is not None and begins <= one.due_at < ends
                for one in ours
            )
        case "late":
            return any(_is_late(one, asking.now) for one in ours)
        case _:
            return any(one.state == value for one in ours)


def _is_late(promise: Promised, now: datetime) -> bool:
    if promise.due_at is None:
        return False
    if promise.state == "open":
        return promise.due_at < now
    return promise.closed_at is not None and promise.closed_at > promise.due_at


def _complaint(value: str, facts: Facts) -> bool:
    if value in ("any", "none"):
        return bool(facts.complaints) is (value == "any")
    return (value == "open") in facts.complaints and value in ("open", "closed")


def _script(value: str, facts: Facts) -> bool:
    if value == "override":
        return facts.has_override
    if value in ("any", "none"):
        return bool(facts.scripts) is (value == "any")
    return value in facts.scripts


def _friction(value: str, facts: Facts, asking: Asking) -> bool:
    mine = {rule for agent_id, rule in facts.frictions if agent_id == asking.agent_id}
    if value in ("any", "none"):
        return bool(mine) is (value == "any")
    return value in mine


def _review(value: str, facts: Facts, asking: Asking) -> bool:
    me = asking.agent_id
    seen = [one for one in facts.reviews if asking.leads or me in (one.agent_id, one.author_id)]
    match value:
        case "any" | "none":
            return bool(seen) is (value == "any")
        case "answered":
            return any(one.is_answered for one in seen)
        case "unanswered":
            return any(one.kind == "review" and not one.is_answered for one in seen)
        case "mine":
            return any(one.author_id == me for one in seen)
        case _:
            return any(one.kind == value for one in seen)


def _feedback(value: str, facts: Facts) -> bool:
    if value == "none":
        return not facts.feedback
    return (value == "answered") in facts.feedback and value in ("answered", "unanswered")


_CHOICES: dict[FilterField, Callable[[str, Facts, Asking], bool]] = {
    "agent": lambda v, f, _: f.agent is None if v == "nobody" else f.agent == v,
    "team": lambda v, f, _: f.team == v,
    "customer": lambda v, f, _: _customer(v, f),
    "channel": lambda v, f, _: f.channel == v,
    "direction": lambda v, f, _: f.direction == v,
    "state": lambda v, f, _: _state(v, f),
    "topic": lambda v, f, _: v in f.topics,
    "met": lambda v, f, _: f.met == v,
    "verified": lambda v, f, _: f.is_verified is (v == "yes"),
    "agenda": lambda v, f, _: _text(v, (f.agenda,)),
    "outcome": lambda v, f, _: _text(v, (f.outcome,)),
    "mood": lambda v, f, _: _text(v, f.moods),
    "promise": _promise,
    "complaint": lambda v, f, _: _complaint(v, f),
    "script": lambda v, f, _: _script(v, f),
    "friction": _friction,
    "review": _review,
    "note": lambda v, f, _: f.has_note is (v == "any"),
    "gave": lambda v, f, _: _text(v, f.gave),
    "got": lambda v, f, _: _text(v, f.got),
    "refusal": lambda v, f, _: _text(v, f.refusals),
    "feedback": lambda v, f, _: _feedback(v, f),
    "listened": lambda v, f, a: (a.agent_id in f.listeners) is (v == "me"),
}
