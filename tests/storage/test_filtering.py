"""How a filter is gone through: by what is rarest in it, and in bounded steps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import text

from agent_tui.domain.rules.filter_truth import MEANINGS
from agent_tui.domain.tables import Interaction, InteractionTopic, Message, Promise
from agent_tui.domain.values.filters import (
    FIELDS,
    Asking,
    Choice,
    Filter,
    Repeat,
    Span,
    Term,
    Words,
)
from agent_tui.domain.values.recent import RecentPlace
from agent_tui.services.registering import add_customer
from agent_tui.storage import schema
from agent_tui.storage.engines import writing_engine
from agent_tui.storage.location import locate
from agent_tui.storage.queries import walking, word_leads
from agent_tui.storage.queries.filter_leads import (
    EveryOne,
    OfColumn,
    OfRecords,
    OfTopics,
    best_way,
)
from agent_tui.storage.queries.filtering import Compiled, compile_filter
from agent_tui.storage.queries.word_leads import OfWords
from agent_tui.storage.reader import Reader
from agent_tui.storage.store import Store
from agent_tui.storage.words import BEYOND
from tests.builders import NOON, make_desk
from tests.storage.steps import bring_to

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
        ((Choice("direction", ("in",)),), EveryOne),
        ((Choice("channel", ("sms",)),), OfColumn),
        ((TOPIC, Choice("met", ("yes", "no"))), OfColumn),
        ((TOPIC,), OfTopics),
        ((TOPIC, Choice("channel", ("chat",))), OfTopics),
        ((TOPIC, AGENT), OfColumn),
        ((COMMON, AGENT, TOPIC), OfColumn),
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


@pytest.mark.parametrize("window_s", [0.0, 3600.0])
def test_however_long_windows_take_the_same_is_found(
    store: Store, monkeypatch: pytest.MonkeyPatch, window_s: float
) -> None:
    monkeypatch.setattr(walking, "WINDOW_S", window_s)
    monkeypatch.setattr(walking, "FIRST_STEPS", 20)
    monkeypatch.setattr(walking, "STEPS", 8)
    reader = store.reader()
    for terms in ((Choice("direction", ("in",)), COMMON), (TOPIC, COMMON), (RARE, COMMON)):
        wanted = compiled(reader, *terms)
        whole = [p for s in walking.walk(reader, wanted) for p in s.places]
        for down in (True, False):
            stretches = list(walking.walk(reader, wanted, down=down, at_most=7))
            found = [place for stretch in stretches for place in stretch.places]
            assert found == (whole if down else whole[::-1])


def test_a_server_finds_words_wherever_they_crowd(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How far away words are is estimated there from a few documents: these may say little."""
    monkeypatch.setattr(word_leads, "SAMPLED", 6)
    monkeypatch.setattr(word_leads, "OFTEN", 2)
    monkeypatch.setattr(word_leads, "MOST_GATHERED", 2)
    monkeypatch.setattr(walking, "STEPS", 2)
    monkeypatch.setattr(walking, "FIRST_STEPS", 2)
    with store.writing(now=NOON, agent_id=None) as unit:
        for sequence in range(2, 40):
            unit.add(
                Message(interaction_id=151, sequence=sequence, speaker="agent", text="rare words")
            )
    reader = store.reader()
    wanted = compiled(reader, RARE)
    for down, order in ((True, [201, 151, 101, 1]), (False, [1, 101, 151, 201])):
        stretches = walking.walk(reader, wanted, down=down, at_most=2)
        assert [p.interaction_id for s in stretches for p in s.places] == order
    assert sum(walking.count(reader, wanted)) == 4
    [lead] = [OfWords(reader, one) for one in compiled(reader, Words(("nowhere",))).said]
    assert lead.edge(BEYOND, 0, down=True) is None


@pytest.mark.parametrize(
    ("terms", "count"),
    [
        ((Repeat(1),), 29),
        ((Repeat(1), Choice("channel", ("chat",))), 29),
        ((Repeat(1), Choice("channel", ("sms",))), 0),
        ((Repeat(1), AGENT), 5),
        ((Repeat(1), Choice("topic", ("bill",))), 29),
        ((Repeat(1, is_not=True),), COUNT - 29),
        ((Repeat(1), Span(NOON + timedelta(minutes=100), None)), 20),
    ],
)
@pytest.mark.parametrize("steps", [7, 50_000])
def test_who_came_again_is_counted_customer_by_customer(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    terms: tuple[Term, ...],
    count: int,
    steps: int,
) -> None:
    monkeypatch.setattr(walking, "_COUNTED_STEPS", steps)
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.execute("UPDATE interaction_topics SET customer_id = (SELECT id FROM customers)")
    reader = store.reader()
    wanted = compiled(reader, *terms)
    assert sum(len(s.places) for s in walking.walk(reader, wanted)) == count
    assert sum(walking.count(reader, wanted)) == count


def test_open_complaints_are_gathered_by_their_own_index(store: Store) -> None:
    reader = store.reader()
    if reader.is_postgres:
        pytest.skip("a server chooses by how many there are")
    wanted = compiled(reader, Choice("complaint", ("open",)))
    [lead] = wanted.records[0].leads
    [plan] = reader.rows(f"EXPLAIN QUERY PLAN {lead}", **wanted.bound.values)
    assert "cases_complaints" in str(plan[-1])


def test_what_was_there_before_the_step_is_found_by_its_indexes(database_url: str) -> None:
    bring_to(database_url, "0009")
    engine = writing_engine(locate(database_url))
    with engine.begin() as connection:
        at = NOON if connection.dialect.name == "postgresql" else 1_763_640_000_000_000
        for number, channel, met in ((1, "chat", "no"), (2, "phone", "no"), (3, "chat", "yes")):
            connection.execute(
                text(
                    "INSERT INTO interactions (id, version, channel, direction, met, state, "
                    "opened_at) VALUES (:id, 1, :channel, 'in', :met, 'wrapped_up', :at)"
                ),
                {"id": number, "channel": channel, "met": met, "at": at},
            )
    engine.dispose()
    schema.bring_up(locate(database_url))
    with closing(Store(locate(database_url))) as store:
        reader = store.reader()
        for terms, count in (
            ((Choice("channel", ("chat",)),), 2),
            ((Choice("channel", ("visit",)),), 0),
            ((Choice("met", ("no",)), Choice("channel", ("chat",))), 1),
            ((Choice("met", ("no", "yes")),), 3),
            ((Repeat(14),), 0),
        ):
            wanted = compiled(reader, *terms)
            assert sum(walking.count(reader, wanted)) == count
            assert sum(len(s.places) for s in walking.walk(reader, wanted, at_most=5)) == count
