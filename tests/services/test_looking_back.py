"""The timeline: every kind of entry, in pages of any size, in both directions, filtered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_tui.domain.tables import HandOver
from agent_tui.domain.values.signals import CallSignal
from agent_tui.domain.values.timeline import (
    KINDS,
    SHOWN,
    TimelineEntry,
    TimelineFilter,
    TimelineKind,
    TimelinePage,
    TimelinePlace,
)
from agent_tui.errors import BadInput
from agent_tui.services.desk import Desk
from agent_tui.services.staffing import add_agent
from agent_tui.storage.queries import timeline
from tests.builders import NOON, StandingClock, make_desk
from tests.services.timelines import Past

reading = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
filters = st.sampled_from(list(SHOWN))


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


@pytest.fixture
def past(desk: Desk) -> Past:
    past = Past(desk)
    past.fill(400)
    return past


def places(page: TimelinePage) -> list[TimelinePlace]:
    return [entry.place for entry in page.entries]


def test_every_kind_is_behind_all_and_one_other_filter() -> None:
    others = [kind for shown, kinds in SHOWN.items() if shown != "all" for kind in kinds]
    assert sorted(others) == sorted(KINDS)
    assert SHOWN["all"] == KINDS


def test_pages_of_any_size_joined_are_the_whole_list(past: Past) -> None:
    looking = past.desk.looking_back
    assert {place.rank for place in past.places} == set(range(1, len(KINDS) + 1))
    assert len({place.at for place in past.places}) < len(past.places) / 4, "moments are shared"

    @reading
    @given(size=st.integers(1, 90), shown=filters, forward=st.booleans())
    def holds(size: int, shown: TimelineFilter, forward: bool) -> None:
        whole, found = past.of(SHOWN[shown]), list[TimelinePlace]()
        edge: TimelinePlace | None = None
        while True:
            if forward:
                page = looking.later(past.customer_id, edge, shown, limit=size)
                found = places(page) + found
                edge = page.later
            else:
                page = looking.earlier(past.customer_id, edge, shown, limit=size)
                found += places(page)
                edge = page.earlier
            assert len(page.entries) <= size
            if edge is None:
                break
        assert found == whole

    holds()


def test_a_page_from_anywhere_is_the_stretch_of_the_whole_list_there(past: Past) -> None:
    looking = past.desk.looking_back
    anywhere = st.builds(
        TimelinePlace,
        st.sampled_from([place.at for place in past.places]),
        st.integers(0, len(KINDS) + 1),
        st.sampled_from([0, *(place.id for place in past.places)]),
    )

    @reading
    @given(edge=st.one_of(st.sampled_from(past.places), anywhere), shown=filters)
    def holds(edge: TimelinePlace, shown: TimelineFilter) -> None:
        whole = past.of(SHOWN[shown])
        below = looking.earlier(past.customer_id, edge, shown, limit=20)
        above = looking.later(past.customer_id, edge, shown, limit=20)
        assert places(below) == [place for place in whole if place < edge][:20]
        assert places(above) == [place for place in whole if place > edge][-20:]
        assert below.later is not None
        assert above.earlier is not None
        up = looking.later(past.customer_id, below.later, shown, limit=20)
        down = looking.earlier(past.customer_id, above.earlier, shown, limit=20)
        assert places(up) == [place for place in whole if place >= edge][-20:]
        assert places(down) == [place for place in whole if place <= edge][:20]

    holds()


def test_a_filter_is_the_same_filter_over_the_whole(past: Past) -> None:
    looking = past.desk.looking_back
    whole = [*looking.entries(past.customer_id, limit=10_000)]
    for shown, kinds in SHOWN.items():
        filtered = [*looking.entries(past.customer_id, shown, limit=10_000)]
        assert filtered == [entry for entry in whole if entry.kind in kinds]
        assert filtered


STEPS = ("told", "complaint_closed", "promise_taken")
"""Entries that are found among all complaints of the customer, and among all promises that were
changed: their moments are not indexed."""


@pytest.mark.parametrize("shown", SHOWN)
def test_a_page_is_read_in_the_order_of_an_index_of_each_kind(
    sqlite_template: Path, shown: TimelineFilter
) -> None:
    read = [
        timeline._read(kind, TimelinePlace(NOON, 8, 1), "DESC")
        for kind in SHOWN[shown]
        if kind not in STEPS
    ]
    with closing(sqlite3.connect(sqlite_template)) as connection:
        for sql in read:
            values = {"customer": 1, "at": 1, "id": 1, "limit": 60}
            plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
            steps = [row[3] for row in plan if "of_" not in row[3]]
            assert [step for step in steps if "SCAN" in step or "TEMP" in step] == [], sql
            assert any(step.startswith("SEARCH") for step in steps)


@pytest.mark.parametrize("kind", STEPS)
def test_what_is_found_among_others_looks_at_nobody_elses(
    sqlite_template: Path, kind: TimelineKind
) -> None:
    sql = timeline._read(kind, TimelinePlace(NOON, 8, 1), "DESC")
    with closing(sqlite3.connect(sqlite_template)) as connection:
        values = {"customer": 1, "at": 1, "id": 1, "limit": 60}
        plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    assert [row[3] for row in plan if "SCAN" in row[3] and "of_" not in row[3]] == []


def test_more_entries_than_a_page_holds_are_read_on(desk: Desk) -> None:
    past = Past(desk)
    past.fill(1_300)
    found = [entry.place for entry in desk.looking_back.entries(past.customer_id, limit=1_200)]
    assert found == past.of()[:1_200]


def test_an_unknown_filter_is_refused_in_words(desk: Desk) -> None:
    with pytest.raises(BadInput, match="no part of a timeline: it is all, contacts"):
        desk.looking_back.newest(1, cast(TimelineFilter, "gossip"))


def test_nobody_has_an_empty_timeline(desk: Desk) -> None:
    assert desk.looking_back.newest(1) == TimelinePage(1, "all")
    assert desk.looking_back.first(1, "money") == TimelinePage(1, "money")


@pytest.fixture
def working(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


def told(desk: Desk, customer_id: int) -> list[TimelineEntry]:
    return list(desk.looking_back.newest(customer_id).entries)


def test_what_was_done_at_the_desk_stands_there_in_its_order(
    working: Desk, clock: StandingClock
) -> None:
    desk = working
    ada = desk.registering.customer("Ada Hart")
    made = desk.noting.save("!send the plan +3d =prefers mornings no: offers", customer_id=ada)
    [promise] = desk.store.reader().rows("SELECT id FROM promises")
    clock.move(days=1)
    desk.promising.renegotiate(promise[0], clock.now + timedelta(days=9), told=True)
    clock.move(days=1)
    [fact] = desk.knowing.facts(ada)
    desk.knowing.confirm(fact.id)
    clock.move(days=1)
    desk.knowing.forget(fact.id, "they never said so")
    clock.move(days=1)
    desk.knowing.give(ada, "ours", "waived fee", "5.00", "GBP", "the wait")

    entries = told(desk, ada)
    assert [entry.kind for entry in entries] == [
        "concession",
        "wrong",
        "confirmed",
        "promise_closed",
        "refusal",
        "fact",
        "promise",
        "note",
    ]
    given, wrong, confirmed, moved, refused, learned, promised, note = entries
    assert (given.text, given.amount, given.currency, given.reason) == (
        "waived fee",
        "5.00",
        "GBP",
        "the wait",
    )
    assert (wrong.text, wrong.reason) == ("mornings", "they never said so")
    assert (confirmed.text, learned.state) == ("mornings", "wrong")
    assert (moved.state, moved.due_at) == ("renegotiated", NOON + timedelta(days=10))
    assert (promised.text, promised.state) == ("send the plan", "renegotiated")
    assert refused.text == "offers"
    assert note.text.startswith("!send the plan")
    assert {entry.note_id for entry in (refused, learned, promised, note)} == {made.id}
    assert promised.who == note.who == desk.agent.name
    assert [entry.kind for entry in desk.looking_back.newest(ada, "promises").entries] == [
        "promise_closed",
        "promise",
    ]


def test_a_promise_stays_that_of_who_made_it_and_says_who_took_it_over(
    mira: Desk, asha: Desk, lena: Desk, clock: StandingClock
) -> None:
    ada, ben = (mira.registering.customer(name) for name in ("Ada Hart", "Ben Lind"))
    made = mira.promising.make(ada, "call back", clock.now + timedelta(days=9))
    mira.promising.make(ben, "call back", clock.now + timedelta(days=9))
    clock.move(hours=1)
    mira.promising.hand_over(made, "asha")
    [promised] = told(mira, ada)
    assert promised.who == "Mira"
    first = clock.move(hours=1)
    asha.promising.accept(made)
    clock.move(hours=1)
    asha.promising.hand_over(made, "lena")
    then = clock.move(hours=1)
    lena.promising.accept(made)
    again, taken, promised = told(mira, ada)
    assert [(one.kind, one.who, one.at, one.text) for one in (again, taken)] == [
        ("promise_taken", "Lena", then, "call back"),
        ("promise_taken", "Asha", first, "call back"),
    ]
    assert (promised.kind, promised.who, promised.id) == ("promise", "Mira", taken.id)
    assert [one.kind for one in told(mira, ben)] == ["promise"]


def test_a_corrected_note_stands_once_where_it_was_written_and_says_what_it_says_now(
    working: Desk, clock: StandingClock
) -> None:
    ada = working.registering.customer("Ada Hart")
    first = working.noting.save("the boyler", customer_id=ada)
    clock.move(hours=1)
    working.noting.correct(first.id, "the boiler")
    [entry] = told(working, ada)
    assert (entry.id, entry.at, entry.text) == (first.id, NOON, "the boiler")


def test_what_is_taken_back_leaves(working: Desk) -> None:
    ada = working.registering.customer("Ada Hart")
    note = working.noting.save("=prefers mornings", customer_id=ada)
    assert [entry.kind for entry in told(working, ada)] == ["fact", "note"]
    working.noting.undo(note.id)
    assert told(working, ada) == []


def test_what_was_handed_over_goes_along_to_the_right_person(working: Desk) -> None:
    ada = working.registering.customer("Ada Hart")
    ben = working.registering.customer("Ben Moor")
    working.conversing.take(CallSignal("phone", "c1", "ringing"))
    [call] = working.opening.live()
    with working.writing() as unit:
        asha = add_agent(unit, handle="asha", name="Asha Raman", role="agent")
        unit.add(
            HandOver(
                interaction_id=call.id,
                from_id=working.agent.id,
                to_id=asha.id,
                tried="restarted it",
                at=unit.now,
            )
        )
    working.conversing.attach(call.id, ada)
    assert [entry.kind for entry in told(working, ada)] == ["hand_over", "interaction"]
    working.conversing.move(call.id, ben)
    assert told(working, ada) == []
    [handed, contact] = told(working, ben)
    assert (handed.text, handed.other, handed.interaction_id) == (
        "restarted it",
        "Asha Raman",
        contact.id,
    )


def test_a_complaint_has_an_entry_for_each_of_its_turns(
    working: Desk, clock: StandingClock
) -> None:
    ada = working.registering.customer("Ada Hart")
    case = working.complaining.open(ada, "nobody came")
    clock.move(days=1)
    working.complaining.decide(case, "one named engineer", "it was promised")
    clock.move(days=1)
    working.complaining.tell(case)
    clock.move(days=1)
    working.complaining.react(case, "accepted")
    working.complaining.close(case)
    closed, was_told, opened = working.looking_back.newest(ada, "complaints").entries
    assert [closed.kind, was_told.kind, opened.kind] == ["complaint_closed", "told", "case"]
    assert {closed.called, was_told.called, opened.called} == {opened.called}
    assert (opened.text, was_told.reason, closed.reason) == (
        "nobody came",
        "one named engineer",
        "accepted",
    )
