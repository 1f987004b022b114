"""Speakable ids: every slip of one character or of two neighbours is found."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.speakable import (
    ALPHABET,
    LONGEST,
    is_speakable,
    read_speakable,
    speakable,
)
from agent_tui.errors import BadInput
from agent_tui.text.hygiene import is_clean

OF_FOUR = [speakable(number) for number in range(289)]
OF_FIVE = [speakable(number) for number in range(289, 289 + 4_913)]
LOOK_ALIKE = ("0OQD", "1IL", "2Z", "5S", "6G", "8B", "UV")
SOUND_ALIKE = ("BCDEGPTVZ", "MN", "FS", "AJK", "QU", "59I")


def test_every_number_has_its_own_id_and_ids_grow_only_as_they_run_out() -> None:
    assert {len(called) for called in OF_FOUR} == {4}
    assert {len(called) for called in OF_FIVE} == {5}
    assert len({*OF_FOUR, *OF_FIVE}) == 289 + 4_913
    assert all(is_speakable(called) for called in (*OF_FOUR, *OF_FIVE))
    assert "C7K2" in OF_FOUR


def test_every_single_wrong_character_is_found() -> None:
    for called in (*OF_FOUR, *OF_FIVE[:500]):
        for place in range(1, len(called)):
            for other in set(ALPHABET) - {called[place]}:
                assert not is_speakable(called[:place] + other + called[place + 1 :])


def test_every_swap_of_neighbours_is_found() -> None:
    for called in (*OF_FOUR, *OF_FIVE):
        for place in range(len(called) - 1):
            one, other = called[place], called[place + 1]
            if one != other:
                swapped = called[:place] + other + one + called[place + 2 :]
                assert not is_speakable(swapped), (called, swapped)


@pytest.mark.parametrize("group", [*LOOK_ALIKE, *SOUND_ALIKE])
def test_of_characters_that_are_taken_for_each_other_one_at_most_is_used(group: str) -> None:
    assert len(set(group) & set(ALPHABET)) <= 1


def test_ids_of_neighbours_differ_in_every_character_of_their_number() -> None:
    for ids in (OF_FOUR, OF_FIVE):
        for one, other in pairwise(ids):
            assert all(a != b for a, b in zip(one[1:-1], other[1:-1], strict=True))


@pytest.mark.parametrize("said", ["C7K2", "c7k2", " C 7 K 2 ", "c7-k2", "C.7.K.2", "Ｃ7Ｋ2"])
def test_case_spaces_and_dashes_are_forgiven(said: str) -> None:
    assert read_speakable(said) == "C7K2"


@pytest.mark.parametrize(
    ("said", "mistake"),
    [
        ("", "C and at least three"),
        ("C7K", "C and at least three"),
        ("7K2C", "C and at least three"),
        ("C7O2", "no “O”"),
        ("C7K3", "one character is wrong, or two are swapped"),
        ("CK72", "one character is wrong, or two are swapped"),
        ("C7K2" * 9, "no “C”"),
        ("C" + "7" * LONGEST, "too many"),
    ],
)
def test_the_kind_of_mistake_is_said(said: str, mistake: str) -> None:
    with pytest.raises(BadInput, match=mistake):
        read_speakable(said)


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    if is_speakable(text):
        assert is_speakable(read_speakable(text))
    else:
        with pytest.raises(BadInput) as mistake:
            read_speakable(text)
        assert is_clean(mistake.value.message)


@given(st.integers(0, 10**10))
def test_any_number_has_an_id_that_reads_back(number: int) -> None:
    called = speakable(number)
    assert read_speakable(called.lower()) == called
    assert speakable(number + 1) != called
