"""Words as the search in what was said takes them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.text.words import stand_in, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("He stayed home, twice!", ("he", "stayed", "home", "twice")),
        ("KÖLN naïve Straße", ("koln", "naive", "straße")),
        ("Йод, йод", ("йод", "йод")),
        ("ΟΔΟΣ οδός", ("οδοσ", "οδόσ")),
        ("don't e-mail 4711/b", ("don", "t", "e", "mail", "4711", "b")),
        ("great🤣stuff ₺5 [/x]", ("great", "stuff", "5", "x")),
        ("東京 한국", ("東京", "한국")),
    ],
)
def test_words_are_letters_and_digits_folded(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_whatever_the_text_words_are_letters_and_numbers(text: str) -> None:
    for word in words_of(text):
        assert word
        assert {unicodedata.category(letter)[0] for letter in word} <= {"L", "N"}


@given(st.lists(st.sampled_from(["a", "b", "ab"]), max_size=6), st.integers(0, 5), st.booleans())
def test_what_stands_in_a_text_is_found_in_it(
    words: list[str], at: int, is_beginning: bool
) -> None:
    said = tuple(words)
    asked = said[at : at + 2]
    assert stand_in(asked, said, is_beginning=is_beginning) is bool(asked)
    if asked and len(asked[-1]) > 1:
        begun = (*asked[:-1], asked[-1][:-1])
        assert stand_in(begun, said, is_beginning=True)
    assert not stand_in((*said, "a"), said, is_beginning=is_beginning)
