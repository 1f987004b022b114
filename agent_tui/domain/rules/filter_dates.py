"""Past days and moments as people write them in a filter: `mon`, `7d`, `last week`, `1.11.`, `nov`.

Where due times look ahead (`due_times`), these look back: `mon` is the newest Monday, today
included, `nov` the November that began last. A day begins at the first moment at which the clocks
show it, which need not be midnight.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from agent_tui.domain.rules.due_phrases import read_hour
from agent_tui.domain.rules.due_times import moments_of
from agent_tui.domain.rules.due_words import DueWords, due_words, fold_word
from agent_tui.domain.rules.filter_days import ADAY, STRETCHES, Days, DaysReading, Unclear, days_ago
from agent_tui.text.nearest import nearest

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""What is written with a year outside them is told to be no day."""

_AGO = re.compile(
    r"(?:(?:last|past|vor|hace|il y a) )?(\d{1,4}|[^\W\d]+) ?([^\W\d][^\d]*?)(?: ago)?"
)
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(z|[+-]\d\d:?\d\d(?::?\d\d)?)?"
)
_RANGE = re.compile(r"(.+?)\.\.(?!\.)(.+)", re.S)


class Period(NamedTuple):
    """From `begin` on and before `end`, in UTC; a moment where `end` is None."""

    begin: datetime
    end: datetime | None


def read_range(
    words: str, *, now: datetime, zone: tzinfo, language: str
) -> tuple[datetime, datetime] | Unclear:
    """What `on:` takes: a day, a week, a month or a year, or `one..another`, both included."""
    found = _RANGE.fullmatch(words)
    if found is None:
        within = read_period(words, now=now, zone=zone, language=language)
        if isinstance(within, Unclear):
            return within
        if within.end is None:
            return Unclear(
                f"“{words}” is a moment: say a day, or from when to when, as in 9:00..12:00"
            )
        return within.begin, within.end
    first, last = (
        read_period(one.strip(), now=now, zone=zone, language=language) for one in found.groups()
    )
    if isinstance(first, Unclear):
        return first
    if isinstance(last, Unclear):
        return last
    behind = last.end or last.begin
    if behind <= first.begin:
        swapped = f"{found[2].strip()}..{found[1].strip()}"
        return Unclear(f"“{words}” ends before it begins", swapped)
    return first.begin, behind


def read_period(words: str, *, now: datetime, zone: tzinfo, language: str) -> Period | Unclear:
    """A day, week, month, year or moment, seen from `now` (aware) by the clocks of `zone`.

    Any text will do; `language` is a tag such as `de-AT`, English is understood in each.
    """
    said = tuple(fold_word(words).split())
    reading = _Reading(now, zone, due_words(language))
    try:
        return reading.period(said) or _unknown(words, due_words(language))
    except (OverflowError, ValueError):
        return Unclear(f"there is no such day as “{words}”")


def day_begins(day: date, zone: tzinfo) -> datetime:
    """The first moment, in UTC, at which the clocks of `zone` show that day or a later one.

    Raises OverflowError at the ends of the calendar.
    """
    midnight = datetime.combine(day, time())
    moments, is_skipped = moments_of(midnight, zone)
    if not is_skipped:
        return moments[0]
    # The clocks jumped over midnight somewhere between the two readings of it (PEP 495).
    before, behind = (midnight.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    while behind - before > timedelta(seconds=1):
        middle = (before + (behind - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).date() < day:
            before = middle
        else:
            behind = middle
    return behind


def words_offered(language: str) -> dict[str, str]:
    """Words for days, weeks and months to choose from, the most usual first, with their meaning."""
    table = due_words(language)[0]
    first_of: dict[int, str] = {}
    for word, place in table.weekdays.items():
        first_of.setdefault(place, word)
    offered = {
        next(word for word, code in table.days.items() if code == meant): meant
        for meant in ("today", "yesterday")
    }
    offered |= {"7d": "seven days ago", "30d": "thirty days ago"}
    offered |= {"this week": "since Monday", "last week": "from Monday to Sunday"}
    offered |= {"this month": "since the 1st", "last month": "the month before"}
    return offered | dict.fromkeys(first_of.values(), "the newest such day")


class _Reading:
    """Reads folded words, with every table of a language in turn."""

    def __init__(self, now: datetime, zone: tzinfo, tables: tuple[DueWords, ...]) -> None:
        self._now = now.astimezone(UTC)
        self._zone = zone
        self._today = now.astimezone(zone).date()
        self._tables = tables
        self._days = DaysReading(self._today, tables)

    def period(self, said: tuple[str, ...]) -> Period | Unclear | None:
        """The whole of `said`; None where it is no date. Raises ValueError, OverflowError where
        there is no such day."""
        if not said:
            return None
        whole = " ".join(said)
        written = _MOMENT.fullmatch(whole)
        if written:
            return self._moment(written)
        days = self._days.read(said)
        if isinstance(days, Unclear):
            return days
        if days is not None:
            return Period(self._begin(days.first), self._begin(days.behind))
        return self._ago(whole) or self._with_hour(said)

    def _begin(self, day: date) -> datetime:
        if not FIRST_YEAR <= day.year <= LAST_YEAR + 1:
            raise OverflowError("beyond the calendar")
        return day_begins(day, self._zone)

    def _moment(self, written: re.Match[str]) -> Period:
        at = datetime.fromisoformat(f"{written[1]}T{written[2]}")
        self._begin(at.date())
        if written[3]:
            offset = written[3].replace("z", "+00:00")
            return Period(datetime.fromisoformat(f"{at.isoformat()}{offset}").astimezone(UTC), None)
        return Period(moments_of(at, self._zone)[0][0], None)

    def _ago(self, whole: str) -> Period | None:
        """`7d`, `2 weeks ago`: whole days; `3h`, `90min`: a moment."""
        found = _AGO.fullmatch(whole)
        if found is None:
            return None
        for table in self._tables:
            unit = table.units.get(found[2])
            count = int(found[1]) if found[1].isdecimal() else table.numbers.get(found[1])
            if unit is None or unit == "working day" or count is None:
                continue
            if unit in ("hour", "minute"):
                length = timedelta(hours=count) if unit == "hour" else timedelta(minutes=count)
                return Period(self._now - length, None)
            day = days_ago(self._today, count, unit)
            return Period(self._begin(day), self._begin(day + ADAY))
        return None

    def _with_hour(self, said: tuple[str, ...]) -> Period | Unclear | None:
        """`mon 14:00`, `yesterday 2 pm`; an hour alone is the newest such one."""
        for table in self._tables:
            for parting in range(max(0, len(said) - 2), len(said)):
                hours = read_hour(said[parting:], table.hours, led=parting > 0)
                if hours is None:
                    continue
                if len(hours) > 1:
                    meant = " or ".join(f"{hour:%H:%M}" for hour in hours if hour)
                    return Unclear(f"“{said[-1]}” may be two hours: write {meant}")
                return self._at(said[:parting], hours[0] or time())
        return None

    def _at(self, said: tuple[str, ...], hour: time) -> Period | None:
        if not said:
            moments = moments_of(datetime.combine(self._today, hour), self._zone)[0]
            if moments[0] > self._now:
                yesterday = self._today - ADAY
                moments = moments_of(datetime.combine(yesterday, hour), self._zone)[0]
            return Period(moments[0], None)
        days = self._days.read(said)
        if isinstance(days, Days) and days.behind - days.first == ADAY:
            self._begin(days.first)
            return Period(moments_of(datetime.combine(days.first, hour), self._zone)[0][0], None)
        return None


def _unknown(words: str, tables: tuple[DueWords, ...]) -> Unclear:
    known = [word for table in tables for named in (table.days, table.weekdays, table.months)
             for word in named]  # fmt: skip
    near = nearest(fold_word(words), [*STRETCHES, *known])
    return Unclear(
        f"“{words}” is no date: such as today, mon, 7d, last week, nov, 2026-11-01", near
    )
