"""A call that comes in takes nothing out of anybody's hands, and waits until it is taken."""

from __future__ import annotations

from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from tests.tui.conftest import Open, Stage

KATHERINE = "07700 900118"
SHARED = "+44 20 7946 0018"


def ring(desk: Desk, call: str = "c1", sender: str = KATHERINE) -> None:
    desk.conversing.take(CallSignal("phone", call, "ringing", sender=sender))


async def test_a_half_typed_name_stays_with_its_focus_and_its_answer(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await stage.type("kathryn smy")
        await stage.until("▸ Kathryn Smyth")
        ring(desk)
        await stage.until("Katherine Smith", "kathryn smy")
        await stage.type("t")
        await stage.until("kathryn smyt")
        assert stage.app.focused is stage.app._desk_screen.finder.box


async def open_a_chat(stage: Stage) -> None:
    await stage.type("llŷr")
    await stage.until("▸ Llŷr Davies")
    await stage.press("enter")
    await stage.until("about Llŷr Davies")


async def test_a_half_typed_message_stays_with_its_focus(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await open_a_chat(stage)
        await stage.press("f10")
        await stage.type("I am looking it")
        ring(desk)
        await stage.until("ringing  Katherine Smith", "I am looking it")
        await stage.type(" up")
        await stage.until("I am looking it up", "about Llŷr Davies")


async def test_what_lies_over_the_desk_stays_and_the_call_waits_behind_it(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await open_a_chat(stage)
        await stage.press("shift+f9")
        await stage.until("verified, and how")
        ring(desk)
        await stage.sees(lambda: stage.app._desk_screen.calls_elsewhere)
        await stage.until("verified, and how")
        await stage.press("escape")
        await stage.until("ringing  Katherine Smith", gone="verified, and how")


async def test_a_second_call_waits_its_turn(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        ring(desk)
        await stage.until("about Katherine Smith", "ringing")
        desk.conversing.take(CallSignal("phone", "c1", "answered", receiver="mira"))
        await stage.until("· 00:00 ·")
        ring(desk, "c2", SHARED)
        await stage.until("ringing  +44 20 7946 0018", "2 people share this number", "F9 next")
        await stage.until("about Katherine Smith")


async def test_a_call_can_be_put_aside_and_brought_back(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await open_a_chat(stage)
        await stage.press("f4")
        await stage.type("half")
        ring(desk)
        await stage.until("ringing  Katherine Smith")
        await stage.press("shift+f9")
        await stage.until("not now: Katherine Smith out of the strip")
        await stage.press("x")
        await stage.until("Katherine Smith waits on", gone="ringing  Katherine Smith")
        await stage.press("shift+f9", "z")
        await stage.until("ringing  Katherine Smith", "half")


async def test_a_call_that_was_put_aside_is_back_once_it_is_taken(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await open_a_chat(stage)
        await stage.press("f4")
        await stage.type("half")
        ring(desk)
        await stage.until("ringing  Katherine Smith")
        await stage.press("shift+f9", "x")
        await stage.until("waits on", gone="ringing  Katherine Smith")
        desk.conversing.take(CallSignal("phone", "c1", "answered", receiver="mira"))
        await stage.until("talking  Katherine Smith", "half")
