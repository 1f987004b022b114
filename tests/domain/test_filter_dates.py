"""Past days mean the same to whoever reads them, and begin when the clocks say so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.filter_dates import (
    Period,
    day_begins,
    read_period,
    read_range,
    words_offered,
)
from agent_tui.domain.rules.filter_days import Unclear
from agent_tui.domain.rules.filter_writing import write_term
from agent_tui.domain.values.filters import Span
from tests.domain.filtered import LONDON, NOW, understood
from tests.text.strategies import anything

ZONES = [
    ZoneInfo(name)
    for name in (
        *("Europe/London", "America/New_York", "Asia/Kolkata", "America/Santiago", "Asia/Beirut"),
        *("Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca"),
    )
]
LANGUAGES = ["en", "de-AT", "fr", "es", "tr"]
zones = st.sampled_from(ZONES)
moments = st.integers(0, 60 * 365 * 24 * 60).map(
    lambda minutes: datetime(1980, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def days(words: str, language: str = "en", now: datetime = NOW) -> str:
    """The period as the clocks of London show it: both days where it is days."""
    found = read_period(words, now=now, zone=LONDON, language=language)
    assert isinstance(found, Period), found
    begin = found.begin.astimezone(LONDON)
    if found.end is None:
        return f"{begin:%Y-%m-%d %H:%M}"
    last = found.end.astimezone(LONDON) - timedelta(hours=12)
    assert day_begins(begin.date(), LONDON) == found.begin
    return f"{begin:%Y-%m-%d}" if begin.date() == last.date() else f"{begin:%m-%d} {last:%m-%d}"


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("today", "2026-11-24"),
        ("Yesterday", "2026-11-23"),
        ("day before yesterday", "2026-11-22"),
        ("tomorrow", "2026-11-25"),
        ("tue", "2026-11-24"),
        ("wed", "2026-11-18"),
        ("last tuesday", "2026-11-17"),
        ("7d", "2026-11-17"),
        ("7 days ago", "2026-11-17"),
        ("two weeks", "2026-11-10"),
        ("3mo", "2026-08-24"),
        ("1y", "2025-11-24"),
        ("3h", "2026-11-24 11:00"),
        ("90min", "2026-11-24 12:30"),
        ("this week", "11-23 11-29"),
        ("last week", "11-16 11-22"),
        ("the last month", "10-01 10-31"),
        ("last year", "01-01 12-31"),
        ("nov", "11-01 11-30"),
        ("december 2025", "12-01 12-31"),
        ("2026-10", "10-01 10-31"),
        ("2026", "01-01 12-31"),
        ("2026-W47", "11-16 11-22"),
        ("2026-11-01", "2026-11-01"),
        ("2026/11/1", "2026-11-01"),
        ("1.11.", "2026-11-01"),
        ("1.12", "2025-12-01"),
        ("1.11.25", "2025-11-01"),
        ("25/12", "2025-12-25"),
        ("12/25/2025", "2025-12-25"),
        ("5/5", "2026-05-05"),
        ("29.2.", "2024-02-29"),
        ("1st of nov", "2026-11-01"),
        ("Nov 1, 2025", "2025-11-01"),
        ("1 dec", "2025-12-01"),
        ("mon 14:00", "2026-11-23 14:00"),
        ("2026-11-01 9am", "2026-11-01 09:00"),
        ("2026-11-01T14:00", "2026-11-01 14:00"),
        ("2026-11-01t14:00:00z", "2026-11-01 14:00"),
        ("13:00", "2026-11-24 13:00"),
        ("14:30", "2026-11-23 14:30"),
        ("yesterday 2 pm", "2026-11-23 14:00"),
    ],
)
def test_a_date(words: str, means: str) -> None:
    assert days(words) == means


@pytest.mark.parametrize(
    ("language", "words", "means"),
    [
        ("de", "gestern", "2026-11-23"),
        ("de", "letzte Woche", "11-16 11-22"),
        ("de-AT", "vor 3 Tagen", "2026-11-21"),
        ("de", "mo 14 uhr", "2026-11-23 14:00"),
        ("de", "1. Dezember", "2025-12-01"),
        ("fr", "hier", "2026-11-23"),
        ("fr", "la semaine dernière", "11-16 11-22"),
        ("fr", "lundi dernier", "2026-11-23"),
        ("es", "ayer", "2026-11-23"),
        ("es", "el mes pasado", "10-01 10-31"),
        ("es", "yesterday", "2026-11-23"),
    ],
)
def test_a_date_in_another_language(language: str, words: str, means: str) -> None:
    assert days(words, language) == means


@pytest.mark.parametrize(
    ("words", "instead", "message"),
    [
        ("11/1", "2026-11-01", "may be two days: write 2026-11-01 or 2026-01-11"),
        ("1/11/2026", "2026-11-01", "may be two days"),
        ("2026-02-30", None, "no such day"),
        ("31/31", None, "no such day"),
        ("30.2.", None, "no such day"),
        ("9999y", None, "no such day"),
        ("1800", None, "no such day"),
        ("2026-11-01T25:00", None, "no such day"),
        ("yesterday 3", None, "may be two hours: write 15:00 or 03:00"),
        ("novembr", "november", "is no date"),
        ("last week 14:00", "last week", "is no date"),
        ("whenever", None, "is no date"),
    ],
)
def test_no_date(words: str, instead: str | None, message: str) -> None:
    found = read_period(words, now=NOW, zone=LONDON, language="en")
    assert isinstance(found, Unclear)
    assert message in found.message
    assert found.instead == instead


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("yesterday", "11-23 00:00", "11-24 00:00"),
        ("mon..tue", "11-23 00:00", "11-25 00:00"),
        ("1.11...5.11.", "11-01 00:00", "11-06 00:00"),
        ("mon 9:00..mon 12:00", "11-23 09:00", "11-23 12:00"),
        ("2026-10", "10-01 00:00", "11-01 00:00"),
    ],
)
def test_a_range(words: str, since: str, until: str) -> None:
    found = read_range(words, now=NOW, zone=LONDON, language="en")
    assert not isinstance(found, Unclear)
    assert tuple(f"{one.astimezone(LONDON):%m-%d %H:%M}" for one in found) == (since, until)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("3h", "is a moment"),
        ("tue..mon", "ends before it begins"),
        ("soon..mon", "“soon” is no date"),
        ("mon..", "is no date"),
    ],
)
def test_no_range(words: str, message: str) -> None:
    found = read_range(words, now=NOW, zone=LONDON, language="en")
    assert isinstance(found, Unclear)
    assert message in found.message


def test_a_day_is_after_its_beginning_on_itself_and_not_before_itself() -> None:
    [after, before, on] = understood("after:mon before:mon on:mon").filter.terms
    begin = datetime(2026, 11, 23, tzinfo=UTC)
    assert after == Span(since=begin)
    assert before == Span(until=begin)
    assert on == Span(since=begin, until=begin + timedelta(days=1))


def test_a_day_whose_midnight_the_clocks_skip_begins_with_its_first_moment() -> None:
    beirut, apia = ZoneInfo("Asia/Beirut"), ZoneInfo("Pacific/Apia")
    assert day_begins(date(2024, 3, 31), beirut).astimezone(beirut).hour == 1
    assert day_begins(date(2011, 12, 30), apia) == day_begins(date(2011, 12, 31), apia)


def test_a_day_with_a_clock_change_has_its_own_length() -> None:
    [on] = understood("on:2026-10-25").filter.terms
    assert isinstance(on, Span)
    assert on.since is not None
    assert on.until is not None
    assert on.until - on.since == timedelta(hours=25)


@given(st.dates(date(1980, 1, 1), date(2040, 1, 1)), zones)
def test_every_moment_is_of_one_day(day: date, zone: ZoneInfo) -> None:
    begin, behind = (day_begins(one, zone) for one in (day, day + timedelta(days=1)))
    assert begin <= behind
    assert begin.astimezone(zone).date() >= day
    assert (begin - timedelta(seconds=1)).astimezone(zone).date() < day
    if begin < behind:
        assert begin.astimezone(zone).date() == day


@given(anything, moments, zones, st.sampled_from(LANGUAGES))
def test_any_text_may_be_no_date(text: str, now: datetime, zone: ZoneInfo, language: str) -> None:
    for found in (
        read_period(text, now=now, zone=zone, language=language),
        read_range(text, now=now, zone=zone, language=language),
    ):
        assert isinstance(found, Unclear) or found[1] is None or found[0] <= found[1]


@given(moments, zones, st.sampled_from(LANGUAGES))
def test_what_is_offered_is_understood_and_is_not_ahead(
    now: datetime, zone: ZoneInfo, language: str
) -> None:
    for words in words_offered(language):
        found = read_period(words, now=now, zone=zone, language=language)
        assert isinstance(found, Period)
        assert found.begin <= now


@given(st.lists(moments, min_size=2, max_size=2, unique=True), zones, st.booleans())
def test_any_span_can_be_written(ends: list[datetime], zone: ZoneInfo, is_not: bool) -> None:
    since, until = sorted(ends)
    for span in (Span(since, until, is_not), Span(since=since), Span(until=until, is_not=is_not)):
        found = understood(write_term(span, zone=zone), zone=zone)
        assert found.filter.terms == (span,)


@given(st.dates(date(1980, 1, 1), date(2040, 1, 1)), st.integers(0, 500), zones)
def test_days_are_written_as_days(day: date, count: int, zone: ZoneInfo) -> None:
    since, until = (day_begins(day + timedelta(days=one), zone) for one in (0, count + 1))
    if since < until:
        written = write_term(Span(since, until), zone=zone)
        assert ":" not in written.removeprefix("on:")
        assert understood(written, zone=zone).filter.terms == (Span(since, until),)
