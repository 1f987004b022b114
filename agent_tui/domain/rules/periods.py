"""Whole weeks and months for lines over time, and figures added up. All periods are of UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from agent_tui.domain.rules.weeks import WEEK, week_of
from agent_tui.domain.values.measures import By, Figure, Period

MOST = 600
"""Periods of one line: more than eleven years of weeks."""


def month_of(when: datetime) -> datetime:
    """The beginning of the month that a moment is in."""
    return when.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def period_of(when: datetime, by: By) -> Period:
    """The whole week or month that a moment is in."""
    if by == "week":
        begin = week_of(when)
        return Period(begin, begin + WEEK, by)
    begin = month_of(when)
    year, month = divmod(begin.year * 12 + begin.month, 12)
    return Period(begin, begin.replace(year=year, month=month + 1), by)


def periods(since: datetime, until: datetime, by: By) -> tuple[Period, ...]:
    """All whole periods that have a part between two moments, from the oldest on; at most the
    newest `MOST`. None where `until` is not behind `since`."""
    found: list[Period] = []
    end = until
    while end > since and len(found) < MOST:
        begin = end - datetime.resolution
        found.append(period_of(begin, by))
        end = found[-1].since
    return tuple(reversed(found))


def last_periods(newest: datetime, by: By, count: int) -> tuple[Period, ...]:
    """So many whole periods up to the one that a moment is in, from the oldest on."""
    found = [period_of(newest, by)]
    while len(found) < count:
        found.append(period_of(found[-1].since - datetime.resolution, by))
    return tuple(reversed(found))


def total(figures: Sequence[Figure]) -> Figure | None:
    """Figures of one measure over periods that follow one another, as one; None for none at all.

    What nothing is known of is left out. Not for spreads: somebody who was in touch in two weeks
    is one person of both together.
    """
    known = [one for one in figures if one.n is not None and one.count is not None]
    if not figures:
        return None
    first, last = figures[0].period, figures[-1].period
    whole = Period(min(first, last).since, max(first, last).until)
    if not known:
        return replace(figures[0], period=whole)
    return Figure(
        known[0].measure,
        whole,
        sum(one.count or 0 for one in known),
        sum(one.n or 0 for one in known),
        sum(one.missing for one in known),
    )
