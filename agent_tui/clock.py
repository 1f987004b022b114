"""Where the time comes from. Everything that needs *now* is handed a Clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""A callable that returns the present moment, aware and in UTC."""


Ticks = Callable[[], int]
"""A callable that returns milliseconds which only count on: how much time passed, never when."""


def utc_now() -> datetime:
    """The present moment, aware and in UTC."""
    return datetime.now(UTC)


def ticks() -> int:
    """Milliseconds that count on whatever the clock is set to, and stand still in sleep."""
    return time.monotonic_ns() // 1_000_000
