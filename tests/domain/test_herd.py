"""Others with the same matter: only what stands out of the usual is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.herd import herd, in_words, week_starts
from tests.builders import NOON

counts = st.integers(0, 1_000)


@pytest.mark.parametrize(
    ("others", "before", "words"),
    [
        (5, [2] * 8, "5 others this week with #boiler, usual 2 a week"),
        (4, [2] * 8, "4 others this week with #boiler, usual 2 a week"),
        (3, [0] * 8, "3 others this week with #boiler, new"),
        (3, [1, 0, 0, 0, 0, 0, 0, 0], "3 others this week with #boiler, usual less than 1 a week"),
        (6, [3, 3, 2, 2, 3, 3, 2, 2], "6 others this week with #boiler, usual 2.5 a week"),
    ],
)
def test_what_stands_out_is_said(others: int, before: list[int], words: str) -> None:
    found = herd("boiler", [others, *before])
    assert found is not None
    assert in_words(found) == words


@pytest.mark.parametrize(("others", "before"), [(2, [0] * 8), (3, [2] * 8), (50, [26] * 8)])
def test_what_is_as_usual_is_not(others: int, before: list[int]) -> None:
    assert herd("boiler", [others, *before]) is None


@given(counts, st.lists(counts, min_size=8, max_size=8))
def test_it_takes_three_others_and_twice_the_usual(others: int, before: list[int]) -> None:
    found = herd("x", [others, *before])
    assert (found is not None) == (others >= 3 and others * 8 >= 2 * sum(before))
    if found is not None:
        assert found.is_new == (not any(before))


def test_the_weeks_follow_one_another() -> None:
    starts = week_starts(NOON)
    assert len(starts) == 9
    assert starts[0] == NOON - timedelta(days=7)
    assert starts[-1] == NOON - timedelta(days=63)
