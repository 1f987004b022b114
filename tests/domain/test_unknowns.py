"""What is worth asking: one thing, in order, never the same again too soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.unknowns import REST, choose, unknowns
from agent_tui.domain.values import ids
from agent_tui.domain.values.follow_ups import Question
from agent_tui.domain.values.kinds import FactKind, FactSource
from agent_tui.domain.values.knowing import PromptOutcome, PromptPast
from agent_tui.domain.values.people import Case, ContactPoint, Customer, Dossier, Fact
from agent_tui.domain.values.promises import Promise
from tests.builders import NOON

ADA = Customer(1, "Ada Hart", given_name="Ada", language="en", pronouns="she/her")
KNOWN = replace(ADA, contact_points=(ContactPoint("email", "a@b.c", preferred=True),))


def ago(days: float) -> datetime:
    return NOON - timedelta(days=days)


def question(
    number: int, days: float, text: str = "who lets us in?", state: str = "open"
) -> Question:
    return Question(number, 1, text, state, ago(days), None, None, 1)  # type: ignore[arg-type]


def fact(
    number: int, kind: FactKind, days: float, source: FactSource = "stated", text: str = "x"
) -> Fact:
    return Fact(number, kind, text, source, ago(days), None)


def late() -> Promise:
    return Promise(
        id=9,
        customer_id=1,
        customer="Ada Hart",
        side="ours",
        text="call back",
        due_at=ago(1),
        state="open",
        owner="Mira",
        interaction_id=None,
        created_at=ago(3),
    )


def complaint(state: str = "open") -> Case:
    return Case(8, "complaint", "nobody came", None, state, ago(3), None)


def asked(dossier: Dossier, *past: PromptPast) -> str | None:
    found = choose(dossier, past, NOON)
    return None if found is None else found.what


def test_an_open_question_comes_first_the_oldest_of_them() -> None:
    dossier = Dossier(
        replace(ADA, language=None),
        questions=(question(3, 1), question(2, 5), question(1, 9, state="answered")),
        facts=(fact(5, "prefers", 500),),
    )
    assert asked(dossier) == f"question:{ids.show(ids.QUESTION, 2)}"


def test_then_an_aged_fact_how_to_treat_them_before_circumstances() -> None:
    facts = (
        fact(1, "circumstance", 900),
        fact(2, "prefers", 400),
        fact(3, "prefers", 500),
        fact(4, "prefers", 10),
        fact(5, "knows", 2_000),
    )
    dossier = Dossier(replace(ADA, language=None), facts=facts)
    assert asked(dossier) == f"confirm:{ids.show(ids.FACT, 3)}"


def test_what_an_agent_only_gathered_was_never_so() -> None:
    [one] = unknowns(Dossier(KNOWN, facts=(fact(1, "values", 40, "impression", "calm"),)), NOON)
    assert one.words == "is it so: calm?"
    [one] = unknowns(Dossier(KNOWN, facts=(fact(1, "prefers", 400, text="mornings"),)), NOON)
    assert one.words == "still so: mornings?"


@pytest.mark.parametrize(
    ("customer", "facts", "what"),
    [
        (ADA, (), "fact:prefers"),
        (ADA, (fact(1, "prefers", 1),), None),
        (KNOWN, (), None),
        (replace(KNOWN, language=None), (), "field:language"),
        (replace(KNOWN, pronouns=None), (), "field:pronouns"),
        (replace(KNOWN, pronouns=None, given_name=None), (), None),
    ],
)
def test_then_what_was_never_asked(
    customer: Customer, facts: Sequence[Fact], what: str | None
) -> None:
    assert asked(Dossier(customer, facts=tuple(facts))) == what


def test_who_was_let_down_is_only_asked_what_may_help() -> None:
    dossier = Dossier(ADA, facts=(fact(1, "prefers", 500),))
    for owed in (replace(dossier, promises=(late(),)), replace(dossier, cases=(complaint(),))):
        assert asked(owed) is None
        assert asked(replace(owed, questions=(question(2, 1),))) is not None
    done = replace(dossier, promises=(replace(late(), state="kept"),), cases=(complaint("closed"),))
    assert asked(done) is not None


@pytest.mark.parametrize(
    ("days", "outcome", "again"),
    [(0, None, False), (89.99, "not_now", False), (90, None, True), (900, "declined", False)],
)
def test_it_rests_for_90_days_and_for_ever_where_they_declined(
    days: float, outcome: PromptOutcome | None, again: bool
) -> None:
    past = PromptPast("field:language", ago(days), outcome)
    dossier = Dossier(replace(KNOWN, language=None))
    assert asked(dossier, past) == ("field:language" if again else None)


kinds = st.sampled_from(["prefers", "expects", "values", "knows", "circumstance", "notice"])
days = st.integers(0, 1_500)
dossiers = st.builds(
    Dossier,
    customer=st.sampled_from([ADA, KNOWN, replace(ADA, language=None, pronouns=None)]),
    facts=st.lists(
        st.builds(fact, st.integers(1, 99), kinds, days), unique_by=lambda one: one.id, max_size=6
    ).map(tuple),
    questions=st.lists(
        st.builds(question, st.integers(1, 99), days), unique_by=lambda one: one.id, max_size=4
    ).map(tuple),
    promises=st.sampled_from([(), (late(),)]),
)


@given(dossiers, st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_nothing_is_prompted_twice_within_90_days(dossier: Dossier, pauses: list[int]) -> None:
    now, past = NOON, list[PromptPast]()
    for pause in pauses:
        now += timedelta(days=pause)
        found = choose(dossier, past, now)
        if found is not None:
            assert len(found.what) <= 64
            assert all(one.what != found.what or now - one.at >= REST for one in past)
            past.append(PromptPast(found.what, now))


@given(dossiers, st.randoms())
def test_the_order_of_the_records_does_not_matter(dossier: Dossier, random: Random) -> None:
    facts, questions = list(dossier.facts), list(dossier.questions)
    random.shuffle(facts)
    random.shuffle(questions)
    other = replace(dossier, facts=tuple(facts), questions=tuple(questions))
    assert unknowns(other, NOON) == unknowns(dossier, NOON)
