"""What changes behind a window is painted at once where the window leaves room."""

from __future__ import annotations

import threading
from typing import Any

import pyte
import pytest
from textual._compositor import CompositorUpdate

from agent_tui.services.desk import Desk
from agent_tui.tui.app import DeskApp
from agent_tui.tui.screens.help import HelpScreen
from tests.tui.conftest import Open
from tests.tui.test_pop import ring

SIZE = (120, 36)
PATIENCE_S = 10.0


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pyte.Screen:
    """What a terminal shows of all that was painted."""
    screen = pyte.Screen(*SIZE)
    stream = pyte.Stream(screen)

    def display(app: DeskApp, _screen: object, update: object) -> None:
        if isinstance(update, CompositorUpdate) and not app._batch_count:
            stream.feed(update.render_segments(app.console))

    monkeypatch.setattr(DeskApp, "_display", display)
    return screen


def shown(terminal: pyte.Screen) -> str:
    return "\n".join(terminal.display)


async def test_a_call_that_rings_is_painted_above_the_help(
    open_app: Open, desk: Desk, terminal: pyte.Screen
) -> None:
    async with open_app(size=SIZE) as stage:
        await stage.press("ctrl+underscore")
        await stage.sees(lambda: "Esc closes" in shown(terminal))
        ring(desk)
        await stage.sees(lambda: "ringing  Katherine Smith" in shown(terminal))
        assert isinstance(stage.app.screen, HelpScreen)
        assert "Esc closes" in shown(terminal), "and the help lies over it"


async def test_a_list_that_comes_late_is_painted_beside_the_help(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, terminal: pyte.Screen
) -> None:
    go_on = threading.Event()
    async with open_app(size=SIZE) as stage:
        browsing = stage.desk.browsing
        page = browsing.page

        def late(*asked: Any, **more: Any) -> Any:
            assert go_on.wait(PATIENCE_S)
            return page(*asked, **more)

        monkeypatch.setattr(browsing, "page", late)
        await stage.press("f2", "question_mark")
        await stage.sees(lambda: "Esc closes" in shown(terminal))
        assert "1 min" not in shown(terminal)
        go_on.set()
        await stage.sees(lambda: any("1 min" in row[:10] for row in terminal.display))
        assert isinstance(stage.app.screen, HelpScreen)
        assert "Esc closes" in shown(terminal)
