"""When an app under test has done all that a key set off.

Textual's pilot guesses it from the CPU time of the process: it waits too long on a fast machine and
not long enough on a busy one. Here it is known: the event loop has nothing ready, and no lane of
the desk reads or writes.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from textual import app, pilot
from textual.constants import MAX_FPS

from agent_tui.tui.lanes import ReadLane, WriteLane

CALM_ROUNDS = 3
"""For so many rounds of the event loop nothing is ready: what a thread hands over comes in one."""
PATIENCE_S = 0.4
"""A lane that works longer is held up on purpose: the test wants to see what stands meanwhile."""
_NAP_S = 0.001
_FRAME_S = 1 / MAX_FPS + _NAP_S
"""What waits for the next frame is set off by a timer, which the loop does not count as ready."""

_painted: WeakKeyDictionary[app.App[Any], int] = WeakKeyDictionary()
_lanes: WeakSet[ReadLane | WriteLane] = WeakSet()


def know_lanes() -> None:
    """Know every lane that is opened from now on, and wait for them after each key."""
    for kind in (ReadLane, WriteLane):
        _remember(kind)
    _count_paints()
    app.wait_for_idle = pilot.wait_for_idle = settle  # type: ignore[attr-defined]


def _remember(kind: type[ReadLane] | type[WriteLane]) -> None:
    opened = kind.__init__

    def remembered(lane: ReadLane | WriteLane, *args: object, **named: object) -> None:
        opened(lane, *args, **named)  # type: ignore[arg-type]
        _lanes.add(lane)

    kind.__init__ = remembered  # type: ignore[assignment,method-assign]


def _count_paints() -> None:
    paint = app.App._display

    def counted(one: app.App[Any], *args: Any) -> None:
        _painted[one] = paints(one) + 1
        paint(one, *args)

    app.App._display = counted  # type: ignore[assignment,method-assign]


def paints(one: app.App[Any]) -> int:
    """How often the app has painted."""
    return _painted.get(one, 0)


async def settle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Wait until nothing is under way, nor after the next frame; takes the place of Textual's
    `wait_for_idle`."""
    end = time.monotonic() + PATIENCE_S
    await _calm(end)
    await asyncio.sleep(_FRAME_S)
    await _calm(end)


async def _calm(end: float) -> None:
    loop = asyncio.get_running_loop()
    calm = 0
    while calm < CALM_ROUNDS and time.monotonic() < end:
        await asyncio.sleep(0)
        if loop._ready:  # type: ignore[attr-defined]
            calm = 0
        elif any(lane.is_busy and lane._target.is_running for lane in _lanes):
            calm = 0
            await asyncio.sleep(_NAP_S)
        else:
            calm += 1
