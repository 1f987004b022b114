"""Whole weeks: Monday to Sunday in UTC, and nothing of a week that has only begun."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.weeks import WEEK, week_of, whole_weeks

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
EAST = timezone(timedelta(hours=13))
moments = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, EAST]),
)


def test_a_week_begins_on_monday_in_utc() -> None:
    assert week_of(datetime(2026, 11, 22, 23, 59, tzinfo=UTC)) == MONDAY
    assert week_of(MONDAY) == MONDAY
    assert week_of(datetime(2026, 11, 16, 1, tzinfo=EAST)) == MONDAY - WEEK


def test_what_has_only_begun_is_no_whole_week() -> None:
    assert whole_weeks(MONDAY, MONDAY + WEEK) == (MONDAY, MONDAY + WEEK)
    assert whole_weeks(MONDAY, MONDAY + WEEK - timedelta(seconds=1)) is None
    assert whole_weeks(MONDAY + timedelta(seconds=1), MONDAY + WEEK) is None


@given(moments, moments)
def test_weeks_lie_within_and_are_whole(since: datetime, until: datetime) -> None:
    found = whole_weeks(since, until)
    if found is None:
        assert until - since < 2 * WEEK
        return
    begin, end = found
    assert since <= begin < end <= until
    assert (end - begin) % WEEK == timedelta()
    assert (begin - since) < WEEK > (until - end)
