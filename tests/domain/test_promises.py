"""How a promise changes state: only four actions close one, and only a person's."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.due_times import read_due
from agent_tui.domain.rules.promises import CLOSES, Action, after, check_due, due_said, in_time
from agent_tui.domain.values.kinds import PromiseState
from agent_tui.errors import BadInput, Refused
from tests.builders import NOON

HOUR = timedelta(hours=1)


@given(st.lists(st.sampled_from(get_args(Action))))
def test_a_promise_is_closed_by_closing_it_and_open_otherwise(actions: list[Action]) -> None:
    state: PromiseState = "open"
    for action in actions:
        try:
            new = after(state, action)
        except Refused:
            assert (state == "open") == (action == "reopen")
            continue
        if new != "open":
            assert (state, CLOSES[action]) == ("open", new)
        elif state != "open":
            assert action == "reopen"
        state = new


@pytest.mark.parametrize("state", sorted(CLOSES.values()))
def test_a_closed_promise_says_what_it_is(state: PromiseState) -> None:
    with pytest.raises(Refused, match=state):
        after(state, "keep")


def test_being_told_is_in_time_before_the_promise_was_due() -> None:
    assert in_time(NOON - HOUR, NOON) is True
    assert in_time(NOON, NOON) is False
    assert in_time(None, NOON) is False
    assert in_time(NOON, None) is None


def test_a_due_time_is_still_to_come() -> None:
    check_due(NOON, NOON)
    check_due(None, NOON)
    with pytest.raises(Refused, match="has passed"):
        check_due(NOON - HOUR, NOON)


@pytest.mark.parametrize(
    ("words", "mistake"),
    [
        ("", "no time that is understood"),
        ("soon", "no time that is understood"),
        ("call back fri 10am", "no time that is understood"),
        ("yesterday", "has passed"),
        ("2025-01-01", "has passed"),
        ("31.02.", "does not exist"),
        ("05/06", "may mean .* or "),
    ],
)
def test_words_that_are_no_plain_time_to_come_say_why(words: str, mistake: str) -> None:
    with pytest.raises(BadInput, match=mistake):
        due_said(words, read_due(words, NOON, UTC), NOON, UTC)


@pytest.mark.parametrize("words", ["+3d", "by fri 12:00", " fri noon"])
def test_words_that_are_a_time_mean_it(words: str) -> None:
    assert due_said(words, read_due(words, NOON, UTC), NOON, UTC) == NOON + timedelta(days=3)
