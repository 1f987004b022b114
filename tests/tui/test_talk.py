"""Words to the other end: written, kept, sent, marked as said; and what becomes of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent_tui.domain.values.signals import CallSignal, DeliverySignal, MessageSignal
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.tui.widgets.rows import Row
from agent_tui.tui.widgets.today import TodayPane
from tests.tui.conftest import Open, Stage

MOBILE = "07700 900118"
"""Katherine Smith's."""
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}")


def write_in(
    desk: Desk, call: str = "t1", sender: str = MOBILE, text: str = "is anybody there?"
) -> None:
    """Somebody writes in a chat."""
    desk.conversing.take(CallSignal("chat", call, "ringing", sender=sender))
    desk.conversing.take(MessageSignal("chat", call, "m1", "customer", text))


async def _in_the_chat(stage: Stage, desk: Desk) -> None:
    write_in(desk)
    await stage.until("is anybody there?", "─ Reply F10", "about Katherine Smith")
    await stage.press("escape", "f10")
    await stage.until("▸ Reply")


def _refuse(*_words: object, **_more: object) -> None:
    raise Unavailable("the disk is full")


async def test_a_message_is_kept_while_typed_and_waits_for_its_channel_when_sent(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await _in_the_chat(stage, desk)
        await stage.type("yes, we are")
        await stage.until("draft kept 14:02:07")
        [draft] = [one for one in desk.opening.today().drafts if one.kind == "message"]
        assert draft.text
        assert "yes, we are".startswith(draft.text)
        await stage.press("enter")
        await stage.until("› we   yes, we are", "waiting", "on its way 14:02:07")
        assert desk.opening.today().drafts == ()
        [out] = desk.sending.claim("chat")
        assert (out.call, out.text) == ("t1", "yes, we are")
        desk.sending.taken(out.message_id)
        await stage.until("sent")
        desk.conversing.take(DeliverySignal("chat", "t1", out.id, delivered=True))
        await stage.until("delivered")


async def test_escape_goes_back_and_the_text_stays(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await _in_the_chat(stage, desk)
        await stage.type("one moment")
        await stage.press("escape")
        await stage.until("─ Reply", "one moment", gone="▸ Reply")
        await stage.press("r")
        await stage.until("▸ Reply", "one moment")


async def test_tab_fills_in_snippets_and_leads_away_from_an_empty_line_alone(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        stage.desk.snippets = {"greet": "Hello {{ customer.first_name }}", "green": "Go, #now"}
        await _in_the_chat(stage, desk)
        await stage.type("so ;greet")
        await stage.press("tab")
        await stage.until("so Hello Katherine", "▸ Reply")
        await stage.type(", ;gree")
        await stage.press("tab")
        await stage.until("Hello Katherine, Hello Katherine", "Tab: another of 2")
        await stage.press("tab")
        await stage.until("Hello Katherine, Go, #now")
        await stage.type(" x")
        await stage.press("tab")
        await stage.until("▸ Reply", "Go, #now x", gone="▸ Note")
        await stage.press("enter")
        await stage.until("› we   so Hello Katherine, Go, #now x")
        await stage.press("tab")
        await stage.until("▸ Note", gone="▸ Reply")
    assert desk.sending.claim("chat")[0].text == "so Hello Katherine, Go, #now x"


async def test_a_message_of_several_lines_grows_to_four(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await _in_the_chat(stage, desk)
        for word in ("one", "two", "three", "four", "five"):
            await stage.type(word)
            await stage.press("ctrl+j")
        await stage.type("six")
        assert stage.app.screen.query_one("#composer-input").size.height == 4
        await stage.press("enter")
        await stage.until("› we   one", "six", "on its way")
        [out] = desk.sending.claim("chat")
        assert out.text == "one\ntwo\nthree\nfour\nfive\nsix"


async def test_a_message_that_could_not_be_written_is_back_in_the_line(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as stage:
        await _in_the_chat(stage, desk)
        monkeypatch.setattr(stage.desk.sending, "send", _refuse)
        await stage.type("do not lose me")
        await stage.press("enter")
        await stage.until("NOT SENT: the disk is full", "do not lose me", "was not sent")
        assert stage.app.screen.query_one("#composer-input").text == "do not lose me"  # type: ignore[attr-defined]


async def test_a_message_that_did_not_arrive_says_why_and_is_sent_again(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await _in_the_chat(stage, desk)
        await stage.type("hello")
        await stage.press("enter")
        await stage.until("› we   hello", "waiting")
        [out] = desk.sending.claim("chat")
        desk.sending.taken(out.message_id)
        desk.conversing.take(
            DeliverySignal("chat", "t1", out.id, delivered=False, reason="they left")
        )
        await stage.until("not delivered: they left", "not delivered · ctrl+Space s: again")
        await stage.press("escape", "space")
        await stage.until("s  send again", "y  copy")
        await stage.press("s")
        await stage.until("on its way again", "waiting", gone="not delivered")
        [again] = desk.sending.claim("chat")
        assert again.id == out.id


async def test_a_message_that_did_not_arrive_is_in_today_until_it_is_let_be(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await _in_the_chat(stage, desk)
        await stage.type("hello")
        await stage.press("enter")
        await stage.until("› we   hello", "waiting")
        [out] = desk.sending.claim("chat")
        desk.sending.taken(out.message_id)
        desk.conversing.take(DeliverySignal("chat", "t1", out.id, delivered=False))
        await stage.until("not delivered")
        await stage.press("escape", "space")
        await stage.until("l  let it be: they know by now")
        await stage.press("l")
        await stage.until("the message is let be")
        assert desk.opening.today().undelivered == ()
        await stage.press("space", "u")
        await stage.until("undone: the message is let be")
        await stage.press("f1")
        await stage.until("Today", "not delivered: hello")


async def test_what_fails_after_the_wrap_up_is_sent_again_from_today(
    open_app: Open, desk: Desk
) -> None:
    ada = desk.finding.choose("Katherine Smith")
    desk.conversing.take(CallSignal("chat", "late", "ringing"))
    desk.conversing.take(MessageSignal("chat", "late", "c1", "customer", "when do they come?"))
    call = next(one.id for one in desk.opening.live() if one.customer_id is None)
    desk.conversing.attach(call, ada)
    message = desk.sending.send(call, "at ten")
    [out] = desk.sending.claim("chat")
    desk.sending.taken(out.message_id)
    desk.conversing.take(CallSignal("chat", "late", "ended"))
    desk.wrapping_up.finish(call, "yes")
    desk.conversing.take(DeliverySignal("chat", "late", out.id, delivered=False, reason="full"))
    async with open_app() as stage:
        await stage.until("not delivered: at ten")
        while not _is_undelivered(stage):
            await stage.press("down")
        await stage.press("ctrl+@")
        await stage.until("s  send again", "l  let it be")
        await stage.press("s")
        await stage.until("the message is on its way again", gone="not delivered: at ten")
        assert [one.message_id for one in desk.sending.claim("chat")] == [message]


def _is_undelivered(stage: Stage) -> bool:
    key = stage.app.screen.query_one(TodayPane).key
    return isinstance(key, Row) and key.kind == "undelivered"


async def test_a_message_that_still_waits_is_taken_back_into_the_line(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await _in_the_chat(stage, desk)
        await stage.type("oops")
        await stage.press("enter")
        await stage.until("› we   oops", "waiting")
        await stage.press("escape", "space")
        await stage.until("t  take back")
        await stage.press("t")
        await stage.until("is a draft again", "▸ Reply", "draft from before", gone="› we   oops")
        assert stage.app.screen.query_one("#composer-input").text == "oops"  # type: ignore[attr-defined]
        assert desk.sending.claim("chat") == ()
        await stage.press("enter")
        await stage.until("› we   oops", "waiting")
        assert [out.text for out in desk.sending.claim("chat")] == ["oops"]


async def test_a_chat_that_ends_under_ones_hands_keeps_the_text_and_says_why(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await _in_the_chat(stage, desk)
        await stage.type("just a")
        desk.conversing.take(CallSignal("chat", "t1", "ended"))
        await stage.until("not answered")
        await stage.type(" moment")
        await stage.press("enter")
        await stage.until("NOT SENT: this conversation was ended", "just a moment")


async def test_on_a_call_lines_are_marked_with_their_offset(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c1", "answered", sender=MOBILE, receiver="mira"))
        await stage.until("about Katherine Smith", "· 00:00 ·", "· phone  ──")
        assert "They said" not in stage.shown
        newest = next(row for row in stage.shown.splitlines() if "· phone  ──" in row)
        await stage.press("f10")
        await stage.until("▸ They said", "Enter marks", newest[:40])
        stage.clock.now += timedelta(seconds=31)
        await stage.type("I stayed home for it")
        await stage.press("enter")
        await stage.until("00:31  ‹ they I stayed home for it", "marked 14:02:38")
        await stage.type("we: I am sorry")
        await stage.until("▸ We said")
        await stage.press("enter")
        await stage.until("00:31  › we   I am sorry")
        await stage.press("escape")
        await stage.until("I am sorry", gone="They said")


async def test_each_conversation_keeps_its_own_text_and_place(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await _in_the_chat(stage, desk)
        await stage.type("for Katherine")
        await stage.press("escape", "home")
        await stage.until("2016 ·")
        write_in(desk, "t2", "07700 900999", "and me?")
        for call in desk.opening.live():
            if call.customer not in ("Llŷr Davies", "João Silva"):
                desk.conversing.take_over(call.id)
        await stage.until("open  07700 900999", "F9 next")
        await stage.press("f9")
        await stage.until("and me?", gone="for Katherine")
        await stage.press("f10")
        await stage.type("for the other")
        await stage.until("draft kept")
        await stage.press("f9")
        await stage.until("for Katherine", "2016 ·", gone="for the other")
        await stage.press("f9")
        await stage.until("for the other", gone="for Katherine")


async def test_two_conversations_with_one_person_are_both_reached(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await _in_the_chat(stage, desk)
        await stage.type("by the by")
        desk.conversing.take(CallSignal("phone", "c1", "answered", sender=MOBILE, receiver="mira"))
        await stage.until("phone · 00:00")
        await stage.sees(lambda: len(stage.app._desk_screen.answerable) > 1)
        await stage.press("f10")
        await stage.until("They said", gone="by the by")
        await stage.press("f10")
        await stage.until("▸ Reply", "by the by")


async def test_a_text_left_in_a_chat_is_there_when_the_desk_is_opened_again(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await _in_the_chat(stage, desk)
        await stage.type("half a sen")
        await stage.until("draft kept")
    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("half a sen", "draft from before", "─ Reply")


@SIZES
async def test_a_chat_with_all_states_of_delivery(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    write_in(desk)
    [call] = [one for one in desk.opening.live() if one.customer == "Katherine Smith"]
    for number, became in enumerate(("delivered", "failed", "sent", "waiting")):
        message = desk.sending.send(call.id, f"message {number}: {became}")
        if became == "waiting":
            continue
        [out] = desk.sending.claim("chat")
        desk.sending.taken(message)
        if became != "sent":
            arrived = became == "delivered"
            reason = None if arrived else "they closed the window"
            desk.conversing.take(
                DeliverySignal("chat", "t1", out.id, delivered=arrived, reason=reason)
            )
    async with open_app(size=size) as stage:
        await stage.until("message 3")
        await stage.press("f10")
        await stage.type("one more")
        await stage.until("draft kept", "▸ Reply")
        await stage.looks_like(f"chat-{size[0]}x{size[1]}")
