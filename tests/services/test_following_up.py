"""Following up: what colleagues are asked to do, and questions that find their answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from agent_tui.domain.tables import Question
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import BadInput, Conflict, NotFound, Refused
from agent_tui.services.desk import Desk
from tests.builders import StandingClock, make_desk


@pytest.fixture
def asha(mira: Desk, migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as made:
        yield made


@pytest.fixture
def ada(mira: Desk) -> int:
    return mira.registering.customer("Ada Hart")


def question(desk: Desk, who: int, text: str = "how old is the boiler?") -> int:
    with desk.writing() as unit:
        row = Question(customer_id=who, text=text, at=unit.now)
        unit.add(row)
        return row.id


def rows(desk: Desk, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in desk.store.reader().rows(sql)]


def events(desk: Desk, like: str) -> list[str]:
    found = desk.store.reader().rows(
        "SELECT kind FROM events WHERE kind LIKE :like ORDER BY sequence", like=like
    )
    return [row[0] for row in found]


def test_a_colleague_is_asked_and_does_it(
    mira: Desk, asha: Desk, ada: int, clock: StandingClock
) -> None:
    asked = mira.following_up.ask(ada, "@Asha", " check the\nmeter ")
    [shown] = asha.opening.today().follow_ups
    assert (shown.id, shown.text, shown.asked_by, shown.owner, shown.customer) == (
        asked,
        "check the meter",
        "Mira",
        "Asha",
        "Ada Hart",
    )
    assert mira.opening.today().follow_ups == ()
    clock.move(hours=1)
    asha.following_up.done(asked, version=shown.version)
    asha.following_up.done(asked)
    assert asha.opening.today().follow_ups == ()
    asha.following_up.reopen(asked)
    asha.following_up.reopen(asked)
    assert [one.closed_at for one in asha.opening.today().follow_ups] == [None]
    assert events(mira, "follow_up.%") == [
        "follow_up.made",
        "follow_up.done",
        "follow_up.reopened",
    ]


def test_what_is_declined_goes_back_to_who_asked(mira: Desk, asha: Desk, ada: int) -> None:
    asked = mira.following_up.ask(ada, "asha", "check the meter")
    with pytest.raises(Refused, match="not asked"):
        mira.following_up.decline(asked)
    asha.following_up.decline(asked)
    asha.following_up.decline(asked)
    assert asha.opening.today().follow_ups == ()
    today = mira.opening.today()
    assert [(one.id, one.owner) for one in today.declined] == [(asked, "Asha")]
    assert today.totals.declined == 1
    mira.following_up.reopen(asked)
    assert mira.opening.today().declined == ()
    assert [one.id for one in asha.opening.today().follow_ups] == [asked]
    asha.following_up.decline(asked)
    mira.following_up.done(asked)
    assert mira.opening.today().declined == ()
    with pytest.raises(Refused, match="done"):
        asha.following_up.decline(asked)


def test_who_may_close_and_what_is_refused(
    mira: Desk, asha: Desk, ada: int, migrated_url: str
) -> None:
    asked = mira.following_up.ask(ada, "asha", "check the meter")
    with (
        closing(make_desk(migrated_url, handle="tom")) as tom,
        pytest.raises(Refused, match="only who was asked"),
    ):
        tom.following_up.done(asked)
    with closing(make_desk(migrated_url, handle="noor", role="lead")) as lead:
        lead.following_up.done(asked)
    with pytest.raises(NotFound, match="no agent nobody"):
        mira.following_up.ask(ada, "nobody", "x")
    with pytest.raises(BadInput):
        mira.following_up.ask(ada, "asha", " \n")
    with pytest.raises(NotFound):
        mira.following_up.ask(404, "asha", "x")
    with pytest.raises(NotFound):
        mira.following_up.done(404)
    mira.conversing.take(CallSignal("phone", "1", "answered"))
    [call] = mira.opening.live()
    with pytest.raises(Refused, match="somebody else"):
        mira.following_up.ask(ada, "asha", "x", interaction_id=call.id)
    assert len(rows(mira, "SELECT id FROM follow_ups")) == 1


def test_a_change_meanwhile_is_a_conflict(mira: Desk, asha: Desk, ada: int) -> None:
    asked = mira.following_up.ask(ada, "asha", "check the meter")
    asha.following_up.done(asked)
    for change in (mira.following_up.done, asha.following_up.decline, mira.following_up.reopen):
        with pytest.raises(Conflict):
            change(asked, version=1)
    wanted = question(mira, ada)
    mira.following_up.drop(wanted)
    with pytest.raises(Conflict):
        mira.following_up.reopen_question(wanted, version=1)


def test_an_answer_becomes_a_fact_that_keeps_its_question(mira: Desk, ada: int) -> None:
    first, second = question(mira, ada), question(mira, ada, "the account number of the old house")
    fact_id = mira.following_up.answer(first, " seven years ")
    mira.following_up.answer(second, "zanzibar 4111 1111 1111 1111")
    facts = rows(mira, "SELECT id, kind, text, source, state FROM facts ORDER BY id")
    assert facts[0] == (
        fact_id,
        "knows",
        "how old is the boiler? seven years",
        "stated",
        "current",
    )
    assert facts[1][2].startswith("the account number of the old house: zanzibar")
    assert "4111" not in facts[1][2]
    assert rows(mira, "SELECT DISTINCT state FROM questions") == [("answered",)]
    with pytest.raises(Refused, match="closed"):
        mira.following_up.answer(first, "eight")
    assert "zanzibar" not in repr(rows(mira, "SELECT * FROM events"))
    assert events(mira, "question.%") == ["question.answered"] * 2


def test_a_question_is_dropped_answered_without_words_and_asked_again(mira: Desk, ada: int) -> None:
    wanted = question(mira, ada)
    mira.following_up.drop(wanted)
    with pytest.raises(Refused, match="closed"):
        mira.following_up.drop(wanted)
    mira.following_up.reopen_question(wanted)
    mira.following_up.reopen_question(wanted)
    assert rows(mira, "SELECT state, closed_at FROM questions") == [("open", None)]
    assert mira.following_up.answer(wanted, " ") is None
    assert rows(mira, "SELECT * FROM facts") == []
    assert events(mira, "question.%") == [
        "question.dropped",
        "question.reopened",
        "question.answered",
    ]


def test_what_is_not_done_is_listed_oldest_first(
    mira: Desk, asha: Desk, ada: int, clock: StandingClock
) -> None:
    bo = mira.registering.customer("Bo Lind")
    declined = mira.following_up.ask(ada, "asha", "first")
    asha.following_up.decline(declined)
    clock.move(minutes=1)
    mine = asha.following_up.ask(bo, "mira", "second")
    asha.following_up.done(asha.following_up.ask(ada, "asha", "over"))

    def listed(desk: Desk, **whose: Any) -> list[int]:
        return [one.id for one in desk.following_up.not_done(**whose)]

    assert listed(mira) == listed(mira, mine=True) == [declined, mine]
    assert listed(asha, mine=True) == []
    assert listed(mira, customer_id=bo) == listed(mira, customer_id=bo, mine=True) == [mine]
    assert (mira.following_up.one(mine).customer, mira.following_up.one(mine).owner) == (
        "Bo Lind",
        "Mira",
    )
    with pytest.raises(NotFound):
        mira.following_up.one(ada)


def test_open_questions_are_listed_oldest_first(mira: Desk, ada: int, clock: StandingClock) -> None:
    bo = mira.registering.customer("Bo Lind")
    old, new = question(mira, ada), question(mira, bo, "who calls?")
    answered = question(mira, bo, "why?")
    mira.following_up.answer(answered)
    found = mira.following_up.open_questions()
    assert [(one.id, one.customer) for one in found] == [(old, "Ada Hart"), (new, "Bo Lind")]
    assert [one.id for one in mira.following_up.open_questions(customer_id=bo)] == [new]
    assert mira.following_up.question(answered).state == "answered"
    with pytest.raises(NotFound):
        mira.following_up.question(ada)
