"""The coaching list: what happened again and again, with at least three conversations behind it."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from agent_tui.domain.values.coaching import CoachingEntry
from agent_tui.errors import Refused
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk
from tests.services.had import had

MONTH = NOON - timedelta(days=30)


class Talks:
    """Conversations of one agent, each with somebody new unless they are named."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.made: list[int] = []

    def talk(self, who: int | None = None, *, note: str = "", met: str | None = None) -> int:
        desk = self.desk
        number = f"{desk.agent.handle}{len(self.made)}"
        who = who or desk.registering.customer(f"Customer {number}")
        call = had(desk, number)
        desk.conversing.attach(call, who)
        if note:
            desk.noting.save(note, customer_id=who, interaction_id=call)
        if met is not None:
            self.end(call)
            with desk.writing() as unit:
                unit.execute("UPDATE interactions SET met = :met WHERE id = :id", met=met, id=call)
        self.made.append(call)
        return call

    def end(self, call: int) -> None:
        with self.desk.writing() as unit:
            unit.execute(
                "UPDATE interactions SET state = 'ended', closed_at = :now WHERE id = :id",
                now=unit.now,
                id=call,
            )


def told(entries: tuple[CoachingEntry, ...]) -> list[tuple[str, str, str, int]]:
    return [(one.agent, one.kind, one.about, one.times) for one in entries]


@pytest.fixture
def talks(mira: Desk) -> Talks:
    return Talks(mira)


def test_a_topic_in_which_people_do_not_get_what_they_came_for(
    mira: Desk, lena: Desk, talks: Talks
) -> None:
    for met in ("no", "partly"):
        talks.talk(note="came #boiler #visit", met=met)
    talks.talk(note="came #boiler", met="yes")
    assert mira.coaching.mine(MONTH) == () == lena.coaching.team(MONTH)
    talks.talk(note="came #boiler", met="no")
    for not_counted in ("came #boiler", "came #visit"):
        talks.talk(note=not_counted, met="not_asked")
    [entry] = mira.coaching.mine(MONTH)
    assert lena.coaching.team(MONTH) == (entry,)
    assert (entry.kind, entry.about, entry.times) == ("unmet", "boiler", 3)
    assert entry.interactions == (talks.made[3], talks.made[1], talks.made[0])
    assert entry.out_of == 4
    assert entry.sentence == (
        "in 3 of 4 conversations about “boiler” they did not get all that they came for"
    )
    assert mira.coaching.mine(NOON + timedelta(days=1)) == ()


def test_people_who_come_back_with_the_same(mira: Desk, talks: Talks, clock: StandingClock) -> None:
    people = [mira.registering.customer(f"Ada {number}") for number in range(3)]
    for who in people:
        talks.talk(who, note="came #boiler", met="yes")
    clock.move(days=13)
    for who in people[:2]:
        talks.talk(who, note="again #boiler", met="yes")
    assert mira.coaching.mine(MONTH) == ()
    clock.move(days=2)
    talks.talk(people[2], note="again #boiler", met="yes")
    assert mira.coaching.mine(MONTH) == (), "the third came back too late"
    talks.talk(people[0], note="once more #boiler", met="yes")
    [entry] = mira.coaching.mine(MONTH)
    assert (entry.kind, entry.times, entry.out_of) == ("repeat", 3, 7)
    assert set(entry.interactions) == {talks.made[0], talks.made[1], talks.made[3]}


def test_questions_that_stay_open(mira: Desk, talks: Talks, clock: StandingClock) -> None:
    for _ in range(3):
        talks.talk(note="ask: which boiler is it? ask: and which flat?")
    assert mira.coaching.mine(MONTH) == ()
    clock.move(days=8)
    talks.talk(note="came today")
    assert told(mira.coaching.mine(MONTH)) == [("Mira", "question", "", 3)]
    assert mira.coaching.mine(MONTH)[0].out_of == 3, "today's cannot have been left open yet"


def test_overrides_for_the_same_reason(mira: Desk, asha: Desk, lena: Desk, talks: Talks) -> None:
    for reason in ("in_a_hurry", "in_a_hurry", "emergency", "in_a_hurry"):
        who = mira.registering.customer("Ada Hart")
        asha.promising.make(who, "call back", NOON + timedelta(hours=2))
        call = talks.talk(who)
        mira.receipting.override(who, call, reason)
    [entry] = lena.coaching.team(MONTH)
    talks.talk()
    [entry] = lena.coaching.team(MONTH)
    assert (entry.kind, entry.about, entry.times, entry.out_of) == ("override", "in_a_hurry", 3, 4)
    assert "in a hurry" in entry.sentence
    assert talks.made[2] not in entry.interactions


def test_a_rule_that_stands_in_the_way_is_told_without_the_words(mira: Desk, talks: Talks) -> None:
    for _ in range(3):
        call = talks.talk()
        for words in ("zanzibar", "twice"):
            mira.friction.note("gate", words, interaction_id=call)
    mira.friction.note("gate", "in no conversation")
    talks.talk()
    [entry] = mira.coaching.mine(MONTH)
    assert (entry.kind, entry.about, entry.times) == ("friction", "gate", 3)
    assert (
        entry.sentence
        == "in 3 of 4 conversations something stood in the way: the brief before a script"
    )
    assert "zanzibar" not in repr(entry)


def test_a_lead_is_told_whose_friction_only_where_five_agents_had_it(
    migrated_url: str, mira: Desk, lena: Desk, talks: Talks
) -> None:
    for _ in range(3):
        mira.friction.note("gate", "again", interaction_id=talks.talk())
    for number in range(4):
        assert lena.coaching.team(MONTH) == ()
        with closing(make_desk(migrated_url, handle=f"agent{number}")) as desk:
            desk.friction.note("gate", "again")
    assert lena.coaching.team(MONTH) == mira.coaching.mine(MONTH)
    assert told(lena.coaching.team(MONTH)) == [("Mira", "friction", "gate", 3)]


def test_what_was_worth_asking_and_is_put_off(mira: Desk, talks: Talks) -> None:
    for _ in range(4):
        call = talks.talk()
        who = mira.browsing.one(call).customer_id
        assert who is not None
        shown = mira.knowing.prompt(who, call)
        assert shown is not None
        assert shown.what == "fact:prefers"
        if len(talks.made) > 1:
            mira.knowing.prompt_done(shown.id, "not_now")
    assert mira.coaching.mine(MONTH) == (), "a call that goes on may yet bring it"
    for call in talks.made:
        talks.end(call)
    [entry] = mira.coaching.mine(MONTH)
    assert (entry.kind, entry.about, entry.times) == ("prompt", "fact:prefers", 4)
    assert entry.out_of == 4
    assert entry.sentence.endswith("to ask: how they like to be reached")
    for call in talks.made[:2]:
        known = mira.browsing.one(call).customer_id
        assert known is not None
        mira.knowing.learn(known, "prefers", "mornings")
    assert mira.coaching.mine(MONTH) == (), "the answer came another way"


def test_a_list_orders_by_name_and_is_read_by_both_sides(
    mira: Desk, asha: Desk, lena: Desk
) -> None:
    for desk, times in ((mira, 5), (asha, 3), (lena, 3)):
        its = Talks(desk)
        for _ in range(times):
            its.talk(note="came #boiler", met="no")
    assert told(lena.coaching.team(MONTH)) == [
        ("Asha", "unmet", "boiler", 3),
        ("Mira", "unmet", "boiler", 5),
    ]
    assert told(lena.coaching.mine(MONTH)) == [("Lena", "unmet", "boiler", 3)]
    with pytest.raises(Refused, match="everybody reads their own"):
        mira.coaching.team(MONTH)
    lena.staffing.place("mira", team="Evening")
    assert [one.agent for one in lena.coaching.team(MONTH)] == ["Asha"]
    lena.staffing.place("lena", role="admin")
    assert [one.agent for one in lena.coaching.team(MONTH)] == ["Asha", "Mira"]


def test_an_entry_cites_the_newest(mira: Desk, talks: Talks) -> None:
    for _ in range(22):
        talks.talk(note="came #boiler", met="no")
    [entry] = mira.coaching.mine(MONTH)
    assert (entry.times, entry.interactions) == (22, tuple(reversed(talks.made[2:])))
