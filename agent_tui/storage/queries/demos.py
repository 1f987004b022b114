"""What a demo desk remembers of itself: its day, and what its last visit left open."""

from __future__ import annotations

from agent_tui.domain.values.signals import CallSignal
from agent_tui.storage.reader import Reader

DAY = "demo_day"
"""The counter that holds the day."""


def day(reader: Reader) -> int | None:
    """The day on which the moments of a demo desk are true, as a proleptic ordinal.

    None for a desk that is no demo, or one whose making was broken off.
    """
    row = reader.row("SELECT value FROM counters WHERE name = :name", name=DAY)
    return int(row[0]) if row else None


def calls_broken_off(reader: Reader, *, beginning: str) -> tuple[CallSignal, ...]:
    """What ends the calls, whose ids have that beginning, that never ended."""
    rows = reader.rows(
        "SELECT source, external_id FROM interactions "
        "WHERE state IN ('ringing', 'talking', 'on_hold') AND source = channel "
        "AND substr(external_id, 1, :length) = :beginning ORDER BY external_id",
        beginning=beginning,
        length=len(beginning),
    )
    return tuple(CallSignal(row[0], str(row[1]), "ended") for row in rows)


def open_on(reader: Reader, *, source: str, channel: str) -> tuple[int, ...]:
    """The conversations from a file that still go on over a channel."""
    rows = reader.rows(
        "SELECT id FROM interactions WHERE state IN ('ringing', 'talking', 'on_hold') "
        "AND source = :source AND channel = :channel ORDER BY id",
        source=source,
        channel=channel,
    )
    return tuple(int(row[0]) for row in rows)


def handed_over(reader: Reader, *, channel: str) -> dict[str, int]:
    """By call id of a channel, how many messages were handed over that it has reported on."""
    rows = reader.rows(
        "SELECT i.external_id, count(*) FROM events e JOIN interactions i "
        "ON i.id = e.interaction_id WHERE i.source = :channel "
        "AND e.kind IN ('message.delivered', 'message.failed') GROUP BY i.external_id",
        channel=channel,
    )
    return {str(call): int(times) for call, times in rows}
