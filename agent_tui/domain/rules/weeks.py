"""Whole weeks, as ISO 8601 has them: from Monday to Sunday. They are those of UTC, the same for
whoever asks, so that two answers never differ by hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

WEEK = timedelta(days=7)


def week_of(when: datetime) -> datetime:
    """The beginning of the week that a moment is in."""
    day = when.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def whole_weeks(since: datetime, until: datetime) -> tuple[datetime, datetime] | None:
    """From where to where whole weeks lie between two moments; None where there is none."""
    begin, end = week_of(since), week_of(until)
    if begin < since:
        begin += WEEK
    return (begin, end) if begin < end else None
