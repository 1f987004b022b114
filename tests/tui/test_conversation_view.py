"""Where the reader stands in a conversation, without a screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values.conversation import Conversation, Fresh
from agent_tui.tui.widgets.conversation_view import View
from agent_tui.tui.widgets.conversation_window import Window
from tests.tui.conversations import passage, place, said, talk, talks

Rows = Callable[[str], int]


class Screen:
    """A view of so many rows on a window in which each thing takes `rows` rows of its name."""

    def __init__(self, conversation: Conversation, height: int, rows: Rows = lambda _name: 1):
        self.window = Window.of(conversation)
        self.rows = rows
        self.view = View(lambda position: (0, self.rows(self.name(position))))
        self.view.height = height

    def name(self, position: int) -> str:
        item = self.window.items[position]
        return str(item.place.passage_id) if item.entry is None else item.entry.text

    @property
    def shown(self) -> list[str]:
        """The rows on the screen; further rows of one thing as `+1`, `+2`."""
        return [
            self.name(position) if not row else f"{self.name(position)}+{row}"
            for position, row in self.view.rows(self.window)
        ]

    @property
    def current(self) -> str | None:
        entry = self.view.current(self.window)
        return None if entry is None else entry.text

    def move(self, *steps: int) -> None:
        for step in steps:
            self.view.move(self.window, step)

    def arrive(self, call: int, *sequences: int) -> None:
        entries = [said(call, sequence) for sequence in sequences]
        self.window.merge(Fresh((passage(call, *entries),)))


def test_it_begins_at_the_end_and_follows() -> None:
    screen = Screen(talks(1, 5), 3)
    assert screen.shown == ["100.3", "100.4", "100.5"]
    screen.arrive(100, 6)
    assert (screen.shown, screen.current) == (["100.4", "100.5", "100.6"], "100.6")


def test_less_than_a_screen_stands_at_the_top() -> None:
    screen = Screen(talks(1, 2), 10)
    assert screen.shown == ["100", "100.1", "100.2"]
    screen.view.scroll(screen.window, -4)
    screen.view.scroll(screen.window, 4)
    assert screen.shown == ["100", "100.1", "100.2"]
    assert Screen(Conversation(), 10).shown == []


def test_who_reads_above_is_not_moved_by_what_arrives() -> None:
    screen = Screen(talks(1, 9), 3)
    screen.view.scroll(screen.window, -4)
    before = screen.shown
    screen.arrive(100, 10, 11)
    assert screen.shown == before
    screen.view.scroll(screen.window, 99)
    screen.arrive(100, 12)
    assert screen.shown[-1] == "100.12"


def test_nor_by_what_is_loaded_or_changed_above() -> None:
    screen = Screen(Conversation((talk(100, 5, 9),), earlier=place(100, 5)), 3)
    screen.view.scroll(screen.window, -1)
    before = screen.shown
    screen.window.add_earlier(Conversation((talk(99, 1, 7), talk(100, 1, 4))))
    assert screen.shown == before == ["100.6", "100.7", "100.8"]
    screen.rows = lambda name: 4 if name.startswith("99") else 1
    assert screen.shown == before


def test_the_end_of_what_is_loaded_is_not_followed_while_there_is_more() -> None:
    screen = Screen(Conversation((talk(100, 1, 9),), later=place(100, 9)), 3)
    screen.view.scroll(screen.window, 99)
    assert not screen.view.follows
    screen.window.add_later(Conversation((talk(100, 10, 12),)))
    assert screen.shown == ["100.7", "100.8", "100.9"]


def test_the_chosen_entry_moves_over_beginnings_and_stays_in_sight() -> None:
    screen = Screen(talks(2, 3), 4)
    assert screen.current == "100.3"
    screen.move(-1, -1)
    assert (screen.current, screen.shown[0]) == ("100.1", "100")
    screen.move(-1)
    assert (screen.current, screen.shown[0]) == ("99.3", "99.3")
    screen.move(-1, -1)
    assert (screen.current, screen.shown[0]) == ("99.1", "99")
    screen.move(-1)
    assert (screen.current, screen.shown[0]) == ("99.1", "99")
    screen.move(1, 1, 1)
    assert (screen.current, screen.shown[-1]) == ("100.1", "100.1")


def test_the_last_entry_stays_the_last_one_and_another_stays_itself() -> None:
    screen = Screen(talks(1, 5), 4)
    screen.arrive(100, 6)
    assert screen.current == "100.6"
    screen.move(-1)
    screen.arrive(100, 7)
    assert screen.current == "100.5"
    screen.move(1, 1)
    screen.arrive(100, 8)
    assert screen.current == "100.8"


def test_an_entry_longer_than_the_screen_is_read_through() -> None:
    screen = Screen(talks(1, 3), 6, lambda name: 20 if name == "100.2" else 1)
    screen.move(-1)
    assert screen.current == "100.2"
    assert screen.shown[-1] == "100.2+19"
    seen = set(screen.shown)
    while screen.current == "100.2":
        screen.move(-1)
        seen |= set(screen.shown)
    assert {f"100.2+{row}" for row in range(1, 20)} | {"100.2"} <= seen
    assert screen.current == "100.1"
    screen.move(1)
    assert (screen.current, "100.2" in screen.shown) == ("100.2", True)
    while screen.current == "100.2":
        screen.move(1)
    assert (screen.current, screen.shown[-1]) == ("100.3", "100.3")


def test_a_page_takes_the_chosen_entry_along() -> None:
    screen = Screen(talks(1, 30), 10)
    screen.view.page(screen.window, -1)
    assert (screen.shown[0], screen.current) == ("100.13", "100.13")
    screen.view.page(screen.window, -1)
    assert (screen.shown[0], screen.current) == ("100.5", "100.5")
    screen.view.page(screen.window, -1)
    screen.view.page(screen.window, -1)
    assert (screen.shown[0], screen.current) == ("100", "100.1")
    screen.view.page(screen.window, 1)
    assert (screen.shown[-1], screen.current) == ("100.17", "100.17")


def test_what_was_chosen_out_of_sight_gives_way_to_what_is_seen() -> None:
    screen = Screen(talks(1, 30), 5)
    screen.view.scroll(screen.window, -12)
    assert screen.current == "100.30"
    screen.move(-1)
    assert screen.current == screen.shown[-1]


def test_a_place_gone_leaves_the_reader_beside_it() -> None:
    screen = Screen(talks(1, 9), 3)
    screen.view.show(screen.window, 4)
    assert (screen.shown[0], screen.current) == ("100.4", "100.4")
    screen.window.merge(Fresh(gone=frozenset({place(100, 4)})))
    assert screen.shown[0] == "100.5"


def test_the_beginning_is_shown_whole() -> None:
    screen = Screen(talks(2, 9), 4)
    screen.view.begin(screen.window)
    assert (screen.shown[:2], screen.current) == (["99", "99.1"], "99.1")
    screen.view.begin(Window())


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=12),
    st.integers(1, 12),
    st.lists(st.sampled_from(["up", "down", "page up", "page down", "wheel", "line"])),
)
def test_the_screen_is_full_and_in_order_whatever_is_done(
    sizes: list[int], height: int, done: list[str]
) -> None:
    screen = Screen(talks(1, len(sizes)), height, lambda name: sizes[hash(name) % len(sizes)])
    every = [
        (position, row)
        for position in range(len(screen.window))
        for row in range(screen.rows(screen.name(position)))
    ]
    for number, action in enumerate(done):
        before = screen.view.rows(screen.window)
        if action == "line" and not screen.view.follows:
            screen.arrive(100, len(sizes) + number + 1)
            assert screen.view.rows(screen.window) == before
            return
        step = 1 if "down" in action else -1
        if action in ("up", "down"):
            screen.move(step)
        elif action.startswith("page"):
            screen.view.page(screen.window, step)
        elif action == "wheel":
            screen.view.scroll(screen.window, -3)
        shown = screen.view.rows(screen.window)
        start = every.index(shown[0])
        assert shown == every[start : start + height]
        assert len(shown) == min(height, len(every))
        assert screen.current is not None


@pytest.mark.parametrize("height", [1, 2, 3, 7])
def test_every_entry_can_be_chosen_both_ways(height: int) -> None:
    screen = Screen(talks(3, 4), height, lambda name: 1 + len(name) % 3)
    entries = [item.entry.text for item in screen.window.items if item.entry is not None]
    for step, order in ((-1, entries[::-1]), (1, entries)):
        chosen = [screen.current]
        for _ in range(200):
            screen.move(step)
            if screen.current != chosen[-1]:
                chosen.append(screen.current)
        assert chosen == order
