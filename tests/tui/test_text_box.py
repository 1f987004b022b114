"""The box for several lines: keys in their order, nothing in it that acts, no line lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.events import Key, Paste
from textual.geometry import Region
from textual.pilot import Pilot

from agent_tui.text.hygiene import is_clean
from agent_tui.tui.widgets.text_box import TextBox, inert
from tests.text.nasty import NASTY


class Owned(App[None]):
    """An app with one box, which writes down what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.takes_tab = True

    def compose(self) -> ComposeResult:
        yield TextBox(self)

    @property
    def box(self) -> TextBox:
        return self.query_one(TextBox)

    def entered(self) -> None:
        self.told.append(f"entered {self.box.text}")

    def typed(self) -> None:
        self.told.append(self.box.text)

    def tabbed(self, *, back: bool) -> bool:
        self.told.append("back" if back else "tab")
        return self.takes_tab

    def fit(self) -> None:
        """Nothing to be laid out."""


@asynccontextmanager
async def owned() -> AsyncIterator[tuple[Owned, Pilot[None]]]:
    app = Owned()
    async with app.run_test(size=(40, 12)) as pilot:
        app.box.focus()
        await pilot.pause()
        yield app, pilot


def press_at_once(app: Owned, *keys: str) -> None:
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))


async def test_keys_faster_than_the_screen_keep_their_order() -> None:
    async with owned() as (app, pilot):
        press_at_once(
            app, "a", "x", "backspace", "b", "left", "c", "ctrl+e", "ctrl+j", "d", "enter", "e"
        )
        await pilot.pause()
        assert app.box.text == "acb\nde"
        assert "entered acb\nd" in app.told


@pytest.mark.parametrize("sent", ["\x1b\r", "\x1b\n", "\n", "\x1b[13;3u", "\x1b[13;2u"])
async def test_alt_enter_begins_a_line_in_whatever_way_a_terminal_sends_it(sent: str) -> None:
    async with owned() as (app, pilot):
        for key in [key for key in XTermParser().feed(f"a{sent}b") if isinstance(key, Key)]:
            app.post_message(key)
        await pilot.pause()
        assert app.box.text == "a\nb"
        assert not any(told.startswith("entered") for told in app.told)


async def test_a_box_that_was_taken_away_is_painted_as_nothing() -> None:
    async with owned() as (app, _pilot):
        box = app.box
        await box.remove()
        assert [strip.text for strip in box.render_lines(Region(0, 0, 3, 2))] == ["   "] * 2


async def test_the_owner_hears_of_every_change_before_the_next_key() -> None:
    async with owned() as (app, pilot):
        press_at_once(app, "a", "b", "tab", "c")
        await pilot.pause()
        assert app.told == ["a", "ab", "tab", "abc"]


async def test_tab_moves_the_focus_where_the_owner_has_no_use_for_it() -> None:
    async with owned() as (app, pilot):
        app.takes_tab = False
        await pilot.press("tab")
        assert app.told == ["tab"]
        assert app.box.text == ""


async def test_what_is_put_there_is_not_told_as_typed_and_cannot_be_undone() -> None:
    async with owned() as (app, pilot):
        app.box.put("from the journal")
        await pilot.press("!")
        assert app.told == ["from the journal!"]
        assert app.box.undo_typing()
        assert app.box.text == "from the journal"
        assert not app.box.undo_typing()
        app.box.redo()
        assert app.box.text == "from the journal!"


async def test_a_paste_keeps_its_lines_and_its_end_acts_on_nothing() -> None:
    async with owned() as (app, pilot):
        app.post_message(Paste("one\r\ntwo\nthree\n"))
        await pilot.pause()
        assert app.box.text == "one\ntwo\nthree"
        assert not any(told.startswith("entered") for told in app.told)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
async def test_nothing_hostile_gets_in_by_pasting_or_putting(text: str) -> None:
    async with owned() as (app, pilot):
        app.post_message(Paste(text))
        await pilot.pause()
        assert is_clean(app.box.text)
        app.box.put(text)
        await pilot.pause()
        assert is_clean(app.box.text)


async def test_a_part_is_replaced_and_comes_back_with_one_undo() -> None:
    async with owned() as (app, pilot):
        await pilot.press("a", "space", "#", "b", "o")
        app.box.replace_part("#boiler", 2, 5)
        assert (app.box.text, app.box.cursor) == ("a #boiler", 9)
        app.box.undo_typing()
        assert app.box.text == "a #bo"


async def test_the_cursor_counts_the_characters_of_all_lines() -> None:
    async with owned() as (app, _pilot):
        app.box.put("one\ntwo\n")
        assert app.box.cursor == 8


@given(st.text(max_size=200))
def test_inert_text_keeps_what_is_readable_and_the_white_space_at_its_end(text: str) -> None:
    made = inert(text)
    assert is_clean(made)
    assert inert(made) == made


@pytest.mark.parametrize("text", [" ", "a ", "a\n", "\n", "", "fri 10am ", "Łódź ünd ‏x ".strip()])
def test_what_is_typed_one_key_after_the_other_stays_as_it_is(text: str) -> None:
    if is_clean(text):
        assert inert(text) == text
