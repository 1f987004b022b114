"""No key is silent: what an action needs that is not there is said in a sentence, in one place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from textual.notifications import Notification

import agent_tui.tui.screens
from agent_tui.tui.actions import ACTIONS, BY_ID, is_letter
from agent_tui.tui.needs import NEEDS
from tests.tui.conftest import Open, Stage

SCREENS = Path(agent_tui.tui.screens.__path__[0])
AT_REST = {"find", "back"}
"""In an empty find box the first is where one is, and there is nowhere to go back to."""


def refused_somewhere() -> set[str]:
    """The actions that some `check_action` names."""
    found = set()
    for file in SCREENS.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "check_action":
                texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
                found |= {text for text in texts if isinstance(text, str) and text in BY_ID}
    return found


def test_every_action_that_may_not_work_says_what_it_needs() -> None:
    assert refused_somewhere() == set(NEEDS)
    assert all(need.leads in {None, *BY_ID} for need in NEEDS.values())
    assert all(need.sentence.endswith((".", "them.")) for need in NEEDS.values())


def said(stage: Stage) -> list[Notification]:
    return list(stage.app._notifications)


@pytest.mark.parametrize(
    "action",
    [one for one in ACTIONS if one.scope in ("everywhere", "desk", "caller")],
    ids=lambda one: one.id,
)
async def test_with_nobody_open_every_key_of_the_desk_is_answered(
    open_app: Open, action: object
) -> None:
    from agent_tui.tui.action import Action

    assert isinstance(action, Action)
    if action.id in AT_REST or action.id == "quit":
        return
    async with open_app() as stage:
        await stage.until("▸ Llŷr Davies", "Timeline 10")
        before = (stage.app.screen, stage.app.focused, stage.app.theme, stage.shown)
        await stage.press(next(key for key in action.keys if not is_letter(key)))
        await stage.sees(
            lambda: (
                said(stage)
                or (stage.app.screen, stage.app.focused, stage.app.theme, stage.shown) != before
            )
        )


def desk_keys_without_another_use(place: str) -> list[str]:
    """The keys of the desk that do nothing of its own at a place over it."""
    own = {key for one in ACTIONS if one.scope in ("everywhere", "away", place) for key in one.keys}
    at_desk = [one for one in ACTIONS if one.scope in ("desk", "caller")]
    return [key for one in at_desk for key in one.keys if key not in own]


async def is_answered(stage: Stage, key: str) -> None:
    """Press a key, and wait until something is said or stands on the screen."""
    app = stage.app
    app.clear_notifications()
    await stage.sees(lambda: not (said(stage) or app.screen.query("Toast")))
    await stage.pilot.pause()
    before = (app.screen, app.focused, stage.shown)
    await stage.press(key)
    await stage.sees(lambda: said(stage) or (app.screen, app.focused, stage.shown) != before)


@pytest.mark.parametrize(
    ("place", "leads", "there"),
    [("recent", "f2", "/ filter"), ("relationship", "f3", "Trust")],
)
async def test_away_from_the_desk_every_key_of_it_is_answered(
    open_app: Open, place: str, leads: str, there: str
) -> None:
    async with open_app() as stage:
        for key in desk_keys_without_another_use(place):
            await stage.press(leads)
            await stage.until(there)
            await is_answered(stage, key)
            if stage.app.screen is not (stage.app.places.here or stage.app.desk_screen):
                await stage.press("escape")


async def test_where_a_key_of_the_desk_works_stands_on_the_screen(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.press("f2")
        await stage.until("/ filter")
        await stage.press("f12")
        await stage.until("New person · It works at the desk: F1 leads there.")
        await stage.press("slash", "ctrl+n")
        await stage.until("Write a note · It works at the desk: F1 leads there.")
        assert stage.app.screen is stage.app.places.here
        await stage.press("f3")
        await stage.until("Trust")
        await stage.press("ctrl+k")
        await stage.until("More with the note · It works at the desk: F1 leads there.")


async def test_a_window_away_from_the_desk_keeps_its_keys_to_itself(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.press("f2")
        await stage.until("/ filter")
        await stage.press("question_mark")
        await stage.sees(lambda: stage.app.screen is not stage.app.places.here)
        await stage.press("f12", "escape")
        await stage.sees(lambda: stage.app.screen is stage.app.places.here)
        assert not said(stage)


async def test_what_a_key_needs_stands_on_the_screen(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.until("▸ Llŷr Davies")
        await stage.press("f5")
        await stage.until("Open a script · Open somebody first: a script is for a conversation.")
        await stage.press("f11")
        await stage.until("Search here · Open somebody first: it searches what was said with them.")
        await stage.press("f8")
        await stage.until("Attach the call · Open a call of somebody unknown, and find who it is.")
        await stage.press("f2")
        await stage.until("/ filter")
        await stage.press("ctrl+t")
        await stage.until("The terms · The filter has no terms yet: + adds one.")


async def test_a_letter_is_answered_where_it_is_no_text(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.until("▸ Llŷr Davies")
        stage.app._desk_screen.today_pane.focus()
        await stage.press("s")
        await stage.until("Search here · Open somebody first")
        await stage.press("slash", "s")
        await stage.sees(lambda: stage.app._desk_screen.finder.query_text == "s")
