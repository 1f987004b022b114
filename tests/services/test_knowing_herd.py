"""Others with the same matter this week, people and not contacts, with what is behind it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import agent_tui
from agent_tui.domain.values.records import (
    CustomerRecord,
    InteractionRecord,
    PersonRecord,
    SourceRow,
)
from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    """Somebody who is on the line about the boiler."""
    ada = desk.registering.customer("Ada Hart")
    desk.conversing.take(CallSignal("phone", "1", "answered"))
    [call] = desk.opening.live()
    desk.conversing.attach(call.id, ada)
    desk.noting.save("#boiler #moving", interaction_id=call.id)
    return ada


def came(desk: Desk, name: str, *contacts: datetime, topic: str = "boiler") -> None:
    """A file that says when somebody was in contact about a topic."""
    person = PersonRecord(
        CustomerRecord(name, name),
        interactions=tuple(
            InteractionRecord(channel="phone", opened_at=at, topics=(topic,)) for at in contacts
        ),
    )
    desk.importing.take([SourceRow(1, "", person)], source="crm", rejected=lambda _: None)


def ago(days: float) -> datetime:
    return NOON - timedelta(days=days)


def test_more_others_than_usual_are_a_herd(desk: Desk, ada: int) -> None:
    for place in range(4):
        came(desk, f"this week {place}", ago(place), ago(place + 0.5))
    for week in range(1, 9):
        came(desk, f"week {week}", ago(7 * week + 1))
    [one] = desk.knowing.herd(ada)
    assert (one.topic, one.others, one.usual, one.is_new) == ("boiler", 4, 1.0, False)
    assert len(one.interactions) == 8
    came(desk, "another before", *(ago(7 * week + 2) for week in range(1, 9)))
    [one] = desk.knowing.herd(ada)
    assert (one.others, one.usual) == (4, 2.0)
    came(desk, "one more before", ago(8))
    assert desk.knowing.herd(ada) == ()


def test_a_topic_that_nobody_had_is_new(desk: Desk, ada: int) -> None:
    for place in range(2):
        came(desk, f"they {place}", ago(place))
    assert desk.knowing.herd(ada) == ()
    came(desk, "they 2", ago(2))
    came(desk, "long ago", ago(64))
    came(desk, "to come", ago(-1))
    [one] = desk.knowing.herd(ada)
    assert (one.others, one.usual, one.is_new) == (3, 0.0, True)


def test_neither_themselves_nor_who_is_unknown_are_others(desk: Desk, ada: int) -> None:
    for place in range(2):
        came(desk, f"they {place}", ago(place))
    for name in ("2", "3"):
        desk.conversing.take(CallSignal("phone", name, "answered"))
        call = desk.browsing.recent(limit=1)[0].id
        desk.noting.save("#boiler", interaction_id=call)
        if name == "3":
            desk.conversing.attach(call, ada)
    assert desk.knowing.herd(ada) == ()
    came(desk, "they 2", ago(1))
    assert [one.others for one in desk.knowing.herd(ada)] == [3]


def test_it_is_about_what_is_live_or_was_last_the_largest_first(desk: Desk, ada: int) -> None:
    for place in range(4):
        came(desk, f"they {place}", ago(place), topic="moving")
        came(desk, f"those {place}", ago(20), ago(place + 1), topic="tariff")
        came(desk, f"who {place}", ago(place))
    came(desk, "who 4", ago(1))
    assert [one.topic for one in desk.knowing.herd(ada)] == ["boiler", "moving"]
    [call] = desk.opening.live()
    theirs = desk.finding.choose("crm:those 0")
    assert [(one.topic, one.others) for one in desk.knowing.herd(theirs)] == [("tariff", 3)]
    came(desk, "those 0", ago(0.5), topic="moving")
    assert [one.topic for one in desk.knowing.herd(theirs)] == ["moving"]
    assert [one.topic for one in desk.knowing.herd(theirs, call.id)] == ["boiler", "moving"]
    assert desk.knowing.herd(desk.registering.customer("Bo Lind")) == ()


def test_what_is_behind_it_is_read_page_by_page(desk: Desk, ada: int) -> None:
    for place in range(5):
        came(desk, f"they {place}", ago(place), ago(place + 0.5))
    came(desk, "before", ago(8))
    [one] = desk.knowing.herd(ada)
    pages = []
    before = None
    while page := desk.knowing.herd_behind(ada, "boiler", before=before, limit=3):
        pages.append(page)
        before = (page[-1].opened_at, page[-1].id)
    read = [interaction for page in pages for interaction in page]
    assert [len(page) for page in pages] == [3, 3, 3, 1]
    assert tuple(interaction.id for interaction in read) == one.interactions
    assert read == sorted(read, key=lambda one: one.opened_at, reverse=True)
    assert all("boiler" in interaction.topics for interaction in read)


def test_every_topic_knows_when_and_with_whom_its_interaction_was(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    clock.move(days=1)
    [call] = desk.opening.live()
    desk.noting.save("#leak", interaction_id=call.id)
    desk.noting.save("#leak #drip", interaction_id=call.id)
    came(desk, "Bo", ago(5))
    came(desk, "Bo", ago(5), topic="late")
    desk.conversing.take(CallSignal("phone", "2", "answered"))
    unknown = desk.browsing.recent(limit=1)[0].id
    desk.noting.save("#who", interaction_id=unknown)
    assert topics(desk) == {
        (topic, True, True) for topic in ("boiler", "drip", "late", "leak", "moving", "who")
    }
    bo = desk.finding.choose("crm:Bo")
    desk.conversing.attach(unknown, ada)
    desk.conversing.move(unknown, bo)
    assert {row[1:] for row in topics(desk)} == {(True, True)}


def topics(desk: Desk) -> set[tuple[str, bool, bool]]:
    """Every topic, and whether it agrees with its interaction."""
    rows = desk.store.reader().rows(
        "SELECT t.topic, t.opened_at = i.opened_at, t.customer_id IS NOT DISTINCT FROM "
        "i.customer_id FROM interaction_topics t JOIN interactions i ON i.id = t.interaction_id"
    )
    return {(row[0], bool(row[1]), bool(row[2])) for row in rows}


def test_whoever_writes_a_topic_says_when_and_with_whom() -> None:
    """Topics are rows of `InteractionTopic`: each place that makes one names both."""
    sources = Path(inspect.getfile(agent_tui)).parent.rglob("*.py")
    made = [
        found
        for source in sources
        for found in re.findall(
            r"(?:InteractionTopic\((?!SQLModel)|_new_topics\.append\()[^;]*?\n\s*\)",
            source.read_text(encoding="utf-8"),
        )
    ]
    assert len(made) == 2
    assert all("opened_at" in text and "customer_id" in text for text in made)
