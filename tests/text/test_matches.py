"""Words that are looked for are marked where they stand, also in broken rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.text.cells import wrap_lines
from agent_tui.text.matches import Phrase, marker, phrase, places_in, places_in_rows
from agent_tui.text.words import stand_in, words_and_places, words_of
from tests.text.strategies import anything


def found(text: str, *phrases: Phrase) -> list[str]:
    return [text[start:end] for start, end in places_in(text, phrases)]


@pytest.mark.parametrize(
    ("text", "asked", "is_beginning", "marked"),
    [
        ("I stayed home. Stayed! HOME", "stayed home", False, ["stayed", "home", "Stayed", "HOME"]),
        ("I stayed at home", "stayed home", False, []),
        ("Köln, koln and KÖLN", "koln", False, ["Köln", "koln", "KÖLN"]),
        ("ko\u0308ln", "KÖLN", False, ["ko\u0308ln"]),
        ("two orders, one order", "ord", True, ["orders", "order"]),
        ("great🤣stuff", "stuff", False, ["stuff"]),
        ("don’t", "t", False, ["t"]),
        ("nothing", "", True, []),
    ],
)
def test_words_of_a_phrase_are_marked(
    text: str, asked: str, is_beginning: bool, marked: list[str]
) -> None:
    assert found(text, phrase([asked], is_beginning=is_beginning)) == marked


def test_without_words_nothing_is_looked_for() -> None:
    assert marker([]) is None
    assert marker([phrase(["!"])]) is None


@given(anything)
def test_every_word_has_its_place(text: str) -> None:
    listed = words_and_places(text)
    assert tuple(word for word, _start, _end in listed) == words_of(text)
    assert all(0 <= start < end <= len(text) for _word, start, end in listed)
    assert [one[1:] for one in listed] == sorted(one[1:] for one in listed)


@given(anything, anything, st.booleans())
def test_what_a_filter_finds_is_marked_and_nothing_else(
    text: str, asked: str, is_beginning: bool
) -> None:
    sought = phrase([asked], is_beginning=is_beginning)
    stands = stand_in(sought.words, words_of(text), is_beginning=is_beginning)
    assert bool(places_in(text, [sought])) is stands


@given(st.text("ab cé…\n", max_size=60), st.integers(2, 12), st.integers(1, 4))
def test_marks_move_into_the_rows_with_their_words(text: str, cells: int, at_most: int) -> None:
    rows = list(wrap_lines(text, cells))
    places = places_in(text, [phrase(["a"]), phrase(["b"], is_beginning=True)])
    of_rows = places_in_rows(text, rows, places)
    moved = [row[start:end] for row, here in zip(rows, of_rows, strict=True) for start, end in here]
    whole = "".join(text[start:end] for start, end in places)
    assert "".join(moved) == whole
    # What is left out is passed over, whatever says so.
    shown = [*rows[:at_most], f"{rows[min(at_most, len(rows) - 1)][:1]}… 9 characters in all"]
    for row, here in zip(shown, places_in_rows(text, shown, places), strict=True):
        assert all(0 <= start < end <= len(row) for start, end in here)
