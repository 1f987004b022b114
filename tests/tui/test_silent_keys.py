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
