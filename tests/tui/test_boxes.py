"""Of what is only ground nothing else is to be seen."""

from __future__ import annotations

from textual.widget import Widget

from agent_tui.tui.widgets.boxes import Below, Beside
from tests.tui.conftest import Open


async def test_a_box_that_has_an_edge_does_not_say_that_it_is_blank(open_app: Open) -> None:
    async with open_app() as stage:
        blank: list[Widget] = []
        for key in ("f2", "f3", "f1"):
            await stage.press(key)
            screen = stage.app.screen
            boxes = [screen, *screen.query(Below), *screen.query(Beside)]
            blank += [box for box in boxes if box.BLANK]
            framed = [box for box in boxes if any(style for style, _ in box.styles.border)]
            assert framed
            assert not any(box.BLANK or box.styles.outline.top[0] for box in framed)
            assert all(box.border_title is None for box in boxes if box.BLANK)
        assert len(blank) > 8
