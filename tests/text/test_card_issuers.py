"""Which digits are a card's number."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.text.card_issuers import is_card, passes_luhn
from tests.text import cards


@pytest.mark.parametrize("digits", cards.PUBLISHED.values(), ids=cards.PUBLISHED)
def test_the_numbers_that_issuers_publish_are_cards(digits: str) -> None:
    assert is_card(digits)


@given(cards.numbers, st.data())
def test_one_wrong_digit_makes_it_no_card(digits: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    assert not passes_luhn(digits[:place] + wrong + digits[place + 1 :])


@pytest.mark.parametrize(
    "digits",
    [
        "1111111111111117",  # nobody's prefix
        "2721000000000004",  # above Mastercard's second range
        "41111111111116",  # a length that Visa never had
        "5555555555554443",  # another check digit
        "0000000000000000",
        "",
        "4",
    ],
)
def test_issuer_length_and_check_digit_must_fit_together(digits: str) -> None:
    assert not is_card(digits)


def test_few_long_numbers_are_taken_for_cards() -> None:
    chance = random.Random(7)
    sizes = [chance.randint(12, 19) for _ in range(40_000)]
    taken = sum(is_card("".join(chance.choices("0123456789", k=size))) for size in sizes)
    assert 0.005 < taken / len(sizes) < 0.02
