"""Which day is meant: rules from the day on which they are read to a day of the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

JUST_PASSED = timedelta(days=90)
"""A day of the year that passed less than this ago is taken for that day, not for next year's."""

_FRIDAY = 4
_WEEK = timedelta(days=7)


class Day(NamedTuple):
    """`first` gives the day as seen from today, None where there is no such day.

    `again` gives the next such day, for when the hour has passed; without it the day is fixed.
    Both raise OverflowError beyond the calendar.
    """

    first: Callable[[date], date | None]
    again: Callable[[date], date | None] | None = None


NONE = Day(lambda _: None)
"""No day at all: of an hour that no clock shows."""


def in_days(count: int) -> Day:
    """That many days from today."""
    return Day(lambda today: today + timedelta(days=count))


def in_working_days(count: int) -> Day:
    """That many days from today, Saturdays and Sundays not counted."""

    def first(today: date) -> date:
        weeks, rest = divmod(count, 5)
        day = today + weeks * _WEEK
        while rest or day.weekday() > _FRIDAY:
            day += timedelta(days=1)
            rest -= day.weekday() <= _FRIDAY and rest > 0
        return day

    return Day(first)


def in_months(count: int) -> Day:
    """That many months from today, on the last day of a month that is too short."""
    return Day(lambda today: add_months(today, count))


def any_day() -> Day:
    """Today, or else tomorrow: for an hour without a day."""
    return Day(lambda today: today, lambda day: day + timedelta(days=1))


def weekday(place: int) -> Day:
    """The weekday that comes next, today included. Monday is 0."""
    return Day(
        lambda today: today + timedelta(days=(place - today.weekday()) % 7), lambda day: day + _WEEK
    )


def weekday_of_next_week(place: int) -> Day:
    """The weekday in the week that begins next Monday."""
    return Day(lambda today: today + timedelta(days=7 - today.weekday() + place))


def end_of_week() -> Day:
    """The Friday of this week."""
    return weekday(_FRIDAY)


def end_of_next_week() -> Day:
    """The Friday of next week."""
    return weekday_of_next_week(_FRIDAY)


def end_of_month(*, after: int = 0) -> Day:
    """The last day of this month, or of the one that comes `after` so many."""

    def last(day: date, months: int) -> date:
        return add_months(day.replace(day=1), months + 1) - timedelta(days=1)

    return Day(lambda today: last(today, after), lambda day: last(day, 1))


def on_date(year: int, month: int, day: int) -> Day:
    """That day of the calendar."""
    return Day(lambda _: _date(year, month, day))


def on_day_of_year(month: int, day: int) -> Day:
    """The next such day; one that has just passed is this year's."""

    def first(today: date) -> date | None:
        this_year = _date(today.year, month, day)
        if this_year and today - JUST_PASSED < this_year:
            return this_year
        if this_year is None and (month, day) >= (today.month, today.day):
            return None
        return _date(today.year + 1, month, day)

    return Day(first)


def on_day_of_month(day: int) -> Day:
    """The next day with that number, in a month that has it."""

    def first(today: date) -> date | None:
        months = (add_months(today.replace(day=1), count) for count in range(3))
        days = (_date(month.year, month.month, day) for month in months)
        return next((found for found in days if found and found >= today), None)

    return Day(first, lambda found: first(found + timedelta(days=1)))


def only_on(place: int, day: Day) -> Day:
    """That day if it is that weekday; else there is no such day."""

    def first(today: date) -> date | None:
        found = day.first(today)
        return found if found and found.weekday() == place else None

    return Day(first)


def add_months(day: date, count: int) -> date:
    """The same day of a later month, or its last one. Raises OverflowError."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        found = _date(year, month + 1, min(day.day, last))
        if found:
            return found
    raise OverflowError("beyond the calendar")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
