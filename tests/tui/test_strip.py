"""The strip of calls: gone through in its order, and what is counted is what is named."""

from __future__ import annotations

from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from tests.tui.conftest import NOW, Open
from tests.tui.test_call_menu import MOBILE, answer
from tests.tui.test_talk import write_in


async def test_who_replies_in_one_after_the_other_reaches_them_all(
    open_app: Open, desk: Desk
) -> None:
    write_in(desk, "t3", "07700 900999", "and me?")
    for call in desk.opening.live():
        desk.conversing.take_over(call.id)
    names = ("Llŷr Davies", "João Silva", "07700 900999")
    async with open_app() as stage:
        await stage.press("f1")
        await stage.sees(lambda: len(stage.app.desk_screen.calls_elsewhere) == len(names))
        for name in (*names, *names):
            await stage.press("f9")
            await stage.until(f"about {name}")
            await stage.press("f10")
            await stage.type("one moment")
            await stage.press("enter")
            await stage.until("one moment")


async def test_from_the_caller_who_is_open_the_key_leads_to_the_next_one(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await stage.until("Waiting 2", "F9 open caller")
        answer(desk)
        await stage.until("about Katherine Smith", "F9 next ", "F9 next caller", gone="F9 open")
        await stage.press("ctrl+f")
        await stage.type("olena")
        await stage.until("▸ Олена")
        await stage.press("enter")
        await stage.until("about Олена", "talking  Katherine Smith", "F9 opens")
        await stage.until("F9 open caller", gone="F9 next")


async def test_where_there_is_no_other_caller_no_key_leads_on(open_app: Open, desk: Desk) -> None:
    for call in desk.opening.live():
        desk.conversing.end(call.id)
    async with open_app() as stage:
        answer(desk)
        await stage.until("about Katherine Smith", "· 00:00 ·", gone="F9 next")
        assert "F9 open" not in stage.shown


async def test_who_waits_on_the_screen_is_not_counted_beside_it(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.until("2 waiting", "Waiting 2")
        desk.conversing.take(CallSignal("phone", "c1", "ringing", sender=MOBILE))
        await stage.until("about Katherine Smith", "2 waiting", "Llŷr Davies", "João Silva")
        await stage.press("f2")
        await stage.until("newest first", "3 waiting", "ringing  Katherine Smith")
        assert "João Silva  " in stage.shown.split("\n")[1]


async def test_who_waits_and_is_in_no_strip_is_said_to_be_in_today(
    open_app: Open, desk: Desk
) -> None:
    for what in ("ringing", "ended"):
        desk.conversing.take(CallSignal("phone", "m1", what, sender="07700 900118", at=NOW))
    async with open_app() as stage:
        await stage.until("3 waiting", "Waiting 3", "missed")
        answer(desk)
        await stage.until("about Katherine Smith", "3 waiting", "1 more in Today   F9 next")
        await stage.press("f1")
        await stage.until("Waiting 3", gone="more in Today")
