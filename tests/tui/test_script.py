"""A call from the ring to the end of a script: the brief first, then what to say."""

from __future__ import annotations

import pytest

from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from agent_tui.tui.widgets.script_pane import ScriptPane
from tests.tui.conftest import Open
from tests.tui.scripted import MOBILE, VISIT, answered, call_of, listening, rings, runs

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}")


@SIZES
async def test_from_the_ring_to_a_capture_and_an_hour_later_at_once(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    name = f"{size[0]}x{size[1]}"
    async with open_app(size=size) as stage:
        await listening(stage)
        rings(desk)
        await stage.until("ringing", "We owe", "to read")
        await stage.press("f5")
        await stage.until("4 scripts", VISIT)
        await stage.looks_like(f"script-choice-{name}")
        await stage.press("enter")
        await stage.until("Esc gives up", "to read")
        assert runs(desk) == ()
        await stage.looks_like(f"script-held-{name}")
        answered(desk)
        await stage.until("phone ·", gone="ringing")
        await stage.wait(seconds=60)
        # What did not fit is not read before it was in sight.
        for _ in range(6):
            await stage.press("j")
            await stage.wait(seconds=10)
        await stage.until("Say sorry", "step 1 of 6")
        [run] = runs(desk)
        assert run.interaction_id == call_of(desk).id
        if size[0] > 80:
            await stage.until("Say sorry", "We owe")
        await stage.looks_like(f"script-opened-{name}")
        assert isinstance(stage.app.focused, ScriptPane)
        await stage.press("0")
        await stage.until("What did the waiting cost you?", "Enter without words")
        await stage.type("a morning")
        await stage.until("got: patience for a morning")
        await stage.press("enter")
        await stage.until("hidden until verified", "¶ they gave · ctrl+x undoes it")
        await stage.press("1")
        await stage.until("Book the visit", "hidden until verified")
        desk.conversing.verify(run.interaction_id or 0, "known voice")
        await stage.until("y Enter still true", gone="hidden until verified")
        await stage.press("y", "enter")
        await stage.until("✓ You told us mornings")
        await stage.looks_like(f"script-branch-{name}")
        await stage.press("1")
        await stage.type("fri 10am")
        await stage.until("promise: an engineer comes · Fri 27 Nov 10:00 · Mira")
        await stage.press("enter")
        await stage.until("Say what happens now", "¶ promise · ctrl+x undoes it")
        await stage.looks_like(f"script-captured-{name}")
        assert [one.text for one in desk.promising.still_open(customer_id=run.customer_id)][
            -1:
        ] == ["an engineer comes"]
        await stage.press("0", "enter")
        await stage.until("The script is over.")
        await stage.press("0")
        await stage.until("Katherine Smith", gone="The script is over.")
        desk.conversing.take(CallSignal("phone", "c1", "ended"))
        await stage.press("f1")
        await stage.until("Today")
        desk.wrapping_up.finish(run.interaction_id or 0, met="yes")
        stage.clock.move(hours=1)
        desk.conversing.take(
            CallSignal("phone", "c2", "ringing", sender=MOBILE, receiver="mira", at=stage.clock.now)
        )
        await stage.until("ringing 00:00", "about Katherine Smith")
        await stage.press("f5")
        await stage.until("4 scripts")
        await stage.press("enter")
        await stage.until("step 1 of 6", "Say sorry")
        assert len(runs(desk)) == 2
        await stage.looks_like(f"script-again-{name}")
