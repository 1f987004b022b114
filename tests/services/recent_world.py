"""A small world for Recent: some interactions with all that filters ask of, in a database and as
plain facts, made by chance from a seed; and filters by chance."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from agent_tui.domain.rules.filter_truth import Facts, Promised, Reviewed
from agent_tui.domain.tables import (
    Agent,
    Case,
    Concession,
    Customer,
    Feedback,
    Friction,
    Interaction,
    InteractionTopic,
    Listening,
    Message,
    Mood,
    Note,
    Promise,
    Receipt,
    Refusal,
    Review,
    Script,
    ScriptRun,
    Team,
)
from agent_tui.domain.values.filters import Choice, Filter, Length, Repeat, Span, Term, Words
from agent_tui.domain.values.ids import CUSTOMER, show
from agent_tui.storage.unit import UnitOfWork
from tests.builders import NOON

TEXTS = (
    "the boiler stayed cold",
    "He stayed home, Köln",
    "a naïve plan: refund £20",
    "refunded; stayed calm 🙂",
    "Straße 4711",
    "said 'AND OR NOT' (twice)",
)
ASKED = (
    "boiler",
    "stayed",
    "stayed home",
    "home stayed",
    "refund",
    "koln",
    "NAIVE plan",
    "and or",
    "4711",
    "nothing of the kind",
)
TOPICS = ("boiler", "bill", "visit")
AGENTS = ("mira", "asha", "ben", "carl")
CUSTOMERS = ("Ada Hart", "Zoë O'Neill", "Ada Stone")
SLUGS = ("overdue", "moving")
EDGES = tuple(
    NOON + timedelta(**length)
    for length in (
        {"days": -40},
        {"days": -14},
        {"days": -3},
        {"days": -1, "seconds": -1},
        {"days": -1},
        {"hours": -1},
        {},
        {"hours": 3},
    )
)


@dataclass
class World:
    """What was made: the facts of each interaction, and the ids of agents and customers."""

    facts: list[Facts] = field(default_factory=list)
    agents: dict[str, int] = field(default_factory=dict)
    customers: list[int] = field(default_factory=list)


def make_world(unit: UnitOfWork, *, seed: int, count: int) -> World:
    """Fill a desk that has the agent mira. Ben and Carl are in another team."""
    chance, world = random.Random(seed), World()
    [[mira]] = unit.reader.rows("SELECT id FROM agents WHERE handle = 'mira'")
    away = Team(name="Away", created_at=NOON)
    unit.add(away)
    world.agents["mira"] = mira
    for handle in AGENTS[1:]:
        team = 1 if handle == "asha" else away.id
        row = Agent(handle=handle, name=handle.title(), team_id=team, created_at=NOON)
        unit.add(row)
        world.agents[handle] = row.id
    for number, name in enumerate(CUSTOMERS, 1):
        who = Customer(number=number, name=name, created_at=NOON, updated_at=NOON)
        unit.add(who)
        world.customers.append(who.id)
    scripts = []
    for slug in SLUGS:
        script = Script(
            slug=slug,
            number=1,
            title=slug,
            kind="service",
            body="",
            digest="",
            created_at=NOON,
        )
        unit.add(script)
        scripts.append(script)
    for _ in range(count):
        _one(unit, chance, world, scripts)
    return world


def _moment(chance: random.Random) -> datetime:
    near = chance.choice(EDGES) + timedelta(seconds=chance.choice((-1, 0, 0, 1)))
    return near + timedelta(microseconds=chance.choice((0, 0, 5)))


def _maybe(chance: random.Random, value: Any, share: float = 0.5) -> Any:
    return value if chance.random() < share else None


def _one(unit: UnitOfWork, chance: random.Random, world: World, scripts: list[Script]) -> None:
    opened_at = _moment(chance)
    who = _maybe(chance, chance.randrange(len(CUSTOMERS)), 0.8)
    handle = _maybe(chance, chance.choice(AGENTS), 0.85)
    agent_id = None if handle is None else world.agents[handle]
    state = chance.choice(("ringing", "talking", "on_hold", "ended", "wrapped_up", "wrapped_up"))
    answered_at = _maybe(chance, opened_at + timedelta(seconds=chance.choice((0, 5, 700))))
    closed_at = _maybe(chance, opened_at + timedelta(seconds=chance.choice((-3, 59, 60, 605.5))))
    parked_at = _maybe(chance, NOON, 0.3)
    texts = {
        name: _maybe(chance, chance.choice((*TEXTS, "")))
        for name in ("agenda", "outcome", "summary")
    }
    channel = chance.choice(("phone", "chat", "visit"))
    direction, met = chance.choice(("in", "out")), chance.choice(("yes", "no", "not_asked"))
    call = Interaction(
        customer_id=None if who is None else world.customers[who],
        agent_id=agent_id,
        channel=channel,
        direction=direction,
        met=met,
        state=state,
        verified_how=_maybe(chance, "known voice"),
        opened_at=opened_at,
        answered_at=answered_at,
        closed_at=closed_at,
        parked_at=parked_at,
        **texts,
    )
    unit.add(call)
    said = []
    for sequence in range(1, chance.randrange(4)):
        text = chance.choice(TEXTS)
        said.append(text)
        unit.add(Message(interaction_id=call.id, sequence=sequence, speaker="customer", text=text))
    has_note = False
    for _ in range(chance.randrange(3)):
        text, undone_at = chance.choice(TEXTS), _maybe(chance, NOON, 0.3)
        unit.add(Note(interaction_id=call.id, text=text, at=NOON, undone_at=undone_at))
        if undone_at is None:
            has_note = True
            said.append(text)
    topics = frozenset(chance.sample(TOPICS, chance.randrange(3)))
    for topic in topics:
        unit.add(
            InteractionTopic(
                interaction_id=call.id,
                topic=topic,
                opened_at=opened_at,
                customer_id=call.customer_id,
            )
        )
    records = _records(unit, chance, world, call, scripts)
    world.facts.append(
        Facts(
            id=call.id,
            opened_at=opened_at,
            channel=channel,  # type: ignore[arg-type]
            direction=direction,  # type: ignore[arg-type]
            state=state,  # type: ignore[arg-type]
            met=met,  # type: ignore[arg-type]
            answered_at=answered_at,
            closed_at=closed_at,
            is_parked=parked_at is not None,
            is_verified=call.verified_how is not None,
            agent=handle,
            team=None if handle is None else "Desk" if handle in AGENTS[:2] else "Away",
            customer_id=call.customer_id,
            customer=None if who is None else CUSTOMERS[who],
            said=tuple(said),
            topics=topics,
            earlier=tuple(
                (one.opened_at, one.topics)
                for one in world.facts
                if one.customer_id == call.customer_id is not None
                and (one.opened_at, one.id) < (opened_at, call.id)
            ),
            has_note=has_note,
            **texts,
            **records,
        )
    )
    _tell_later_ones(world)


def _tell_later_ones(world: World) -> None:
    """The last one may have come before others that were made already."""
    from dataclasses import replace

    last = world.facts[-1]
    for place, one in enumerate(world.facts[:-1]):
        if one.customer_id == last.customer_id is not None and (last.opened_at, last.id) < (
            one.opened_at,
            one.id,
        ):
            earlier = (*one.earlier, (last.opened_at, last.topics))
            world.facts[place] = replace(one, earlier=earlier)


def _records(
    unit: UnitOfWork,
    chance: random.Random,
    world: World,
    call: Interaction,
    scripts: list[Script],
) -> dict[str, Any]:
    """What came of an interaction, where it is known with whom it was."""
    made: dict[str, Any] = {}
    mira, author = world.agents["mira"], world.agents[chance.choice(AGENTS)]
    if chance.random() < 0.3:
        rule = chance.choice(("gate", "search"))
        whose = chance.choice((mira, author))
        unit.add(Friction(agent_id=whose, interaction_id=call.id, rule=rule, text="slow", at=NOON))
        made["frictions"] = frozenset({(whose, rule)})
    if chance.random() < 0.4 and call.agent_id is not None:
        kind, is_answered = chance.choice(("review", "praise")), chance.random() < 0.5
        withdrawn_at = _maybe(chance, NOON, 0.2)
        unit.add(
            Review(
                interaction_id=call.id,
                agent_id=call.agent_id,
                author_id=author,
                kind=kind,
                text="well done",
                at=NOON,
                answer="thanks" if is_answered else None,
                answered_at=NOON if is_answered else None,
                withdrawn_at=withdrawn_at,
            )
        )
        if withdrawn_at is None:
            made["reviews"] = (Reviewed(kind, call.agent_id, author, is_answered),)  # type: ignore[arg-type]
    if chance.random() < 0.3:
        whose = chance.choice((mira, author))
        unit.add(Listening(agent_id=whose, interaction_id=call.id, at=NOON))
        made["listeners"] = frozenset({whose})
    if call.customer_id is None:
        return made
    about: dict[str, Any] = {"customer_id": call.customer_id, "interaction_id": call.id}
    if chance.random() < 0.5:
        side, state = (
            chance.choice(("ours", "theirs")),
            chance.choice(("open", "open", "kept", "broken", "renegotiated", "withdrawn")),
        )
        due_at = _maybe(chance, _moment(chance), 0.8)
        closed_at = None if state == "open" else _moment(chance)
        unit.add(
            Promise(
                **about,
                side=side,
                text="call back",
                state=state,
                due_at=due_at,
                closed_at=closed_at,
                created_at=NOON,
            )
        )
        made["promises"] = (Promised(side, state, due_at, closed_at),)  # type: ignore[arg-type]
    if chance.random() < 0.3:
        kind, state = chance.choice(("complaint", "order")), chance.choice(("open", "solved"))
        unit.add(Case(**about, kind=kind, title="cold", state=state, opened_at=NOON))
        if kind == "complaint":
            made["complaints"] = (state == "open",)
    if chance.random() < 0.4:
        how = chance.choice(("known", "override"))
        receipt = Receipt(
            **about,
            agent_id=mira,
            digest="d",
            begun_at=NOON,
        )
        unit.add(receipt)
        receipt.granted_at, receipt.how = NOON, how
        receipt.override = "hurry" if how == "override" else None
        unit.save(receipt)
        made["has_override"] = how == "override"
        script = chance.choice(scripts)
        unit.add(
            ScriptRun(
                **about,
                script_id=script.id,
                receipt_id=receipt.id,
                agent_id=mira,
                started_at=NOON,
            )
        )
        made["scripts"] = frozenset({script.slug})
    if chance.random() < 0.3:
        made["moods"] = (chance.choice(TEXTS),)
        unit.add(Mood(**about, text=made["moods"][0], at=NOON))
    for _ in range(chance.randrange(3)):
        side, state = chance.choice(("ours", "theirs")), chance.choice(("current", "taken_back"))
        kind, reason = chance.choice(TEXTS), _maybe(chance, chance.choice(TEXTS))
        unit.add(Concession(**about, side=side, kind=kind, reason=reason, at=NOON, state=state))
        if state == "current":
            name = "gave" if side == "ours" else "got"
            made[name] = (*made.get(name, ()), kind, *([reason] if reason else []))
    if chance.random() < 0.3:
        what, state = chance.choice(TEXTS), chance.choice(("current", "lifted", "wrong"))
        unit.add(Refusal(**about, what=what, at=NOON, state=state))
        if state != "wrong":
            made["refusals"] = (what,)
    if chance.random() < 0.4:
        answered_at = _maybe(chance, NOON)
        unit.add(Feedback(**about, asked_at=NOON, answered_at=answered_at))
        made["feedback"] = (answered_at is not None,)
    return made


_VALUES: dict[str, tuple[str, ...]] = {
    "agent": (*AGENTS, "nobody", "gone"),
    "team": ("Desk", "Away", "none such"),
    "customer": ("nobody", "ada", "ADA hart", "zoe", "o'neill", show(CUSTOMER, 77)),
    "channel": ("phone", "chat", "visit", "sms"),
    "direction": ("in", "out"),
    "state": ("live", "ringing", "talking", "on_hold", "ended", "parked", "wrapped_up"),
    "topic": (*TOPICS, "unused"),
    "met": ("yes", "partly", "no", "not_asked"),
    "verified": ("yes", "no"),
    "agenda": ("any", "none", *ASKED),
    "outcome": ("any", "none", *ASKED),
    "mood": ("any", "none", *ASKED),
    "promise": ("any", "none", "open", "due", "late", "kept", "broken", "withdrawn", "theirs"),
    "complaint": ("any", "none", "open", "closed"),
    "script": ("any", "none", "override", *SLUGS, "gone"),
    "friction": ("any", "none", "gate", "search", "speed"),
    "review": ("any", "none", "answered", "unanswered", "praise", "mine"),
    "note": ("any", "none"),
    "gave": ("any", "none", *ASKED),
    "got": ("any", "none", *ASKED),
    "refusal": ("any", "none", *ASKED),
    "feedback": ("answered", "unanswered", "none"),
    "listened": ("me", "none"),
}


@st.composite
def _choices(draw: st.DrawFn) -> Choice:
    name = draw(st.sampled_from(sorted(_VALUES)))
    values = draw(st.lists(st.sampled_from(_VALUES[name]), min_size=1, max_size=3, unique=True))
    return Choice(name, tuple(values), draw(st.booleans()))  # type: ignore[arg-type]


@st.composite
def _words(draw: st.DrawFn) -> Words:
    words = draw(st.sampled_from(ASKED)).split()
    is_beginning = draw(st.booleans())
    if is_beginning:
        words[-1] = words[-1][: draw(st.integers(1, len(words[-1])))]
    return Words(tuple(words), is_beginning, draw(st.booleans()))


_moments = st.sampled_from(EDGES).flatmap(
    lambda edge: st.sampled_from((edge, edge + timedelta(seconds=1), edge.replace(microsecond=5)))
)
_spans = st.builds(Span, st.none() | _moments, st.none() | _moments, st.booleans())
_seconds = st.none() | st.sampled_from((0, 1, 59, 60, 61, 605, 606, 700))
_lengths = st.builds(Length, _seconds, _seconds, st.booleans())
_repeats = st.builds(Repeat, st.sampled_from((1, 2, 11, 14, 60)), st.booleans())

terms: st.SearchStrategy[Term] = st.one_of(
    _choices(), _choices(), _words(), _spans, _lengths, _repeats
)
filters = st.lists(terms, max_size=3).map(lambda listed: Filter(tuple(listed)))
"""Filters by chance, most of which find something."""
