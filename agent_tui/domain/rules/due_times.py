"""Due times as people write them: `fri 10am`, `+3d`, `tomorrow morning`, `27.11.`.

A due time stands at the end of a text; what is not understood is none. A day alone means the end
of the working day, the morning ends at noon, the evening at 20:00. A length in days, weeks or
months keeps the hour that the clocks show now, one in hours and minutes is so long by the clock.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from operator import itemgetter

from agent_tui.domain.rules.due_days import Day, add_months
from agent_tui.domain.rules.due_foreign import read_foreign
from agent_tui.domain.rules.due_phrases import MOST_WORDS, Hours, Length, Phrase, read_phrase
from agent_tui.domain.rules.due_words import due_words, fold_word, has_table
from agent_tui.domain.values.marks import DueTime

DAY_ENDS = time(17)
"""When the working day ends, where nobody says."""

MONTH_FIRST = frozenset(["AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW", "UM", "US", "VI"])
"""Countries (ISO 3166) in which 05/06 is the sixth of May."""
EITHER_FIRST = frozenset(["CA"])
"""Countries in which it is both."""

_LONGEST_TAIL = 80
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"\S+")
_PUNCTUATION = ",;:!?)"
_DAY_WITH_DOT = re.compile(r"(?:\d{1,2}\.){1,2}")
_HALVES = {"a.m": "am", "p.m": "pm"}
_ADAY = timedelta(days=1)


def read_due(
    words: str,
    now: datetime,
    zone: tzinfo,
    *,
    language: str = "en",
    region: str | None = None,
    day_ends: time = DAY_ENDS,
) -> DueTime | None:
    """The due time at the end of `words`, or None. Any text will do.

    `now` is aware; `zone` is where the clocks hang; `language` (such as `en`, `de-AT`) and
    `region` (ISO 3166) are the writer's. English is understood in every language.
    """
    begin = _begin_of_tail(words)
    tail = _tail(words[begin:])
    if not tail:
        return None
    said = tuple(word for _, _, word in tail)
    month_first = None if region is None or region in EITHER_FIRST else region in MONTH_FIRST
    found = read_phrase(said, language, month_first)
    if not has_table(language):
        spelt = tuple(words[begin + start : begin + end] for start, end, _ in tail)
        here = now.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
        others = read_foreign(spelt, language, month_first, here)
        found = min(filter(None, (others, found)), key=itemgetter(0), default=None)
    if found is None:
        return None
    first, phrase = found
    start, end = begin + tail[first][0], begin + tail[-1][1]
    try:
        return _DueTimes(now, zone, day_ends, start, end, words[start:end]).of(phrase)
    except OverflowError:
        return DueTime(None, start, end, words[start:end], "impossible")


def offered(language: str) -> tuple[str, ...]:
    """Due times to choose from, the most usual first."""
    return due_words(language)[0].offered


def _begin_of_tail(words: str) -> int:
    """Where to begin to look for a due time, at the start of a word."""
    begin = max(0, len(words.rstrip()) - _LONGEST_TAIL)
    if begin:
        space = _SPACE.search(words, begin - 1)
        begin = space.end() if space else len(words)
    return begin


@lru_cache(maxsize=4096)
def _tail(text: str) -> tuple[tuple[int, int, str], ...]:
    """The last words: where they stand without their punctuation, and folded."""
    tail = []
    for one in list(_WORD.finditer(text))[-MOST_WORDS:]:
        bare = one[0].rstrip(_PUNCTUATION)
        if not _DAY_WITH_DOT.fullmatch(bare):
            bare = bare.rstrip(".")
        folded = fold_word(bare)
        tail.append((one.start(), one.start() + len(bare), _HALVES.get(folded, folded)))
    return tuple(tail)


class _DueTimes:
    """What a phrase that stands at `start` to `end` means now."""

    def __init__(
        self, now: datetime, zone: tzinfo, day_ends: time, start: int, end: int, words: str
    ) -> None:
        self._now = now.astimezone(UTC)
        self._zone = zone
        self._day_ends = day_ends
        self._where = (start, end, words)

    def of(self, phrase: Phrase) -> DueTime:
        """The due time. Raises OverflowError beyond the calendar."""
        if phrase.length is not None:
            at = self._from_now(phrase.length)
            return DueTime(at, *self._where, "past" if at <= self._now else None, (at,))
        found = [shown for day in phrase.days for shown in self._moments(day, phrase.hours)]
        ordered = list(dict.fromkeys(at for moments, _ in found for at in moments))
        ahead = [at for at in ordered if at > self._now]
        if not ordered:
            return DueTime(None, *self._where, "impossible")
        if not ahead:
            return DueTime(ordered[-1], *self._where, "past", tuple(ordered))
        if len(ahead) > 1:
            taken = ahead[0] if phrase.is_sure else None
            return DueTime(taken, *self._where, "ambiguous", tuple(ahead))
        was_moved = any(moved and ahead[0] in moments for moments, moved in found)
        return DueTime(ahead[0], *self._where, "impossible" if was_moved else None, tuple(ahead))

    def _moments(self, day: Day, hours: Hours) -> list[tuple[list[datetime], bool]]:
        """The moments at which clocks show these hours, of the first such day that is not over."""
        first = day.first(self._now.astimezone(self._zone).date())
        if first is None:
            return []
        shown = [self._shown(first, hour) for hour in hours]
        if day.again is None or any(moments[-1] > self._now for moments, _ in shown):
            return shown
        following = day.again(first)
        return [self._shown(following, hour) for hour in hours] if following else []

    def _shown(self, day: date, hour: time | None) -> tuple[list[datetime], bool]:
        return moments_of(datetime.combine(day, hour or self._day_ends), self._zone)

    def _from_now(self, length: Length) -> datetime:
        count, unit = length
        if unit == "minute":
            return self._now + timedelta(minutes=count)
        if unit == "hour":
            return self._now + timedelta(hours=count)
        here = self._now.astimezone(self._zone).replace(tzinfo=None)
        if unit in ("month", "year"):
            day = add_months(here.date(), count * (12 if unit == "year" else 1))
        else:
            day = here.date() + count * (7 * _ADAY if unit == "week" else _ADAY)
        moments, _ = moments_of(datetime.combine(day, here.time()), self._zone)
        return moments[0]


def moments_of(local: datetime, zone: tzinfo) -> tuple[list[datetime], bool]:
    """The moments in UTC at which the clocks of `zone` show `local`, the earlier first.

    Two where clocks are set back. Where they are set forward and skip it, the moment that they
    would have shown it at, and True. PEP 495 is the rule. Raises OverflowError.
    """
    early, late = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early.astimezone(zone).replace(tzinfo=None) != local:
        return [early], True
    return ([early, late] if early < late else [early]), False
