"""Promises by age, complaints by cause, rising topics, and who was asked: worked out by hand."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.measures import (
    AGEING,
    Ageing,
    AgeingBand,
    BehindPage,
    Cause,
    Period,
    Rising,
    Surveyed,
    Whose,
)
from agent_tui.errors import UsageError
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk
from tests.services.measured import WEEK_B, World, at

ALL = Whose("all")


@pytest.fixture
def world(mira: Desk, asha: Desk, lena: Desk) -> World:
    """Three desks, of which Lena's is an admin's."""
    assert asha.agent.team == mira.agent.team
    lena.staffing.place("lena", role="admin")
    return World(mira)


def records(page: BehindPage) -> list[str]:
    return [one.record for one in page.lines]


def test_open_promises_by_the_days_that_they_are_late(
    world: World, mira: Desk, asha: Desk, lena: Desk
) -> None:
    ada = world.customer("Ada Hart")
    m, a = mira.agent.id, asha.agent.id
    dues: dict[AgeingBand, list[tuple[int, int, int]]] = {
        "late_more": [(1, 30, 12), (3, 2, 23)],
        "late_4_7": [(3, 3, 0), (3, 6, 23)],
        "late_1_3": [(3, 7, 0), (3, 9, 23)],
        # Today is NOON's day, before and behind noon.
        "today": [(3, 10, 0), (3, 10, 23)],
        "later": [(3, 11, 0)],
    }
    made = {
        band: [world.promise(ada, m, due_at=at(*due)) for due in days]
        for band, days in dues.items()
    }
    made["undated"] = [world.promise(ada, a)]
    world.promise(ada, m, due_at=at(3, 1), state="kept", closed_at=at(3, 1))
    call = world.contact(at(3, 1), ada, a)
    theirs = world.promise(ada, None, side="theirs", due_at=at(3, 9), interaction_id=call)
    found = lena.measuring.ageing(ALL)
    assert found == Ageing(ours=(2, 2, 2, 2, 1, 1), theirs=(0, 0, 1, 0, 0, 0))
    for band in AGEING:
        page = lena.measuring.behind_ageing("ours", band, ALL)
        assert records(page) == [ids.show(ids.PROMISE, one) for one in reversed(made[band])]
    page = lena.measuring.behind_ageing("theirs", "late_1_3", Whose("agent", "asha"))
    assert records(page) == [ids.show(ids.PROMISE, theirs)]
    assert page.lines[0].interaction_id == call
    assert mira.measuring.ageing(Whose("agent", "mira")).ours == (2, 2, 2, 2, 1, 0)
    assert asha.measuring.ageing(Whose("agent", "asha")) == Ageing(
        (0, 0, 0, 0, 0, 1), (0, 0, 1, 0, 0, 0)
    )
    assert mira.measuring.ageing(Whose("customer", customer_id=ada)) == found
    with pytest.raises(UsageError):
        lena.measuring.behind_ageing("ours", "tomorrow", ALL)  # type: ignore[arg-type]


def test_days_are_those_of_the_desk(migrated_url: str, world: World, mira: Desk) -> None:
    ada = world.customer("Ada Hart")
    # In Auckland it is one in the morning of the 11th: the noon of the 10th there was yesterday.
    world.promise(ada, mira.agent.id, due_at=at(3, 9, 23))
    with closing(make_desk(migrated_url, now=NOON, zone=ZoneInfo("Pacific/Auckland"))) as there:
        assert there.measuring.ageing(Whose("agent", "mira")).ours == (0, 0, 1, 0, 0, 0)
    assert mira.measuring.ageing(Whose("agent", "mira")).ours == (0, 0, 1, 0, 0, 0)
    world.promise(ada, mira.agent.id, due_at=at(3, 10, 1))
    with closing(make_desk(migrated_url, now=NOON, zone=ZoneInfo("Pacific/Auckland"))) as there:
        assert there.measuring.ageing(Whose("agent", "mira")).ours == (0, 0, 2, 0, 0, 0)
    assert mira.measuring.ageing(Whose("agent", "mira")).ours == (0, 0, 1, 1, 0, 0)


def test_complaints_by_cause(world: World, mira: Desk, lena: Desk, clock: StandingClock) -> None:
    ada, ben = (world.customer(name) for name in ("Ada Hart", "Ben Lind"))
    m = mira.agent.id
    boiler = world.contact(at(3, 3), ada, m, topics=["boiler", "visit"])
    other = world.contact(at(3, 4), ben, m, topics=["boiler"])
    late = world.complaint(ada, at(3, 3), interaction_id=boiler, answer_due_at=at(3, 9))
    world.complaint(ben, at(3, 4), interaction_id=other, answer_due_at=at(3, 12))
    world.complaint(ben, at(3, 4), interaction_id=other, state="closed", answer_due_at=at(3, 5))
    bare = world.complaint(ben, at(3, 5))
    world.complaint(ben, at(2, 5), interaction_id=other)  # before
    world.complaint(ben, at(3, 5), kind="order", interaction_id=other)
    assert lena.measuring.causes(ALL, WEEK_B) == (
        Cause("boiler", open=1, late=1, closed=1),
        Cause("visit", open=0, late=1, closed=0),
        Cause(None, open=1, late=0, closed=0),
    )
    page = lena.measuring.behind_cause("visit", "late", ALL, WEEK_B)
    assert records(page) == [ids.show(ids.CASE, late)]
    assert records(lena.measuring.behind_cause(None, "open", ALL, WEEK_B)) == [
        ids.show(ids.CASE, bare)
    ]
    assert mira.measuring.causes(Whose("agent", "mira"), WEEK_B) == (
        Cause("boiler", open=1, late=1, closed=1),
        Cause("visit", open=0, late=1, closed=0),
    )
    # Told what was decided, nobody waits for an answer any more.
    mira.complaining.decide(late, "a refund", "we were late")
    mira.complaining.tell(late)
    assert lena.measuring.causes(ALL, WEEK_B)[1] == Cause("visit", open=1, late=0, closed=0)
    with pytest.raises(UsageError):
        lena.measuring.behind_cause("visit", "lost", ALL, WEEK_B)  # type: ignore[arg-type]


def test_topics_that_rise_with_their_callers(world: World, mira: Desk) -> None:
    people = [world.customer(f"Person {number}") for number in range(6)]
    m = mira.agent.id
    # Boiler: five people this week (one of them twice), one in each of two weeks before.
    calls = [
        world.contact(NOON - timedelta(days=day), people[day], m, topics=["boiler"])
        for day in range(5)
    ]
    calls.append(world.contact(NOON - timedelta(days=5), people[0], m, topics=["boiler"]))
    for week in (2, 3):
        world.contact(NOON - timedelta(days=7 * week), people[5], m, topics=["boiler", "bill"])
    # Bill: three people this week as every week; garden: three, new.
    for week in range(9):
        for person in people[:3]:
            world.contact(NOON - timedelta(days=7 * week + 1), person, m, topics=["bill"])
    for person in people[:3]:
        world.contact(NOON - timedelta(days=2), person, m, topics=["garden"])
    world.contact(NOON, None, m, topics=["boiler"])
    # One in the week of day 14 counts to the week before it: weeks begin behind their start.
    assert mira.measuring.rising() == (
        Rising("boiler", 5, 0.25, is_new=False),
        Rising("garden", 3, 0.0, is_new=True),
    )
    page = mira.measuring.behind_rising("boiler", limit=4)
    rest = mira.measuring.behind_rising("boiler", before=page.behind)
    found = [one.interaction_id for one in (*page.lines, *rest.lines)]
    assert (found, rest.behind) == (calls, None)


def test_who_was_asked_and_who_answered_by_outcome(world: World, mira: Desk, lena: Desk) -> None:
    ada, ben = (world.customer(name) for name in ("Ada Hart", "Ben Lind"))
    m = mira.agent.id
    answered = world.contact(at(3, 3), ada, m, met="yes")
    silent = world.contact(at(3, 4), ada, m, met="no")
    world.contact(at(3, 5), ben, m, met="no")
    world.contact(at(3, 5, 13), ben, m, met="yes")
    world.contact(at(3, 6), None, m, met="yes")
    world.contact(at(3, 6), ben, None, state="ended")
    world.survey(ada, at(3, 3, 15), answered_at=at(3, 4), interaction_id=answered, score=4)
    # From a file, which names no contact: it belongs to the last one before it.
    world.survey(ada, at(3, 6))
    # Nobody was in touch in the thirty days before.
    world.survey(world.customer("Cleo Moss"), at(3, 6))
    found = lena.measuring.surveys(ALL, WEEK_B)
    assert {one.met: one for one in found.outcomes} == {
        "yes": Surveyed("yes", answered=1, unanswered=0, not_asked=1),
        "partly": Surveyed("partly", 0, 0, 0),
        "no": Surveyed("no", answered=0, unanswered=1, not_asked=1),
        "not_asked": Surveyed("not_asked", 0, 0, 0),
    }
    assert found.unplaced == 1
    [line] = lena.measuring.behind_surveys("no", "unanswered", ALL, WEEK_B).lines
    assert line.interaction_id == silent
    mine = mira.measuring.surveys(Whose("agent", "mira"), WEEK_B)
    assert (mine.outcomes, mine.unplaced) == (found.outcomes, 0)
    of_ada = mira.measuring.surveys(Whose("customer", customer_id=ada), WEEK_B)
    assert sum(one.not_asked for one in of_ada.outcomes) == 0
    empty = lena.measuring.surveys(ALL, Period(at(1, 1), at(1, 2)))
    assert (empty.unplaced, sum(one.answered for one in empty.outcomes)) == (0, 0)
