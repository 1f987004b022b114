"""Friction: an agent says what stands in the way; a lead sees it by rule, and no names."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from agent_tui.domain.values.friction import RULES
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import BadInput, NotFound, Refused, UsageError
from agent_tui.services.desk import Desk
from agent_tui.text.hygiene import is_clean
from tests.builders import NOON, StandingClock, make_desk
from tests.services.noted import a_call, rows

VISA = "4111 1111 1111 1111"


def test_words_are_kept_clean_and_are_ones_own(mira: Desk, asha: Desk, lena: Desk) -> None:
    noted = mira.friction.note("gate", f" asks\x1b[2J again\n {VISA} ")
    [mine] = mira.friction.mine()
    assert (mine, mine.id, mine.rule, mine.at) == (mira.friction.one(noted), noted, "gate", NOON)
    assert is_clean(mine.text)
    assert (mine.text.startswith("asks"), VISA in mine.text) == (True, False)
    assert (mine.customer, mine.interaction_id) == (None, None)
    for other in (asha, lena):
        assert other.friction.mine() == ()
        with pytest.raises(NotFound):
            other.friction.one(noted)
        with pytest.raises(Refused, match="only who noted this"):
            other.friction.take_back(noted)
    assert mira.friction.take_back(noted) == mine.text
    assert mira.friction.mine() == ()


def test_what_stands_in_the_way_is_one_of_the_rules_in_a_few_words(mira: Desk) -> None:
    with pytest.raises(UsageError, match="wrap_up"):
        mira.friction.note("weather", "it rains")
    for words in ("", " \n ", "x" * 501):
        with pytest.raises(BadInput):
            mira.friction.note("speed", words)
    assert mira.friction.mine() == ()
    for rule in RULES:
        mira.friction.note(rule, "slow")
    assert [one.rule for one in mira.friction.mine()] == list(reversed(RULES))


def test_it_may_be_about_somebody_and_follows_the_call(mira: Desk) -> None:
    ada, ben = (mira.registering.customer(name) for name in ("Ada Hart", "Ben Lind"))
    call = a_call(mira)
    noted = mira.friction.note("search", "not found", interaction_id=call)
    assert mira.friction.one(noted).customer is None
    mira.conversing.attach(call, ada)
    assert (mira.friction.one(noted).customer, mira.friction.one(noted).interaction_id) == (
        "Ada Hart",
        call,
    )
    both = mira.friction.note("search", "again", customer_id=ada, interaction_id=call)
    mira.conversing.move(call, ben)
    assert [one.customer for one in mira.friction.mine()] == ["Ben Lind"] * 2
    assert mira.friction.one(both).customer_id == ben
    about = mira.friction.note("speed", "slow", customer_id=ada)
    assert mira.friction.one(about).customer == "Ada Hart"
    with pytest.raises(Refused, match="somebody else"):
        mira.friction.note("search", "x", customer_id=ada, interaction_id=call)
    for nobody in ({"customer_id": 404}, {"interaction_id": 404}):
        with pytest.raises(NotFound):
            mira.friction.note("search", "x", **nobody)


def test_a_lead_sees_their_team_by_rule_without_names(
    mira: Desk, asha: Desk, lena: Desk, clock: StandingClock
) -> None:
    mira.friction.note("gate", "long ago")
    since = clock.move(days=40)
    for number in range(4):
        for desk in (mira, asha):
            desk.friction.note("gate", f"again {number}")
            clock.move(minutes=1)
    asha.friction.note("speed", "slow")
    gate, speed = lena.friction.by_rule(since)
    assert (gate.rule, gate.times) == ("gate", 8)
    assert gate.newest == tuple(f"again {n}" for n in (3, 3, 2, 2, 1))
    assert (speed.rule, speed.times, speed.newest) == ("speed", 1, ("slow",))
    assert lena.friction.by_rule(since - timedelta(days=40))[0].times == 9
    assert lena.friction.by_rule(clock.move(minutes=1)) == ()
    with pytest.raises(Refused, match="lead"):
        mira.friction.by_rule(since)


def test_of_how_many_agents_is_told_from_five_on(migrated_url: str, mira: Desk, lena: Desk) -> None:
    mira.friction.note("gate", "again")
    for number in range(4):
        [gate] = lena.friction.by_rule(NOON)
        assert (gate.times, gate.agents) == (number + 1, None)
        with closing(make_desk(migrated_url, handle=f"agent{number}")) as desk:
            desk.friction.note("gate", "again")
    assert [(one.times, one.agents) for one in lena.friction.by_rule(NOON)] == [(5, 5)]


def test_other_teams_are_their_leads(mira: Desk, asha: Desk, lena: Desk) -> None:
    mira.friction.note("gate", "in the first team")
    lena.staffing.place("asha", team="Evening")
    asha.friction.note("gate", "in the second")
    [gate] = lena.friction.by_rule(NOON)
    assert gate.newest == ("in the first team",)
    lena.staffing.place("lena", role="admin")
    [gate] = lena.friction.by_rule(NOON)
    assert gate.times == 2
    lena.staffing.place("mira", role="lead")
    lena.staffing.place("lena", role="agent")
    with pytest.raises(Refused, match="lead"):
        lena.friction.by_rule(NOON)


def test_events_hold_the_rule_and_no_words(mira: Desk) -> None:
    mira.conversing.take(CallSignal("phone", "1", "ringing"))
    mira.friction.take_back(mira.friction.note("masking", "zanzibar"))
    events = rows(
        mira, "SELECT kind, detail, subject FROM events WHERE kind LIKE 'friction.%' ORDER BY 1"
    )
    assert [(kind, detail) for kind, detail, _ in events] == [
        ("friction.noted", "masking"),
        ("friction.taken_back", "masking"),
    ]
    assert all(subject.startswith("j_") for _, _, subject in events)
    assert "zanzibar" not in repr(rows(mira, "SELECT * FROM events"))
