"""Before a script: the list of them, the brief that comes first, and the way round it."""

from __future__ import annotations

import pytest

from agent_tui.domain.values.receipts import Receipt
from agent_tui.errors import StorageError
from agent_tui.services.desk import Desk
from agent_tui.services.scripting import Scripting
from agent_tui.tui.widgets.conversation import ConversationPane
from tests.tui.conftest import Open, Stage
from tests.tui.scripted import VISIT, answered, call_of, desk_of, opened, runs


async def hold(stage: Stage, desk: Desk) -> None:
    """Katherine Smith is on the line, and the script about her visit waits for her brief."""
    answered(desk)
    await stage.until("about Katherine Smith", "to read")
    await stage.press("f5")
    await stage.until(VISIT)
    await stage.press("enter")
    await stage.until("Esc gives up")


def receipt_of(desk: Desk) -> Receipt:
    """The newest one of her call."""
    return desk.receipting.of_interaction(call_of(desk).id)[0]


async def test_one_key_opens_it_before_the_brief_and_the_reason_is_kept(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await hold(stage, desk)
        await stage.press("o")
        await stage.until("emergency", "in a hurry", "I know this person", "the system is wrong")
        await stage.press("k")
        await stage.until("step 1 of 6", gone="Esc gives up")
        assert (receipt_of(desk).how, receipt_of(desk).override) == ("override", "know_person")


async def test_where_the_system_is_wrong_it_wants_words(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(80, 24)) as stage:
        await hold(stage, desk)
        await stage.press("f5")
        await stage.until("the system is wrong")
        await stage.press("s", "enter")
        await stage.until("Say in a few words what the system has wrong")
        assert runs(desk) == ()
        await stage.type("it shows her sister")
        await stage.press("enter")
        await stage.until("step 1 of 6")
        assert receipt_of(desk).reason == "it shows her sister"


async def test_esc_gives_it_up_and_reading_opens_nothing_then(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await hold(stage, desk)
        await stage.press("escape")
        await stage.until("Before you speak", gone="Esc gives up")
        await stage.wait(seconds=60)
        await stage.until("· read")
        assert runs(desk) == ()


async def test_notes_are_written_while_it_waits_and_it_takes_no_key_from_them(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await hold(stage, desk)
        await stage.press("f4")
        await stage.type("she sounds tired")
        await stage.wait(seconds=60)
        await stage.until("step 1 of 6", "she sounds tired")
        await stage.type(" today 1")
        await stage.press("enter")
        await stage.until("¶ note she sounds tired today 1")
        assert runs(desk)[0].version == 1


async def test_a_call_in_which_a_colleague_is_in_a_script_says_so(
    open_app: Open, desk: Desk, desk_url: str
) -> None:
    call = answered(desk)
    with desk_of(desk_url, "asha") as asha:
        asha.receipting.override(call.customer_id or 0, call.id, "know_person")
        asha.scripting.open("visit-overdue", call.customer_id or 0, call.id)
    async with open_app() as stage:
        await stage.until("about Katherine Smith", "Asha is in it")
        await stage.press("f5")
        await stage.until("Asha Raman is in it")


async def test_without_scripts_it_says_how_they_come(
    open_app: Open, desk: Desk, desk_url: str
) -> None:
    with desk_of(desk_url, "noor") as lead:
        for one in lead.scripting.standing():
            lead.scripting.retire(one.slug)
    async with open_app(size=(80, 24)) as stage:
        answered(desk)
        await stage.until("about Katherine Smith")
        await stage.press("f5")
        await stage.until("There are no scripts yet", "scripts import")
        await stage.looks_like("script-none-80x24")


async def test_where_they_cannot_be_read_it_says_why(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_words: object) -> None:
        raise StorageError("the disk is gone")

    monkeypatch.setattr(Scripting, "fitting", fails)
    async with open_app() as stage:
        answered(desk)
        await stage.until("about Katherine Smith")
        await stage.press("f5")
        await stage.until("the disk is gone")
        await stage.press("escape")
        await stage.until("about Katherine Smith", gone="the disk is gone")


async def test_typing_narrows_the_list_and_the_agenda_puts_the_best_first(
    open_app: Open, desk: Desk
) -> None:
    call = answered(desk)
    desk.noting.save("wants: her refund #bill", interaction_id=call.id)
    async with open_app(size=(200, 60)) as stage:
        await stage.until("Script  Money back", "after the brief")
        await stage.press("f5")
        await stage.until("4 scripts, 1 fit", "fits bill, refund")
        await stage.type("leav")
        await stage.until("1 script", "Somebody leaves us", gone="▸ Money back")
        await stage.type("zzz")
        await stage.until("No script has this in it")


async def test_an_offer_waits_until_they_have_what_they_came_for(
    open_app: Open, desk: Desk
) -> None:
    call = answered(desk)
    desk.noting.save("wants: the yearly service", interaction_id=call.id)
    for one in desk.knowing.refusals(call.customer_id or 0):
        desk.knowing.lift(one.id)
    async with open_app() as stage:
        await stage.until("about Katherine Smith", "the yearly service")
        await stage.press("f5")
        await stage.until("not now: first give them what they came for")
        await stage.type("care")
        await stage.until("1 script")
        await stage.press("enter")
        await stage.until("Not now: first give them")
        desk.noting.save("wants it soon", interaction_id=call.id)
        await stage.until("wants it soon", "Not now: first give them")
        await stage.press("escape", "shift+f9", "g")
        await stage.until("Did they get what they came for? (the yearly service)")
        await stage.press("y")
        await stage.until("what they came for: they have it")
        assert call_of(desk).met == "yes"
        await stage.press("f5")
        await stage.until("4 scripts", gone="not now")
        await stage.press("escape", "escape")
        assert isinstance(stage.app.focused, ConversationPane)


async def test_what_was_left_open_is_listed_and_taken_up_again(open_app: Open, desk: Desk) -> None:
    run = opened(desk)
    desk.scripting.go_on(run.run.id, "a morning")
    async with open_app(size=(80, 24)) as stage:
        await stage.until("step 2 of 6", "F5 goes here")
        await stage.press("f1")
        await stage.until("Scripts left open 1", "A visit that did", gone="step 2 of 6")
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("step 2 of 6", "Say what we owe")
        assert isinstance(stage.app.focused, ConversationPane)


async def test_what_it_waits_for_comes_into_sight(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(80, 24)) as stage:
        answered(desk)
        await stage.until("about Katherine Smith", "to read")
        await stage.wait(seconds=60)
        await stage.until("2 to read ↓")
        await stage.press("f5")
        await stage.until(VISIT)
        await stage.press("enter")
        await stage.until("Esc gives up", "▸ Treat•", gone="2 to read ↓")
        await stage.wait(seconds=60)
        await stage.until("1 to read ↓")
        await stage.press("j")
        await stage.wait(seconds=60)
        await stage.until("step 1 of 6")
