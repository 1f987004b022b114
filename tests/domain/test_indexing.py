"""Words that are nearly the same share a road, and every part of a number has its pieces."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.indexing import (
    PHONE_PIECE,
    contact_pieces,
    near_roads,
    pieces,
    roads,
    sound_road,
)
from agent_tui.domain.values.index import WordField

_letters = string.ascii_lowercase
_words = st.text(_letters, min_size=3, max_size=12)


@st.composite
def slips(draw: st.DrawFn, word: str) -> str:
    """The word with a letter missing, too many, wrong, or two neighbours swapped."""
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(_letters))
    return draw(
        st.sampled_from(
            (
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            )
        )
    )


@given(_words, st.data())
def test_words_a_slip_apart_share_a_road(word: str, data: st.DataObject) -> None:
    typed = data.draw(slips(word))
    if len(typed) >= 3:
        assert near_roads(word) & near_roads(typed)


@given(st.text(_letters, min_size=6, max_size=12), st.data())
def test_longer_words_two_slips_apart_share_a_road(word: str, data: st.DataObject) -> None:
    typed = data.draw(slips(data.draw(slips(word))))
    if len(typed) >= 5:
        assert near_roads(word) & near_roads(typed)


def test_words_that_sound_alike_share_a_road() -> None:
    assert sound_road("wright") == sound_road("ritte")
    assert sound_road("wright") in roads("ritte")
    assert sound_road("a") is None


def test_a_word_with_digits_has_no_road() -> None:
    assert roads("4711") == roads("a1") == set()


@given(st.text(string.digits, min_size=6, max_size=14), st.data())
def test_every_part_of_a_number_is_made_of_its_pieces(digits: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(digits) - PHONE_PIECE))
    part = digits[start : data.draw(st.integers(start + PHONE_PIECE, len(digits)))]
    held = {piece for _, piece in contact_pieces("phone", f"+{digits}")}
    assert pieces(part, PHONE_PIECE) <= held


def test_an_address_has_pieces_as_far_as_the_at_and_its_domain() -> None:
    assert contact_pieces("email", "Li.K@x.org") == {
        (WordField.PIECE, "li."),
        (WordField.PIECE, "i.k"),
        (WordField.PIECE, ".k@"),
        (WordField.DOMAIN, "x.org"),
    }
    assert contact_pieces("address", "1 High Street") == set()
    assert contact_pieces("account", "AB12") == {(WordField.PIECE, "ab1"), (WordField.PIECE, "b12")}
