"""The brief at the desk: what counts as read, what is kept of it, what is done with its lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest
from textual.events import AppBlur, AppFocus

from agent_tui.domain.values.briefing import OpenedCustomer
from agent_tui.domain.values.receipts import Receipt
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.services.opening import Opening
from agent_tui.tui import messages
from agent_tui.tui.screens.desk import DeskScreen
from tests.tui.conftest import Open, Stage

KATHERINE = "Katherine Smith"
MOBILE = "07700 900118"
"""Hers."""
SIZES = pytest.mark.parametrize(
    "size", [(80, 24), (120, 36), (200, 60)], ids=lambda size: f"{size[0]}"
)


async def open_katherine(stage: Stage) -> None:
    await stage.type("kath smi")
    await stage.until(f"▸ {KATHERINE}", "late 6 d")
    await stage.press("enter")
    await stage.until(f"about {KATHERINE}", "to read")


async def go_to_the_brief(stage: Stage) -> None:
    await stage.press("b")
    await stage.until(f"▸ {KATHERINE}", "x wrong")


async def down_to(stage: Stage, text: str) -> None:
    for _ in range(30):
        if text in stage.shown:
            return
        await stage.press("j")
        await stage.pilot.pause()
    await stage.until(text)


def receipts(desk: Desk) -> tuple[Receipt, ...]:
    return desk.receipting.mine()


async def kept(stage: Stage, desk: Desk, count: int) -> tuple[Receipt, ...]:
    """The receipts, once there are so many."""
    for _ in range(500):
        if len(found := receipts(desk)) >= count:
            return found
        await stage.pilot.pause(0.01)
    raise AssertionError(f"never {count} receipts")


def the_call(desk: Desk) -> int:
    """The call by phone that is going on."""
    return next(one.id for one in desk.opening.live() if one.channel == "phone")


# -- reading ---------------------------------------------------------------------------------


async def test_lines_that_stand_there_long_enough_are_read_and_there_is_a_receipt(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[messages.BriefSeen] = []

    def hear(_screen: DeskScreen, event: messages.BriefSeen) -> None:
        seen.append(event)

    monkeypatch.setattr(DeskScreen, "on_brief_seen", hear)
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.until("5 to read")
        await stage.wait(seconds=3)
        await stage.until("4 to read")
        assert receipts(desk) == (), "one write for all of it"
        await stage.wait(seconds=30)
        await stage.until("read", gone="to read")
        [receipt] = await kept(stage, desk, 1)
        assert receipt.how == "seen"
        assert receipt.focus == "unknown"
        assert [line.how for line in receipt.lines] == ["viewed"] * 5
        await stage.pilot.pause()
        assert (seen[0].customer_id, seen[0].interaction_id) == (receipt.customer_id, None)


async def test_a_caller_s_brief_is_read_while_it_rings(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c1", "ringing", sender="07700 900118"))
        await stage.until("ringing", "not verified · 5 to read")
        call = the_call(desk)
        await stage.wait(seconds=30)
        [receipt] = await kept(stage, desk, 1)
        await stage.until("not verified · read")
        assert (receipt.how, receipt.interaction_id) == ("seen", call)
        desk.conversing.take(CallSignal("phone", "c1", "answered", receiver="mira"))
        await stage.until("00:30", "not verified · read", "! We owe", "No to", gone="ringing")
        assert desk.receipting.gate(receipt.customer_id, call).is_open


async def test_how_old_things_are_is_said_of_now_below_a_window_too(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await stage.type("katherine smith")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("about Katherine Smith", "late 6 d")
        await stage.press("shift+f9")
        await stage.until("I call them")
        stage.clock.move(hours=24)
        stage.app._desk_screen._tick_minutes()
        await stage.until("I call them", "late 7 d", gone="late 6 d")


async def test_what_is_read_again_has_room_beside_the_lines_that_stand(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    stood: list[set[str]] = []

    def beside(
        _opening: Opening, opened: OpenedCustomer, standing: Collection[str]
    ) -> OpenedCustomer:
        stood.append(set(standing))
        lines = opened.brief.lines[:1] if standing else opened.brief.lines
        return replace(opened, brief=replace(opened.brief, lines=lines))

    monkeypatch.setattr(Opening, "beside", beside)
    async with open_app() as stage:
        await stage.type("katherine smith")
        await stage.until("▸ Katherine Smith", "We owe", "Treat")
        await stage.press("enter")
        await stage.until("about Katherine Smith", "We owe")
        stage.app._desk_screen._tick_minutes()
        await stage.sees(lambda: stood[-1] >= {"we_owe", "complaint", "treat"})
        await stage.until("We owe", gone="Treat")


async def test_a_terminal_that_has_lost_the_focus_reads_nothing(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        stage.app.post_message(AppBlur())
        await stage.pilot.pause()
        await stage.wait(seconds=60)
        await stage.until("5 to read")
        stage.app.post_message(AppFocus())
        await stage.pilot.pause()
        await stage.wait(seconds=60)
        await stage.until("read", gone="to read")
        [receipt] = await kept(stage, desk, 1)
        assert receipt.focus == "unknown", "it had not told yet when the reading began"


async def test_nothing_is_read_through_what_lies_over_the_desk(open_app: Open) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.press("question_mark")
        await stage.until("Anywhere at the desk")
        await stage.wait(seconds=60)
        await stage.press("escape")
        await stage.until("5 to read", gone="Anywhere at the desk")


async def test_what_is_not_on_the_screen_is_not_read(open_app: Open) -> None:
    async with open_app(size=(80, 24)) as stage:
        await open_katherine(stage)
        await stage.press("t")
        await stage.until(gone="Before you speak")
        await stage.wait(seconds=60)
        await stage.press("escape")
        await stage.until("Before you speak", "to read")


async def test_what_was_read_is_written_when_the_customer_is_left(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.wait(seconds=3)
        await stage.until("4 to read")
        await stage.press("f1")
        [receipt] = await kept(stage, desk, 1)
        assert receipt.how is None
        assert [line.how for line in receipt.lines] == ["viewed", None, None, None, None]


async def test_what_was_read_is_written_when_the_desk_is_left(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.wait(seconds=3)
        await stage.until("4 to read")
    [receipt] = receipts(desk)
    assert [line.how for line in receipt.lines] == ["viewed", None, None, None, None]


async def test_a_line_taller_than_the_view_is_read_once_all_its_rows_have_been_there(
    open_app: Open, desk: Desk
) -> None:
    who = desk.registering.customer("Zebedee Quill")
    desk.knowing.learn(who, "notice", "careful " * 120 + "the dog bites")
    async with open_app(size=(80, 24)) as stage:
        screen = stage.app._desk_screen
        await stage.until("Promised by me")
        # So that the words are not broken anew by an age that grows from minute to minute.
        stage.clock.move(days=3)
        screen.open(who)
        await stage.until("! Notice", "careful", "1 to read", gone="dog bites")
        await stage.wait(seconds=600)
        await stage.until("1 to read", gone="dog bites")
        view = screen.sidebar.brief
        view.scroll_end(animate=False, immediate=True)
        await stage.until("dog bites")
        await stage.wait(seconds=600)
        await stage.until("1 to read", "dog bites")
        view.scroll_home(animate=False, immediate=True)
        await stage.until("! Notice", gone="dog bites")
        await stage.press("b")
        await down_to(stage, "dog bites")
        await stage.until("1 to read")
        await stage.wait(seconds=600)
        await stage.until("read", "dog bites", gone="to read")


async def test_somebody_who_is_only_looked_at_leaves_no_receipt(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("late 6 d")
        await stage.wait(seconds=60)
        await stage.press("enter")
        await stage.until(f"about {KATHERINE}")
        [receipt] = await kept(stage, desk, 1)
        assert receipt.how == "seen", "but what was read then counts once they are opened"
        await stage.press("slash")
        await stage.type("kathryn smyth")
        await stage.until("▸ Kathryn Smyth")
        await stage.wait(seconds=60)
        await stage.press("f1")
        await stage.until("Promised by me")
        assert len(receipts(desk)) == 1


async def test_an_hour_later_what_is_known_is_folded_and_unfolds(open_app: Open) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.wait(seconds=60)
        await stage.until("read", gone="to read")
        await stage.until("No to")
        await stage.press("f1")
        await stage.until("Promised by me")
        stage.clock.move(hours=2)
        await stage.type("kath smi")
        await stage.until("3 known to you", "! We owe", gone="No to ")
        await stage.press("enter")
        await stage.until("about Katherine", "read")
        await stage.press("b")
        await down_to(stage, "▸ ▹ 3 known to you")
        await stage.press("enter")
        await stage.until("▾ 3 known to you", "No to", "Treat")
        await stage.press("escape")
        await stage.until("▹ 3 known to you", "▸ Katherine")


async def test_a_receipt_that_cannot_be_written_is_said_and_tried_again(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_texts: object, **_names: object) -> None:
        raise Unavailable("the disk is full")

    async with open_app() as stage:
        await open_katherine(stage)
        monkeypatch.setattr(stage.desk.receipting, "seen", fails)
        await stage.wait(seconds=60)
        await stage.until("Not written: that the brief was read")
        monkeypatch.undo()
        await stage.press("f1")
        [receipt] = await kept(stage, desk, 1)
        assert receipt.how == "seen"


async def test_what_becomes_urgent_meanwhile_appears_at_once_and_is_to_be_read(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.wait(seconds=60)
        await stage.until("read", gone="to read")
        desk.noting.save("=notice dog in the yard", customer_id=katherine)
        desk.knowing.learn(katherine, "notice", "there is a dog in the yard")
        await stage.until("! Notice", "1 to read", "! We owe", "No to")
        await stage.wait(seconds=10)
        await stage.until("read", gone="to read")
        assert len(await kept(stage, desk, 2)) == 2


async def test_lines_that_a_script_waits_for_are_signed_until_they_are_read(
    open_app: Open,
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        screen = stage.app._desk_screen
        screen.hold_brief(True)
        await stage.until("• still to be read", "We owe•", "No to•")
        assert len(screen.unread_lines) == 5
        await stage.wait(seconds=3)
        await stage.until("Complaint•", gone="We owe•")
        screen.hold_brief(False)
        await stage.until("4 to read", gone="Complaint•")


# -- what is behind a line, and what is done with it --------------------------------------------


@SIZES
async def test_a_line_unfolds_into_the_words_that_it_comes_from(
    open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        await open_katherine(stage)
        await go_to_the_brief(stage)
        await down_to(stage, "▸ Treat")
        await stage.press("enter")
        await stage.until("Treat", "they said so")
        await stage.looks_like(f"brief-unfolded-{size[0]}x{size[1]}")


async def test_enter_leads_on_to_the_place_in_the_conversation_and_escape_back(
    open_app: Open,
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await go_to_the_brief(stage)
        await stage.press("enter")
        await stage.until("promised")
        await stage.press("escape")
        await stage.until("▸ Katherine", "!▸We owe", gone="promised 8 d ago")
        await down_to(stage, "▸ Last")
        await stage.press("enter", "enter")
        await stage.until("▸   the boiler visit that never came", "Enter where from")
        await stage.press("j", "enter")
        await stage.until("▸ Conversation", "07:58 ▸‹ they Dear Asha, could I please have")
        await stage.press("b", "escape")
        await stage.until("▸ Last", gone="Enter where from")


def call_katherine(desk: Desk) -> int:
    """Let Katherine be on the line with Mira."""
    desk.conversing.take(CallSignal("phone", "c1", "ringing", sender="07700 900118"))
    desk.conversing.take(CallSignal("phone", "c1", "answered", receiver="mira"))
    return the_call(desk)


async def test_one_thing_is_worth_asking_and_its_answer_is_kept(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        call = call_katherine(desk)
        await stage.until("Ask ", "which engineer can come more")
        await stage.press("escape", "b")
        await down_to(stage, "▸ Ask")
        await stage.until("a answered · n not now · d declined")
        await stage.press("n")
        await stage.until("not now", "n again takes it back")
        [(_, past)] = [desk_prompt(desk, call)]
        assert past == "not_now"
        await stage.press("n")
        await stage.until("still to be asked", gone="· not now")
        await stage.press("a")
        await stage.until("Enter keeps it")
        await stage.type("Ravi can")
        await stage.press("enter")
        await stage.until("answered: Ravi can", "· answered")
        assert desk_prompt(desk, call)[1] == "answered"


def desk_prompt(desk: Desk, call: int) -> tuple[int, str | None]:
    """The prompt of an interaction, and what came of it."""
    row = desk.store.reader().row(
        "SELECT id, outcome FROM prompts WHERE interaction_id = :call", call=call
    )
    assert row is not None
    return int(row[0]), row[1]


async def test_others_with_the_same_matter_can_be_opened(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    others = desk.finding.find("john", limit=4).hits
    for place, hit in enumerate(others):
        peer = f"01632 9699{place:02}"
        desk.conversing.take(CallSignal("phone", f"h{place}", "ringing", sender=peer))
        call = the_call(desk)
        desk.conversing.attach(call, hit.customer_id)
        desk.conversing.take(CallSignal("phone", f"h{place}", "answered", receiver="asha"))
        desk.noting.save("no water #boiler", customer_id=hit.customer_id, interaction_id=call)
        desk.conversing.take(CallSignal("phone", f"h{place}", "ended"))
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.until("Others", "others this week with #boiler")
        await stage.press("b")
        await down_to(stage, "▸ Others")
        await stage.until("Enter who they are")
        await stage.press("enter")
        await stage.until("Enter chooses", "John")
        await stage.press("enter")
        await stage.until("about John", "no water #boiler")


# -- states -----------------------------------------------------------------------------------


async def test_nobody_nothing_known_and_failed_are_said_in_words(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.registering.customer("Zebedee Quill")
    async with open_app(size=(80, 24)) as stage:
        await stage.type("zebedee")
        await stage.until("▸ Zebedee Quill", "nothing is known yet")

        def fails(*_ids: object) -> None:
            raise Unavailable("the server is away")

        monkeypatch.setattr(stage.desk.opening, "customer", fails)
        await stage.press("enter")
        await stage.until("server is", "away", gone="nothing is known yet")


async def test_records_that_take_long_are_said_to_be_on_their_way(
    open_app: Open, katherine: int
) -> None:
    async with open_app() as stage:
        screen = stage.app._desk_screen
        await open_katherine(stage)
        assert screen.asking is not None
        screen.asking.customer = lambda *_whatever: None  # type: ignore[method-assign]
        screen.look_at(katherine + 1)
        await stage.until("Reading what is known", gone="Before you speak")
        screen.post_message(messages.ReadFailed("brief", Unavailable("the server is away")))
        await stage.until("server is away")


async def test_what_is_read_once_more_stays_where_it_stands_meanwhile(
    open_app: Open, katherine: int
) -> None:
    async with open_app() as stage:
        screen = stage.app._desk_screen
        await open_katherine(stage)
        screen.ask_records(katherine)
        screen._say_asked()
        assert "Before you speak" in stage.shown
        assert "Reading what is known" not in stage.shown


async def test_long_and_hostile_words_stay_in_their_columns(open_app: Open, desk: Desk) -> None:
    name = "‮" + "علي " * 20 + "[b]bold[/b]"
    who = desk.registering.customer(name)
    desk.knowing.learn(who, "prefers", "[@click=app.quit]mornings[/] \x1b[31m" + "很长" * 80)
    desk.knowing.learn(who, "notice", "שלום " * 40)
    async with open_app(size=(80, 24)) as stage:
        screen = stage.app._desk_screen
        await stage.until("Promised by me")
        screen.open(who)
        await stage.until("! Notice", "[@click=app.quit", "2 to read")
        rows = stage.shown.splitlines()
        assert all(len(row.encode("utf-8", "ignore")) for row in rows if "│" in row)
        assert "\x1b" not in stage.shown
        assert "‮" not in stage.shown
        await stage.wait(seconds=120)
        await stage.until("1 to read")
        await stage.press("b", "j", "j")
        await stage.wait(seconds=120)
        await stage.until("read", gone="to read")


async def test_a_brief_at_rest_asks_no_clock(open_app: Open) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        screen = stage.app._desk_screen
        assert screen._next_look is not None
        await stage.wait(seconds=60)
        await stage.until("read", gone="to read")
        assert screen._next_look is None
