"""What a demo desk remembers of itself: its day, and the calls that its last visit broke off."""

from __future__ import annotations

from agent_tui.storage.reader import Reader

DAY = "demo_day"
"""The counter that holds the day."""


def day(reader: Reader) -> int | None:
    """The day on which the moments of a demo desk are true, as a proleptic ordinal.

    None for a desk that is no demo, or one whose making was broken off.
    """
    row = reader.row("SELECT value FROM counters WHERE name = :name", name=DAY)
    return int(row[0]) if row else None


def calls_broken_off(reader: Reader, *, beginning: str) -> tuple[str, ...]:
    """The ids, with that beginning, of telephone calls that never ended."""
    rows = reader.rows(
        "SELECT external_id FROM interactions WHERE state IN ('ringing', 'talking', 'on_hold') "
        "AND source = 'phone' AND substr(external_id, 1, :length) = :beginning "
        "ORDER BY external_id",
        beginning=beginning,
        length=len(beginning),
    )
    return tuple(str(row[0]) for row in rows)
