"""What stands in an agent's way is said from anywhere; leads read it by rule."""

from __future__ import annotations

from contextlib import closing

import pytest

from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from agent_tui.tui.app import DeskApp
from agent_tui.tui.screens.friction_sheet import FrictionLines
from tests.builders import StandingClock, make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage

MOBILE = "07700 900118"
"""Katherine Smith's."""
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}")


def answer(desk: Desk) -> int:
    """Katherine Smith calls, and Mira answers."""
    desk.conversing.take(CallSignal("phone", "c1", "answered", sender=MOBILE, receiver="mira"))
    [call] = [one for one in desk.opening.live() if one.channel == "phone"]
    return call.id


async def test_one_key_and_a_few_words_about_the_rule_under_the_cursor(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await stage.press("shift+f3")
        await stage.until("What is in your way?", "▸ something else", "how fast it is")
        await stage.type("the search")
        await stage.press(*["down"] * 12)
        await stage.until("▸ how fast it is", "the search")
        await stage.type(" waits")
        await stage.press("enter")
        await stage.until("noted, in your way: the search waits")
        [noted] = desk.friction.mine()
        assert (noted.rule, noted.text, noted.customer) == ("speed", "the search waits", None)
        await stage.press("space", "u")
        await stage.until("undone: noted")
        assert desk.friction.mine() == ()


async def test_it_is_about_the_call_and_the_half_typed_note_stays(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        call_id = answer(desk)
        await stage.until("about Katherine Smith")
        await stage.press("f4")
        await stage.type("half a thought")
        await stage.press("shift+f3")
        await stage.until("What is in your way?", "▸ something else")
        await stage.type("too many windows")
        await stage.press("enter")
        await stage.until("noted, in your way", "half a thought")
        [noted] = desk.friction.mine()
        assert (noted.interaction_id, noted.customer) == (call_id, "Katherine Smith")


async def test_over_a_question_its_rule_comes_first_and_the_question_stays(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified")
        await stage.press("shift+f9", "v")
        await stage.until("How was Katherine Smith verified?")
        await stage.press("shift+f3", "shift+f3")
        await stage.until("What is in your way?", "▸ verifying who calls")
        await stage.type("no code arrives")
        await stage.press("enter")
        await stage.until("noted, in your way", "How was Katherine Smith verified?")
        assert [one.rule for one in desk.friction.mine()] == ["verification"]
        await stage.press("enter")
        await stage.until("verified: called back on the number we know")


async def test_from_the_wrap_up_which_goes_on_as_it_was(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith")
        desk.conversing.take(CallSignal("phone", "c1", "ended"))
        await stage.until("· to wrap up")
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("shift+f3")
        await stage.until("What is in your way?", "▸ the wrap-up")
        await stage.press("escape")
        await stage.until("Did they get what they came for?", gone="What is in your way?")
        assert desk.friction.mine() == ()


async def test_without_words_it_is_asked_again(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.press("shift+f3")
        await stage.until("What is in your way?")
        await stage.press("down", "enter")
        await stage.until(
            "say in a few words what stands in your way", "▸ the brief before a script"
        )
        await stage.type("read it twice")
        await stage.press("enter")
        await stage.until("noted, in your way: read it twice")
        assert [one.rule for one in desk.friction.mine()] == ["gate"]


async def test_esc_notes_nothing_and_the_key_asks_again(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.press("shift+f3")
        await stage.until("What is in your way?")
        await stage.press("escape")
        await stage.until("Today", gone="What is in your way")
        await stage.press("shift+f3")
        await stage.until("What is in your way?")
        assert desk.friction.mine() == ()


async def test_agents_are_not_offered_what_leads_read(open_app: Open) -> None:
    async with open_app() as stage:
        assert not stage.app._desk_screen.check_action("frictions", ())
        await stage.press("ctrl+home")
        await stage.until("It is for leads")
        assert "What is in our way, within" not in stage.shown


@SIZES
async def test_leads_read_by_rule_how_often_and_the_newest_words(
    desk_url: str, desk: Desk, size: tuple[int, int]
) -> None:
    desk.friction.note("gate", "read the same five lines for the third time today")
    desk.friction.note("gate", "she was in tears and I had to look at a balance")
    desk.friction.note("search", "Siân is not found by Sian")
    clock = StandingClock(NOW)
    with closing(make_desk(desk_url, now=clock, zone=ZONE, handle="noor")) as noors:
        app = DeskApp(lambda: noors)
        async with app.run_test(size=size, notifications=True) as pilot:
            stage = Stage(app, pilot, noors, clock)
            await stage.until("Noor")
            await stage.press("ctrl+home")
            await stage.until("What is in our way, within 30 days", "the brief before a script")
            await stage.until("2 times", "1 time", "Siân is not found by Sian")
            assert "1 agent" not in stage.shown
            rows = app.screen.query_one(FrictionLines).lines
            assert not any("Mira" in span.text for row in rows for span in row.left)
            await stage.press("escape")
            await stage.until("Today", gone="What is in our way")
            await app.action_quit()
