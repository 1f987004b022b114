"""Whether a name is a slip of another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.text.nearest import is_slip

NAMES = st.text("abc1", max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("mira", "mira", False),
        ("mria", "mira", True),
        ("mir", "mira", True),
        ("miras", "mira", True),
        ("mara", "mira", True),
        ("armi", "mira", False),
        ("ma", "mira", False),
        ("agent1", "agent2", False),
        ("agent", "agent2", False),
        ("aegnt1", "agent1", True),
        ("", "a", True),
        ("ab", "ba", True),
        ("acb", "bca", False),
    ],
)
def test_one_letter_makes_a_slip_and_two_do_not(one: str, other: str, slip: bool) -> None:
    assert is_slip(one, other) is slip


@given(NAMES, NAMES)
def test_it_is_the_same_both_ways(one: str, other: str) -> None:
    assert is_slip(one, other) == is_slip(other, one)
