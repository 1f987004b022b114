"""The way of a complaint: what is next, by when, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.complaints import by_urgency, check_step, due_words, next_step
from agent_tui.domain.values.complaints import Complaint, Step
from agent_tui.domain.values.people import Case
from agent_tui.errors import Refused
from tests.builders import NOON

DAY = timedelta(days=1)
OPEN = Case(
    1,
    "complaint",
    "boiler visit",
    "C7K2",
    "open",
    NOON,
    NOON + 3 * DAY,
    complaint=Complaint("C7K2"),
)


def having(**steps: Any) -> Case:
    return replace(OPEN, complaint=Complaint("C7K2", **steps))


@pytest.mark.parametrize(
    ("steps", "step", "due"),
    [
        ({}, "acknowledge", DAY),
        ({"assessed_at": NOON}, "acknowledge", DAY),
        ({"acknowledged_at": NOON}, "assess", 3 * DAY),
        ({"acknowledged_at": NOON, "assessed_at": NOON}, "answer", 3 * DAY),
        ({"answered_at": NOON}, "decide", 3 * DAY),
        ({"decided_at": NOON}, "tell", 3 * DAY),
        ({"decided_at": NOON, "told_at": NOON}, "react", None),
        ({"told_at": NOON, "reaction": "accepted"}, "close", None),
    ],
)
def test_what_is_next_and_by_when(steps: Any, step: Step, due: timedelta | None) -> None:
    found = next_step(having(**steps))
    assert found is not None
    assert (found.step, found.due_at) == (step, None if due is None else NOON + due)


def test_dates_that_nobody_gave_are_not_made_up() -> None:
    undated = replace(OPEN, answer_due_at=None)
    first = next_step(undated)
    assert first is not None
    assert first.due_at == NOON + DAY
    later = next_step(replace(having(acknowledged_at=NOON), answer_due_at=None))
    assert later is not None
    assert later.due_at is None


def test_an_answer_that_is_due_at_once_is_due_before_the_receipt() -> None:
    found = next_step(replace(OPEN, answer_due_at=NOON + DAY / 2))
    assert found is not None
    assert (found.step, found.due_at) == ("acknowledge", NOON + DAY / 2)


def test_a_complaint_from_a_file_is_to_be_answered() -> None:
    found = next_step(replace(OPEN, complaint=None))
    assert found is not None
    assert (found.step, found.due_at) == ("answer", NOON + 3 * DAY)


def test_nothing_is_next_about_what_is_closed_or_no_complaint() -> None:
    assert next_step(replace(OPEN, state="closed")) is None
    assert next_step(replace(OPEN, kind="order")) is None


@pytest.mark.parametrize(
    ("step", "steps", "reason", "hint"),
    [
        ("close", {}, "nothing is decided", "complaint.decide"),
        ("close", {"decided_at": NOON}, "not been told to the customer", "complaint.tell"),
        (
            "close",
            {"decided_at": NOON, "told_at": NOON, "reaction": "escalated"},
            "nobody knows where it went",
            "complaint.escalate",
        ),
        ("tell", {}, "decide first", "complaint.decide"),
        ("react", {"decided_at": NOON}, "not been told", "complaint.tell"),
        ("acknowledge", {"acknowledged_at": NOON}, "already", None),
    ],
)
def test_what_is_refused_says_what_to_do(
    step: Step, steps: Any, reason: str, hint: str | None
) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        check_step(step, having(**steps))
    assert refused.value.hint == (None if hint is None else (hint, "C7K2"))


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (replace(having(acknowledged_at=NOON), answer_due_at=None), "no date set"),
        (having(acknowledged_at=NOON), "Fri"),
        (having(decided_at=NOON, told_at=NOON), ""),
        (replace(OPEN, state="closed"), ""),
    ],
)
def test_only_a_step_that_wants_a_date_misses_one(case: Case, words: str) -> None:
    assert due_words(case, NOON, UTC) == words


def test_what_is_due_first_comes_first_and_the_undated_in_the_order_of_opening() -> None:
    acknowledged = replace(having(acknowledged_at=NOON), answer_due_at=None)
    newer = replace(acknowledged, id=2, opened_at=NOON)
    older = replace(acknowledged, id=3, opened_at=NOON - 9 * DAY)
    taken = replace(OPEN, id=4)
    assert sorted([newer, older, OPEN, taken], key=by_urgency) == [OPEN, taken, older, newer]


def test_who_takes_it_further_goes_somewhere() -> None:
    told = having(decided_at=NOON, told_at=NOON)
    check_step("react", told, reaction="accepted")
    check_step("react", told, reaction="escalated", to="the ombudsman")
    with pytest.raises(Refused, match="where it goes"):
        check_step("react", told, reaction="escalated", to=" ")


@pytest.mark.parametrize("step", get_args(Step))
def test_no_step_is_taken_with_what_is_closed(step: Step) -> None:
    with pytest.raises(Refused, match="closed already"):
        check_step(step, replace(having(decided_at=NOON, told_at=NOON), state="closed"))


moments = st.none() | st.just(NOON)


@given(
    st.builds(
        Complaint,
        st.just("C7K2"),
        acknowledged_at=moments,
        assessed_at=moments,
        answered_at=moments,
        decided_at=moments,
        told_at=st.none(),
    ),
    st.sampled_from(get_args(Step)),
)
def test_however_it_came_there_nothing_is_closed_untold(steps: Complaint, step: Step) -> None:
    case = replace(OPEN, complaint=steps)
    with pytest.raises(Refused):
        check_step("close", case)
    found = next_step(case)
    assert found is not None
    check_step(found.step, case)
