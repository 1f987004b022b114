"""`/` and Esc do the same wherever one is, and lists move alike."""

from __future__ import annotations

import pytest

from agent_tui.services.desk import Desk
from tests.tui.conftest import Open, Stage
from tests.tui.scripted import answered

PLACES = ("conversation", "brief", "timeline", "section", "today")
WINDOWS = {
    "ctrl+underscore": "Esc closes",
    "ctrl+space": "▸",
    "shift+f9": "▸",
    "f11": "▸",
    "ctrl+p": "Search",
    "shift+f3": "a script",
    "f5": "▸",
}
"""What opens over the desk, and a word of it."""


async def go_to(stage: Stage, place: str) -> None:
    if place == "today":
        pane = stage.app._desk_screen.today_pane
        pane.focus()
        await stage.sees(lambda: pane.has_focus and pane.key is not None)
        return
    await open_katherine(stage)
    sidebar = stage.app._desk_screen.sidebar
    if place == "timeline":
        await stage.press("t")
        await stage.sees(lambda: sidebar.timeline.has_focus)
    elif place != "conversation":
        await stage.press("b", *(["l", "j"] if place == "section" else []))
        await stage.sees(lambda: sidebar.brief.has_focus)


async def open_katherine(stage: Stage) -> None:
    await stage.type("katherine smith")
    await stage.until("▸ Katherine Smith", "late 6 d")
    await stage.press("enter")
    await stage.until("about Katherine Smith", "▸ Conversation")


@pytest.mark.parametrize("place", PLACES)
async def test_a_slash_goes_to_the_find_box_from_anywhere(open_app: Open, place: str) -> None:
    async with open_app() as stage:
        await go_to(stage, place)
        await stage.press("slash")
        assert stage.app.focused is stage.app._desk_screen.finder.box


@pytest.mark.parametrize("place", PLACES)
async def test_esc_leads_back_to_the_find_box_and_a_second_one_changes_nothing(
    open_app: Open, place: str
) -> None:
    async with open_app() as stage:
        await go_to(stage, place)
        for _ in range(6):
            await stage.press("escape")
        screen = stage.app._desk_screen
        assert stage.app.screen is screen
        await stage.sees(lambda: stage.app.focused in (screen.finder.box, screen.conversation.pane))


@pytest.mark.parametrize("key", WINDOWS)
async def test_esc_closes_whatever_lies_over_the_desk_and_the_focus_is_back(
    open_app: Open, key: str
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        before = stage.app.focused
        await stage.press(key)
        await stage.sees(lambda: stage.app.screen is not stage.app._desk_screen)
        await stage.until(WINDOWS[key])
        await stage.press("escape")
        await stage.sees(lambda: stage.app.screen is stage.app._desk_screen)
        await stage.sees(lambda: stage.app.focused is before)


@pytest.mark.parametrize("place", ["find", "note", "reply", "line"])
async def test_ctrl_e_is_the_end_of_the_line_in_every_text(
    open_app: Open, desk: Desk, place: str
) -> None:
    answered(desk)
    keys = {"find": "ctrl+f", "note": "f4", "reply": "f10", "line": "shift+f3"}
    async with open_app() as stage:
        await stage.until("about Katherine Smith")
        await stage.press(keys[place])
        if place == "line":
            await stage.until(WINDOWS["shift+f3"])
        else:
            await stage.sees(lambda: getattr(stage.app.focused, "TAKES_LETTERS", False))
        before = stage.app.screen
        await stage.press(*"whn", "home", "right", "ctrl+e", "z")
        await stage.until("whnz")
        assert stage.app.screen is before


@pytest.mark.parametrize("keys", [("j", "k"), ("down", "up")])
async def test_lists_move_by_letters_and_by_arrows(open_app: Open, keys: tuple[str, str]) -> None:
    async with open_app() as stage:
        await go_to(stage, "today")
        pane = stage.app._desk_screen.today_pane
        first = pane.key
        await stage.press(keys[0])
        await stage.sees(lambda: pane.key != first)
        await stage.press(keys[1])
        await stage.sees(lambda: pane.key == first)
