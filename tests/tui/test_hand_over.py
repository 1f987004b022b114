"""A conversation passes from one agent to another, as both of them see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.services.desk import Desk
from agent_tui.tui.screens.desk import DeskScreen
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage

SAID = NOW - timedelta(minutes=1)
MOBILE = "07700 900118"
"""Katherine Smith's."""
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}")


@pytest.fixture
def asha(desk_url: str) -> Iterator[Desk]:
    """Another desk, that of Asha."""
    with closing(make_desk(desk_url, now=NOW, zone=ZONE, handle="asha")) as desk:
        yield desk


def answer(desk: Desk, call: str = "c1") -> Interaction:
    """Katherine Smith calls, and whoever is at this desk answers."""
    handle = desk.agent.handle
    desk.conversing.take(
        CallSignal("phone", call, "answered", sender=MOBILE, receiver=handle, at=NOW)
    )
    return call_of(desk)


def call_of(desk: Desk) -> Interaction:
    """Her call."""
    [call] = [one for one in desk.opening.live() if one.channel == "phone"]
    return call


def worked_on(asha: Desk) -> Interaction:
    """A call of hers that Asha has answered, and wrote of; she wants to hand it over."""
    call = answer(asha)
    asha.noting.save(
        "wants: a visit that happens\nrestarted the boiler, still cold\n"
        '!call with a name by fri 10am\nmood: "I have no patience left"',
        interaction_id=call.id,
    )
    asha.conversing.verify(call.id, "known voice")
    return call_of(asha)


async def type_into(stage: Stage, words: str, *then: str) -> None:
    """Type into the line that is open, and go on."""
    await stage.type(words)
    await stage.until(words)
    await stage.press(*then)


async def test_a_call_is_handed_over_from_its_menu_and_the_giver_sees_that_it_was_taken(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified (shift+F9 v)")
        await stage.press("shift+f9")
        await stage.until("o  hand it over to a colleague")
        await stage.press("o")
        await stage.until("Hand Katherine Smith over to whom?", "Asha Raman", "@asha")
        await stage.press("enter")
        await stage.until("what was tried?", "Do not ask again", "offers")
        await type_into(stage, "restarted the boiler", "enter")
        await stage.until("Asha Raman is asked: Katherine Smith")
        [offer] = asha.opening.today().handed
        assert (offer.giver, offer.tried) == ("Mira Okafor", "restarted the boiler")
        assert stage.app.desk_screen.undo_deeds()
        assert call_of(desk).agent_id == desk.agent.id
        asha.handing_over.accept(offer.id)
        await stage.until("Asha Raman took Katherine Smith over")
        assert not stage.app.desk_screen.undo_deeds()
        assert call_of(desk).agent_id == asha.agent.id


async def test_a_decline_is_told_and_stands_in_today_until_it_was_seen(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    call = answer(desk)
    offered = desk.handing_over.offer(call.id, "asha")
    async with open_app() as stage:
        await stage.until("about Katherine Smith")
        await stage.press("f1")
        await stage.until("Handed over, not answered yet 1", "Asha is asked: phone")
        asha.handing_over.decline(offered.id, "on the road")
        await stage.until("Asha Raman declined Katherine Smith: on the road")
        await stage.until("Came back to you", "Asha declined: on the road")
        await stage.press(*["down"] * 12)
        while (row := stage.app._desk_screen.today_pane.key).kind != "hand_over":
            assert row is not None
            await stage.press("up")
        await stage.press("enter")
        await stage.until("You hand over Katherine Smith", "declined: on the road", "t seen")
        await stage.press("t")
        await stage.until("seen, it came back", gone="Asha declined: on the road")
        assert desk.handing_over.one(offered.id).dismissed_at is not None


async def test_what_is_offered_is_taken_back_from_the_menu_of_the_call(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    call = answer(desk)
    desk.handing_over.offer(call.id, "asha")
    async with open_app() as stage:
        await stage.until("about Katherine Smith")
        await stage.press("shift+f9")
        await stage.until("o  Asha is asked to take it over")
        await stage.press("o")
        await stage.until("x  ask nobody any more")
        await stage.press("x")
        await stage.until("nobody is asked any more: Katherine Smith")
        assert asha.opening.today().handed == ()


async def test_an_offer_can_be_undone(open_app: Open, desk: Desk, asha: Desk) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith")
        await stage.press("f7")
        await stage.until("over to whom?")
        await stage.press("enter")
        await stage.until("what was tried?")
        await stage.press("enter")
        await stage.until("undo: Space u")
        assert len(asha.opening.today().handed) == 1
        await stage.press("escape", "space", "u")
        await stage.until("undone: Asha Raman is asked")
        assert asha.opening.today().handed == ()


async def test_what_was_tried_is_begun_with_what_the_note_says_beside_its_marks(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "not verified")
        await stage.press("f4")
        await stage.type("bled the radiators #boiler")
        await stage.press("f7")
        await stage.until("over to whom?")
        await stage.press("enter")
        await stage.until("what was tried?", "Mira says", "bled the radiators")
        await stage.press("escape")
        await stage.until("bled the radiators #boiler", gone="what was tried?")
        assert desk.opening.today().handing == ()


async def test_who_hands_it_on_sees_what_was_tried_before_them_and_why_somebody_waits(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    call = answer(asha)
    desk.handing_over.accept(asha.handing_over.offer(call.id, "mira", "first words of Asha").id)
    desk.conversing.take(CallSignal("phone", "c1", "held", reason="asking the engineers", at=NOW))
    async with open_app() as stage:
        await stage.until("about Katherine Smith", "on hold")
        await stage.press("f7")
        await stage.until("over to whom?")
        await stage.press("enter")
        await stage.until("first words of Asha", "Asha says", "on hold: asking the engineers")
        await stage.type("then mine")
        await stage.until("then mine", "Mira says", "first words of Asha")
        assert stage.shown.index("Asha says") < stage.shown.index("Mira says")


async def test_who_is_away_comes_last_and_is_said_to_be(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    asha.staffing.set_state("away")
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith")
        await stage.press("f7")
        await stage.until("▸ Noor Haddad", "away for now")
        await stage.press("j", "j", "enter")
        await stage.until("to Asha Raman: what was tried?")
        await stage.press("enter")
        await stage.until("Asha Raman is asked", "Asha Raman is away")


async def test_what_is_nobodys_is_not_handed_over_unasked(open_app: Open, desk: Desk) -> None:
    desk.conversing.take(CallSignal("phone", "c1", "answered", sender=MOBILE, receiver="reception"))
    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("about Katherine Smith")
        await stage.press("f7")
        await stage.until("Nobody has this conversation yet", "m make it mine")
        await stage.press("escape")
        await stage.until("▸ Conversation", gone="Nobody has this")
        assert call_of(desk).agent_id is None


async def test_an_offer_stands_in_the_strip_and_pops_over_nothing(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    call = worked_on(asha)
    async with open_app() as stage:
        await stage.type("olivia")
        await stage.until("▸ Olivia")
        await stage.press("enter", "f4")
        await stage.type("half a thought")
        asha.handing_over.offer(call.id, "mira", "tried the reset twice")
        await stage.until("Asha hands you Katherine Smith: a visit that happens", "F9 reads it")
        await stage.type(" more")
        await stage.until("half a thought more", gone="a accept")
        await stage.press("f9")
        await stage.until("Asha hands you Katherine Smith", "a accept · d decline")
        await stage.press("escape")
        await stage.until("half a thought more", "1 handed to you", gone="F9 reads it")
        await stage.press("f1")
        await stage.until("Handed to you 1", "Asha: a visit that happens")
        assert desk.handing_over.standing(call.id) is not None


@pytest.mark.parametrize("leaves", ["escape", "f1"])
async def test_what_was_read_and_left_is_offered_until_it_is_answered(
    open_app: Open, desk: Desk, asha: Desk, leaves: str
) -> None:
    call = worked_on(asha)
    offered = asha.handing_over.offer(call.id, "mira")
    async with open_app() as stage:
        await stage.until("Handed to you 1", "F9 reads it")
        for _ in range(2):
            await stage.press("f9")
            await stage.until("a accept · d decline")
            await stage.press(leaves)
            await stage.until("Asha hands you Katherine Smith", "F9 reads it", gone="a accept")
        asha.handing_over.take_back(offered.id)
        await stage.until("Today", gone="hands you")


async def test_what_was_read_and_left_lets_one_caller_go_before_it(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    call = worked_on(asha)
    asha.handing_over.offer(call.id, "mira")
    async with open_app() as stage:
        await stage.until("▸ Llŷr Davies", "F9 reads it")
        await stage.press("enter")
        await stage.until("about Llŷr Davies", "F9 reads it")
        await stage.press("f9")
        await stage.until("a accept")
        await stage.press("escape")
        await stage.until("waiting  João Silva", "1 handed to you", "F9 next", gone="a accept")
        await stage.press("f9")
        await stage.until("about João Silva", "Asha hands you Katherine Smith", "F9 reads it")


async def test_the_key_that_answers_most_questions_says_which_keys_answer_this_one(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    offered = asha.handing_over.offer(worked_on(asha).id, "mira")
    async with open_app() as stage:
        await stage.until("F9 reads it")
        await stage.press("f9")
        await stage.until("a accept · d decline")
        await stage.press("enter")
        await stage.until("Enter answers nothing here: a accept · d decline · Esc: it waits.")
        assert desk.handing_over.one(offered.id).state == "open"


@pytest.mark.parametrize("place", ["f2", "f3"])
async def test_where_nobody_waits_the_same_key_reads_it_from_the_other_places(
    open_app: Open, asha: Desk, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = worked_on(asha)
    asha.handing_over.offer(call.id, "mira", "tried the reset twice")
    monkeypatch.setattr(DeskScreen, "calls_elsewhere", ())
    async with open_app() as stage:
        await stage.until("Handed to you 1")
        await stage.press(place)
        await stage.sees(lambda: stage.app.places.here)
        await stage.until("Asha hands you Katherine Smith", "F9 reads it")
        await stage.press("f9")
        await stage.until("Asha hands you Katherine Smith", "a accept · d decline")


@SIZES
async def test_what_is_read_of_a_hand_over(
    open_app: Open, desk: Desk, asha: Desk, size: tuple[int, int]
) -> None:
    call = worked_on(asha)
    asha.handing_over.offer(call.id, "mira", "tried the reset twice")
    async with open_app(size=size) as stage:
        await stage.until("Asha hands you Katherine Smith")
        await stage.press("f9")
        await stage.until("They want", "a visit that happens", "verified: known voice")
        await stage.looks_like(f"hand-over-{size[0]}x{size[1]}")


@SIZES
async def test_what_is_seen_of_a_hand_over_that_is_about_to_be_sent(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    worked_on(desk)
    async with open_app(size=size) as stage:
        await stage.until("about Katherine Smith", "! We owe")
        await stage.press("f7")
        await stage.until("over to whom?")
        await stage.press("enter")
        await stage.until("Mira says", "restarted the boiler, still cold")
        await stage.looks_like(f"hand-over-offered-{size[0]}x{size[1]}")


async def test_accepting_opens_the_customer_and_the_call_is_ones_own(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    call = worked_on(asha)
    asha.handing_over.offer(call.id, "mira")
    async with open_app() as stage:
        await stage.until("Asha hands you Katherine Smith")
        await stage.press("f9")
        await stage.until("a accept")
        await stage.press("a")
        await stage.until("yours now: Katherine Smith", "about Katherine Smith", "known voice")
        assert call_of(desk).agent_id == desk.agent.id


async def test_declining_asks_for_a_few_words_and_esc_leaves_it_waiting(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    call = worked_on(asha)
    offered = asha.handing_over.offer(call.id, "mira")
    async with open_app() as stage:
        await stage.until("Asha hands you Katherine Smith")
        await stage.press("f9")
        await stage.until("d decline")
        await stage.press("d")
        await stage.until("Decline Katherine Smith, because?", "Asha reads it")
        await stage.press("escape")
        await stage.until("Handed to you 1", gone="because?")
        assert desk.handing_over.one(offered.id).state == "open"
        await stage.press("f9")
        await stage.until("d decline")
        await stage.press("d")
        await stage.until("because?")
        await type_into(stage, "in a meeting", "enter")
        await stage.until("declined: Katherine Smith", gone="Handed to you")
        answered = desk.handing_over.one(offered.id)
        assert (answered.state, answered.reason) == ("declined", "in a meeting")


async def test_an_offer_that_is_taken_back_while_it_is_read_can_no_longer_be_accepted(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    call = worked_on(asha)
    offered = asha.handing_over.offer(call.id, "mira")
    async with open_app() as stage:
        await stage.until("Asha hands you Katherine Smith")
        await stage.press("f9")
        await stage.until("a accept")
        asha.handing_over.take_back(offered.id)
        await stage.until("taken back", "Esc: back", gone="a accept")
        await stage.press("a", "escape")
        await stage.until("Today", gone="hands you")
        assert call_of(desk).agent_id == asha.agent.id


async def test_a_ringing_call_goes_before_an_offer(open_app: Open, desk: Desk, asha: Desk) -> None:
    call = worked_on(asha)
    desk.staffing.set_state("away")
    asha.handing_over.offer(call.id, "mira")
    async with open_app() as stage:
        await stage.until("Asha hands you Katherine Smith")
        other = CallSignal("phone", "c2", "ringing", sender="07700 900164", at=NOW)
        desk.conversing.take(other)
        await stage.until("ringing  ", "F9 opens", gone="F9 reads it")


async def test_a_conversation_that_nobody_has_is_taken_with_a_key_and_then_handed_over(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    async with open_app(size=(80, 24)) as stage:
        await stage.until("Waiting 2", "▸ Llŷr Davies")
        await stage.press("f7")
        await stage.until("Nobody has this conversation yet", "m make it mine, then hand it over")
        await stage.press("escape")
        await stage.until("▸ Llŷr Davies", gone="Nobody has this")
        [call] = [one for one in desk.opening.live() if one.customer == "Llŷr Davies"]
        assert call.agent_id is None
        await stage.press("f7")
        await stage.until("Nobody has this conversation yet")
        await stage.press("m")
        await stage.until("Hand Llŷr Davies over to whom?", "▸ Asha Raman")
        await stage.press("enter")
        await stage.until("what was tried?")
        await stage.press("enter")
        await stage.until("Asha Raman is asked: Llŷr Davies")
        [offer] = asha.opening.today().handed
        assert (offer.call.id, offer.giver) == (call.id, "Mira Okafor")


async def test_the_footer_offers_no_caller_where_the_key_reads_an_offer(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    call = worked_on(asha)
    async with open_app() as stage:
        await stage.until("F9 open caller", "Waiting 2")
        asha.handing_over.offer(call.id, "mira")
        await stage.until("Asha hands you Katherine Smith", "F9 reads it", gone="F9 open caller")


async def test_behind_a_hand_over_each_line_says_whose_it_was(
    open_app: Open, desk: Desk, asha: Desk
) -> None:
    call = answer(asha)
    assert call.customer_id is not None
    asha.conversing.take(MessageSignal("phone", "c1", "l1", "agent", "Asha speaks first", at=SAID))
    offered = asha.handing_over.offer(call.id, "mira")
    async with open_app() as stage:
        stage.app._desk_screen.open(call.customer_id)
        await stage.until("today · Asha Raman · phone", "Asha speaks first")
        desk.handing_over.accept(offered.id)
        await stage.until("today · Asha, then Mira · phone")
        [row] = [one for one in stage.shown.splitlines() if "Asha speaks first" in one]
        assert "Asha speaks first" in row.split("││")[0]
        assert row.split("││")[0].rstrip().endswith("Asha Raman")


async def test_nothing_pops_behind_a_question(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.until("▸ Llŷr Davies")
        await stage.press("f7")
        await stage.until("Nobody has this conversation yet")
        answer(desk)
        await stage.until("Katherine Smith", "F9 opens")
        await stage.until("Today", "Nobody has this", gone="about Katherine Smith")
        await stage.press("escape")
        await stage.until("Waiting 2", gone="about Katherine Smith")
        await stage.press("f9")
        await stage.until("about Katherine Smith")
