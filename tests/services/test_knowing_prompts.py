"""The one thing to ask in an interaction: the same one while it lasts, and what comes of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_tui.domain.values import ids
from agent_tui.domain.values.knowing import PROMPT_OUTCOMES, PromptOutcome, PromptShown
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import BadInput, Refused
from agent_tui.services.desk import Desk
from agent_tui.text.hygiene import is_clean
from tests.builders import StandingClock, make_desk

PHONE = "020 7946 0018"
_NAMES = count()


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


def call(desk: Desk, who: int) -> int:
    """Somebody rings and is answered."""
    name = str(next(_NAMES))
    desk.conversing.take(CallSignal("phone", name, "answered"))
    made = max(one.id for one in desk.opening.live())
    desk.conversing.attach(made, who)
    return made


def asked(desk: Desk, who: int, interaction_id: int) -> PromptShown:
    found = desk.knowing.prompt(who, interaction_id)
    assert found is not None
    return found


def test_the_same_thing_is_asked_while_the_interaction_lasts(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    here = call(desk, ada)
    first = asked(desk, ada, here)
    assert (first.kind, first.what, first.record_id) == ("fact", "fact:prefers", None)
    desk.noting.save("ask: who lets us in?", customer_id=ada)
    desk.promising.make(ada, "call back", clock.now + timedelta(minutes=1))
    clock.move(minutes=10)
    assert asked(desk, ada, here) == first
    rows = desk.store.reader().rows("SELECT agent_id, interaction_id FROM prompts")
    assert [tuple(row) for row in rows] == [(desk.agent.id, here)]
    other = asked(desk, ada, call(desk, ada))
    assert other.kind == "question"


def test_nothing_is_asked_before_somebody_is_on_the_line(desk: Desk, ada: int) -> None:
    desk.conversing.take(CallSignal("phone", "1", "ringing"))
    [ringing] = desk.opening.live()
    desk.conversing.attach(ringing.id, ada)
    assert desk.knowing.prompt(ada, ringing.id) is None
    desk.conversing.take(CallSignal("phone", "1", "ended"))
    assert desk.knowing.prompt(ada, ringing.id) is None
    with pytest.raises(Refused):
        desk.knowing.prompt(desk.registering.customer("Bo Lind"), ringing.id)
    with pytest.raises(Refused):
        desk.knowing.prompt(ada, 404)
    assert desk.store.reader().rows("SELECT id FROM prompts") == []


def test_two_desks_ask_the_same(desk: Desk, ada: int, migrated_url: str) -> None:
    here = call(desk, ada)
    with closing(make_desk(migrated_url, handle="asha")) as other:
        assert asked(other, ada, here) == asked(desk, ada, here)


def test_an_answer_closes_the_question_and_becomes_a_fact(desk: Desk, ada: int) -> None:
    desk.noting.save("ask: who lets us in?", customer_id=ada)
    [question] = desk.following_up.open_questions(customer_id=ada)
    here = call(desk, ada)
    prompt = asked(desk, ada, here)
    assert (prompt.words, prompt.record_id) == ("who lets us in?", question.id)
    fact = desk.knowing.prompt_done(prompt.id, "answered", "her mother")
    assert desk.following_up.open_questions(customer_id=ada) == []
    [shown] = desk.knowing.facts(ada)
    assert (shown.id, shown.text, shown.interaction_id) == (
        fact,
        "who lets us in? her mother",
        here,
    )
    assert desk.knowing.prompt(ada, here) is None
    with pytest.raises(Refused, match="answered already"):
        desk.knowing.prompt_done(prompt.id, "declined")


def test_a_question_that_is_answered_another_way_is_asked_no_more(desk: Desk, ada: int) -> None:
    desk.noting.save("ask: who lets us in?", customer_id=ada)
    [question] = desk.following_up.open_questions(customer_id=ada)
    here = call(desk, ada)
    asked(desk, ada, here)
    desk.following_up.answer(question.id, "her mother")
    assert desk.knowing.prompt(ada, here) is None


def test_an_aged_fact_is_confirmed_or_replaced(desk: Desk, ada: int, clock: StandingClock) -> None:
    fact = desk.knowing.learn(ada, "prefers", "mornings")
    clock.move(days=400)
    prompt = asked(desk, ada, call(desk, ada))
    assert (prompt.kind, prompt.words, prompt.record_id) == (
        "confirm",
        "still so: mornings?",
        fact,
    )
    assert desk.knowing.prompt_done(prompt.id, "answered") is None
    assert desk.knowing.fact(fact).confirmed_at == clock.now
    clock.move(days=400)
    prompt = asked(desk, ada, call(desk, ada))
    new = desk.knowing.prompt_done(prompt.id, "answered", "evenings")
    [shown] = desk.knowing.facts(ada)
    assert (shown.id, shown.text, shown.replaces_id) == (new, "evenings", fact)


def test_what_was_never_asked_becomes_a_fact_or_a_field(desk: Desk, ada: int) -> None:
    first = asked(desk, ada, call(desk, ada))
    with pytest.raises(BadInput, match="type the answer"):
        desk.knowing.prompt_done(first.id, "answered", " ")
    desk.knowing.prompt_done(first.id, "answered", "mornings, by phone")
    [fact] = desk.knowing.facts(ada)
    assert (fact.kind, fact.text, fact.source) == ("prefers", "mornings, by phone", "stated")
    second = asked(desk, ada, call(desk, ada))
    assert second.what == "field:language"
    desk.knowing.prompt_done(second.id, "answered", "Welsh\x1b[31m")
    third = asked(desk, ada, call(desk, ada))
    assert third.what == "field:pronouns"
    desk.knowing.prompt_done(third.id, "answered", "they/them")
    customer = desk.opening.customer(ada).dossier.customer
    assert (customer.language or "").startswith("Welsh")
    assert is_clean(customer.language or "")
    assert customer.pronouns == "they/them"
    assert desk.knowing.prompt(ada, call(desk, ada)) is None


def test_what_they_declined_is_never_prompted_again(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    here = call(desk, ada)
    prompt = asked(desk, ada, here)
    desk.knowing.prompt_done(prompt.id, "not_now")
    assert desk.knowing.prompt(ada, here) is None
    desk.knowing.prompt_done(prompt.id, "declined")
    with pytest.raises(BadInput, match="no outcome"):
        desk.knowing.prompt_done(prompt.id, cast(PromptOutcome, "maybe"))
    clock.move(days=1_000)
    assert asked(desk, ada, call(desk, ada)).what != prompt.what


def test_what_was_shown_of_the_wrong_person_is_not_spent(desk: Desk, ada: int) -> None:
    bo = desk.registering.customer("Bo Lind")
    here = call(desk, ada)
    first = asked(desk, ada, here)
    desk.conversing.move(here, bo)
    assert asked(desk, bo, here).what == first.what
    assert asked(desk, ada, call(desk, ada)).what == first.what


def test_events_of_prompts_hold_codes_alone(desk: Desk, ada: int) -> None:
    desk.noting.save("ask: zanzibar?", customer_id=ada)
    prompt = asked(desk, ada, call(desk, ada))
    desk.knowing.prompt_done(prompt.id, "answered", "zanzibar")
    rows = desk.store.reader().rows("SELECT * FROM events")
    assert "zanzibar" not in repr([tuple(row) for row in rows])
    kinds = desk.store.reader().rows(
        "SELECT kind, subject, detail FROM events WHERE kind LIKE 'prompt.%' ORDER BY sequence"
    )
    shown = ids.show(ids.PROMPT, prompt.id)
    assert [tuple(row) for row in kinds] == [
        ("prompt.shown", shown, "question"),
        ("prompt.answered", shown, "question"),
    ]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    happenings=st.lists(
        st.tuples(
            st.integers(0, 60),
            st.sampled_from(["call", "ask", "fact", "late", "look"]),
            st.sampled_from([None, *PROMPT_OUTCOMES]),
        ),
        max_size=14,
    )
)
def test_at_most_one_a_call_and_never_the_same_within_90_days(
    sqlite_template: Path, happenings: list[tuple[int, str, PromptOutcome | None]]
) -> None:
    clock = StandingClock()
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{shutil.copy(sqlite_template, Path(folder) / 'desk.sqlite')}"
        with closing(make_desk(url, now=clock)) as desk:
            ada = desk.registering.customer("Ada Hart")
            here = call(desk, ada)
            for days, happening, outcome in happenings:
                clock.move(days=days)
                if happening == "call":
                    here = call(desk, ada)
                elif happening == "ask":
                    desk.noting.save("ask: how so?", customer_id=ada)
                elif happening == "fact":
                    desk.knowing.learn(ada, "circumstance", "moving")
                elif happening == "late":
                    desk.promising.make(ada, "call back", clock.now + timedelta(days=5))
                found = desk.knowing.prompt(ada, here)
                assert desk.knowing.prompt(ada, here) == found
                if found is not None and outcome is not None:
                    with suppress(BadInput):
                        desk.knowing.prompt_done(found.id, outcome, None)
            rows = desk.store.reader().rows(
                "SELECT interaction_id, what, at FROM prompts ORDER BY at, id"
            )
    assert len({row[0] for row in rows}) == len(rows)
    last: dict[str, int] = {}
    for _, what, at in rows:
        assert at - last.get(what, -(10**18)) >= timedelta(days=90) // timedelta(microseconds=1)
        last[what] = at


@pytest.mark.parametrize("outcome", ["not_now", "declined"])
def test_what_came_of_asking_can_be_taken_back(
    desk: Desk, ada: int, outcome: PromptOutcome
) -> None:
    here = call(desk, ada)
    prompt = asked(desk, ada, here)
    desk.knowing.prompt_done(prompt.id, outcome)
    assert desk.knowing.prompt(ada, here) is None
    desk.knowing.prompt_undone(prompt.id)
    assert asked(desk, ada, here) == prompt
    desk.knowing.prompt_undone(prompt.id)
    desk.knowing.prompt_done(prompt.id, "answered", "mornings")
    with pytest.raises(Refused, match="mend what it became"):
        desk.knowing.prompt_undone(prompt.id)
