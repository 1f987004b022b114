from __future__ import annotations

import pytest
from anyascii import anyascii
from hypothesis import given

from agent_tui.text.names import fold, initials, sound, split_name, words
from tests.text.strategies import anything


@given(anything)
def test_folding_gives_small_ascii_once_and_for_all(text: str) -> None:
    folded = fold(text)
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())
    assert words(text) == folded.split()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Ava   NGUYEN ", "ava nguyen"),
        ("Zoë Müller-Ångström", "zoe muller angstrom"),
        ("Straße Łukasz Đorđe Ærø Þór İnci Ħal", "strasse lukasz dorde aero thor inci hal"),
        ("O'Brien O’Brien Oʼbrien", "obrien obrien obrien"),
        ("李明", "liming"),
        ("Олена", "olena"),
        ("Андрей", "andrey"),
        ("محمد", "mhmd"),
        ("Ελένη", "eleni"),
        ("Müller 李", "muller li"),
        ("が", "ga"),
        ("Ｆｕｌｌ ﬁ ½", "full fi 1 2"),
        ("\u202aAnna\u202c ‹LRM›Lee", "anna lee"),
        ("Smith & Sons, Ltd.", "smith sons ltd"),
        ("!?…", ""),
        ("\ud800", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_latin_letters_fold_as_they_are_romanised_beside_other_scripts() -> None:
    for letter in "ßæœøđðþłħıéüñçşžő":
        assert fold(letter) == anyascii(letter) == fold(f"{letter} 李").split()[0]


def test_words() -> None:
    assert words("Anne-Marie O'Brien") == ["anne", "marie", "obrien"]
    assert words(" - ") == []


@pytest.mark.parametrize(
    "alike",
    [
        "kathrin catherine katherine kathryn katrin",
        "smith smyth",
        "meier maier meyer mayer",
        "schmidt schmitt schmid",
        "philip filip phillip",
        "wright write",
        "knight night",
        "geoffrey jeffrey",
        "christine kristine",
        "michael mikael",
        "yusuf jusuf",
        "wagner vagner",
        "xavier savier",
        "brown braun",
    ],
)
def test_what_sounds_alike_has_one_key(alike: str) -> None:
    assert len({sound(word) for word in alike.split()}) == 1


def test_what_sounds_different_has_different_keys() -> None:
    apart = {"smith", "schmidt", "meier", "katherine", "philip", "anna", "hanna", "martin", "peter"}
    assert len({sound(word) for word in apart}) == len(apart)
    assert sound("anna") != sound("na")
    assert sound("123") == "123"
    assert sound("") == ""


@pytest.mark.parametrize(
    ("full", "given_name", "family_name", "letters"),
    [
        ("Katherine Smith", "Katherine", "Smith", "KS"),
        ("Smith, Katherine", "Katherine", "Smith", "KS"),
        ("Ava  Mai Nguyen", "Ava Mai", "Nguyen", "AN"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven", "LB"),
        ("María de la Cruz", "María", "de la Cruz", "MC"),
        ("van der Berg, Jan", "Jan", "van der Berg", "JB"),
        ("Van Nguyen", "Van", "Nguyen", "VN"),
        ("Martin King Jr.", "Martin", "King Jr.", "MK"),
        ("Martin King, Jr.", "Martin", "King, Jr.", "MK"),
        ("Smith,", "", "Smith", "S"),
        (", Katherine", "Katherine", "", "K"),
        ("Madonna", "", "Madonna", "M"),
        ("李明", "", "李明", "李"),
        ("élodie (ß)", "élodie", "(ß)", "ÉS"),
        ("", "", "", ""),
    ],
)
def test_names_are_split(full: str, given_name: str, family_name: str, letters: str) -> None:
    assert split_name(full) == (given_name, family_name)
    assert initials(full) == letters


@given(anything)
def test_splitting_a_name_keeps_every_letter(full: str) -> None:
    given_name, family_name = split_name(full)
    assert letters_of(given_name + family_name) == letters_of(full)
    assert len(initials(full)) <= 2


def letters_of(text: str) -> list[str]:
    return sorted(letter for letter in text if not letter.isspace() and letter != ",")
