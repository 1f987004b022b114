"""Due times mean the same moment to whoever reads them, across clock changes and languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_tui.domain.rules.due_times import moments_of, offered, read_due
from agent_tui.domain.values.marks import DueTime
from tests.text.strategies import anything

ZONES = {
    name: ZoneInfo(name)
    for name in (
        "Europe/London",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "Pacific/Apia",
    )
}
LONDON, BERLIN = ZONES["Europe/London"], ZONES["Europe/Berlin"]
TUESDAY = datetime(2026, 11, 24, 14, tzinfo=UTC)


def _hours_from(day: datetime, count: int) -> datetime:
    return day + timedelta(hours=count)


zones = st.sampled_from(list(ZONES.values()))
moments = st.one_of(
    st.integers(0, 26 * 365 * 24 * 60).map(
        lambda minutes: datetime(2009, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    # Around the clock changes of London, Berlin and New York in 2026 and the day that Apia skipped.
    *(
        st.integers(-80, 80).map(partial(_hours_from, day))
        for day in (
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            datetime(2026, 10, 25, 1, tzinfo=UTC),
            datetime(2026, 3, 8, 7, tzinfo=UTC),
            datetime(2026, 11, 1, 6, tzinfo=UTC),
            datetime(2011, 12, 30, 10, tzinfo=UTC),
        )
    ),
)
hours = st.one_of(
    st.just(""), st.times().map(lambda at: f" {at:%H:%M}"), st.sampled_from([" 10am", " 2:30am"])
)
days = st.one_of(
    st.sampled_from(
        [
            *(
                "fri",
                "next tuesday",
                "today",
                "tomorrow",
                "+3d",
                "in 2 weeks",
                "the 31st",
                "27.11.",
            ),
            *("end of month", "end of week", "next week", "29.2.", "31.02.", "in 3 working days"),
            *("05/06", "11/27", "nov 27", "mon 27 nov", "morgen", "+2mo", "31.12.9999"),
        ]
    ),
    st.dates(date(2009, 1, 1), date(2040, 1, 1)).map(str),
    st.tuples(st.integers(1, 31), st.integers(1, 12)).map(lambda day: f"{day[0]}.{day[1]}."),
)
written = st.tuples(days, hours).map("".join)


SPOKEN = str.split(
    "fri venerdì domani tra 3 ore giorni 27 novembre 2020 settimana prossima 10:00 alle + "
    "morgen uur 99 week завтра через дня 明日 3日後 next in 0 12345678901234567890"
)


def read(
    words: str, now: datetime = TUESDAY, zone: ZoneInfo = LONDON, **given: str | None
) -> DueTime:
    due = read_due(words, now, zone, **{"region": "GB", **given})  # type: ignore[arg-type]
    assert due is not None, words
    return due


@given(written, moments, zones, st.sampled_from(["en", "de"]), st.sampled_from(["GB", "US", None]))
def test_a_due_time_lies_ahead_unless_it_says_otherwise(
    words: str, now: datetime, zone: ZoneInfo, language: str, region: str | None
) -> None:
    due = read_due(f"call {words}", now, zone, language=language, region=region)
    if due is None:
        assert words.startswith("morgen")
        assert language == "en"
        return
    assert all(at.utcoffset() == timedelta(0) for at in due.meant)
    if due.at is None:
        assert due.problem in ("impossible", "ambiguous")
        return
    assert due.at in due.meant
    assert due.at.utcoffset() == timedelta(0)
    assert (due.at <= now) == (due.problem == "past")
    assert (len(due.meant) > 1) == (due.problem == "ambiguous") or due.problem == "past"


@given(st.integers(1, 400), moments, zones)
def test_days_from_now_keep_the_hour_that_clocks_show(
    count: int, now: datetime, zone: ZoneInfo
) -> None:
    here = now.astimezone(zone).replace(tzinfo=None)
    due = read(f"+{count}d", now, zone)
    assert due.at is not None
    there = due.at.astimezone(zone).replace(tzinfo=None)
    _, was_skipped = moments_of(here + timedelta(days=count), zone)
    assert there == here + timedelta(days=count) or was_skipped
    assert due.problem is None


@given(st.integers(1, 9999), moments, zones)
def test_hours_and_minutes_from_now_are_so_long(count: int, now: datetime, zone: ZoneInfo) -> None:
    assert read(f"+{count}h", now, zone).at == now + timedelta(hours=count)
    assert read(f"in {count} minutes", now, zone).at == now + timedelta(minutes=count)


@given(moments, zones, st.times())
def test_a_weekday_is_within_the_week_and_at_its_hour(
    now: datetime, zone: ZoneInfo, at: time
) -> None:
    due = read(f"fri {at:%H:%M}", now, zone)
    assert due.at is not None
    assert now < due.at <= now + timedelta(days=8)
    here = due.at.astimezone(zone)
    if due.problem != "impossible":
        assert (here.weekday(), here.hour, here.minute) == (4, at.hour, at.minute)


@settings(deadline=None)
@given(anything, st.sampled_from(["en", "de", "fr", "es", "it", "ja", "ar", "pt-BR", "qq", ""]))
def test_any_text_may_stand_there(words: str, language: str) -> None:
    for text in (words, f"{words} fri 10am"):
        due = read_due(text, TUESDAY, LONDON, language=language)
        if due is not None:
            assert text[due.start : due.end] == due.words


@settings(deadline=None)  # The first question loads dateparser.
@given(
    st.lists(
        st.sampled_from(SPOKEN),
        max_size=6,
    ).map(" ".join),
    st.sampled_from(["it", "nl", "ru", "ja"]),
)
def test_words_for_days_in_any_order_do_no_harm(words: str, language: str) -> None:
    due = read_due(words, TUESDAY, LONDON, language=language)
    assert due is None or due.problem is not None or (due.at or TUESDAY) > TUESDAY


@pytest.mark.parametrize(
    "words",
    [
        *("refund 20", "send form 17", "support 24/7", "room 5", "see what we may", "do it now"),
        *(
            "have a nice day",
            "it broke last friday",
            "since monday",
            "version 27.11",
            "takes 3 days",
        ),
        *(
            "at 5",
            "99/99",
            "25:00",
            "13pm",
            "call",
            "",
            " ",
            "+3",
            "+3x",
            "10-12",
            "1.2.3.4",
            "fri 0",
            "fri 32",
            "27 nov 10 12",
        ),
        *("das ist morgen", "20/13/2026", "in days", "3 days ago", "every mon", "50p", "£5pm"),
    ],
)
def test_what_is_no_due_time(words: str) -> None:
    assert read_due(words, TUESDAY, LONDON, region="GB") is None


@pytest.mark.parametrize("day", ["fri", "friday at", "on friday around", "this fri", "Fri. by"])
@pytest.mark.parametrize("hour", range(1, 24))
def test_a_bare_number_behind_a_day_is_its_hour(day: str, hour: int) -> None:
    due = read(f"call back {day} {hour}")
    friday = datetime(2026, 11, 27, tzinfo=UTC)
    halves = [friday.replace(hour=one) for one in (hour, hour + 12) if one < 24]
    assert due.words == f"{day} {hour}"
    if hour > 7:
        assert (due.at, due.problem) == (friday.replace(hour=hour), None)
    else:
        assert (due.problem, sorted(due.meant)) == ("ambiguous", halves)
        assert due.at == next(half for half in halves if 7 <= half.hour <= 18)


def test_of_two_halves_of_a_day_the_one_that_has_passed_is_not_meant() -> None:
    for words in ("today at 7", "tue 7", "tuesday at 7"):
        assert (read(words).at, read(words).problem) == (TUESDAY.replace(hour=19), None)
    evening = TUESDAY.replace(hour=20)
    assert read("tue at 7", evening).at == TUESDAY.replace(day=1, month=12, hour=7)
    assert read("today at 7", evening).problem == "past"


@pytest.mark.parametrize(
    ("language", "words", "local"),
    [
        ("de", "freitag 10", "2026-11-27 10:00"),
        ("de", "morgen 15", "2026-11-25 15:00"),
        ("fr", "vendredi 10", "2026-11-27 10:00"),
        ("es", "mañana 9", "2026-11-25 09:00"),
    ],
)
def test_a_bare_hour_in_other_languages(language: str, words: str, local: str) -> None:
    due = read(words, language=language)
    assert (due.at, due.problem) == (datetime.fromisoformat(f"{local}+00:00"), None)
    assert read_due("das geht so 10", TUESDAY, LONDON, language="de") is None


def test_a_number_behind_a_weekday_that_is_no_hour_is_its_day() -> None:
    assert read("fri 27").at == datetime(2026, 11, 27, 17, tzinfo=UTC)
    assert (read("fri 28").at, read("fri 28").problem) == (None, "impossible")


def test_an_hour_that_clocks_skip_is_moved_and_said() -> None:
    due = read("29.3.2026 01:30", datetime(2026, 3, 1, tzinfo=UTC))
    assert due.problem == "impossible"
    assert due.at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert due.at.astimezone(LONDON).hour == 2


def test_an_hour_that_clocks_show_twice_is_both() -> None:
    due = read("25.10.2026 02:30", datetime(2026, 10, 1, tzinfo=UTC), BERLIN)
    assert due.problem == "ambiguous"
    assert due.meant == (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )
    assert due.at == due.meant[0]
    between = read("25.10.2026 02:30", datetime(2026, 10, 25, 1, tzinfo=UTC), BERLIN)
    assert (between.at, between.problem) == (due.meant[1], None)


def test_a_day_that_a_zone_skipped_is_moved() -> None:
    apia = ZONES["Pacific/Apia"]
    due = read("30.12.2011", datetime(2011, 12, 1, tzinfo=UTC), apia)
    assert due.problem == "impossible"
    assert due.at is not None
    assert due.at.astimezone(apia).date() == date(2011, 12, 31)


def test_a_date_is_read_as_its_country_writes_it() -> None:
    june, may = date(2027, 6, 5), date(2027, 5, 6)

    def told(region: str | None) -> tuple[date | None, list[date], str | None]:
        due = read("05/06", region=region)
        return due.at and due.at.date(), [at.date() for at in due.meant], due.problem

    assert told("GB") == (june, [june, may], "ambiguous")
    assert told("US") == (may, [may, june], "ambiguous")
    assert told("CA") == told(None) == (None, [june, may], "ambiguous")
    assert read("05/05").problem is None
    assert read("06-05-2027", region="US").at == read("05/06/2027").meant[0] - timedelta(0)


def test_a_day_that_has_just_passed_is_a_slip_and_not_next_year() -> None:
    assert read("20.11.").problem == "past"
    assert read("20.8.").at == datetime(2027, 8, 20, 16, tzinfo=UTC)
    assert read("2020-01-01").problem == "past"


def test_a_day_that_is_over_is_past_in_every_language() -> None:
    for words in ("call back yesterday", "day before yesterday", "yesterday 10am"):
        assert read(words).problem == "past"
    for language, over in (
        ("de", ("gestern", "vorgestern")),
        ("fr", ("hier", "avant-hier")),
        ("es", ("ayer", "anteayer")),
    ):
        yesterday, before = (read(words, language=language) for words in over)
        assert yesterday.problem == before.problem == "past"
        assert yesterday.at == datetime(2026, 11, 23, 17, tzinfo=UTC)
        assert before.at == datetime(2026, 11, 22, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "tue 25:00"),
        ("en", "tomorrow at 10:75"),
        ("en", "13pm tomorrow"),
        ("en", "fri 0am"),
        ("en", "27.11. 24:30"),
        ("en", "at 25:00"),
        ("en", "by fri 99:99"),
        ("de", "morgen um 25:00"),
        ("fr", "vendredi à 31:00"),
    ],
)
def test_hours_that_no_clock_shows(language: str, words: str) -> None:
    due = read(words, language=language)
    assert (due.at, due.problem, due.words) == (None, "impossible", words)


@pytest.mark.parametrize("words", ["split 50:50", "scored 31:28", "call 25:00"])
def test_figures_that_are_like_an_hour_without_a_day(words: str) -> None:
    assert read_due(words, TUESDAY, LONDON) is None


def test_days_that_are_not_in_the_calendar() -> None:
    for words in ("31.02.", "31.4.2027", "29 feb 2027", "mon 27 nov", "+9999y"):
        assert (read(words).at, read(words).problem) == (None, "impossible")
    assert read("29.2.", datetime(2027, 3, 1, tzinfo=UTC)).at == datetime(
        2028, 2, 29, 17, tzinfo=UTC
    )
    assert read("+1mo", datetime(2027, 1, 31, 12, tzinfo=UTC)).at == datetime(
        2027, 2, 28, 12, tzinfo=UTC
    )


def test_working_days_leave_weekends_out() -> None:
    friday = datetime(2026, 11, 27, 9, tzinfo=UTC)
    for count, day in ((1, 30), (2, 1), (5, 4), (6, 7)):
        due = read(f"in {count} working days", friday)
        assert due.at is not None
        assert due.at.day == day


def test_the_working_day_ends_when_it_is_said_to() -> None:
    due = read_due("fri", TUESDAY, LONDON, day_ends=time(18, 30))
    assert due is not None
    assert due.at == datetime(2026, 11, 27, 18, 30, tzinfo=UTC)
    east = timezone(timedelta(hours=5, minutes=30))
    kolkata = read_due("fri", TUESDAY, east)
    assert kolkata is not None
    assert kolkata.at == datetime(2026, 11, 27, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize("words", ["call back fri 10am.", "call back fri 10 a.m.,", "!x fri 10AM)"])
def test_punctuation_behind_it_is_not_part_of_it(words: str) -> None:
    due = read(words)
    assert due.at == datetime(2026, 11, 27, 10, tzinfo=UTC)
    assert due.words.rstrip(".,)") == due.words


@pytest.mark.parametrize(
    ("language", "words", "local"),
    [
        ("it", "richiamare domani alle 10:00", "2026-11-25 10:00"),
        ("it", "tra 3 giorni", "2026-11-27 17:00"),
        ("it", "tra 2 ore", "2026-11-24 16:00"),
        ("pl", "piątek 10:00", "2026-11-27 10:00"),
        ("ru", "в пятницу", "2026-11-27 17:00"),
        ("ja", "11月27日", "2026-11-27 17:00"),
        ("pt-BR", "amanhã", "2026-11-25 17:00"),
        ("sv", "fri 10am", "2026-11-27 10:00"),
        ("de", "am freitag um 10", "2026-11-27 10:00"),
        ("de-AT", "bis fr. 10 uhr", "2026-11-27 10:00"),
        ("de", "uebermorgen", "2026-11-26 17:00"),
        ("fr", "d'ici lundi prochain", "2026-11-30 17:00"),
        ("es", "el martes que viene", "2026-12-01 17:00"),
        ("es", "27 de noviembre de 2026", "2026-11-27 17:00"),
    ],
)
def test_other_languages(language: str, words: str, local: str) -> None:
    assert read(words, language=language).at == datetime.fromisoformat(f"{local}+00:00")


def test_a_word_that_is_also_a_weekday_needs_more_than_itself() -> None:
    assert read_due("das geht so", TUESDAY, BERLIN, language="de") is None
    assert read("am so", language="de").words == "am so"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it"])
def test_what_is_offered_is_understood(language: str) -> None:
    for words in offered(language):
        assert read(words, language=language).words == words
