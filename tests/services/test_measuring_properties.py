"""Whatever the rows, the database counts what plain Python counts, and shows as many lines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from agent_tui.domain.rules.definitions import DEFINITIONS
from agent_tui.domain.tables import ContactPoint, Interaction, InteractionTopic, Promise, Prompt
from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.measures import MEASURES, BehindLine, Measure, Period, Whose
from agent_tui.services.desk import Desk
from tests.builders import NOON
from tests.services.measure_truth import (
    Asked,
    Contact,
    Everything,
    Promised,
    Way,
    figure_of,
    judged,
    spread_of,
)
from tests.services.measured import WEEK_A, WEEK_B, WEEK_C, World, all_behind

PEOPLE = some.sampled_from((0, 1))
AGENTS = some.sampled_from((0, 1, None))
VALUES = some.sampled_from(("+441", "+442", "a@example.org"))
MOMENTS = some.integers(0, 2 * 3 * 7).map(lambda half: WEEK_C.since + timedelta(hours=12 * half))
"""Half days of three weeks, so that beginnings, ends and same moments come up."""
TABLES = ("interaction_topics", "promises", "prompts", "contact_points", "interactions")


def any_of(*words: Any) -> some.SearchStrategy[Any]:
    return some.sampled_from(words)


CONTACTS = some.builds(
    Contact,
    opened_at=MOMENTS | any_of(NOON - timedelta(days=365 * 4)),
    customer=any_of(0, 0, 0, 1, 1, None),
    agent=AGENTS,
    direction=any_of("in", "in", "out"),
    channel=any_of("phone", "email", "sms"),
    state=any_of("wrapped_up", "wrapped_up", "ended", "talking"),
    answered=some.booleans(),
    agenda=any_of(None, " ", "the boiler"),
    read_back=any_of(None, "agreed", "disputed", "not_done"),
    peer=VALUES | some.none(),
    topics=some.frozensets(any_of("boiler", "bill")),
)
PROMISES = some.builds(
    Promised,
    customer=PEOPLE,
    owner=AGENTS,
    side=any_of("ours", "ours", "theirs"),
    due_at=MOMENTS | MOMENTS | some.none(),
    state=any_of("open", "kept", "kept", "renegotiated", "withdrawn", "broken"),
    closed_at=MOMENTS | some.none(),
    told=any_of(None, True, False),
    reason=any_of(None, "not promised", "no need"),
    created_at=MOMENTS,
)
WAYS = some.lists(
    some.builds(
        Way,
        customer=PEOPLE,
        kind=any_of("phone", "email"),
        value=VALUES,
        preferred=some.booleans(),
        consent=any_of("given", "withdrawn", "withdrawn", "unknown"),
        withdrawn_at=MOMENTS | MOMENTS | some.none(),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda way: (way.customer, way.kind, way.value),
)
PROMPTS = some.builds(
    Asked,
    customer=PEOPLE,
    agent=any_of(0, 1),
    what=any_of("field:language", "fact:prefers", "confirm:f_1"),
    at=MOMENTS,
    outcome=any_of(None, "answered", "declined", "not_now"),
)
WORLDS = some.builds(
    Everything,
    contacts=some.lists(CONTACTS, min_size=5, max_size=12).map(tuple),
    promises=some.lists(PROMISES, min_size=2, max_size=6).map(tuple),
    ways=WAYS.map(tuple),
    prompts=some.lists(PROMPTS, min_size=2, max_size=6).map(tuple),
)


class Written:
    """A desk whose rows are those of a world, and nothing else."""

    def __init__(self, desk: Desk, other: Desk) -> None:
        self.desk = desk
        self.agents = [desk.agent.id, other.agent.id]
        self.people = [World(desk).customer(name) for name in ("Ada Hart", "Ben Lind")]

    def write(self, world: Everything) -> None:
        """Take all rows away, and write these."""
        contacts = [self._contact(one) for one in world.contacts]
        topics = [
            {
                "interaction_id": row["id"],
                "topic": topic,
                "opened_at": one.opened_at,
                "customer_id": row["customer_id"],
            }
            for row, one in zip(contacts, world.contacts, strict=True)
            for topic in sorted(one.topics)
        ]
        ways = [self._way(one) for one in world.ways]
        with self.desk.writing() as unit:
            for name in TABLES:
                unit.execute(f"DELETE FROM {name}")
            unit.insert_many(Interaction, contacts)
            unit.insert_many(InteractionTopic, topics)
            unit.insert_many(Promise, [self._promise(one) for one in world.promises])
            unit.insert_many(Prompt, [self._prompt(one) for one in world.prompts])
            unit.insert_many(ContactPoint, ways)
        for row, way in zip(ways, world.ways, strict=True):
            if way.withdrawn_at is not None:
                with self.desk.writing(at=way.withdrawn_at) as unit:
                    shown = ids.show(ids.CONTACT_POINT, row["id"])
                    unit.record("consent.withdrawn", subject=shown)

    def _agent(self, place: int | None) -> int | None:
        return None if place is None else self.agents[place]

    def _customer(self, place: int | None) -> int | None:
        return None if place is None else self.people[place]

    def _contact(self, one: Contact) -> dict[str, Any]:
        return {
            "id": new_id(),
            "version": 1,
            "customer_id": self._customer(one.customer),
            "agent_id": self._agent(one.agent),
            "channel": one.channel,
            "direction": one.direction,
            "state": one.state,
            "met": "not_asked",
            "opened_at": one.opened_at,
            "answered_at": one.opened_at if one.answered else None,
            "agenda": one.agenda,
            "read_back": one.read_back,
            "peer": one.peer,
        }

    def _promise(self, one: Promised) -> dict[str, Any]:
        return {
            "id": new_id(),
            "version": 1,
            "customer_id": self._customer(one.customer),
            "owner_id": self._agent(one.owner),
            "side": one.side,
            "text": "call back",
            "due_at": one.due_at,
            "state": one.state,
            "closed_at": one.closed_at,
            "told_before_due": one.told,
            "reason": one.reason,
            "created_at": one.created_at,
        }

    def _prompt(self, one: Asked) -> dict[str, Any]:
        return {
            "id": new_id(),
            "customer_id": self._customer(one.customer),
            "agent_id": self._agent(one.agent),
            "what": one.what,
            "at": one.at,
            "outcome": one.outcome,
        }

    def _way(self, one: Way) -> dict[str, Any]:
        return {
            "id": new_id(),
            "version": 1,
            "customer_id": self._customer(one.customer),
            "kind": one.kind,
            "value": one.value,
            "normal": one.value,
            "reversed": one.value[::-1],
            "preferred": one.preferred,
            "consent": one.consent,
            "created_at": NOON,
        }


RETURNING = Everything(
    contacts=tuple(
        Contact(
            WEEK_C.since + timedelta(hours=hours),
            customer=0,
            agent=0,
            direction="in",
            channel="phone",
            state="wrapped_up",
            answered=True,
            agenda=None,
            read_back=None,
            peer=None,
            topics=frozenset(),
        )
        for hours in (0, 12, 24, 240)
    )
)
"""Somebody who comes back after a silence that is long for them, which chance seldom makes."""
COUNTED: tuple[Measure, ...] = tuple(
    one
    for one in MEASURES
    if not DEFINITIONS[one].bands
    and DEFINITIONS[one].not_counted is None
    and one not in ("decisions_told", "offers_after_met")
)
SPREAD: tuple[Measure, ...] = tuple(one for one in MEASURES if DEFINITIONS[one].bands)
LONG = Period(WEEK_C.since - timedelta(days=365 * 5), WEEK_A.until)
EXAMPLES = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""Few, since each one writes a world to a database."""


def test_the_database_counts_what_plain_python_counts(mira: Desk, asha: Desk, lena: Desk) -> None:
    lena.staffing.place("lena", role="admin")
    written = Written(mira, asha)
    whose: dict[Whose, dict[str, Any]] = {
        Whose("all"): {},
        Whose("agent", "mira"): {"agents": frozenset({0})},
        Whose("team", mira.agent.team): {"agents": frozenset({0, 1})},
        Whose("customer", customer_id=written.people[1]): {"customer": 1},
    }

    @EXAMPLES
    @example(RETURNING)
    @given(WORLDS)
    def agrees(world: Everything) -> None:
        written.write(world)
        for measure in COUNTED:
            rows = list(judged(measure, world, NOON))
            for one, only in whose.items():
                for period in (WEEK_B, LONG):
                    found = lena.measuring.figure(measure, one, period)
                    said = (found.count, found.n, found.missing)
                    assert said == figure_of(rows, period, **only), (measure, one, period)
        for measure in SPREAD:
            for period in (WEEK_B, LONG):
                found = lena.measuring.figure(measure, Whose("all"), period)
                truth = spread_of(measure, world, period, NOON)
                assert (found.bands, found.missing) == truth, (measure, period)
                assert found.n == sum(found.bands)

    agrees()


def test_as_many_lines_as_counted_and_every_one_once(mira: Desk, asha: Desk, lena: Desk) -> None:
    lena.staffing.place("lena", role="admin")
    written = Written(mira, asha)

    @EXAMPLES
    @given(WORLDS)
    def opens(world: Everything) -> None:
        written.write(world)
        for measure in (*COUNTED, *SPREAD):
            found = lena.measuring.figure(measure, Whose("all"), LONG)
            bands = DEFINITIONS[measure].bands
            counts = (
                dict(zip((code for code, _ in bands), found.bands, strict=True))
                if bands
                else {"counted": found.count, "others": (found.n or 0) - (found.count or 0)}
            )
            seen: list[str] = []
            for part, count in (counts | {"missing": found.missing}).items():
                lines = all_behind(lena, measure, part, Whose("all"), LONG, page=3)
                assert len(lines) == count, (measure, part)
                assert lines == sorted(lines, key=_newest_first)
                seen += [line.record for line in lines]
            assert len(set(seen)) == len(seen)

    opens()


def _newest_first(line: BehindLine) -> tuple[timedelta, int]:
    return NOON - line.place.at, -line.place.id
