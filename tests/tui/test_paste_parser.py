"""What comes from a terminal, in which a paste is text until its end."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste
from textual.message import Message

from agent_tui.tui import paste_parser
from agent_tui.tui.paste_parser import PasteParser
from tests.tui.naughty import NAUGHTY

START, END, ESC = "\x1b[200~", "\x1b[201~", "\x1b"
PIECES = st.sampled_from(
    [
        *NAUGHTY,
        START,
        ESC,
        "\x1b[",
        "\x1b[20",
        "\x1b[31mred\x1b[0m",
        "\x1b[A",
        "\x1b[<0;3;4M",
        "\x1b[15~",
        "\r",
        "\n",
        "\t",
        "\x04",
        "name",
        "0",
        "1~",
    ]
)
PASTED = st.lists(PIECES | st.text(max_size=6)).map("".join).filter(lambda text: END not in text)
TYPED = st.lists(
    st.sampled_from(["k", "\r", "é", "\x1b[A", "\x1b[15~", "\x1b[<0;3;4M", "\x04"]), max_size=4
).map("".join)


def told(messages: list[Message]) -> list[str]:
    """What of them matters here, one line each."""
    return [
        f"paste {message.text!r}"
        if isinstance(message, Paste)
        else f"key {message.key}"
        if isinstance(message, Key)
        else type(message).__name__
        for message in messages
    ]


def fed(parser: XTermParser, *reads: str) -> list[str]:
    return told([message for read in reads for message in parser.feed(read)])


def cut_at(text: str, places: list[int]) -> Iterator[str]:
    """The text in as many reads as there are places, and one more."""
    ends = sorted({place % (len(text) + 1) for place in places} - {0, len(text)})
    for begin, end in zip([0, *ends], [*ends, len(text)], strict=True):
        yield text[begin:end]


@given(TYPED, PASTED, TYPED, st.lists(st.integers(min_value=0), max_size=6))
def test_a_paste_is_text_whatever_is_in_it_and_however_it_comes(
    before: str, pasted: str, behind: str, places: list[int]
) -> None:
    sent = before + START + pasted + END + behind
    assert fed(PasteParser(), *cut_at(sent, places)) == [
        *fed(XTermParser(), before),
        f"paste {pasted.replace(chr(0), '')!r}",
        *fed(XTermParser(), behind),
    ]


@given(TYPED, st.lists(st.integers(min_value=0), max_size=6))
def test_keys_are_what_they_were(typed: str, places: list[int]) -> None:
    assert fed(PasteParser(), *cut_at(typed, places)) == fed(XTermParser(), typed)


def test_two_pastes_and_what_is_typed_between_stay_apart() -> None:
    assert fed(PasteParser(), f"{START}a{END}k{START}b\x1b[A{END}\r") == [
        "paste 'a'",
        "key k",
        "paste 'b\\x1b[A'",
        "key enter",
    ]


def test_a_text_with_the_mark_of_the_end_in_it_does_not_go_on_as_keys() -> None:
    assert fed(PasteParser(), f"{START}a{END}\rk{END}") == [f"paste {f'a{END}' + chr(13) + 'k'!r}"]


def test_an_empty_paste_ends() -> None:
    assert fed(PasteParser(), START + END + "k") == ["paste ''", "key k"]


def test_esc_in_front_of_a_paste_is_a_key() -> None:
    assert fed(PasteParser(), ESC, f"{START}a{END}") == ["key escape", "paste 'a'"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which stands until it is set."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr("textual._parser.get_time", lambda: now[0])
    return now


def silent(parser: PasteParser, clock: list[float]) -> list[str]:
    """What it tells once nothing comes for a while."""
    clock[0] += paste_parser.SILENT_S
    return told(list(parser.tick()))


@pytest.mark.parametrize("length", range(1, len(START)))
def test_a_mark_that_comes_in_two_halves_far_apart_is_one(clock: list[float], length: int) -> None:
    parser = PasteParser()
    fed(parser, START[:length])
    silent(parser, clock)
    assert fed(parser, f"{START[length:]}a\x1b[31m\r{END}k") == ["paste 'a\\x1b[31m\\r'", "key k"]


def test_esc_is_a_key_once_nothing_follows_and_what_is_typed_later_too(clock: list[float]) -> None:
    parser = PasteParser()
    assert fed(parser, ESC) == []
    assert silent(parser, clock) == ["key escape"]
    assert fed(parser, *"[200~\r") == [
        "key left_square_bracket",
        "key 2",
        "key 0",
        "key 0",
        "key tilde",
        "key enter",
    ]


def test_what_came_of_a_paste_is_shown_and_the_rest_is_no_keys(clock: list[float]) -> None:
    parser = PasteParser()
    assert fed(parser, f"{START}one\x1b[20") == []
    assert silent(parser, clock) == ["paste 'one'"]
    assert silent(parser, clock) == []
    assert fed(parser, "\rtwo") == []
    assert silent(parser, clock) == ["paste '\\x1b[20\\rtwo'"]
    assert fed(parser, f"three{END}\r") == ["paste 'three'", "key enter"]


def test_esc_ends_a_paste_whose_end_never_comes(clock: list[float]) -> None:
    parser = PasteParser()
    fed(parser, f"{START}one")
    assert silent(parser, clock) == ["paste 'one'"]
    assert fed(parser, ESC) == []
    assert silent(parser, clock) == []
    assert fed(parser, "k\r") == ["key k", "key enter"]
