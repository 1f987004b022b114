"""How a filter is gone through: by what is rarest in it, and in bounded steps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from agent_tui.domain.rules.filter_truth import MEANINGS
from agent_tui.domain.tables import Interaction, InteractionTopic, Message, Promise
from agent_tui.domain.values.filters import (
    FIELDS,
    Asking,
    Choice,
    Filter,
    Span,
    Term,
    Words,
)
from agent_tui.domain.values.recent import RecentPlace
from agent_tui.services.registering import add_customer
from agent_tui.storage.location import locate
from agent_tui.storage.queries import walking
from agent_tui.storage.queries.filter_leads import (
    EveryOne,
    OfAgents,
    OfRecords,
    OfTopics,
    OfWords,
    best_way,
)
from agent_tui.storage.queries.filtering import Compiled, compile_filter
from agent_tui.storage.reader import Reader
from agent_tui.storage.store import Store
from agent_tui.storage.words import BEYOND
from tests.builders import NOON, make_desk

COUNT = 300


@pytest.fixture
def store(migrated_url: str) -> Iterator[Store]:
    """Interactions a minute apart: with a topic every 10th, a rare word every 100th, a promise
    every 150th; an agent has every 50th."""
    with closing(make_desk(migrated_url)) as desk:
        mira = desk.agent.id
    with closing(Store(locate(migrated_url))) as made:
        with made.writing(now=NOON, agent_id=None) as unit:
            ada = add_customer(unit, name="Ada").id
            for n in range(COUNT):
                at = NOON + timedelta(minutes=n)
                unit.add(
                    Interaction(
                        id=n + 1,
                        customer_id=ada,
                        agent_id=mira if n % 50 == 0 else None,
                        channel="chat",
                        direction="in",
                        state="wrapped_up",
                        opened_at=at,
                    )
                )
                said = "a rare word" if n % 100 == 0 else "a word"
                unit.add(Message(interaction_id=n + 1, sequence=1, speaker="agent", text=said))
                if n % 10 == 0:
                    unit.add(InteractionTopic(interaction_id=n + 1, topic="bill", opened_at=at))
                if n % 150 == 0:
                    unit.add(
                        Promise(
                            customer_id=ada,
                            interaction_id=n + 1,
                            side="ours",
                            text="x",
                            created_at=at,
                        )
                    )
        yield made


AGENT, TOPIC = Choice("agent", ("mira",)), Choice("topic", ("bill",))
PROMISE, RARE, COMMON = Choice("promise", ("any",)), Words(("rare",)), Words(("word",))


def compiled(reader: Reader, *terms: Term) -> Compiled:
    day = (NOON, NOON + timedelta(days=1))
    return compile_filter(reader, Filter(terms), Asking(1, True, NOON, day), agents=None)


@pytest.mark.parametrize(
    ("terms", "lead"),
    [
        ((Choice("channel", ("chat",)),), EveryOne),
        ((TOPIC,), OfTopics),
        ((TOPIC, AGENT), OfAgents),
        ((COMMON, AGENT, TOPIC), OfAgents),
        ((TOPIC, RARE, COMMON, AGENT), OfWords),
        ((AGENT, TOPIC, RARE, PROMISE), OfRecords),
        ((Choice("promise", ("none",)), Words(("rare",), is_not=True), TOPIC), OfTopics),
    ],
)
def test_the_rarest_leads(store: Store, terms: tuple[Term, ...], lead: type) -> None:
    reader = store.reader()
    wanted = compiled(reader, *terms)
    for at, down in ((BEYOND, True), (-BEYOND, False)):
        assert isinstance(best_way(reader, wanted, at, 1, down=down).lead, lead)


def test_a_walk_is_gone_on_with_from_where_it_was_left(store: Store) -> None:
    reader = store.reader()
    wanted = compiled(reader, TOPIC, COMMON)
    whole = [place for stretch in walking.walk(reader, wanted) for place in stretch.places]
    assert [place.interaction_id for place in whole] == list(range(COUNT - 9, 0, -10))
    found: list[RecentPlace] = []
    beyond: RecentPlace | None = None
    while True:
        stretch = next(walking.walk(reader, wanted, beyond=beyond, at_most=7), None)
        assert stretch is not None
        found += stretch.places
        if stretch.reached is None:
            break
        beyond = stretch.reached
    assert found == whole


def test_days_bound_what_is_looked_at(store: Store) -> None:
    reader = store.reader()
    wanted = compiled(reader, Span(NOON + timedelta(days=2), None))
    assert list(walking.walk(reader, wanted)) == [walking.Stretch((), None)]
    assert sum(walking.count(reader, wanted)) == 0
    nothing = compiled(reader, Span(NOON + timedelta(days=2), NOON))
    assert list(walking.walk(reader, nothing)) == []


def test_values_are_bound_and_never_part_of_a_query(store: Store) -> None:
    reader = store.reader()
    for field in ("agent", "team", "channel", "topic", "script", "agenda", "mood", "customer"):
        for value in ("'", '"', "x'; DROP TABLE interactions; --", "%s :now", "* OR 1=1", "\\"):
            wanted = compiled(reader, Choice(field, (value, "other")), Choice(field, (value,)))
            assert sum(walking.count(reader, wanted)) == 0
            assert [s.places for s in walking.walk(reader, wanted) if s.places] == []
    assert sum(walking.count(reader, compiled(reader))) == COUNT


def test_every_field_has_its_meaning_written_down() -> None:
    assert set(MEANINGS) == set(FIELDS)
