from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent_tui.errors import BadInput
from agent_tui.text.hygiene import clean_line, clean_text, is_clean, without_bidi
from tests.text.nasty import NASTY
from tests.text.strategies import anything, real_data

ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def dangers(text: str) -> set[str]:
    """Return what a terminal would obey, by the character database, not by our own table."""
    plain = re.sub("\U0001f3f4[\U000e0030-\U000e007a]{3,6}\U000e007f", "", text)
    return {
        character
        for character in plain
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or character in BIDI
        or ord(character) & 0xFFFE == 0xFFFE
        or 0xFDD0 <= ord(character) <= 0xFDEF
        or 0xE0000 <= ord(character) <= 0xE007F
        or 0xFFF9 <= ord(character) <= 0xFFFB
    }


@given(anything)
@example("\u0344" * 40)
@example("\u0915\u093c" * 3 + "\u0301" * 29 + "\u0958" + "\u0301" * 31)
@example("a\u200d\u2329")
@example("a\u200b\u200d\u200b\u2329\r\ufeff\n")
def test_cleaning_leaves_nothing_that_acts_and_cleaning_twice_changes_nothing(text: str) -> None:
    line = clean_line(text, 100_000)
    lines = clean_text(text, 100_000)
    assert not dangers(line)
    assert dangers(lines) <= {"\n"}
    assert is_clean(line)
    assert is_clean(lines)
    assert clean_line(line, 100_000) == line
    assert clean_text(lines, 100_000) == lines
    assert unicodedata.is_normalized("NFC", line)
    assert line == line.strip()


@given(anything)
def test_what_is_called_clean_keeps_every_character(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    if is_clean(composed):
        assert clean_text(composed, 100_000).replace("\u034f", "") == composed.rstrip().replace(
            "\u034f", ""
        )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x1b]52;c;cm0=\x07", "␛]52;c;cm0=␇"),
        ("\x1b[2J", "␛[2J"),
        ("\x9b31m", "‹9B›31m"),
        ("a\x00b\x7f", "a␀b␡"),
        ("\u202egnp.exe\u2069", "‹RLO›gnp.exe‹PDI›"),
        ("\ud83d\ude00", "\ufffd\ufffd"),
        ("a\ufffeb\U0010ffff", "a‹FFFE›b‹10FFFF›"),
        ("a\ufff9b", "a‹FFF9›b"),
        ("a\U000e0067b", "a‹E0067›b"),
        ("J\u200do", "J‹ZWJ›o"),
        ("  Anna\r\n\tLee\u2028 ", "Anna Lee"),
        ("e\u0301", "é"),
        ("\ufeffAnna\u200b L\u2060ee\u200b ", "Anna Lee"),
        ("e\u200b\u0301", "é"),
        (ENGLAND, ENGLAND),
        ("👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥", "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥"),
        ("می\u200cخواهم ക\u0d4d\u200d", "می\u200cخواهم ക\u0d4d\u200d"),
    ],
)
def test_a_line_shows_what_would_have_acted(text: str, shown: str) -> None:
    assert clean_line(text) == shown


@given(anything, st.lists(st.tuples(st.integers(0, 60), st.sampled_from("\u200b\u2060\ufeff"))))
def test_what_is_seen_nowhere_makes_no_difference(text: str, places: list[tuple[int, str]]) -> None:
    strewn = text
    for place, unseen in places:
        strewn = strewn[:place] + unseen + strewn[place:]
    plain = re.sub("[\u200b\u2060\ufeff]", "", text)
    assert clean_line(strewn, 100_000) == clean_line(plain, 100_000)
    assert clean_text(strewn, 100_000) == clean_text(plain, 100_000)


def test_text_keeps_its_lines_whatever_ended_them() -> None:
    text = "one\r\ntwo\rthree\x85four\u2028five\u2029six\n\n  \tseven\x0b \n"
    assert clean_text(text) == "one\ntwo\nthree\nfour\nfive\nsix\n\n      seven␋"


def test_too_long_is_said_in_plain_words() -> None:
    with pytest.raises(BadInput, match=r"^too long: 12,345 characters, at most 1,000$"):
        clean_line("x" * 12_345)
    with pytest.raises(BadInput, match="at most 1,000,000"):
        clean_text("é" * 1_000_001)
    assert clean_line(" " * 2_000 + "x") == "x"


def test_the_limit_holds_for_the_visible_form() -> None:
    with pytest.raises(BadInput, match="too long: 500 characters, at most 100"):
        clean_line("\u202e" * 100, 100)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain", True),
        ("two\nlines", True),
        ("Zoë 李明 ❤\ufe0f", True),
        (ENGLAND, True),
        ("\u00a0", True),
        ("Ann\u200b", False),
        ("tab\t", False),
        ("\x1b[m", False),
        ("\x85", False),
        (ENGLAND + "\u202e", False),
    ],
)
def test_is_clean(text: str, clean: bool) -> None:
    assert is_clean(text) is clean


def test_no_run_of_marks_is_long_enough_to_make_composing_slow() -> None:
    cleaned = clean_text("a" + "\u0301\u0316" * 50_000)
    assert max(map(len, re.findall("[\u0301\u0316]+", cleaned))) == 30
    assert len(cleaned.replace("\u034f", "")) == 100_000


def test_bidi_signs_go_for_comparing() -> None:
    assert without_bidi("\u202a+44\u202c") == without_bidi("‹LRE›+44‹PDF›") == "+44"
    assert without_bidi("‹merci›") == "‹merci›"


def test_the_nasty_strings_lose_no_printable_character() -> None:
    for text in NASTY:
        cleaned = clean_line(text, 10_000)
        assert {c for c in text if c.isascii() and c.isprintable() and c != " "} <= set(cleaned)


def test_the_big_list_of_naughty_strings() -> None:
    strings = json.loads((real_data("blns") / "blns.json").read_text("utf-8"))
    assert len(strings) > 500
    for text in strings:
        assert is_clean(clean_line(text, 10_000))
        assert not dangers(clean_line(text, 10_000))
        assert clean_text(clean_text(text)) == clean_text(text)
