"""Calls in which a script is opened, for tests of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.script_runs import RunListed, RunShown
from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from tests.builders import make_desk
from tests.tui.conftest import NOW, POLL_S, ZONE, Stage

MOBILE = "07700 900118"
"""Katherine Smith's."""
VISIT = "A visit that did not happen"


def rings(desk: Desk, call: str = "c1") -> Interaction:
    """Katherine Smith rings for Mira."""
    desk.conversing.take(CallSignal("phone", call, "ringing", sender=MOBILE, receiver="mira"))
    return call_of(desk)


def answered(desk: Desk, call: str = "c1") -> Interaction:
    """Katherine Smith is on the line with Mira."""
    desk.conversing.take(CallSignal("phone", call, "answered", sender=MOBILE, receiver="mira"))
    return call_of(desk)


def call_of(desk: Desk) -> Interaction:
    """Her call."""
    [call] = [one for one in desk.opening.live() if one.channel == "phone"]
    return call


def runs(desk: Desk) -> tuple[RunListed, ...]:
    """The runs of scripts with her, newest first."""
    call = next(one for one in desk.opening.live() if one.channel == "phone")
    assert call.customer_id is not None
    return desk.scripting.runs_of(call.customer_id)


@contextmanager
def desk_of(url: str, handle: str) -> Iterator[Desk]:
    """The desk of a colleague, at the same moment."""
    with closing(make_desk(url, now=NOW, zone=ZONE, handle=handle)) as desk:
        yield desk


async def listening(stage: Stage) -> None:
    """Wait until the desk knows what was going on before: what rings from now on pops up."""
    await stage.until("You are ready")
    while not stage.app._desk_screen.calls.live:
        await stage.pilot.pause(POLL_S)


def opened(desk: Desk, slug: str = "visit-overdue") -> RunShown:
    """Katherine Smith is on the line, and a script was opened before the screen was."""
    call = answered(desk)
    assert call.customer_id is not None
    desk.receipting.override(call.customer_id, call.id, "in_a_hurry")
    return desk.scripting.open(slug, call.customer_id, call.id)
