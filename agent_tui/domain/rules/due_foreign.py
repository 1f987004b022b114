"""Due times in further languages, for which there is no table here: the days are `dateparser`'s.

It is asked only where every word is one of the language's words for days, months and lengths, or
a number: it finds dates in almost anything. Hours are read here, as it loses some of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from agent_tui.domain.rules import due_days
from agent_tui.domain.rules.due_phrases import Hours, Length, Phrase, read_hour
from agent_tui.domain.rules.due_words import fold_word, main_language

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_COMING = re.compile(r"(0|in \d+) (day|week|month|year)( ago)?")
"""Keys of phrases for today and later; `0 second ago` is now, which is no due time."""
_FIGURES = re.compile(r"[\d.,:/-]*\d[\d.,:/-]*")
_PATTERN_SIGNS = re.compile(r"\(.*?\)|\\.|[\[\]?*+|]")
_NO_HOUR: Hours = (None,)
_YEAR = re.compile(r"\b\d{4}\b")


class _Known(NamedTuple):
    """A language's folded words, without figures."""

    weekdays: frozenset[str]
    phrases: frozenset[str]
    """Today, tomorrow, next week."""
    counted: frozenset[str]
    """Months and units, which need a number with them."""
    others: frozenset[str]
    """Words that go with these."""
    hours: frozenset[str]

    def has_day(self, said: tuple[str, ...]) -> bool:
        """Whether these words may name a day, rather than only look like such words."""
        bare = [_bare(word) for word in said]
        if self.weekdays.intersection(bare):
            return True
        counts = any(letter.isdecimal() for word in said for letter in word)
        if counts and self.counted.intersection(bare):
            return True
        spaced = f" {' '.join(said)} "
        return any(f" {phrase} " in spaced for phrase in self.phrases)

    def length(self, said: tuple[str, ...]) -> int:
        """How many words at the end are all among these, or numbers."""
        known = self.weekdays | self.counted | self.others | self.hours
        known |= {word for phrase in self.phrases for word in phrase.split()}
        foreign = (count for count, word in enumerate(reversed(said)) if _bare(word) not in known)
        return next(foreign, len(said))


@lru_cache(maxsize=256)
def read_foreign(
    words: tuple[str, ...], language: str, month_first: bool | None, here: datetime
) -> tuple[int, Phrase] | None:
    """The longest due time at the end of `words`: the place of its first word, and it.

    `here` is what the clocks show, naive, to the minute.
    """
    code = main_language(language)
    known = _known(code)
    folded = tuple(map(fold_word, words))
    if known is None:
        return None
    for first in range(len(words) - known.length(folded), len(words)):
        if known.has_day(folded[first:]):
            phrase = _phrase(words[first:], _parser(code, month_first, here), here, known)
            if phrase is not None:
                return first, phrase
    return None


def warm_up(language: str) -> None:
    """Load what the first question would wait for: a tenth of a second or more."""
    code = main_language(language)
    if _known(code) is not None:
        _parser(code, None, datetime(2026, 1, 1)).get_date_data("1")  # noqa: DTZ001


def _bare(word: str) -> str:
    """A word without the figures in it; nothing is left of a number."""
    return _FIGURES.sub("", word)


def _phrase(words: tuple[str, ...], parser: Any, here: datetime, known: _Known) -> Phrase | None:
    for parting in range(1, len(words) + 1):
        hours = _hours(words[parting:], known)
        day = _asked(parser, " ".join(words[:parting])) if hours else None
        if hours is None or day is None:
            continue
        if day.date() < here.date() and not _YEAR.search(" ".join(words)):
            return None
        if hours == _NO_HOUR and day.time() not in (time(0), here.time()):
            minutes = (day - here) // timedelta(minutes=1)
            return Phrase(length=Length(minutes, "minute")) if minutes > 0 else None
        return Phrase((due_days.on_date(day.year, day.month, day.day),), hours)
    return None


def _hours(words: tuple[str, ...], known: _Known) -> Hours | None:
    """The hour behind a day; the end of the working day where there is nothing."""
    said = [fold_word(word) for word in words]
    while said and said[0] in known.others:
        said.pop(0)
    if said:
        return read_hour(tuple(said), known.hours, led=len(said) < len(words))
    return None if words else _NO_HOUR


def _asked(parser: Any, words: str) -> datetime | None:
    """What `dateparser` makes of the words; it stumbles over some that are no dates."""
    try:
        found: datetime | None = parser.get_date_data(words).date_obj
    except (ValueError, OverflowError, TypeError, LookupError, AttributeError):
        return None
    return found.replace(tzinfo=None) if found else None


@lru_cache(maxsize=8)
def _parser(language: str, month_first: bool | None, here: datetime) -> Any:
    from dateparser.date import DateDataParser

    settings: dict[str, Any] = {
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": here,
        "DATE_ORDER": "MDY" if month_first else "DMY",
    }
    return DateDataParser(languages=[language], settings=settings)


@lru_cache(maxsize=8)
def _known(language: str) -> _Known | None:
    """The words of a language; None where `dateparser` does not know it."""
    from dateparser.languages.loader import default_loader

    try:
        info: dict[str, Any] = default_loader.get_locale(language).info
    except (ValueError, LookupError, AttributeError):
        return None
    coming = [said for key, said in info.get("relative-type", {}).items() if _COMING.match(key)]
    patterns = [
        said for key, said in info.get("relative-type-regex", {}).items() if key[:3] == "in "
    ]
    counted = [word for said in patterns for one in said for word in _worded(one)]
    units = [
        word
        for key in ("year", "month", "week", "day", "hour", "minute", *_MONTHS)
        for word in info.get(key, ())
    ]
    return _Known(
        weekdays=_folded(word for key in _WEEKDAYS for word in info.get(key, ())),
        phrases=_folded(one for said in coming for one in said),
        counted=_folded([*counted, *units]),
        others=_folded([*info.get("in", ()), *info.get("skip", ())]) | {""},
        hours=_folded(info.get("hour", ())),
    )


def _worded(pattern: str) -> list[str]:
    return _PATTERN_SIGNS.sub(" ", pattern).split()


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_bare(fold_word(word)) for word in words) - {""}
