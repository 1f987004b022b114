"""Where the time comes from. Everything that needs *now* is handed a Clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""A callable that returns the present moment, aware and in UTC."""


def utc_now() -> datetime:
    """The present moment, aware and in UTC."""
    return datetime.now(UTC)
