"""Try again what failed only because the database was busy."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from agent_tui.errors import Conflict, Unavailable

TRIES = 5
FIRST_PAUSE_S = 0.05
"""Seconds before the second try; every further pause is twice as long."""

Answer = TypeVar("Answer")
Wait = Callable[[float], object]


def patiently(work: Callable[[], Answer], wait: Wait = time.sleep) -> Answer:
    """Do something that can be done twice, `TRIES` times in all where it has to be.

    A locked database, or a row that somebody else changed at that moment, is tried again. Raises
    Unavailable or Conflict where the last try failed as well.
    """
    pause = FIRST_PAUSE_S
    for _ in range(TRIES - 1):
        try:
            return work()
        except (Conflict, Unavailable):
            wait(pause)
            pause *= 2
    return work()
