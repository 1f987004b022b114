"""Reads the words of a due time: which day, which hour, or how long from now.

What a phrase means does not depend on now, so each is read once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from functools import lru_cache
from typing import NamedTuple

from agent_tui.domain.rules import due_days
from agent_tui.domain.rules.due_days import Day
from agent_tui.domain.rules.due_words import (
    DayCode,
    DueWords,
    Part,
    Unit,
    due_words,
    may_end_due_time,
)

MOST_WORDS = 8
"""No due time is longer."""

Hours = tuple[time | None, ...]
"""The hours that may be meant; None is the end of the working day."""


class Length(NamedTuple):
    """A time from now: so many units."""

    number: int
    unit: Unit


class Phrase(NamedTuple):
    """What was written: a length from now, or days and hours, more than one where unclear.

    `is_sure` tells whether the first of several is the likely one.
    """

    days: tuple[Day, ...] = ()
    hours: Hours = (None,)
    length: Length | None = None
    is_sure: bool = True


PARTS: dict[Part, Hours] = {
    "morning": (time(12),),
    "noon": (time(12),),
    "afternoon": (None,),
    "evening": (time(20),),
    "midnight": (time(23, 59),),
}
DAYS: dict[DayCode, Day] = {
    "before yesterday": due_days.in_days(-2),
    "yesterday": due_days.in_days(-1),
    "today": due_days.in_days(0),
    "tomorrow": due_days.in_days(1),
    "overmorrow": due_days.in_days(2),
    "week": due_days.end_of_week(),
    "month": due_days.end_of_month(),
    "next week": due_days.end_of_next_week(),
    "next month": due_days.end_of_month(after=1),
}

_HOUR = re.compile(r"(\d{1,2})(?:([:.]|h|uhr)([0-5]\d))?([^\W\d_][\w']*)?")
_LIKE_AN_HOUR = re.compile(r"\d{1,2}:\d{2}(?:[ap]m)?|\d{1,2}[ap]m")
_LENGTH = re.compile(r"(?:\+ ?(\d{1,4})|(\d{1,4})|([^\W\d]+)) ?([^\W\d][^\d]*)")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:(\.)(\d{4}|\d{2})?)?")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_NUMBER = re.compile(r"(\d{1,2})(st|nd|rd|th|\.|er|º)?")
_EAST_ASIAN = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_ROUND_THE_CLOCK = "24/7"
_OF = frozenset({"of", "de", "del"})


@lru_cache(maxsize=4096)
def read_phrase(
    words: tuple[str, ...], language: str, month_first: bool | None
) -> tuple[int, Phrase] | None:
    """The longest due time at the end of `words` (folded): the place of its first word, and it.

    `month_first` tells what 05/06 is; None where nobody knows.
    """
    if not words or not may_end_due_time(words[-1], language):
        return None
    for begin in range(len(words)):
        for table in due_words(language):
            phrase = _Reading(table, month_first).phrase(words[begin:])
            if phrase is not None:
                is_past = begin and words[begin - 1] in table.past
                return None if is_past else (begin, phrase)
    return None


def read_hour(words: tuple[str, ...], hours: frozenset[str], *, led: bool = False) -> Hours | None:
    """A time of the day: `10am`, `10:30`, `10 uhr`; a bare number only where `led` by at or a day.

    Both halves of the day where a bare number does not tell.
    """
    found = _HOUR.fullmatch("".join(words))
    if found is None or len(words) > 3:
        return None
    hour, minute, said = int(found[1]), int(found[3] or 0), found[4] or ""
    if said in ("am", "pm"):
        return (time(hour % 12 + 12 * (said == "pm"), minute),) if 1 <= hour <= 12 else None
    if hour == 24 and not minute and (said or found[3]):
        return (time(23, 59),)
    if hour > 23 or (said and said != "h" and said not in hours):
        return None
    if said or (found[2] and found[2] != "."):
        return (time(hour, minute),)
    if not led or found[3] or not hour:
        return None
    # A bare number up to seven may be either; the hour at which people work comes first.
    if hour > 7:
        return (time(hour),)
    halves = time(hour), time(hour + 12)
    return halves if hour == 7 else halves[::-1]


class _Reading(NamedTuple):
    """Reads one phrase with one language's words."""

    words: DueWords
    month_first: bool | None

    def phrase(self, said: tuple[str, ...]) -> Phrase | None:
        """The whole of `said` as a due time, or None."""
        rest, lead = self._without_leads(said)
        whole = " ".join(rest)
        if whole in self.words.moments:
            code, part = self.words.moments[whole]
            day = DAYS[code] if code else due_days.any_day()
            return Phrase((day,), PARTS[part] if part else (None,))
        length = self._length(whole)
        if length is not None and length.unit != "working day":
            return Phrase(length=length)
        if rest and rest[0] in self.words.weak and len(rest) == 1 and not lead:
            return None
        if self._has_no_such_hour(rest, bool(lead)):
            return Phrase((due_days.NONE,))
        return self._days_and_hours(rest, bool(lead))

    def _days_and_hours(self, rest: tuple[str, ...], led: bool) -> Phrase | None:
        for parting in range(len(rest), -1, -1):
            before, (behind, lead) = rest[:parting], self._without_leads(rest[parting:])
            hours: Hours | None
            if parting == len(rest):
                days, hours = self._days(before, led), PARTS["afternoon"]
            elif parting == 0:
                days, hours = (due_days.any_day(),), read_hour(behind, self.words.hours)
            else:
                is_led = lead in self.words.hour_leads or (not lead and self._is_day_word(before))
                days, hours = self._days(before, led), self._hour_of_day(behind, is_led)
                if not (days and hours):
                    days = self._days(behind, led or bool(lead))
                    hours = read_hour(before, self.words.hours)
            if days and hours:
                return Phrase(days, hours, is_sure=len(days) < 2 or self.month_first is not None)
        return None

    def _has_no_such_hour(self, rest: tuple[str, ...], led: bool) -> bool:
        """Whether an hour is said that no clock shows: `fri 25:00`, `13pm tomorrow`, `at 10:75`.

        Without a day or a word that leads to it, it may be anything: `split 50:50`.
        """
        if not any(map(self._is_no_hour, rest)):
            return False
        parted = (
            (rest[:place], self._without_leads(rest[place:])[0]) for place in range(1, len(rest))
        )
        return (led and len(rest) == 1) or any(
            (len(behind) == 1 and self._is_no_hour(behind[0]) and self._days(before, led))
            or (len(before) == 1 and self._is_no_hour(before[0]) and self._days(behind, led=True))
            for before, behind in parted
        )

    def _is_no_hour(self, word: str) -> bool:
        return bool(_LIKE_AN_HOUR.fullmatch(word)) and read_hour((word,), self.words.hours) is None

    def _without_leads(self, said: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """What is left without by, until, on; and the last of those."""
        lead = ""
        while said:
            phrases = (" ".join(said[:count]) for count in (3, 2, 1))
            found = next((phrase for phrase in phrases if phrase in self.words.leads), None)
            if found is None:
                break
            lead, said = found, said[found.count(" ") + 1 :]
        return said, lead

    def _is_day_word(self, said: tuple[str, ...]) -> bool:
        """Whether these are a day for certain, so that a bare number behind them is its hour."""
        if self.words.days.get(" ".join(said)) in ("today", "tomorrow", "overmorrow"):
            return True
        return self._weekday(said) is not None and said[0] not in self.words.weak

    def _hour_of_day(self, said: tuple[str, ...], led: bool) -> Hours | None:
        part = self.words.parts.get(" ".join(said))
        return PARTS[part] if part is not None else read_hour(said, self.words.hours, led=led)

    def _length(self, whole: str) -> Length | None:
        within = next((word for word in self.words.within if whole.startswith(f"{word} ")), "")
        found = _LENGTH.fullmatch(whole.removeprefix(within).lstrip())
        if found is None or bool(found[1]) == bool(within):
            return None
        counted = found[1] or found[2]
        count = int(counted) if counted else self.words.numbers.get(found[3])
        unit = self.words.units.get(found[4])
        return None if count is None or unit is None else Length(count, unit)

    def _days(self, said: tuple[str, ...], led: bool) -> tuple[Day, ...]:
        """The days that may be meant; none where it is no day."""
        if not said:
            return ()
        whole = " ".join(said)
        if whole in self.words.days:
            return (DAYS[self.words.days[whole]],)
        place = self._weekday(said)
        if place is not None:
            return (place,)
        length = self._length(whole)
        if length is not None:
            return _length_in_days(length)
        if said[0] in self.words.weekdays:
            dates = self._dates_behind_weekday(self._without_leads(said[1:])[0])
            return tuple(due_days.only_on(self.words.weekdays[said[0]], day) for day in dates)
        return self._dates(said, led)

    def _weekday(self, said: tuple[str, ...]) -> Day | None:
        first, *others = said
        places = self.words.weekdays
        if not others:
            return due_days.weekday(places[first]) if first in places else None
        behind = " ".join(others)
        if first in self.words.this and behind in places:
            return due_days.weekday(places[behind])
        if first in self.words.next_before and behind in places:
            return due_days.weekday_of_next_week(places[behind])
        if behind in self.words.next_behind and first in places:
            return due_days.weekday_of_next_week(places[first])
        return None

    def _dates_behind_weekday(self, said: tuple[str, ...]) -> tuple[Day, ...]:
        """A date; a bare number too, where it is too large for an hour: `fri 27`."""
        if len(said) == 1 and said[0].isdecimal() and 24 <= int(said[0]) <= 31:
            return (due_days.on_day_of_month(int(said[0])),)
        return self._dates(said, led=True)

    def _dates(self, said: tuple[str, ...], led: bool) -> tuple[Day, ...]:
        if len(said) == 1:
            return self._date_in_figures(said[0], led)
        named = [word for word in said if word not in _OF]
        if not 2 <= len(named) <= 3:
            return ()
        day, month = (named[0], named[1]) if named[1] in self.words.months else named[1::-1]
        number = _NUMBER.fullmatch(day)
        if number is None or month not in self.words.months:
            return ()
        if len(named) == 2:
            return tuple(_dated(int(number[1]), self.words.months[month], None))
        if len(named[2]) == 4 and named[2].isdecimal():
            return tuple(_dated(int(number[1]), self.words.months[month], named[2]))
        return ()

    def _date_in_figures(self, said: str, led: bool) -> tuple[Day, ...]:
        if found := _YEAR_FIRST.fullmatch(said):
            return tuple(_dated(int(found[3]), int(found[2]), found[1]))
        if found := _DOTTED.fullmatch(said):
            # Without its last dot it is a number such as 27.11, unless a word says that it is not.
            return tuple(_dated(int(found[1]), int(found[2]), found[4])) if led or found[3] else ()
        if found := _EAST_ASIAN.fullmatch(said):
            return tuple(_dated(int(found[3]), int(found[2]), found[1]))
        if found := _SLASHED.fullmatch(said):
            if said == _ROUND_THE_CLOCK or (found[2] == "-" and not found[4]):
                return ()
            orders = [(int(found[1]), int(found[3])), (int(found[3]), int(found[1]))]
            if self.month_first:
                orders.reverse()
            if any(month > 12 for _, month in orders):
                orders = [order for order in orders if order[1] <= 12]
            return tuple(day for order in dict.fromkeys(orders) for day in _dated(*order, found[4]))
        number = _NUMBER.fullmatch(said)
        if number and number[2] in ("st", "nd", "rd", "th") and 1 <= int(number[1]) <= 31:
            return (due_days.on_day_of_month(int(number[1])),)
        return ()


def _dated(day: int, month: int, year: str | None) -> Iterator[Day]:
    """The date, if it is written like one; that it may not exist is for its rule to say."""
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return
    if year is None:
        yield due_days.on_day_of_year(month, day)
    else:
        yield due_days.on_date(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _length_in_days(length: Length) -> tuple[Day, ...]:
    if length.unit == "working day":
        return (due_days.in_working_days(length.number),)
    if length.unit == "month":
        return (due_days.in_months(length.number),)
    days = {"day": 1, "week": 7}.get(length.unit)
    return (due_days.in_days(length.number * days),) if days else ()
