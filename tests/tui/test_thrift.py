"""What is left out on the way to the terminal changes nothing that is seen there."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_tui.text.cells import width
from agent_tui.tui.thrift import Thrift

COLUMNS, ROWS = 24, 5
STYLES = (
    "",
    "38;2;214;221;228;48;2;15;20;25",
    "1;38;2;214;221;228;48;2;15;20;25",
    "38;2;103;195;201;48;2;27;42;51",
    "48;2;15;20;25",
    "38;5;12;48;5;0",
    "31;40",
    "1;4;97;100",
    "7",
    "2;39;49",
    "3;31",
)
TEXTS = st.sampled_from(
    [
        "Ava",
        "ava",
        "    ",
        " ",
        "─",
        "│ x │",
        "Ava Nguyen",
        "Łódź",
        "日本",
        "👩",
        "e\u0301",
        "אבא",
        "x  y",
        "Ava      x",
    ]
)
"""Whatever stands in one place at every terminal: of joined pictures each has its own width."""
CLEAR = "\x1b[2J"
NO_WRAP = "\x1b[?7l"

pieces = st.lists(st.tuples(st.sampled_from(STYLES), TEXTS), min_size=1, max_size=3)
runs = st.tuples(st.integers(1, ROWS), st.integers(1, 6), pieces)
frames = st.lists(runs, min_size=1, max_size=5)


def written(frame: list[tuple[int, int, list[tuple[str, str]]]]) -> str:
    """A frame as Textual writes it: each run from its place, each piece with its whole style."""
    parts = []
    for row, column, told in frame:
        parts.append(f"\x1b[{row};{column}H")
        for style, text in told:
            parts.append(f"\x1b[{style}m{text}\x1b[0m" if style else text)
        parts.append("\n")
    return "".join(parts) + "\x1b[1;1H"


class Screen:
    """A terminal, and what of it can be seen."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(COLUMNS * 2, ROWS + 1)
        self._stream = pyte.Stream(self._screen)

    def feed(self, data: str) -> None:
        self._stream.feed(data)

    @property
    def seen(self) -> list[tuple[object, ...]]:
        cells = []
        for y in range(ROWS + 1):
            for x in range(COLUMNS * 2):
                cell = self._screen.buffer[y][x]
                shows: tuple[object, ...] = (cell.bg, cell.reverse, cell.underscore)
                if cell.data != " " or cell.reverse or cell.underscore:
                    shows += (cell.fg, cell.bold, cell.italics)
                cells.append((y, x, cell.data, *shows))
        return [*cells, (self._screen.cursor.y, self._screen.cursor.x)]


@settings(max_examples=150, deadline=None)
@given(st.lists(frames, min_size=1, max_size=6), st.sets(st.integers(0, 5)))
def test_the_screen_looks_as_if_all_were_sent(
    told: list[list[tuple[int, int, list[tuple[str, str]]]]], cleared: set[int]
) -> None:
    plain, thin, thrift = Screen(), Screen(), Thrift()
    for number, frame in enumerate(told):
        if number in cleared:
            plain.feed(CLEAR)
            thin.feed(thrift.thin(CLEAR))
        data = written(frame)
        plain.feed(data)
        thin.feed(thrift.thin(data))
        assert thin.seen == plain.seen


FRAME = written([(1, 1, [(STYLES[1], "Ava Nguyen"), (STYLES[1], "   ")]), (2, 1, [("", "Leeds")])])


def test_what_stands_there_is_not_sent_again() -> None:
    thrift = Thrift()
    assert "Ava Nguyen" in thrift.thin(FRAME)
    assert thrift.thin(FRAME) == "\x1b[1;1H"


def test_of_a_row_only_what_differs_is_sent() -> None:
    thrift = Thrift()
    thrift.thin(FRAME)
    assert thrift.thin(FRAME.replace("Nguyen", "Nguyes")) == (
        f"\x1b[1;10H\x1b[{STYLES[1]}ms\x1b[0m\x1b[1;1H"
    )


def test_between_two_styles_only_what_differs_is_said() -> None:
    frame = written([(1, 1, [(STYLES[1], "Ava"), (STYLES[2], "Nguyen")])])
    assert f"\x1b[{STYLES[1]}mAva\x1b[1mNguyen\x1b[0m" in Thrift().thin(frame)


def test_after_anything_unforeseen_all_is_sent_as_it_is() -> None:
    thrift = Thrift()
    thrift.thin(FRAME)
    for unforeseen in ("\x1b[2J", "\x1b[?1049h", "\x1b]0;title\x07", "\x1b[1;1Htab\there", "words"):
        assert thrift.thin(unforeseen) == unforeseen
        assert "Ava Nguyen" in thrift.thin(FRAME)


def test_a_screen_of_another_size_is_sent_whole() -> None:
    thrift = Thrift()
    thrift.thin(FRAME)
    thrift.resized(COLUMNS, ROWS)
    assert "Ava Nguyen" in thrift.thin(FRAME)


def test_of_a_frame_painted_for_another_size_only_what_is_there_is_sent() -> None:
    thrift = Thrift()
    thrift.resized(7, 2)
    late = written([(2, 1, [("", "Ava Nguyen")]), (2, 9, [("", "x")]), (3, 1, [("", "footer")])])
    assert thrift.thin(late) == "\x1b[2;1HAva Ngu\x1b[1;1H"


@pytest.mark.parametrize("text", ["日本", "👩‍🚒", "e\u0301", "אבא"])
def test_a_row_that_was_written_over_is_sent_as_others_are(text: str) -> None:
    thrift = Thrift()
    thrift.resized(12, 1)
    thrift.thin(written([(1, 1, [("", f"{text} a")])]))
    frame = written([(1, 1, [("", "Ava "), ("1", "Nguyen  ")])])
    assert "Ava" in thrift.thin(frame)
    assert thrift.thin(frame) == "\x1b[1;1H"


def test_a_row_of_which_a_part_was_written_over_is_sent_whole() -> None:
    thrift = Thrift()
    thrift.resized(12, 1)
    thrift.thin(written([(1, 1, [("", "日本        ")])]))
    frame = written([(1, 1, [("", "Ava")])])
    thrift.thin(frame)
    assert "Ava" in thrift.thin(frame)


def test_over_what_stays_the_cursor_is_moved() -> None:
    thrift = Thrift()
    thrift.thin(written([(1, 1, [("", "Ava     London    Monday")])]))
    assert thrift.thin(written([(1, 1, [("", "Eva     London    Friday")])])) == (
        "\x1b[1;1HE\x1b[17CFri\x1b[1;1H"
    )


def test_a_blank_is_sent_in_whatever_style_has_its_ground() -> None:
    frame = written([(1, 1, [("1;31;44", "Ava"), ("32;44", "  "), ("1;31;44", "Nguyen")])])
    assert "\x1b[1;31;44mAva  Nguyen\x1b[0m" in Thrift().thin(frame)


def test_bold_ends_without_a_new_beginning() -> None:
    frame = written([(1, 1, [("1;31;44", "Ava"), ("31;44", "Nguyen"), ("2;31;44", "x")])])
    assert "Ava\x1b[22mNguyen\x1b[2mx" in Thrift().thin(frame)


@pytest.mark.parametrize("joined", ["👍🏽", "❤️", "1️⃣", "👩‍🚒"])
def test_what_follows_a_joined_picture_is_whole_at_a_terminal_of_another_opinion(
    joined: str,
) -> None:
    # pyte gives a thumb and its colour four cells and a heart with its variation one.
    terminal, thrift = pyte.Screen(COLUMNS * 2, 1), Thrift()
    stream = pyte.Stream(terminal)
    stream.feed(thrift.thin(written([(1, 1, [("", "x" * 30)])])))
    told = f"a {joined} after it END"
    stream.feed(thrift.thin(written([(1, 1, [("", told), ("1", "│")])])))
    cells = [terminal.buffer[0][x].data for x in range(COLUMNS * 2)]
    behind = 2 + width(joined)
    assert "".join(cells[behind : width(told) + 1]) == " after it END│"
    assert "x" not in cells[: width(told)]


def test_letters_are_not_parted_from_their_vowel_signs() -> None:
    assert "प्रिया शर्मा" in Thrift().thin(written([(1, 1, [("", "प्रिया शर्मा")])]))


SIZES = st.tuples(st.integers(6, COLUMNS), st.integers(2, ROWS))


def whole(columns: int, rows: int, told: list[str]) -> str:
    """A frame that paints every cell of a screen of this size."""
    texts = [(told * rows)[row][:columns].ljust(columns) for row in range(rows)]
    return written([(row, 1, [("", text)]) for row, text in enumerate(texts, start=1)])


footers = st.lists(st.sampled_from(["Ava Nguyen", "Space act  F9", "  ", ""]), min_size=1)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(SIZES, footers, st.lists(frames, max_size=3)), min_size=2, max_size=5))
def test_after_a_change_of_size_no_frame_painted_for_another_one_is_left(
    told: list[
        tuple[tuple[int, int], list[str], list[list[tuple[int, int, list[tuple[str, str]]]]]]
    ],
) -> None:
    terminal, thrift = pyte.Screen(COLUMNS * 2, ROWS + 1), Thrift()
    stream = pyte.Stream(terminal)
    stream.feed(thrift.thin(NO_WRAP))
    before = COLUMNS, ROWS
    for (columns, rows), texts, late in told:
        terminal.resize(rows, columns)
        # Some frames for the size before come before the change is heard of, some behind it.
        for frame in late[:1]:
            stream.feed(thrift.thin(written(frame)))
        thrift.resized(columns, rows)
        for frame in late[1:]:
            stream.feed(thrift.thin(written(frame)))
        stream.feed(thrift.thin(whole(*before, texts)))
        before = columns, rows
        frame_now = whole(columns, rows, texts)
        stream.feed(thrift.thin(frame_now))
        plain = pyte.Screen(columns, rows)
        pyte.Stream(plain).feed(NO_WRAP + frame_now.replace("\n", ""))
        assert terminal.display == plain.display


@pytest.mark.parametrize("between", ["\x1b[?2026h", "\x1b[?2026l", "\x07", "\x1b]22;text\x07"])
def test_what_stands_between_frames_changes_nothing(between: str) -> None:
    thrift = Thrift()
    thrift.thin(FRAME)
    assert thrift.thin(between) == between
    assert thrift.thin(FRAME) == "\x1b[1;1H"


@pytest.mark.parametrize("text", ["日本", "👩‍🚒", "e\u0301", "אבא"])
def test_a_row_on_whose_width_terminals_differ_is_always_sent(text: str) -> None:
    thrift = Thrift()
    frame = written([(1, 1, [("", f"{text} and more")]), (2, 1, [("", "Leeds")])])
    thrift.thin(frame)
    again = thrift.thin(frame)
    assert text in again
    assert " and more" in again
    assert "Leeds" not in again
