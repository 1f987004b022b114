"""A run goes where its script says, and back, and ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values.scripts import END, RunChoices, RunState, Script, StepTaken
from agent_tui.errors import Refused
from agent_tui.scripts.reading import parse
from agent_tui.scripts.walking import Walk

TEXT = """---
title: Visit
{}---
## Sorry
x

1. Wants a visit -> Book
2. Wants a refund -> script: refund
3. Nothing -> end

## Ring
x

## Book
x

1. Not now -> Ring
2. Booked -> Bye

## Bye
x
"""
FIXED = parse(TEXT.format(""), "visit")
ADVICE = parse(TEXT.format("order: advice\n"), "visit")


def test_a_run_begins_at_the_first_step() -> None:
    walk = Walk.start(FIXED)
    assert walk.state == RunState("visit", "sorry")
    assert walk.step == FIXED.steps[0]
    assert not walk.finished
    assert walk.choices == RunChoices(("1", "2", "3"), False, False, ("ring", "book", END))


def test_answers_lead_on_and_are_kept() -> None:
    walk = Walk.start(FIXED).choose("1", "a whole morning").choose("1")
    assert walk.state.step == "ring"
    assert walk.state.path == (
        StepTaken("sorry", "book", "1", "a whole morning"),
        StepTaken("book", "ring", "1"),
    )
    assert walk.choices == RunChoices((), True, True, ("book", END))


def test_the_last_step_ends_the_run() -> None:
    walk = Walk.start(FIXED).choose("1").choose("2").choose(answer="thank you")
    assert walk.finished
    assert walk.step is None
    assert walk.state.ended == "done"
    assert walk.state.continues is None
    assert walk.state.path[-1] == StepTaken("bye", END, None, "thank you")
    assert walk.choices == RunChoices(can_go_back=True)
    assert walk.back().state.step == "bye"


def test_an_answer_may_end_the_run_or_go_on_to_another_script() -> None:
    assert Walk.start(FIXED).choose("3").state.ended == "done"
    other = Walk.start(FIXED).choose("2")
    assert (other.state.ended, other.state.continues) == ("done", "refund")
    assert other.back().state == Walk.start(FIXED).state


def test_going_back_takes_the_last_step_off_the_path() -> None:
    one = Walk.start(FIXED).choose("1", "yes")
    assert one.choose("2").back() == one
    assert one.back() == Walk.start(FIXED)


def test_steps_can_be_skipped() -> None:
    skipped = Walk.start(FIXED).skip()
    assert skipped.state.path == (StepTaken("sorry", "ring", is_skipped=True),)
    assert Walk.start(FIXED).skip("book").state.step == "book"
    assert Walk.start(FIXED).skip("book").skip("bye").skip().state.ended == "done"
    assert Walk.start(ADVICE).skip("bye").skip("ring").state.step == "ring"
    assert Walk.start(ADVICE).choices.skip_to == ("ring", "book", "bye", END)
    assert Walk.start(ADVICE).skip("bye").choices.skip_to == (END, "sorry", "ring", "book")


def test_a_run_can_be_stopped() -> None:
    stopped = Walk.start(FIXED).choose("1").end()
    assert (stopped.finished, stopped.state.ended, len(stopped.state.path)) == (True, "stopped", 1)
    assert stopped.choices == RunChoices()


@pytest.mark.parametrize(
    ("move", "why"),
    [
        (lambda walk: walk.choose(), "“Sorry” is answered with one of: 1, 2, 3."),
        (lambda walk: walk.choose("9"), "“Sorry” is answered with one of: 1, 2, 3."),
        (lambda walk: walk.skip("ring").choose("1"), "“Ring” has no answers to choose from."),
        (lambda walk: walk.skip("bye"), "From “Sorry” the script cannot be skipped to there."),
        (lambda walk: walk.back(), "There is no step to go back to."),
        (lambda walk: walk.end().back(), "There is no step to go back to."),
        (lambda walk: walk.end().choose("1"), "The script “Visit” has ended."),
        (lambda walk: walk.end().skip(), "The script “Visit” has ended."),
        (lambda walk: walk.end().end(), "The script “Visit” has ended."),
    ],
)
def test_what_is_not_allowed_says_why(move: Callable[[Walk], Walk], why: str) -> None:
    walk = Walk.start(FIXED)
    with pytest.raises(Refused) as caught:
        move(walk)
    assert caught.value.message == why


def test_a_script_without_steps_cannot_be_run() -> None:
    with pytest.raises(Refused, match=r"The script “Empty” has no steps\."):
        Walk.start(parse("", "empty"))


@given(st.data(), st.sampled_from([FIXED, ADVICE]))
def test_every_choice_that_is_offered_can_be_taken_and_taken_back(
    data: st.DataObject, script: Script
) -> None:
    walk = Walk.start(script)
    for _ in range(8):
        choices = walk.choices
        moves = [walk.choose(key) for key in choices.keys]
        moves += [walk.choose()] if choices.can_go_on else []
        moves += [walk.skip(to) for to in choices.skip_to]
        for moved in moves:
            assert moved.back() == walk
            assert moved.finished == (moved.step is None)
        if not moves:
            assert walk.finished
            break
        walk = data.draw(st.sampled_from(moves))
