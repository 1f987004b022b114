"""The rows of a conversation, made of its values."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent_tui.domain.values.conversation import (
    Conversation,
    Entry,
    HandedOn,
    Passage,
    Place,
    Wording,
)
from agent_tui.domain.values.kinds import Delivery, Speaker
from agent_tui.text.cells import width
from agent_tui.text.hygiene import clean_text
from agent_tui.tui.widgets.conversation_layout import Layout
from agent_tui.tui.widgets.conversation_lines import entry_lines, passage_line, pointed_at
from agent_tui.tui.widgets.conversation_window import Window
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.ink import Line
from tests.text.nasty import NASTY
from tests.tui.conversations import NOW, noted, passage, place, said, talk, talks

HERE = Here(NOW, ZoneInfo("Europe/London"))


def text(line: Line, cells: int = 50) -> str:
    """A row as it is shown."""
    left = "".join(span.text for span in line.left)
    right = "".join(span.text for span in line.right)
    return f"{left}{' ' * (cells - width(left) - width(right))}{right}" if right else left


def shown(entry: Entry, home: Passage | None = None, cells: int = 50) -> list[str]:
    home = home or passage(100, entry)
    return [text(line, cells) for line in entry_lines(entry, home, HERE, cells, bright=True)]


@pytest.mark.parametrize(
    ("speaker", "words"),
    [("customer", "‹ they"), ("agent", "› we  "), ("action", "• did "), ("system", "· desk")],
)
def test_who_said_it_stands_in_word_and_glyph(speaker: Speaker, words: str) -> None:
    assert shown(said(100, 1, "hello", speaker=speaker)) == [f"14:03  {words} hello"]
    assert shown(noted(100, 1, 5, "hello")) == ["14:03  ¶ note hello"]


def test_a_call_counts_from_its_answer_and_long_words_hang_below() -> None:
    entry = said(100, 1, "they said that nobody had come to mend it")
    assert shown(entry, passage(100, channel="phone"), 35) == [
        "01:00  ‹ they they said that nobody",
        "              had come to mend it",
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3_599, "59:59  "),
        (7_769, "2h 09m "),
        (36_000, "10h00m "),
        (360_000, "100h   "),
    ],
)
def test_however_late_it_is_said_there_is_a_gap_before_its_sign(seconds: int, words: str) -> None:
    late = said(100, 1, "hi", offset_s=seconds)
    assert shown(late, passage(100, channel="phone")) == [f"{words}‹ they hi"]


@pytest.mark.parametrize(
    ("delivery", "words"),
    [("none", ""), ("waiting", "waiting"), ("sent", "sent"), ("delivered", "delivered")],
)
def test_how_far_a_message_came_stands_at_its_end(delivery: Delivery, words: str) -> None:
    entry = said(100, 1, "we are on our way", speaker="agent", delivery=delivery)
    begin = "14:03  › we   we are on our way"
    assert shown(entry) == [f"{begin}{words:>{50 - len(begin)}}" if words else begin]
    long = said(100, 1, "x" * 36, speaker="agent", delivery=delivery)
    assert shown(long)[1:] == ([f"{words:>50}"] if words else [])


def test_a_message_that_did_not_arrive_says_why() -> None:
    entry = said(100, 1, "hello", delivery="failed", failure="the number is not in use")
    assert shown(entry)[1:] == [
        "              not delivered: the number is not in",
        " " * 14 + "use",
    ]
    assert entry_lines(entry, passage(100), HERE, 50, bright=False)[1].left[1].ink == "act"
    assert shown(said(100, 1, "hello", delivery="failed"))[1].strip() == "not delivered"


def test_what_was_said_of_a_call_after_its_end_says_how_long_after() -> None:
    home = passage(100)
    assert home.interaction is not None
    begun = NOW - timedelta(hours=3)
    call = replace(
        home.interaction, channel="phone", answered_at=begun, closed_at=begun + timedelta(minutes=9)
    )
    entry = said(100, 1, "Visit overdue · Leaves it", speaker="action")

    def when(minutes: float) -> str:
        at = begun + timedelta(minutes=minutes)
        later = replace(entry, at=at, offset_s=int(minutes * 60))
        return shown(later, replace(home, interaction=call))[0].split()[0]

    assert [when(n) for n in (8, 9.5, 34, 9 + 125)] == ["08:00", "09:30", "+25min", "+2h"]
    assert when(9 + 60 * 49) == "+2d"


def test_an_author_is_named_where_the_head_names_somebody_else() -> None:
    assert shown(noted(100, 1, 5, "hello"))[0].endswith("hello")
    assert shown(noted(100, 1, 5, "hello", author="Asha"))[0].endswith("hello" + " " * 27 + "Asha")


def test_behind_a_hand_over_every_line_of_ours_names_who_said_it() -> None:
    first, then = NOW - timedelta(minutes=10), NOW - timedelta(minutes=5)
    home = replace(
        passage(100, agent="Asha Raman"),
        handed_on=(HandedOn("Mira Okafor", first), HandedOn("Tom Hartley", then)),
    )
    assert text(passage_line(home, HERE, bright=True)) == (
        "──  today · Mira, then Tom, then Asha · chat · resolved  ──"
    )

    def named(minutes: int, **more: Any) -> str:
        entry = replace(said(100, 1, "hello", **more), at=NOW - timedelta(minutes=minutes))
        return shown(entry, home)[0].partition("hello")[2].strip()

    assert named(12, speaker="agent") == "Mira Okafor"
    assert named(7, speaker="agent") == "Tom Hartley"
    assert named(1, speaker="agent") == "Asha Raman"
    assert named(7, speaker="agent", author="Asha Raman") == "Asha Raman"
    assert named(7, speaker="customer") == ""
    assert shown(noted(100, 1, 5, "hello", author="Asha Raman"), home)[0].endswith("Asha Raman")
    unknown = replace(home, handed_on=(HandedOn(None, then),))
    assert "today · somebody, then Asha · chat" in text(passage_line(unknown, HERE, bright=True))
    early = replace(said(100, 1, "hello", speaker="agent"), at=first)
    assert shown(early, unknown)[0].endswith("hello")


def test_what_a_correction_replaced_stands_below_it() -> None:
    old = (Wording("second", "Mira", NOW), Wording("first", "Mira", NOW))
    lines = shown(noted(100, 1, 5, "third", corrected=old))
    assert [line.strip() for line in lines[1:]] == ["before: second", "before: first"]


def test_a_partial_line_says_that_more_is_to_come() -> None:
    assert shown(said(100, 1, "It's about the", final=False)) == ["14:03  ‹ they It's about the …"]


def test_a_passage_tells_when_with_whom_and_how_it_ended() -> None:
    assert text(passage_line(passage(100), HERE, bright=True)) == (
        "──  today · Mira · chat · resolved  ──"
    )
    assert text(passage_line(passage(40), HERE, bright=False)).startswith("──  Fri 20 Nov · Mira")
    alone = Passage(place(40), None, ())
    assert text(passage_line(alone, HERE, bright=False)) == "──  Fri 20 Nov · note  ──"


def test_the_chosen_row_has_a_sign() -> None:
    line = entry_lines(said(100, 1, "hi"), passage(100), HERE, 50, bright=True)[0]
    assert text(pointed_at(line)) == "14:03 ▸‹ they hi"
    late, call = said(100, 1, "hi", offset_s=3_727), passage(100, channel="phone")
    line = entry_lines(late, call, HERE, 50, bright=True)[0]
    assert text(pointed_at(line)) == "1h 02m▸‹ they hi"


@pytest.mark.parametrize("hostile", NASTY)
def test_any_text_stays_within_its_rows(hostile: str) -> None:
    entry = said(100, 1, clean_text(hostile), speaker="agent", delivery="sent")
    for line in entry_lines(entry, passage(100), HERE, 44, bright=True):
        assert width(text(line, 44)) <= 44
        assert "\n" not in text(line, 44)


def layout_of(conversation: Conversation, cells: int = 50) -> Layout:
    layout = Layout()
    layout.here, layout.cells = HERE, cells
    layout.window = Window.of(conversation)
    return layout


def rows(layout: Layout, position: int) -> list[str]:
    return [text(line) for line in layout.lay(position).lines]


def test_another_day_is_parted_within_a_passage() -> None:
    hours = (0, 2, 25, 26)
    entries = [
        said(50, number, f"{number}", at=place(50).opened_at + timedelta(hours=hour))
        for number, hour in enumerate(hours, start=1)
    ]
    layout = layout_of(Conversation((passage(50, *entries),)))
    parted = [rows(layout, position)[0] for position in range(5)]
    assert [row for row in parted if row.startswith("──")] == [
        "──  Fri 20 Nov · Mira · chat · resolved  ──",
        "──  Sat 21 Nov  ──",
    ]
    assert layout.size(3) == (1, 2)


def test_words_without_a_time_are_no_other_day() -> None:
    entries = [said(50, 1, "a"), said(50, 2, "b", at=None), said(50, 3, "c")]
    layout = layout_of(Conversation((passage(50, *entries),)))
    assert [layout.size(position) for position in range(4)] == [(0, 1)] * 4


def test_ends_that_are_not_loaded_say_how_to_get_there() -> None:
    layout = layout_of(Conversation((talk(100, 2, 3),), earlier=place(100, 2), later=place(100, 3)))
    assert rows(layout, 0)[0] == "PgUp for what was before"
    assert rows(layout, 1)[-1] == "PgDn for what came after"
    assert (layout.size(0), layout.size(1)) == ((1, 2), (0, 2))


def test_only_what_changed_is_laid_out_anew() -> None:
    layout = layout_of(talks(2, 3))
    before = [layout.lay(position) for position in range(8)]
    layout.changed()
    layout.window.items[2].entry = said(99, 2, "settled")
    layout.window.items[2].laid = None
    after = [layout.lay(position) for position in range(8)]
    assert [one is other for one, other in zip(before, after, strict=True)] == [
        position != 2 for position in range(8)
    ]
    layout.cells = 30
    layout.changed()
    assert all(
        one is not other
        for one, other in zip(after, [layout.lay(number) for number in range(8)], strict=True)
    )


def test_what_was_the_newest_passage_turns_dim_when_another_begins() -> None:
    conversation = Conversation((talk(40, 1, 1),))
    layout = layout_of(conversation)
    assert layout.lay(1).lines[0].left[2].ink == "text"
    layout.window.add_later(Conversation((talk(100, 1, 1),)))
    layout.changed()
    assert layout.lay(1).lines[0].left[2].ink == "dim"
    assert layout.lay(3).lines[0].left[2].ink == "text"
    assert isinstance(layout.window.last, Place)
