"""Which past days a text names: `mon`, `last week`, `7d`, `1.11.`, `nov`, `2026-W47`, `2026`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from agent_tui.domain.rules.due_days import add_months
from agent_tui.domain.rules.due_words import DayCode, DueWords, Unit

Stretch = tuple[Literal["week", "month", "year"], int]
"""A week, a month or a year, and how many of them ago."""


class Unclear(NamedTuple):
    """Why a text is not understood: a sentence, and what may have been meant."""

    message: str
    instead: str | None = None


class Days(NamedTuple):
    """Whole days: the first one, and the first one behind them."""

    first: date
    behind: date


ADAY = timedelta(days=1)
_AROUND: dict[DayCode, int] = {
    "before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "overmorrow": 2,
}
_PHRASES: tuple[tuple[Literal["week", "month", "year"], int, str], ...] = (
    ("week", 0, "this week|week|diese woche|cette semaine|esta semana"),
    ("week", 1, "last week|letzte woche|vorige woche|semaine derniere|semana pasada"),
    ("month", 0, "this month|month|diesen monat|dieser monat|ce mois-ci|este mes"),
    ("month", 1, "last month|letzten monat|voriger monat|mois dernier|mes pasado"),
    ("year", 0, "this year|year|dieses jahr|cette annee|este ano"),
    ("year", 1, "last year|letztes jahr|annee derniere|an dernier|ano pasado"),
)
STRETCHES: dict[str, Stretch] = {
    phrase: (unit, ago) for unit, ago, phrases in _PHRASES for phrase in phrases.split("|")
}
"""Weeks, months and years by their phrases (folded), in every language at once."""

_LAST = frozenset({"last", "past", "letzten", "letzter", "vorigen", "dernier", "pasado"})
_OF = frozenset({"of", "the", "de", "del", "la", "le", "el"})
_YEAR = re.compile(r"\d{4}")
_MONTH_OF_YEAR = re.compile(r"(\d{4})[-/.](\d{1,2})")
_WEEK_OF_YEAR = re.compile(r"(\d{4})-?w(\d{1,2})")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})?)?")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.|er|º)?")


class DaysReading:
    """Reads folded words with every table of a language in turn, as seen from `today`."""

    def __init__(self, today: date, tables: tuple[DueWords, ...]) -> None:
        self._today = today
        self._tables = tables

    def read(self, said: tuple[str, ...]) -> Days | Unclear | None:
        """The days that folded words name; None where they name none. Raises ValueError and
        OverflowError where there is no such day."""
        whole = " ".join(said)
        stretch = STRETCHES.get(" ".join(said[1:]) if said[0] in _OF else whole)
        if stretch is not None:
            return _stretch(self._today, *stretch)
        for table in self._tables:
            named = self._named(said, table) or self._dated(said, table)
            if named is not None:
                return named
        return self._in_figures(whole)

    def _named(self, said: tuple[str, ...], table: DueWords) -> Days | None:
        """A day, weekday or month by its name, also the last one."""
        code = table.days.get(" ".join(said))
        if code in _AROUND:
            return _one_day(self._today + _AROUND[code] * ADAY)
        is_last = len(said) == 2 and bool(_LAST.intersection(said))
        if len(said) != 1 and not is_last:
            return None
        name = next(word for word in said if not is_last or word not in _LAST)
        if name in table.weekdays:
            behind = (self._today.weekday() - table.weekdays[name]) % 7
            return _one_day(self._today - (behind or 7 * is_last) * ADAY)
        if name in table.months:
            month = table.months[name]
            is_ahead = (month, is_last) > (self._today.month, False)
            return _month(self._today.year - is_ahead, month)
        return None

    def _dated(self, said: tuple[str, ...], table: DueWords) -> Days | None:
        """`1 nov`, `nov 1`, `1st of november 2026`, `nov 2026`."""
        named = [word for word in said if word not in _OF]
        month = next((table.months[word] for word in named if word in table.months), None)
        rest = [word.rstrip(",") for word in named if word not in table.months]
        if month is None or len(rest) + 1 != len(named) or not 1 <= len(rest) <= 2:
            return None
        if _YEAR.fullmatch(rest[-1]):
            year = int(rest.pop())
            if not rest:
                return _month(year, month)
        elif len(rest) == 1:
            year = None
        else:
            return None
        day = _DAY_OF_MONTH.fullmatch(rest[0])
        return _one_day(self._date(year, month, int(day[1]))) if day else None

    def _in_figures(self, said: str) -> Days | Unclear | None:
        if _YEAR.fullmatch(said):
            return Days(date(int(said), 1, 1), date(int(said) + 1, 1, 1))
        if found := _WEEK_OF_YEAR.fullmatch(said):
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return Days(monday, monday + 7 * ADAY)
        if found := _MONTH_OF_YEAR.fullmatch(said):
            return _month(int(found[1]), int(found[2]))
        if found := _YEAR_FIRST.fullmatch(said):
            return _one_day(date(int(found[1]), int(found[3]), int(found[4])))
        if found := _DOTTED.fullmatch(said):
            return _one_day(self._date(_year(found[3]), int(found[2]), int(found[1])))
        if found := _SLASHED.fullmatch(said):
            return self._slashed(said, found)
        return None

    def _slashed(self, said: str, found: re.Match[str]) -> Days | Unclear:
        """`1/11` is not told apart from `11/1`, unless only one of them is a date."""
        orders = {(int(found[3]), int(found[1])), (int(found[1]), int(found[3]))}
        dates = sorted(set(self._dates(_year(found[4]), orders)), reverse=True)
        if not dates:
            raise ValueError("no such day")
        if len(dates) == 1:
            return _one_day(dates[0])
        meant = " or ".join(f"{one:%Y-%m-%d}" for one in dates)
        return Unclear(f"“{said}” may be two days: write {meant}", f"{dates[0]:%Y-%m-%d}")

    def _dates(self, year: int | None, orders: set[tuple[int, int]]) -> Iterator[date]:
        for month, day in orders:
            try:
                yield self._date(year, month, day)
            except ValueError:
                pass

    def _date(self, year: int | None, month: int, day: int) -> date:
        """That day; without a year the newest one that is not ahead. Raises ValueError."""
        if year is not None:
            return date(year, month, day)
        for ago in range(9):  # leap days may lie eight years apart
            try:
                found = date(self._today.year - ago, month, day)
            except ValueError:
                continue
            if found <= self._today:
                return found
        raise ValueError("no such day")


def _one_day(day: date) -> Days:
    return Days(day, day + ADAY)


def _month(year: int, month: int) -> Days:
    first = date(year, month, 1)
    return Days(first, add_months(first, 1))


def _stretch(today: date, unit: Literal["week", "month", "year"], ago: int) -> Days:
    if unit == "week":
        monday = today - (today.weekday() + 7 * ago) * ADAY
        return Days(monday, monday + 7 * ADAY)
    if unit == "month":
        first = add_months(today.replace(day=1), -ago)
        return Days(first, add_months(first, 1))
    return Days(date(today.year - ago, 1, 1), date(today.year - ago + 1, 1, 1))


def days_ago(today: date, count: int, unit: Unit) -> date:
    """The day so many days, weeks, months or years before `today`. Raises OverflowError."""
    if unit in ("month", "year"):
        return add_months(today, -count * (12 if unit == "year" else 1))
    return today - count * (7 if unit == "week" else 1) * ADAY


def _year(said: str | None) -> int | None:
    return None if said is None else int(said) + (2000 if len(said) == 2 else 0)
