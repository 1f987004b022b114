"""Text that is pasted where nothing is typed: never lost without a word, never keys."""

from __future__ import annotations

import pytest
from textual.events import Paste

from tests.tui.conftest import Open, Stage

HOSTILE = "q\x1b[2Jj\x9b31m\r\nx\u202e [@click=app.quit]tap[/] ctrl+d\n"


async def paste(stage: Stage, text: str) -> None:
    """What a terminal hands over where somebody pastes."""
    driver = stage.app._driver
    assert driver is not None
    event = Paste(text)
    event.set_sender(stage.app)
    driver.send_message(event)
    await stage.pilot.pause()


async def test_beside_today_it_is_what_is_looked_for(open_app: Open) -> None:
    async with open_app() as stage:
        screen = stage.app._desk_screen
        await stage.until("▸ Llŷr Davies")
        screen.today_pane.focus()
        await paste(stage, "katherine smith\n")
        await stage.until("▸ Katherine Smith")
        assert screen.focused is screen.finder.box
        screen.today_pane.focus()
        await paste(stage, "Daniel Smith")
        await stage.until("▸ Daniel Smith")
        assert screen.finder.box.value == "Daniel Smith"


async def test_what_is_typed_behind_it_goes_there_too(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.until("▸ Llŷr Davies")
        screen = stage.app._desk_screen
        screen.today_pane.focus()
        await stage.pilot.pause()
        event = Paste("kather")
        event.set_sender(stage.app)
        assert stage.app._driver is not None
        stage.app._driver.send_message(event)
        await stage.type("ine smith")
        await stage.until("▸ Katherine Smith")
        assert screen.finder.box.value == "katherine smith"


async def test_with_somebody_open_a_line_says_where_it_can_go(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.type("katherine smith")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("about Katherine Smith")
        await paste(stage, HOSTILE)
        await stage.until("Not pasted · Go to a text first: F4 note, / find.")
        await stage.press("b")
        await paste(stage, "x" * 1_000_000)
        await stage.until("Not pasted · Go to a text first: F4 note, / find.")
        await stage.press("f4")
        await paste(stage, "the meter\nreads 5")
        await stage.until("the meter", "reads 5", "draft kept")


@pytest.mark.parametrize("text", [HOSTILE, "a word " * 150_000])
async def test_nothing_of_it_acts_in_the_find_box(open_app: Open, text: str) -> None:
    async with open_app() as stage:
        await stage.until("▸ Llŷr Davies")
        stage.app._desk_screen.today_pane.focus()
        await paste(stage, text)
        await stage.sees(lambda: stage.app._desk_screen.finder.box.value)
        value = stage.app._desk_screen.finder.box.value
        assert not any(ord(letter) < 32 or letter in "\x9b\u202e" for letter in value)
        assert not stage.app.leaving.has_begun


async def test_in_other_places_and_windows_a_line_says_so(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.until("▸ Llŷr Davies")
        await stage.press("f2")
        await stage.until("/ filter")
        await paste(stage, "agent:mira")
        await stage.until("Not pasted · Go to a text first: / filter.")
        await stage.press("f3")
        await stage.until("r read again")
        await paste(stage, "agent:mira")
        await stage.until("Not pasted · Nothing here takes it")
        await stage.press("f1", "shift+f2")
        await stage.sees(lambda: stage.app.screen is not stage.app._desk_screen)
        await paste(stage, "kd")
        await stage.until("Not pasted · Nothing here takes it")
