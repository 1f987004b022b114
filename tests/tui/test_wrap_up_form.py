"""The answers of a wrap-up without a screen: which steps are asked, and what they lack."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent_tui.domain.values.kinds import Met
from agent_tui.domain.values.people import Case, Fact, Interaction
from agent_tui.domain.values.promises import Promise, SaidPromise
from agent_tui.domain.values.wrap_up import Left, MoodQuote, WrapUp
from agent_tui.errors import BadInput
from agent_tui.tui.screens.wrap_up_form import WrapUpForm

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
CALL = Interaction(
    id=1,
    customer_id=7,
    customer="Ada Hart",
    channel="phone",
    direction="in",
    state="ended",
    opened_at=NOW,
    answered_at=NOW,
    closed_at=NOW,
    agent_id=1,
    agent="Mira",
    agenda="the visit",
    met="not_asked",
    outcome=None,
    topics=(),
)
PROMISE = Promise(
    id=5,
    customer_id=7,
    customer="Ada Hart",
    side="ours",
    text="call back",
    due_at=NOW + timedelta(days=1),
    state="open",
    owner="Mira",
    interaction_id=1,
    created_at=NOW,
)
LATER = NOW + timedelta(days=5)
FACT = Fact(6, "prefers", "mornings", "stated", NOW, None, 1)
MOOD = MoodQuote(8, "fed up", NOW)
COMPLAINT = Case(9, "complaint", "nobody came", "C7K2", "open", NOW, None)


def form(left: Left | None = None, call: Interaction = CALL) -> WrapUpForm:
    return WrapUpForm(WrapUp(call, 1, left or Left(), ""), UTC, NOW, read_promise)


def read_promise(words: str, otherwise: str) -> SaidPromise:
    """Words that say when are a promise of something; others are what is promised."""
    if words.startswith("?"):
        raise BadInput("no time that is understood")
    is_time = words == "fri 10am"
    return SaidPromise(otherwise, LATER) if is_time else SaidPromise(words, None)


def at(one: WrapUpForm) -> str:
    """The current step."""
    return one.step


def test_only_what_there_is_to_ask_is_asked() -> None:
    assert form().steps == ("met", "outcome", "summary")
    full = Left(promises=(PROMISE,), facts=(FACT,), moods=(MOOD,))
    assert form(full).steps == ("met", "outcome", "promises", "complaint", "facts", "summary")


def test_by_when_we_get_back_is_asked_where_nothing_was_promised() -> None:
    one = form()
    one.answer_met("partly")
    one.outcome = "We get  back to them"
    assert one.steps == ("met", "outcome", "owed", "summary")
    assert (
        "owed"
        not in form(Left(promises=(PROMISE,)), replace(CALL, outcome="we get back to them")).steps
    )
    assert (
        "owed"
        not in form(call=replace(CALL, customer_id=None, outcome="we get back to them")).steps
    )
    one.go_on()
    assert at(one) == "owed"
    one.owed = "?"
    one.go_on()
    assert (at(one), one.refused) == ("owed", "no time that is understood")
    assert one.lacks() == one.refused
    one.owed = "fri 10am"
    one.go_on()
    assert (at(one), one.promise) == ("summary", SaidPromise("we get back to them", LATER))
    assert one.shown_summary == (
        "They wanted: the visit. We promised: we get back to them, by Fri 27 Nov 14:02."
    )
    again = form(call=CALL)
    again.take_typed(one.typed)
    assert (again.outcome, again.owed) == ("We get  back to them", "fri 10am")
    one.owed = ""
    assert (one.promise, one.lacks()) == (None, "")


def test_who_says_that_it_was_not_promised_is_asked_by_when() -> None:
    one = form(Left(promises=(PROMISE,)), replace(CALL, outcome="we get back to them"))
    one.dropped.add(PROMISE.id)
    assert "owed" in one.steps


def test_a_complaint_is_asked_for_where_none_was_noted_and_somebody_is_known() -> None:
    assert "complaint" not in form(Left(moods=(MOOD,), cases=(COMPLAINT,))).steps
    assert "complaint" not in form(Left(moods=(MOOD,)), replace(CALL, customer_id=None)).steps
    told = form()
    told.answer_met("no")
    assert told.hint == "they did not get what they came for"


def test_the_words_of_a_complaint_that_is_not_asked_for_any_more_go() -> None:
    one = form()
    one.answer_met("no")
    one.step = "complaint"
    one.answer_complaint("nobody came")
    one.step = "met"
    one.answer_met("yes")
    assert one.complaint is None


def test_what_nothing_later_can_bring_is_said_at_its_step() -> None:
    one = form(call=replace(CALL, customer_id=None))
    one.answer_met("yes")
    one.go_on()
    assert (one.step, one.refused[:15]) == ("outcome", "nobody is known")
    one.outcome = "wrong number"
    one.go_on()
    assert (one.step, one.refused) == ("summary", "")


def test_that_nothing_follows_may_be_mended_by_a_complaint() -> None:
    one = form()
    one.answer_met("no")
    one.go_on()
    assert at(one) == "complaint"
    one.answer_complaint("")
    assert at(one) == "summary"
    assert one.lacks().startswith("they did not get all")
    assert at(one) == "outcome"
    one.step = "complaint"
    one.answer_complaint("nobody came")
    assert one.lacks() == ""


def test_a_promise_that_was_none_does_not_follow() -> None:
    one = form(Left(promises=(PROMISE,)))
    one.answer_met("partly")
    assert one.lacks() == ""
    one.step = "promises"
    one.toggle(PROMISE.id)
    assert one.lacks().startswith("they did not get all")
    assert "call back" not in one.shown_summary
    one.step = "promises"
    one.toggle(PROMISE.id)
    assert "call back" in one.shown_summary


def test_answers_stay_when_it_is_read_anew() -> None:
    one = form(Left(promises=(PROMISE,)))
    one.answer_met("yes")
    one.outcome, one.step = "sent it", "promises"
    one.take(WrapUp(CALL, 2, Left(), ""), NOW)
    assert (one.met, one.outcome, one.step) == ("yes", "sent it", "met")


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), max_size=40)


@example(outcome="", complaint="", summary="all\noutcome: of\ncomplaint: it")
@given(
    outcome=words,
    complaint=words,
    summary=st.lists(words, max_size=4).map("\n".join).map(str.strip),
)
def test_what_was_typed_is_read_again_as_it_was(outcome: str, complaint: str, summary: str) -> None:
    one = form()
    one.outcome, one.complaint, one.summary = outcome, complaint, summary
    again = form()
    again.take_typed(one.typed)
    if outcome.strip():
        assert again.outcome == outcome
    if summary.strip():
        assert again.summary == summary


@given(
    met=st.sampled_from(["yes", "partly", "no", "not_asked", None]),
    complaint=st.none() | words.map(str.strip),
    is_dropped=st.booleans(),
    is_forgotten=st.booleans(),
    outcome=words,
    promised=words.filter(str.strip),
)
def test_what_was_answered_with_keys_is_read_again(
    met: Met | None,
    complaint: str | None,
    is_dropped: bool,
    is_forgotten: bool,
    outcome: str,
    promised: str,
) -> None:
    left = Left(promises=(replace(PROMISE, text=promised),), facts=(FACT,))
    one, again = form(left), form(left)
    one.met, one.complaint, one.outcome = met, complaint, outcome
    one.dropped, one.forgotten = (
        {PROMISE.id} if is_dropped else set(),
        {FACT.id} if is_forgotten else set(),
    )
    again.take_typed(one.typed)
    assert (again.met, again.complaint) == (met, complaint)
    assert (again.dropped, again.forgotten) == (one.dropped, one.forgotten)
    assert bool(one.typed) is any(
        (met, complaint is not None, is_dropped, is_forgotten, outcome.strip())
    )


def test_an_answer_that_was_given_since_stays() -> None:
    one = form()
    one.met, one.outcome = "yes", "sent it"
    one.take_typed("met: no\noutcome: nothing\ncomplaints: none")
    assert (one.met, one.outcome) == ("yes", "sent it")


@pytest.mark.parametrize("typed", ["", "nonsense", "summary", "outcome: a\nmore\nsummary: b"])
def test_any_draft_can_be_read(typed: str) -> None:
    one = form()
    one.take_typed(typed)
    assert one.outcome in ("", "a\nmore")
