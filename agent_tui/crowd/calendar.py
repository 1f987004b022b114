"""When people get in touch: over three years, by day and hour, more of them every year."""

from __future__ import annotations

from bisect import bisect
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

DAYS = 3 * 365 + 1

_OF_WEEKDAY = (120, 108, 102, 100, 98, 45, 25)
_OF_MONTH = (118, 104, 100, 94, 92, 90, 86, 84, 98, 104, 112, 116)
_OF_HOUR = (1, 1, 1, 1, 1, 2, 8, 25, 70, 100, 104, 96, 70, 82, 92, 88, 80, 64, 46, 38, 30, 18, 8, 3)
_HOUR = 3_600
_MARGIN = timedelta(hours=2)
"""Whoever gets in touch last has been answered when the three years end."""
_GROWTH = 40
"""The last day has so many percent more than the first."""


class Calendar:
    """The three years before the day `until`, with the share of each moment in them."""

    def __init__(self, until: date) -> None:
        self.end = datetime.combine(until, time(), UTC)
        self._begin = self.end - timedelta(days=DAYS)
        weights = [self._weight(day) for day in range(DAYS)]
        self._days = list(accumulate(weights))
        self._hours = list(accumulate(weight * _HOUR for weight in _OF_HOUR))

    def moment(self, place: int, count: int) -> datetime:
        """The moment of the talk at `place` of `count` that stand in the order of time."""
        passed = (2 * place + 1) * self._days[-1]
        day = bisect(self._days, passed // (2 * count))
        before = self._days[day - 1] if day else 0
        share = passed - before * 2 * count
        of_day = (self._days[day] - before) * 2 * count
        reached = share * self._hours[-1] // of_day
        hour = bisect(self._hours, reached)
        into_hour = (reached - (self._hours[hour - 1] if hour else 0)) // _OF_HOUR[hour]
        return self._begin - _MARGIN + timedelta(days=day, hours=hour, seconds=into_hour)

    def _weight(self, day: int) -> int:
        when = self._begin + timedelta(days=day)
        growth = 100 * DAYS + _GROWTH * day
        return _OF_WEEKDAY[when.weekday()] * _OF_MONTH[when.month - 1] * growth
