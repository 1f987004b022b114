"""Names and words that would act on a terminal, or never end, at every step of a visit: the frames
stay where they are."""

from __future__ import annotations

import pytest

from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.services.desk import Desk
from agent_tui.text.cells import width
from agent_tui.tui.toasts import ROWS
from agent_tui.tui.widgets.panel import Panel
from tests.tui.conftest import Open, Stage

ACTING = "[b]bold[/b] [@click=app.quit]x[/] \x1b[31mred\x1b]0;t\x07 \x9b2J "
FOREIGN = "\u202eevil\u202c שלום עולם علي 👩‍👩‍👧‍👦👍🏽 e\u0301\u0301 ﷽ "
ENDLESS = "x" * 1_500 + "很" * 1_500
HOSTILE = ACTING + FOREIGN + ENDLESS
FRAME = frozenset("╭│╰╮╯")


def check(stage: Stage, size: tuple[int, int]) -> None:
    """Every row is as wide as the screen, nothing in it acts, and the frames stand."""
    app = stage.app
    strips = app.screen._compositor.render_strips()
    rows = [strip.text for strip in strips]
    assert {width(row) for row in rows} == {size[0]}
    assert all(letter.isprintable() or letter == "\u200d" for row in rows for letter in row)
    if app.screen is app._desk_screen:
        right = app.screen.query_one("#right").region
        assert app.screen.query_one("#left").region.right == right.x
        body = rows[right.y : right.bottom - ROWS]
    else:
        panel = app.screen.query(Panel).first().region
        assert panel.right <= size[0]
        assert panel.bottom <= size[1]
        shown = strips[panel.y : min(panel.bottom, size[1] - ROWS)]
        body = [strip.crop(panel.x, panel.right).text for strip in shown]
    assert all(row[0] in FRAME and row[-1] in FRAME for row in body), "\n".join(rows)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}")
async def test_the_frames_stand_whatever_somebody_is_called_and_says(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    who = desk.registering.customer((FOREIGN + ACTING + ENDLESS)[:400])
    desk.knowing.learn(who, "notice", HOSTILE[:1_000])
    desk.knowing.learn(who, "prefers", (FOREIGN + ENDLESS)[:1_000])
    desk.noting.save(f"{HOSTILE}\n!{FOREIGN}fri 10am", customer_id=who)
    desk.conversing.take(CallSignal("chat", "h1", "ringing", sender=HOSTILE[:300]))
    [call] = [one for one in desk.opening.live() if one.customer is None]
    desk.conversing.attach(call.id, who)
    desk.conversing.take(MessageSignal("chat", "h1", "m1", "customer", HOSTILE))
    async with open_app(size=size) as stage:
        screen = stage.app._desk_screen
        await stage.until("Promised by me")
        screen.open(who, call_id=call.id)
        await stage.until("characters in a", "! Notice", "to read", "Reply")
        check(stage, size)
        for keys, seen in (
            (("f4",), "▸ Note"),
            (("ctrl+o",), "x wrong"),
            (("enter",), "x wrong"),
            (("space",), "still true"),
            (("escape", "escape", "right", "right"), "turn"),
            (("t",), "Timeline"),
            (("escape", "f5"), "Scripts for"),
            (("escape", "f7"), "Nobody has this conversation"),
            (("m",), "over to whom?"),
            (("enter",), "what was tried?"),
            (("escape", "question_mark"), "Help: "),
            (("escape", "f10"), "▸ Reply"),
        ):
            await stage.press(*keys)
            await stage.until(seen)
            check(stage, size)
        await stage.type("[b] " + "很" * 200)
        await stage.until("很很很", "draft kept")
        check(stage, size)
        stage.app.notify(HOSTILE, title=HOSTILE, timeout=60)
        await stage.until("[@click=app.quit]x[/] ␛[31mred")
        check(stage, size)
        await stage.press("f1")
        await stage.until("Promised by me")
        check(stage, size)
