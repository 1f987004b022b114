from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent_tui.text.cells import cut, pad, width, wrap, wrap_lines
from tests.text.strategies import clean_lines, clean_texts

FAMILY = "👨\u200d👩\u200d👧"


@given(clean_lines, st.integers(0, 60))
@example("ന\u0d4d\u200d", 3)
@example("\u0301", 0)
def test_nothing_is_wider_than_asked(text: str, cells: int) -> None:
    short = cut(text, cells)
    assert width(short) <= cells
    assert short == text or width(text) > cells
    assert width(pad(text, cells)) == cells
    assert text.startswith(short.removesuffix("…")) or short == text


@given(clean_texts, st.integers(2, 40))
def test_wrapping_keeps_within_the_width_and_loses_no_letter(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert all("\n" not in line for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert len(lines) >= text.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("Katherine", 9, "Katherine"),
        ("Katherine", 5, "Kath…"),
        ("李明李明", 5, "李明…"),
        ("李明李明", 4, "李…"),
        ("ae\u0323\u0301bc", 3, "ae\u0323\u0301…"),
        (f"a{FAMILY}b", 3, "a…"),
        (f"a{FAMILY}bc", 4, f"a{FAMILY}…"),
        ("❤\ufe0f❤\ufe0f", 3, "❤\ufe0f…"),
        ("❤\ufe0f❤\ufe0f", 2, "…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 0, ""),
    ],
)
def test_cut(text: str, cells: int, shown: str) -> None:
    assert cut(text, cells) == shown


def test_cut_takes_another_ellipsis_or_none() -> None:
    assert cut("Katherine", 6, ellipsis="...") == "Kat..."
    assert cut("Katherine", 6, ellipsis="") == "Kather"
    assert cut("Katherine", 2, ellipsis="...") == "Ka"


def test_pad() -> None:
    assert pad("李明", 6) == "李明  "
    assert pad("李明李", 4) == "李… "


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("", 10, [""]),
        ("   ", 10, [""]),
        ("the order was late", 9, ["the order", "was late"]),
        ("the  order", 20, ["the  order"]),
        ("  indented note", 10, ["  indented", "note"]),
        ("one\n\ntwo\n", 10, ["one", "", "two", ""]),
        ("a longerword b", 5, ["a", "longe", "rword", "b"]),
        ("李明李明 x", 5, ["李明", "李明", "x"]),
        ("李明李 x", 5, ["李明", "李 x"]),
        ("wide 李", 1, ["w", "i", "d", "e", "李"]),
        (f"ab{FAMILY}c", 3, ["ab", f"{FAMILY}c"]),
    ],
)
def test_wrap(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines


@pytest.mark.parametrize("letter", ["x", "x ", "李", "👨\u200d👩 "])
def test_the_first_lines_of_a_megabyte_come_without_the_rest(
    letter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = 0

    def counted(text: str) -> int:
        nonlocal measured
        measured += len(text)
        return width(text)

    monkeypatch.setattr("agent_tui.text.cells.width", counted)
    lines = list(islice(wrap_lines(letter * 1_000_000, 80), 40))
    assert len(lines) == 40
    assert measured < 40_000
    measured = 0
    assert len(cut(letter * 1_000_000, 80)) <= 400
    assert measured < 1_000
