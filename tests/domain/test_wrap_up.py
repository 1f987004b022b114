"""The rules of a wrap-up: what is required, what is only a hint, and the summary."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.wrap_up import (
    AGENDA_LIMIT,
    SUMMARY_LIMIT,
    compose_summary,
    dissatisfaction,
    missing,
)
from agent_tui.domain.values.complaints import Complaint
from agent_tui.domain.values.follow_ups import FollowUp, Question
from agent_tui.domain.values.kinds import Met, Side
from agent_tui.domain.values.people import Case, Concession, Fact, Interaction, Refusal
from agent_tui.domain.values.promises import Promise
from agent_tui.domain.values.wrap_up import Left, MoodQuote
from agent_tui.text.hygiene import clean_line, is_clean

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
ENDED = Interaction(
    id=1,
    customer_id=2,
    customer="Katherine Smith",
    channel="phone",
    direction="in",
    state="ended",
    opened_at=NOW,
    answered_at=NOW,
    closed_at=NOW,
    agent_id=3,
    agent="Mira",
    agenda=None,
    met="not_asked",
    outcome=None,
    topics=(),
)


def promise(text: str = "call back", due: datetime | None = None, **other: Any) -> Promise:
    return replace(
        Promise(1, 2, "Katherine Smith", "ours", text, due, "open", "Mira", 1, NOW), **other
    )


def question(text: str, **other: Any) -> Question:
    return replace(Question(1, 2, text, "open", NOW, None, 1, 1), **other)


def follow_up(text: str = "check the meter", **other: Any) -> FollowUp:
    first = FollowUp(1, 2, "Katherine Smith", text, "Mira", "Asha", "open", NOW, None, 1, 1)
    return replace(first, **other)


def complaint(title: str = "nobody came", state: str = "open") -> Case:
    return Case(1, "complaint", title, "C7K2", state, NOW, None)


def parts(*lacks: Any) -> list[str]:
    return [one.part for one in lacks]


def test_a_complaint_is_called_by_what_people_say() -> None:
    """Not by the id that it came with from a file."""
    brought = Case(1, "complaint", "nobody came", "old-77", "open", NOW, None)
    taken = replace(brought, complaint=Complaint("C7K2"))
    for case, said in ((brought, "old-77"), (taken, "C7K2")):
        summary = compose_summary(None, (), Left(cases=(case,)), NOW, UTC)
        assert summary == f"Complaint: {said} nobody came."


def test_a_plain_wrap_up_needs_an_end_and_an_explicit_answer() -> None:
    assert missing(ENDED, Left(), "yes") == ()
    assert missing(ENDED, Left(), "not_asked") == ()
    assert parts(*missing(ENDED, Left(), None)) == ["met"]
    for state in ("ringing", "talking", "on_hold"):
        live = replace(ENDED, state=state)
        assert parts(*missing(live, Left(), "yes")) == ["end"]


@pytest.mark.parametrize("met", ["no", "partly"])
def test_who_was_not_met_is_followed_by_something_or_an_outcome(met: Met) -> None:
    assert parts(*missing(ENDED, Left(), met)) == ["followed_by"]
    assert parts(*missing(ENDED, Left(), met, outcome="  ")) == ["followed_by"]
    assert missing(ENDED, Left(), met, outcome="they will write") == ()
    assert missing(replace(ENDED, outcome="passed on"), Left(), met) == ()
    assert missing(ENDED, Left(), met, complains=True) == ()
    for follows in (
        Left(promises=(promise(),)),
        Left(promises=(promise(side="theirs"),)),
        Left(follow_ups=(follow_up(),)),
        Left(cases=(complaint(),)),
        Left(cases=(replace(complaint(), kind="request"),)),
    ):
        assert missing(ENDED, follows, met) == ()
    for nothing in (
        Left(promises=(promise(state="kept"),)),
        Left(follow_ups=(follow_up(state="done"), follow_up(state="declined"))),
        Left(cases=(complaint(state="closed"),)),
        Left(facts=(Fact(1, "knows", "x", "stated", NOW, None),)),
    ):
        assert parts(*missing(ENDED, nothing, met)) == ["followed_by"]


def test_with_nobody_known_the_outcome_says_why() -> None:
    nobody = replace(ENDED, customer_id=None, customer=None)
    answers: tuple[Met, ...] = ("yes", "no", "not_asked")
    for met in answers:
        assert parts(*missing(nobody, Left(), met)) == ["outcome"]
        assert missing(nobody, Left(), met, outcome="wrong number") == ()
    assert missing(replace(nobody, outcome="not answered"), Left(), "not_asked") == ()


def test_dissatisfaction_is_a_hint_with_its_reason() -> None:
    mood = Left(moods=(MoodQuote(1, "I stayed home for it", NOW),))
    assert dissatisfaction(Left(), None) is None
    assert dissatisfaction(Left(), "partly") is None
    assert dissatisfaction(Left(), "no") == "they did not get what they came for"
    assert dissatisfaction(mood, "yes") == "they said “I stayed home for it”"
    heard = dissatisfaction(replace(mood, cases=(complaint("nobody came"),)), "yes")
    assert heard == "a complaint was noted: nobody came"


def test_the_summary_of_a_full_call() -> None:
    left = Left(
        promises=(
            promise("engineer calls back", datetime(2026, 11, 27, 9, tzinfo=UTC)),
            promise("send the form", side="theirs"),
            promise("never said", state="withdrawn"),
        ),
        facts=(Fact(1, "prefers", "prefers mornings", "stated", NOW, None),),
        concessions=(
            Concession(1, "ours", "waived fee", "20.00", "GBP", None, NOW),
            Concession(2, "theirs", "patience", None, None, None, NOW),
        ),
        refusals=(Refusal(1, "a survey", NOW, None),),
        cases=(complaint(), replace(complaint(), kind="order", title="a boiler")),
        moods=(MoodQuote(1, "I stayed home for it", NOW),),
        questions=(question("how old is it?"), question("closed", state="answered")),
        follow_ups=(follow_up(),),
    )
    zone = timezone(timedelta(hours=1))
    assert compose_summary("the boiler visit", ["boiler"], left, NOW, zone) == (
        "They wanted: the boiler visit. They said: “I stayed home for it”. "
        "Complaint: C7K2 nobody came. We promised: engineer calls back, by Fri 27 Nov 10:00. "
        "They promised: send the form. We gave: waived fee 20.00 GBP. They gave: patience. "
        "They said no to: a survey. To find out: how old is it? "
        "Asked: Asha: check the meter. To remember: prefers mornings."
    )
    assert compose_summary(None, ["boiler", "visit"], Left(), NOW, UTC) == "About: boiler; visit."
    assert compose_summary(None, (), Left(), NOW, UTC) == ""


WORDS = st.text(max_size=60).map(lambda text: clean_line(text, 10_000))
LONG = st.one_of(WORDS, st.text(max_size=40).map(lambda text: clean_line(text * 80, 100_000)))
SIDES: st.SearchStrategy[Side] = st.sampled_from(("ours", "theirs"))
MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC))


@st.composite
def lefts(draw: st.DrawFn) -> Left:
    def some(make: Any) -> tuple[Any, ...]:
        return tuple(make(draw(LONG)) for _ in range(draw(st.integers(0, 3))))

    return Left(
        promises=some(lambda text: promise(text, draw(MOMENTS), side=draw(SIDES))),
        facts=some(lambda text: Fact(1, "knows", text, "stated", NOW, None)),
        concessions=some(
            lambda text: Concession(1, draw(SIDES), text, draw(st.none() | WORDS), None, None, NOW)
        ),
        refusals=some(lambda text: Refusal(1, text, NOW, None)),
        cases=some(complaint),
        moods=some(lambda text: MoodQuote(1, text, NOW)),
        questions=some(question),
        follow_ups=some(follow_up),
    )


@given(st.none() | LONG, st.lists(WORDS, max_size=3), lefts())
def test_any_summary_is_short_clean_and_begins_with_what_they_wanted(
    agenda: str | None, topics: list[str], left: Left
) -> None:
    summary = compose_summary(agenda, topics, left, NOW, timezone(timedelta(hours=-11)))
    assert len(summary) <= SUMMARY_LIMIT
    assert is_clean(summary)
    wanted = " ".join((agenda or "").split())
    if wanted and len(agenda or "") <= AGENDA_LIMIT:
        assert summary.startswith(f"They wanted: {wanted}")
    elif wanted:
        assert summary.startswith("They wanted: ")


@given(lefts(), st.sampled_from(("yes", "partly", "no", "not_asked", None)), st.none() | WORDS)
def test_what_is_missing_is_said_in_a_sentence_and_an_outcome_ends_all_but_the_answer(
    left: Left, met: Any, outcome: str | None
) -> None:
    lacks = missing(ENDED, left, met, outcome=outcome)
    assert all(one.sentence for one in lacks)
    if outcome and outcome.strip():
        assert parts(*lacks) == ([] if met else ["met"])
