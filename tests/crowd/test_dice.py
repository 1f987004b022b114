from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.crowd.dice import Dice, Weighted, falling


def test_throws_are_the_same_wherever_they_are_made() -> None:
    dice = Dice(7, "names", 3)
    assert [dice.under(1_000) for _ in range(5)] == [909, 420, 324, 847, 731]


def test_throws_for_other_things_are_others() -> None:
    makers = [(7, "names", 3), (8, "names", 3), (7, "towns", 3), (7, "names", 4)]
    assert len({Dice(*maker).under(1 << 32) for maker in makers}) == len(makers)


@given(st.integers(0, 1 << 40), st.lists(st.integers(1, 1 << 32), min_size=30, max_size=60))
def test_a_throw_is_under_its_limit_however_many_there_are(seed: int, limits: list[int]) -> None:
    dice = Dice(seed, "anything")
    assert all(0 <= dice.under(limit) < limit for limit in limits)


def test_all_numbers_come_up_alike() -> None:
    dice = Dice(1, "even")
    counts = Counter(dice.under(10) for _ in range(20_000))
    assert set(counts) == set(range(10))
    assert min(counts.values()) > 1_800
    assert max(counts.values()) < 2_200


def test_early_numbers_come_up_more_often() -> None:
    dice = Dice(1, "early")
    counts = Counter(dice.early(100) for _ in range(20_000))
    assert counts[0] > 3 * counts[20] > 3 * counts[80] > 0


def test_what_weighs_more_is_drawn_more_often() -> None:
    dice = Dice(1, "weighted")
    drawn = Counter(Weighted("abc", [6, 3, 1]).draw(dice) for _ in range(10_000))
    assert 5_700 < drawn["a"] < 6_300
    assert 800 < drawn["c"] < 1_200


def test_weights_fall_as_the_place_grows() -> None:
    weights = falling(4, 1)
    assert weights == [500_000_000, 333_333_333, 250_000_000, 200_000_000]
