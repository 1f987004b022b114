"""Moments as short words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules import ages

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)

moments = st.datetimes(timezones=st.sampled_from([UTC, LONDON, timezone(timedelta(hours=14))]))
zones = st.sampled_from([UTC, LONDON, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/New_York")])


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        ({"seconds": 59}, "now"),
        ({"minutes": -10}, "now"),
        ({"minutes": 25}, "25 min"),
        ({"hours": 3, "minutes": 59}, "3 h"),
        ({"hours": 14}, "14 h"),
        ({"hours": 15}, "1 d"),
        ({"days": 2}, "2 d"),
        ({"days": 59}, "59 d"),
        ({"days": 60}, "2 mo"),
        ({"days": 244}, "8 mo"),
        ({"days": 1096}, "3 y"),
    ],
)
def test_how_long_ago(passed: dict[str, int], said: str) -> None:
    assert ages.ago(NOW - timedelta(**passed), NOW, UTC) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (NOW - timedelta(days=6), "late 6 d"),
        (NOW - timedelta(hours=2), "late 2 h"),
        (NOW - timedelta(minutes=5), "late 5 min"),
        (NOW - timedelta(seconds=1), "late 0 min"),
        (NOW, "14:02"),
        (NOW.replace(hour=17, minute=0), "17:00"),
        (NOW + timedelta(days=1), "tomorrow"),
        (datetime(2026, 11, 26, 9, tzinfo=UTC), "Thu"),
        (datetime(2026, 12, 3, 9, tzinfo=UTC), "3 Dec"),
        (datetime(2029, 12, 3, 9, tzinfo=UTC), "Dec 2029"),
        (None, "no date"),
    ],
)
def test_when_something_is_due(when: datetime | None, said: str) -> None:
    assert ages.due(when, NOW, UTC) == said


def test_days_are_those_of_the_readers_calendar() -> None:
    evening = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    morning = datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert ages.due(evening, morning, UTC) == "late 1 d"
    assert ages.due(evening, morning, ZoneInfo("Asia/Tokyo")) == "late 8 h"


def test_the_short_day_of_spring_and_the_long_one_of_autumn_are_one_day_each() -> None:
    for month, day in ((3, 28), (10, 24)):
        noon = datetime(2026, month, day, 12, tzinfo=LONDON)
        next_noon = datetime(2026, month, day + 1, 12, tzinfo=LONDON)
        assert ages.days_between(noon, next_noon, LONDON) == 1
        assert ages.due(next_noon, noon, LONDON) == "tomorrow"
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    assert ages.clock_time(twice.astimezone(UTC), LONDON) == "01:30"
    assert ages.clock_time(twice.replace(fold=1).astimezone(UTC), LONDON) == "01:30"
    later = twice.replace(fold=1).astimezone(UTC) - twice.astimezone(UTC)
    assert later == timedelta(hours=1)
    assert ages.is_late(twice.astimezone(UTC), twice.replace(fold=1).astimezone(UTC))


def test_a_day_of_another_year_names_its_year() -> None:
    assert ages.day(NOW, NOW, UTC) == "today"
    assert ages.day(NOW - timedelta(days=5), NOW, UTC) == "17 Nov"
    assert ages.day(datetime(2023, 11, 5, tzinfo=UTC), NOW, UTC) == "Nov 2023"
    assert ages.weekday(NOW - timedelta(days=5), NOW, UTC) == "Tue 17 Nov"
    assert ages.weekday(datetime(2023, 11, 5, tzinfo=UTC), NOW, UTC) == "Sun 5 Nov 2023"


def test_a_place_in_a_conversation() -> None:
    assert [ages.offset(seconds) for seconds in (-3, 41, 3_727)] == ["00:00", "00:41", "1:02:07"]
    assert ages.clock_time_exact(NOW, UTC) == "14:02:00"


@given(moments, moments, zones)
def test_any_moment_has_words_and_late_means_past(
    when: datetime, now: datetime, zone: ZoneInfo
) -> None:
    said = ages.due(when, now, zone)
    assert said.startswith("late ") == (when < now) == ages.is_late(when, now)
    for words in (
        ages.ago(when, now, zone),
        ages.day(when, now, zone),
        ages.weekday(when, now, zone),
        ages.clock_time(when, zone),
        ages.clock_time_exact(when, zone),
    ):
        assert words.isprintable()
        assert words
    assert not (ages.is_late(when, now) and ages.is_due_today(when, now, zone))


@pytest.mark.parametrize(
    "edge", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)]
)
def test_the_ends_of_the_calendar_which_files_use_for_never_have_words(edge: datetime) -> None:
    for hours in (-12, 14):
        zone = timezone(timedelta(hours=hours))
        assert ages.day(edge, NOW, zone).endswith(str(edge.year))
