"""Every measure once more in plain Python, over rows as they were written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent_tui.domain.values.measures import Measure, Period


@dataclass(frozen=True)
class Contact:
    """A contact."""

    opened_at: datetime
    customer: int | None
    agent: int | None
    direction: str
    channel: str
    state: str
    answered: bool
    agenda: str | None
    read_back: str | None
    peer: str | None
    topics: frozenset[str]

    @property
    def is_taken(self) -> bool:
        return not (self.state == "ended" and self.agent is None and not self.answered)

    @property
    def is_written(self) -> bool:
        return bool((self.agenda or "").strip())


@dataclass(frozen=True)
class Promised:
    """A promise."""

    customer: int
    owner: int | None
    side: str
    due_at: datetime | None
    state: str
    closed_at: datetime | None
    told: bool | None
    reason: str | None
    created_at: datetime


@dataclass(frozen=True)
class Way:
    """A way to reach somebody; `withdrawn_at` is when an event says that they withdrew it."""

    customer: int
    kind: str
    value: str
    preferred: bool
    consent: str
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Asked:
    """A prompt."""

    customer: int
    agent: int
    what: str
    at: datetime
    outcome: str | None


@dataclass(frozen=True)
class Everything:
    """All rows there are."""

    contacts: tuple[Contact, ...] = ()
    promises: tuple[Promised, ...] = ()
    ways: tuple[Way, ...] = ()
    prompts: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Judged:
    """A row with its place in time, whose it is, and how it is judged; None is missing."""

    at: datetime
    agent: int | None
    customer: int | None
    verdict: int | None


FITTING = {
    "phone": {"phone", "sms"},
    "email": {"email"},
    "handle": {"chat", "web", "other"},
    "address": {"visit"},
}


def judged(measure: Measure, world: Everything, now: datetime) -> Iterator[Judged]:
    """Every row that a measure takes in, of all times."""
    if measure in ("promises_kept", "promises_late_told", "slips_told"):
        yield from _promises(measure, world, now)
    elif measure == "known_asked_again":
        for place, asked in enumerate(world.prompts):
            if asked.outcome != "not_now" and not asked.what.startswith("confirm:"):
                yield Judged(asked.at, asked.agent, asked.customer, _again(place, world))
    else:
        for place in range(len(world.contacts)):
            yield from _contact(measure, place, world)


def _promises(measure: Measure, world: Everything, now: datetime) -> Iterator[Judged]:
    for one in world.promises:
        if one.side != "ours":
            continue
        if one.due_at is None:
            if one.state != "withdrawn" and measure != "slips_told":
                yield Judged(one.created_at, one.owner, one.customer, None)
            continue
        was_let_off = one.closed_at is not None and one.closed_at < one.due_at
        if one.due_at >= now or (
            one.state == "withdrawn" and (was_let_off or one.reason == "not promised")
        ):
            continue
        is_untimed = one.state in ("kept", "withdrawn") and one.closed_at is None
        is_kept = one.state == "kept" and one.closed_at is not None and one.closed_at <= one.due_at
        told = None if one.told is None else int(one.told)
        if measure == "slips_told":
            if not is_untimed and not is_kept:
                yield Judged(one.due_at, one.owner, one.customer, told)
            continue
        if measure == "promises_late_told" and is_kept:
            continue
        verdict = None if is_untimed else int(is_kept)
        if measure == "promises_late_told" and verdict is not None:
            verdict = told
        yield Judged(one.due_at, one.owner, one.customer, verdict)


def _again(place: int, world: Everything) -> int | None:
    asked = world.prompts[place]
    if asked.outcome is None:
        return None
    return int(
        any(
            (one.customer, one.what) == (asked.customer, asked.what)
            and one.outcome in ("answered", "declined")
            and (one.at, before) < (asked.at, place)
            for before, one in enumerate(world.prompts)
        )
    )


def _contact(measure: Measure, place: int, world: Everything) -> Iterator[Judged]:
    one = world.contacts[place]
    theirs = one.direction == "in"
    verdict: int | None
    if measure == "started_by_customer":
        verdict = int(theirs)
    elif measure == "agenda_recorded":
        if not one.is_taken:
            return
        verdict = 1 if one.is_written else 0 if one.state == "wrapped_up" else None
    elif measure == "read_back_agreed":
        if not one.is_taken:
            return
        is_said = one.state == "wrapped_up" and one.read_back is not None
        verdict = int(one.read_back == "agreed") if is_said else None
    elif measure == "same_need_again":
        if not theirs:
            return
        verdict = _same_need(place, world)
    elif measure == "returns_after_silence":
        if not theirs:
            return
        verdict = _returned(one, world)
    else:
        if theirs:
            return
        verdict = _preferred(one, world) if measure == "preferred_channel" else _breach(one, world)
    yield Judged(one.opened_at, one.agent, one.customer, verdict)


def _same_need(place: int, world: Everything) -> int | None:
    """Of two contacts of one moment the one that was written first comes first."""
    one = world.contacts[place]
    if one.customer is None or not one.topics:
        return None
    since = one.opened_at - timedelta(days=14)
    return int(
        any(
            other.customer == one.customer
            and since <= other.opened_at
            and (other.opened_at, before) < (one.opened_at, place)
            and other.topics & one.topics
            for before, other in enumerate(world.contacts)
        )
    )


def _returned(one: Contact, world: Everything) -> int | None:
    times = sorted(
        other.opened_at
        for other in world.contacts
        if one.customer is not None
        and other.customer == one.customer
        and other.opened_at < one.opened_at
    )
    if len(times) < 3 or times[0] == times[-1]:
        return None
    usual = (times[-1] - times[0]) / (len(times) - 1)
    return int(one.opened_at - times[-1] > 2 * usual)


def _preferred(one: Contact, world: Everything) -> int | None:
    kinds = {way.kind for way in world.ways if way.customer == one.customer and way.preferred}
    if not kinds:
        return None
    return int(any(one.channel in FITTING[kind] for kind in kinds))


def _breach(one: Contact, world: Everything) -> int | None:
    ways = [
        way
        for way in world.ways
        if way.customer == one.customer and one.channel in FITTING[way.kind]
    ]
    ways = [way for way in ways if way.value == one.peer] or ways
    withdrawn = [way.withdrawn_at for way in ways if way.consent == "withdrawn"]
    may = any(way.consent == "given" for way in ways)
    if may or any(at is not None and at > one.opened_at for at in withdrawn):
        return 0
    all_withdrawn = len(withdrawn) == len(ways) and None not in withdrawn
    return 1 if ways and all_withdrawn else None


def figure_of(
    rows: Sequence[Judged],
    period: Period,
    *,
    agents: frozenset[int] | None = None,
    customer: int | None = None,
) -> tuple[int, int, int]:
    """`count`, `n` and `missing` of a period, of some agents or of a customer or of all."""
    verdicts = [
        row.verdict
        for row in rows
        if period.since <= row.at < period.until
        and (agents is None or row.agent in agents)
        and (customer is None or row.customer == customer)
    ]
    known = [verdict for verdict in verdicts if verdict is not None]
    return sum(known), len(known), len(verdicts) - len(known)


def spread_of(
    measure: Measure, world: Everything, period: Period, now: datetime
) -> tuple[tuple[int, ...], int]:
    """The bands and the missing of a spread, of all."""
    inside = [one for one in world.contacts if period.since <= one.opened_at < period.until]
    places: list[int | None] = []
    for customer in {one.customer for one in inside if one.customer is not None}:
        times = sorted(one.opened_at for one in world.contacts if one.customer == customer)
        places.append(
            _years(times[0], period) if measure == "years_since_first" else _silence(times, now)
        )
    nobody = sum(one.customer is None for one in inside) if measure == "years_since_first" else 0
    size = 5 if measure == "years_since_first" else 4
    return tuple(places.count(place) for place in range(size)), places.count(None) + nobody


def _years(first: datetime, period: Period) -> int:
    bounds = (1, 3, 6, 11)
    return sum(first <= period.until.replace(year=period.until.year - one) for one in bounds)


def _silence(times: list[datetime], now: datetime) -> int | None:
    times = [one for one in times if one <= now]
    if len(times) < 3 or times[0] == times[-1]:
        return None
    usual = (times[-1] - times[0]) / (len(times) - 1)
    return sum(now - times[-1] > usual * one for one in (1, 2, 4))
