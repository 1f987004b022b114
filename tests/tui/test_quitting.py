"""ctrl+d leaves from every window just as it does from the desk, and what was typed is kept."""

from __future__ import annotations

import pytest

from agent_tui.services.desk import Desk
from agent_tui.tui.screens.recent import RecentScreen
from tests.tui.conftest import Open, Stage
from tests.tui.test_recent_lead import go
from tests.tui.test_ways import WINDOWS, open_katherine
from tests.tui.test_wrap_up import end_a_call


async def quits(stage: Stage, key: str = "ctrl+d") -> None:
    """The key leaves at once, and nothing was left unwritten."""
    await stage.press(key)
    await stage.sees(lambda: stage.app.leaving.has_begun)
    await stage.app.leaving.end()
    assert stage.app.return_code == 0


@pytest.mark.parametrize("key", WINDOWS)
async def test_from_every_window_over_the_desk(open_app: Open, desk: Desk, key: str) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.press("f4")
        await stage.type("half a no")
        await stage.press(key)
        await stage.sees(lambda: stage.app.screen is not stage.app.desk_screen)
        await stage.until(WINDOWS[key])
        await quits(stage)
    assert [one.text for one in desk.opening.today().drafts] == ["half a no"]


@pytest.mark.parametrize("key", ["question_mark", "colon"])
async def test_from_those_over_recent(open_app: Open, key: str) -> None:
    async with open_app() as stage:
        await go(stage)
        await stage.press(key)
        await stage.sees(lambda: not isinstance(stage.app.screen, RecentScreen))
        await quits(stage)


async def test_the_line_that_is_typed_in_a_window_is_kept(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.press("shift+f3")
        await stage.until(WINDOWS["shift+f3"])
        await stage.type("the search waits")
        await quits(stage)
    assert [one.text for one in desk.drafting.lines()] == ["the search waits"]


async def test_what_was_answered_in_a_wrap_up_is_kept(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        call = await end_a_call(stage, desk)
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("p")
        await stage.type("an engineer comes")
        await quits(stage)
    [kept] = [one for one in desk.opening.today().drafts if one.kind == "wrap_up"]
    assert kept.interaction_id == call
    assert "an engineer comes" in kept.text


async def test_a_key_of_ones_own_does_so_too(open_app: Open) -> None:
    async with open_app(keys={"quit": "f17"}) as stage:
        await stage.press("ctrl+underscore")
        await stage.until(WINDOWS["ctrl+underscore"])
        await quits(stage, "f17")
