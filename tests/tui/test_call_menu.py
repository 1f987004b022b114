"""What an agent says about a conversation, and about themselves; each can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from agent_tui.tui.screens import desk_presence
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
        await stage.press("shift+f9", "v")
        await stage.until("How was Katherine Smith verified?", "security question")
        await stage.press("j", "j", "enter")
        await stage.until("verified: security question", gone="not verified")
        assert call_of(desk).verified_how == "security question"
        await stage.press("escape", "space", "u")
        await stage.until("not verified", gone="· verified:")


async def test_who_is_looked_at_takes_nobody_off_the_line(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(160, 40)) as stage:
        answer(desk)
        await stage.until("not verified", "about Katherine Smith")
        await stage.press("slash")
        await stage.type("liam smith")
        await stage.until("▸ Liam Smith", "─ Liam Smith")
        stage.app.desk_screen.show_call()  # as every second
        await stage.wait()
        assert "not verified" in stage.shown
        await stage.press("escape", "escape")
        await stage.until("about Katherine Smith", "not verified")


async def test_a_conversation_that_is_nobodys_is_made_ones_own(open_app: Open, desk: Desk) -> None:
    desk.conversing.take(CallSignal("phone", "c1", "answered", sender=MOBILE, receiver="reception"))
    assert call_of(desk).agent_id is None
    async with open_app() as stage:
        await stage.until("Today")
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("about Katherine Smith")
        await stage.press("shift+f9")
        await stage.until("m  make it mine")
        await stage.press("m")
        await stage.until("it is yours now")
        assert call_of(desk).agent_id == desk.agent.id
        await stage.press("shift+f9")
        await stage.until("v  verified, and how", gone="make it mine")


async def test_what_they_answered_is_refused_and_can_be_typed_again(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified")
        await stage.press("shift+f9", "v", "k", "k", "end")
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
        await stage.press("shift+f9", "h")
        await stage.type("checking the meter")
        await stage.press("enter")
        await stage.until("on hold: checking the meter")
        assert call_of(desk).hold_reason == "checking the meter"
        desk.conversing.take(CallSignal("phone", "c1", "resumed"))
        await stage.until("· 00:00 ·", gone="checking the meter │")


async def test_why_they_waited_is_nothing_to_undo_once_the_call_is_over(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        desk.conversing.take(CallSignal("phone", "c1", "held"))
        await stage.until("phone · on hold 00:00")
        await stage.press("shift+f9", "h")
        await stage.type("checking the meter")
        await stage.press("enter")
        await stage.until("on hold: checking the meter · undo:")
        screen = stage.app._desk_screen
        await stage.press("ctrl+space")
        await stage.until("u  undo: on hold: checking the meter")
        await stage.press("escape")
        desk.conversing.take(CallSignal("phone", "c1", "ended"))
        await stage.until("to wrap up", gone="· undo:")
        assert screen.undo_deeds() == ()


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
        await stage.press("shift+f9")
        await stage.until("wrong person: find the right one", "copy 07700 900118")
        await stage.press("w")
        await stage.until("Find the right person; then shift+F9 w")
        await stage.type("kathryn smyth")
        await stage.until("▸ Kathryn Smyth", "Enter opens")
        await stage.press("shift+f9")
        await stage.until("wrong person: this is Kathryn Smyth")
        await stage.press("w")
        await stage.until("about Kathryn Smyth", "moved from Katherine Smith to Kathryn Smyth")
        assert call_of(desk).customer == "Kathryn Smyth"
        await stage.press("f4")
        await stage.type("hears")
        await stage.press("ctrl+@", "u")
        await stage.until("undone: moved", "▸ Note", "! Complaint", "hears")
        assert call_of(desk).customer == "Katherine Smith"
        await stage.press(*["backspace"] * 5)
        await stage.until("about Katherine Smith", gone="about Kathryn")


async def test_the_call_of_the_wrong_person_becomes_that_of_a_new_one_and_is_moved_back(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified")
        katherine = call_of(desk).customer_id
        await stage.press("shift+f9")
        await stage.until("wrong person: nobody we know")
        await stage.press("n")
        await stage.until("New person, 07700 900118")
        await stage.type("Katherine Smith")
        await stage.press("enter")
        await stage.until("moved from Katherine Smith to a new person", gone="! Complaint")
        first, second = desk.finding.find("katherine smith").hits[:2]
        call = call_of(desk)
        assert call.customer_id not in (None, katherine)
        assert {first.customer_id, second.customer_id} == {call.customer_id, katherine}
        await stage.press("space", "u")
        await stage.until("undone: moved", "! Complaint")
        assert call_of(desk).customer_id == katherine


async def test_two_of_one_name_are_told_apart_by_where_they_are_from(
    open_app: Open, desk: Desk
) -> None:
    other = desk.registering.customer("Katherine Smith", city="York")
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified")
        await stage.press("ctrl+f")
        await stage.type("katherine smith york")
        await stage.sees(lambda: stage.app._desk_screen.whom.looked_at == other)
        await stage.press("shift+f9")
        await stage.until("wrong person: this is Katherine Smith, York")
        await stage.press("w")
        await stage.until("moved from Katherine Smith to Katherine Smith, York")


async def test_undoing_a_move_leaves_whoever_is_open_by_then(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified")
        await stage.press("ctrl+f")
        await stage.type("kathryn smyth")
        await stage.until("▸ Kathryn Smyth")
        await stage.press("shift+f9", "w")
        await stage.until("about Kathryn Smyth", "moved from")
        await stage.press("ctrl+f")
        await stage.type("olena")
        await stage.until("▸ Олена")
        await stage.press("enter")
        await stage.until("about Олена")
        await stage.press("space", "u")
        await stage.until("undone: moved", "about Олена")
        assert call_of(desk).customer == "Katherine Smith"


async def test_nothing_pops_while_not_ready_and_what_rings_stands_in_the_strip(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await stage.press("shift+f2")
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


async def test_who_is_on_hold_stands_first_in_the_strip_and_in_today(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified")
        held = CallSignal("phone", "c1", "held", at=NOW, reason="asks the depot")
        desk.conversing.take(held)
        answer_also(desk)
        await stage.until("on hold 00:00", "talking  Daniel Smith")
        stage.clock.move(seconds=75)
        await stage.press("f9")
        await stage.until("about Daniel Smith", "on hold 01:15  Katherine Smith  asks the depot")
        assert stage.shown.index("on hold") < stage.shown.index("waiting  Llŷr Davies")
        await stage.press("f1")
        await stage.until("Waiting 3", "3 waiting", "on hold: asks the depot")
        rows = stage.shown.split("\n")
        waiting = next(place for place, row in enumerate(rows) if "Waiting 3" in row)
        assert "Katherine Smith" in rows[waiting + 1]
        desk.conversing.take(CallSignal("phone", "c1", "resumed"))
        await stage.until("Waiting 2", gone="on hold")


def answer_also(desk: Desk) -> None:
    """Daniel Smith calls on his own mobile, and Mira answers him as well."""
    daniel = desk.opening.customer(desk.finding.choose("Daniel Smith"))
    numbers = [one.value for one in daniel.dossier.customer.contact_points if one.kind == "phone"]
    mobile = next(number for number in numbers if number.startswith("07"))
    desk.conversing.take(CallSignal("phone", "c2", "answered", sender=mobile, receiver="mira"))


async def test_wrapping_up_who_is_on_hold_says_why_not_and_what_to_do(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified")
        desk.conversing.take(CallSignal("phone", "c1", "held"))
        await stage.until("on hold 00:00")
        assert "F6 wrap up" not in stage.shown
        await stage.press("f6")
        await stage.until("Katherine Smith is on hold", "once it has ended", "shift+F9 e does")
        await stage.press("shift+f9", "e")
        await stage.until("Has this conversation ended?")
        await stage.press("y")
        await stage.until("to wrap up", "F6 wrap up")


@pytest.fixture
def _presence_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at every few seconds is looked at every few moments."""
    monkeypatch.setattr(desk_presence, "LOOK_SECONDS", 0.6)
    monkeypatch.setattr(desk_presence, "SETTLED_SECONDS", 0.1)


@pytest.mark.usefixtures("_presence_is_quick")
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
        await stage.sees(lambda: asha.attending.others(call.customer_id)[0].doing == "typing")
        await stage.press("f1")
        await stage.until("Today")
        await stage.sees(lambda: not asha.attending.others(call.customer_id))


@pytest.mark.usefixtures("_presence_is_quick")
async def test_who_quits_is_gone_at_once(open_app: Open, desk: Desk, asha: Desk) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith")
        await stage.sees(asha.attending.others)
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


async def test_whom_i_call_back_is_verified_in_a_call_of_my_own(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.press("shift+f9")
        await stage.until("Open somebody first, or take a call.")
        await stage.type("siobhan mckenna")
        await stage.until("▸ Siobhán McKenna")
        await stage.press("enter")
        await stage.until("about Siobhán McKenna")
        await stage.press("shift+f9")
        await stage.until("No conversation is on hand", "p  I call them")
        await stage.press("v")
        await stage.until("How was Siobhán McKenna verified?")
        await stage.press("enter")
        await stage.until("called back on the number we know")
        await stage.until("phone · 00:00 · verified", "we called, going on")
        [call] = [one for one in desk.opening.live() if one.direction == "out"]
        assert call.customer == "Siobhán McKenna"
        assert call.verified_how == "called back on the number we know"
