"""What is named in the bars can be pressed with the mouse."""

from __future__ import annotations

from tests.tui.conftest import Open, Stage


async def press(stage: Stage, bar: str, word: str) -> None:
    """Press a word of a bar."""
    widget = stage.app.screen.query_one(bar)
    row = stage.shown.splitlines()[widget.region.y]
    await stage.pilot.click(bar, offset=(row.index(word) - widget.region.x, 0))


async def test_an_action_of_the_footer_is_done(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("about Katherine Smith", "F4 note")
        await press(stage, "#footer", "note")
        await stage.until("▸ Note")
        await press(stage, "#footer", "today")
        await stage.until("Promised by me", gone="about Katherine Smith")


async def test_a_place_of_the_header_is_gone_to_and_back(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.until("Promised by me")
        await press(stage, "#header", "Desk")
        await press(stage, "#header", "Recent")
        await stage.until("▸ Recent")
        await press(stage, "#header", "Desk")
        await stage.until("Promised by me", gone="▸ Recent")


async def test_who_waits_in_the_strip_is_opened(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("about Katherine Smith", "F9 opens")
        await press(stage, "#calls", "Llŷr Davies")
        await stage.until("about Llŷr Davies")
