"""Keys of one's own, pressed in the running app."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from agent_tui.config import Settings
from agent_tui.domain.values import ids
from agent_tui.storage import schema
from agent_tui.tui.app import DeskApp
from agent_tui.tui.screens.help import HelpScreen
from agent_tui.tui.widgets.bars import FooterBar
from agent_tui.tui.widgets.conversation import ConversationPane
from agent_tui.tui.widgets.note_line import NoteLine
from agent_tui.tui.widgets.results import Results
from agent_tui.tui.widgets.today import TodayPane
from tests.builders import make_desk

PATIENCE_S = 10.0


async def until(holds: Callable[[], bool]) -> None:
    """Let the app go on until something holds."""

    async def wait() -> None:
        while not holds():
            await asyncio.sleep(0.01)

    await asyncio.wait_for(wait(), PATIENCE_S)


@asynccontextmanager
async def desk_with(folder: Path, **keys: str) -> AsyncIterator[tuple[DeskApp, Pilot[int]]]:
    """A desk on which Ava Lee is open and has the focus; two others have a draft in Today."""
    url = f"sqlite:///{folder}/desk.sqlite"
    schema.upgrade(url)
    desk = make_desk(url)
    desk.noting.save("said hello", customer_id=desk.registering.customer("Ava Lee"))
    for name in ("Bob Ray", "Cy Hall"):
        about = ids.show(ids.CUSTOMER, desk.registering.customer(name))
        desk.drafting.journal(about, f"to ask {name}", draft_id=ids.new_id())
    app = DeskApp(lambda: desk, settings=Settings(keys=keys))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(lambda: app.desk is not None)
        await pilot.press(*"ava")
        await until(lambda: bool(app.screen.query_one(Results).lines))
        await pilot.press("enter")
        await until(lambda: isinstance(app.focused, ConversationPane))
        yield app, pilot
        await app.action_quit()
    desk.close()


def is_in_the_note(app: DeskApp) -> bool:
    """Whether the note line has the focus."""
    return app.focused is app.screen.query_one(NoteLine).box


def is_help(app: DeskApp) -> bool:
    """Whether the help lies over the desk."""
    return isinstance(app.screen, HelpScreen)


async def test_a_function_key_of_ones_own_acts_and_the_default_does_not(tmp_path: Path) -> None:
    async with desk_with(tmp_path, note="ctrl+e") as (app, pilot):
        await pilot.press("f4", "ctrl+n")
        assert not is_in_the_note(app)
        await pilot.press("ctrl+e")
        assert is_in_the_note(app)


async def test_a_letter_of_ones_own_acts_where_no_text_has_the_focus(tmp_path: Path) -> None:
    async with desk_with(tmp_path, help="z") as (app, pilot):
        await pilot.press("question_mark")
        assert not is_help(app)
        await pilot.press("z")
        assert is_help(app)
        await pilot.press("escape", "f4", "z")
        assert not is_help(app)
        assert app.screen.query_one(NoteLine).text == "z"


async def test_the_footer_names_ones_own_key(tmp_path: Path) -> None:
    async with desk_with(tmp_path, note="ctrl+e") as (app, _pilot):
        footer = app.screen.query_one(FooterBar).lines
        assert "ctrl+e note" in "".join(span.text for line in footer for span in line.left)


@pytest.mark.parametrize("keys", [{"note": "f6"}, {"noet": "ctrl+e"}, {"note": "ctrl+s"}])
async def test_a_remap_that_cannot_be_honoured_is_said_and_costs_nothing(
    tmp_path: Path, keys: dict[str, str]
) -> None:
    async with desk_with(tmp_path, **keys) as (app, pilot):
        [said] = [one for one in app._notifications if "Settings · " in one.message]
        assert next(iter(keys)) in said.message
        await pilot.press("f4")
        assert is_in_the_note(app)


async def test_of_several_mistakes_it_is_said_where_all_are_named(tmp_path: Path) -> None:
    async with desk_with(tmp_path, note="f6", noet="ctrl+e", find="ctrl+s") as (app, _pilot):
        [said] = [one for one in app._notifications if "Settings · " in one.message]
        assert "2 more: `agent-tui doctor` names all" in said.message


async def test_a_letter_of_ones_own_moves_in_a_list(tmp_path: Path) -> None:
    async with desk_with(tmp_path, down="z") as (app, pilot):
        await pilot.press("f1")
        pane = app.screen.query_one(TodayPane)
        await until(lambda: sum(line.key is not None for line in pane.lines) == 2)
        pane.focus()
        await until(lambda: app.focused is pane)
        before = pane.key
        await pilot.press("j", "down")
        assert pane.key == before
        await pilot.press("z")
        assert pane.key != before
