"""What an agent says about a conversation, and about themselves; each can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open

MOBILE = "07700 900118"
"""Katherine Smith's."""
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}")


@pytest.fixture
def asha(desk_url: str) -> Iterator[Desk]:
    """Another desk, that of Asha."""
    with closing(make_desk(desk_url, now=NOW, zone=ZONE, handle="asha")) as desk:
        yield desk


def answer(desk: Desk, call: str = "c1") -> None:
    """Katherine Smith calls, and Mira answers."""
    desk.conversing.take(CallSignal("phone", call, "answered", sender=MOBILE, receiver="mira"))


def call_of(desk: Desk) -> Interaction:
    """Her call."""
    [call] = [one for one in desk.opening.live() if one.channel == "phone"]
    return call


async def test_how_somebody_was_verified_stands_in_the_title_and_is_undone(
    open_app: Open, desk: Desk
) -> None:
    async with open_app(size=(160, 40)) as stage:
        answer(desk)
        await stage.until("not verified", "about Katherine Smith")
        await stage.press("ctrl+e", "v")
        await stage.until("How was Katherine Smith verified?", "security question")
        await stage.press("j", "j", "enter")
        await stage.until("verified: security question", gone="not verified")
        assert call_of(desk).verified_how == "security question"
        await stage.press("escape", "space", "u")
        await stage.until("not verified", gone="· verified:")


async def test_what_they_answered_is_refused_and_can_be_typed_again(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified")
        await stage.press("ctrl+e", "v", "k", "k", "end")
        await stage.press(*["j"] * 9, "enter")
        await stage.until("The method, never what they answered")
        await stage.type("born 1970")
        await stage.press("enter")
        await stage.until("never what they answered: no digits", "born 1970")


async def test_why_somebody_waits_is_said_and_goes_when_they_are_back(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        desk.conversing.take(CallSignal("phone", "c1", "held"))
        await stage.until("phone · on hold 00:00")
        await stage.press("ctrl+e", "h")
        await stage.type("checking the meter")
        await stage.press("enter")
        await stage.until("on hold: checking the meter")
        assert call_of(desk).hold_reason == "checking the meter"
        desk.conversing.take(CallSignal("phone", "c1", "resumed"))
        await stage.until("· 00:00 ·", gone="checking the meter │")


@SIZES
async def test_a_call_on_hold_shows_how_long_and_why(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    begun = NOW - timedelta(minutes=3)
    call = CallSignal("phone", "c1", "answered", sender=MOBILE, receiver="mira", at=begun)
    desk.conversing.take(call)
    held = NOW - timedelta(seconds=70)
    desk.conversing.take(
        CallSignal("phone", "c1", "held", at=held, reason="asks Asha about Monday")
    )
    desk.sending.mark_line(call_of(desk).id, "nobody called me back", "customer", at=held)
    desk.conversing.verify(call_of(desk).id, "known voice")
    async with open_app(size=size) as stage:
        await stage.until("on hold 01:10", "on hold: asks Asha")
        await stage.press("escape", "f10")
        await stage.until("▸ They said")
        await stage.looks_like(f"on-hold-{size[0]}x{size[1]}")


async def test_the_call_of_the_wrong_person_is_moved_to_the_one_found_and_back(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified")
        await stage.press("ctrl+e")
        await stage.until("wrong person: find the right one", "copy 07700 900118")
        await stage.press("w")
        await stage.until("Find the right person; then ctrl+e w")
        await stage.type("kathryn smyth")
        await stage.until("▸ Kathryn Smyth", "Enter opens")
        await stage.press("ctrl+e")
        await stage.until("wrong person: this is Kathryn Smyth")
        await stage.press("w")
        await stage.until("about Kathryn Smyth", "moved from Katherine Smith to Kathryn Smyth")
        assert call_of(desk).customer == "Kathryn Smyth"
        await stage.press("space", "u")
        await stage.until("undone: moved")
        assert call_of(desk).customer == "Katherine Smith"


async def test_nothing_pops_while_not_ready_and_what_rings_stands_in_the_strip(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await stage.press("ctrl+u")
        await stage.until("You are ready", "a  away")
        await stage.press("a")
        await stage.until("Mira Okafor · away", "you are away")
        assert desk.opening.me().state == "away"
        desk.conversing.take(CallSignal("phone", "c1", "ringing", sender=MOBILE))
        await stage.until("ringing  Katherine Smith", "F9 opens", "Today")
        assert "about Katherine Smith" not in stage.shown
        await stage.press("f9")
        await stage.until("about Katherine Smith", "Mira Okafor · away")


async def test_a_state_set_elsewhere_is_followed(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.until("Mira Okafor · ready")
        desk.staffing.set_state("after_call")
        await stage.until("Mira Okafor · after call")


@SIZES
async def test_not_ready_with_a_call_that_rings(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    desk.staffing.set_state("away")
    async with open_app(size=size) as stage:
        await stage.until("away", "Waiting")
        desk.conversing.take(CallSignal("phone", "c1", "ringing", sender=MOBILE, at=NOW))
        await stage.until("ringing  Katherine Smith", "F9 opens")
        await stage.looks_like(f"not-ready-{size[0]}x{size[1]}")


async def test_taking_the_next_call_again_and_again_leads_through_all(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        for call in desk.opening.live():
            desk.conversing.take_over(call.id)
        answer(desk)
        await stage.until("about Katherine Smith", "open  Llŷr Davies")
        await stage.press("f9")
        await stage.until("about Llŷr Davies", "open  João Silva")
        await stage.press("f9")
        await stage.until("about João Silva", "talking  Katherine Smith")
        await stage.press("f9")
        await stage.until("about Katherine Smith")


async def test_colleagues_who_are_here_are_named_and_what_they_do(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified")
        call = call_of(desk)
        asha.attending.be_here(call.customer_id, None, "typing")
        await stage.until("Asha Raman is here, typing")
        asha.attending.leave()
        await stage.until("about Katherine Smith", gone="Asha Raman is here")
        [seen] = asha.attending.others(call.customer_id)
        assert (seen.who, seen.doing) == ("Mira Okafor", "here")
        await stage.press("f4")
        await stage.type("hello")
        await stage.until("draft kept")
        while asha.attending.others(call.customer_id)[0].doing != "typing":
            await stage.pilot.pause(0.05)
        await stage.press("f1")
        await stage.until("Today")
        while asha.attending.others(call.customer_id):
            await stage.pilot.pause(0.05)


async def test_who_quits_is_gone_at_once(open_app: Open, desk: Desk, asha: Desk) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith")
        while not asha.attending.others():
            await stage.pilot.pause(0.05)
    assert asha.attending.others() == ()


@SIZES
async def test_presence_stands_above_what_is_said(
    open_app: Open, desk: Desk, asha: Desk, size: tuple[int, int]
) -> None:
    answer(desk)
    asha.attending.be_here(call_of(desk).customer_id, None, "typing")
    async with open_app(size=size) as stage:
        await stage.until("Asha Raman is here, typing")
        await stage.looks_like(f"presence-{size[0]}x{size[1]}")
