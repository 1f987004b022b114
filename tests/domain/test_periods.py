"""Whole weeks and months, and figures over several of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from agent_tui.domain.rules.periods import MOST, last_periods, period_of, periods, total
from agent_tui.domain.values.measures import By, Figure, Period

EARLIEST = datetime(1999, 1, 1, tzinfo=UTC)
MOMENTS = some.timedeltas(timedelta(0), timedelta(days=15_000)).map(lambda one: EARLIEST + one)
BYS = some.sampled_from(("week", "month"))


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


def test_weeks_and_months() -> None:
    new_year = day(2027, 1, 1)
    assert period_of(new_year, "week") == Period(day(2026, 12, 28), day(2027, 1, 4), "week")
    assert period_of(new_year, "month") == Period(day(2027, 1, 1), day(2027, 2, 1), "month")
    assert period_of(new_year - datetime.resolution, "month").since == day(2026, 12, 1)
    there = datetime(2027, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert period_of(there, "month").since == day(2026, 12, 1), "months are of UTC"


def test_nothing_between() -> None:
    assert periods(day(2026, 1, 2), day(2026, 1, 1), "week") == ()
    assert periods(day(2026, 1, 1), day(2026, 1, 1), "week") == ()
    assert len(periods(day(1900, 1, 1), day(2026, 1, 1), "week")) == MOST


def test_the_last_periods_end_with_the_present_one() -> None:
    monday = day(2026, 11, 23)
    weeks = last_periods(monday + timedelta(hours=15), "week", 26)
    assert (len(weeks), weeks[0].since, weeks[-1].since) == (26, day(2026, 6, 1), monday)
    months = last_periods(monday, "month", 12)
    assert (len(months), months[0].since, months[-1].until) == (
        12,
        day(2025, 12, 1),
        day(2026, 12, 1),
    )


@given(MOMENTS, some.timedeltas(timedelta(seconds=1), timedelta(days=900)), BYS)
def test_periods_follow_one_another_and_hold_both_ends(
    since: datetime, length: timedelta, by: By
) -> None:
    until = since + length
    found = periods(since, until, by)
    assert found[0].since <= since < found[0].until
    assert found[-1].since < until <= found[-1].until
    assert all(one.until == other.since for one, other in pairwise(found))
    assert all(period_of(one.since, by) == one for one in found)


def test_figures_are_added_up_where_they_are_known() -> None:
    week, next_week = periods(day(2026, 3, 2), day(2026, 3, 16), "week")
    whole = Period(week.since, next_week.until)
    one = Figure("agenda_recorded", week, 2, 5, 1)
    other = Figure("agenda_recorded", next_week, 1, 1, 2)
    none = Figure("agenda_recorded", next_week, None, None, why="not recorded yet")
    assert total([]) is None
    assert total([other, one]) == Figure("agenda_recorded", whole, 3, 6, 3)
    assert total([one, none]) == Figure("agenda_recorded", whole, 2, 5, 1)
    unknown = total([none, none])
    assert unknown is not None
    assert (unknown.count, unknown.n, unknown.why) == (None, None, "not recorded yet")
