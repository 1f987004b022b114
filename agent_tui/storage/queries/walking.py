"""The interactions that a filter finds, by their places, in stretches that take a bounded time.

Places are gone through in windows of so many matches of a lead (`filter_leads`); what else is asked
is checked within each. A walk can be stopped between two windows and gone on with from there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agent_tui.domain.values.recent import RecentPlace
from agent_tui.storage.queries import filter_repeats
from agent_tui.storage.queries.filter_leads import EveryOne, Way, best_way
from agent_tui.storage.queries.filtering import Compiled
from agent_tui.storage.queries.word_leads import within
from agent_tui.storage.reader import Reader, one_of
from agent_tui.storage.words import BEYOND, FIRST_PLACE

FIRST_STEPS = 2_000
"""Interactions looked at one by one before a lead is chosen."""
STEPS = 500
_MOST_STEPS = 16_000
_COUNTED_STEPS = 50_000
WINDOW_S = 0.02
"""What looking at one window for a page should take, so that a page can end in time."""
_IN_PASSING = 7
"""So many interactions are told to be repeats in the time in which one is told by itself."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was found in a window, in the direction of the walk; `reached` is the place up to which
    all was looked at, None at the end."""

    places: tuple[RecentPlace, ...]
    reached: RecentPlace | None


def walk(
    reader: Reader,
    wanted: Compiled,
    *,
    beyond: RecentPlace | None = None,
    down: bool = True,
    at_most: int | None = None,
) -> Iterator[Stretch]:
    """Go through the matches beyond a place, newest first, or upwards from the oldest on.

    `at_most` is how many one stretch may find: a page needs no more.
    """
    low, high, tie = _bounds(wanted, beyond, down=down)
    way = Way(EveryOne(reader))
    steps = FIRST_STEPS if at_most is not None else _MOST_STEPS
    chosen = wanted.is_everything
    if at_most is None and not chosen:
        way, chosen = best_way(reader, wanted, high if down else low, steps, down=down), True
    while low < high:
        began = time.monotonic()
        at = high if down else low
        edge = way.lead.edge(at, steps, down=down)
        begin, end = _window(low, high, edge, down=down)
        found, is_whole = _found(reader, wanted, way, (begin, end), tie, down, at_most)
        if not is_whole:
            tie = found.raw[-1]
            low, high = (low, tie.rank + 1) if down else (tie.rank, high)
        else:
            tie = None
            low, high = (low, begin) if down else (end, high)
        is_over = low >= high
        took = time.monotonic() - began
        yield Stretch(tuple(found.kept), None if is_over else _reached(low, high, tie, down=down))
        if not chosen and not is_over:
            way = best_way(reader, wanted, high if down else low, STEPS, down=down)
            steps, chosen = STEPS, True
        elif is_whole and took < WINDOW_S / 2:
            steps = min(steps * 2, _MOST_STEPS)
        elif took > WINDOW_S and at_most is not None:
            steps = max(steps // 2, STEPS // 8, 1)


def count(reader: Reader, wanted: Compiled) -> Iterator[int]:
    """How many there are, window by window: each number is to be added to those before."""
    if wanted.is_everything and wanted.since == FIRST_PLACE and wanted.until == BEYOND:
        row = reader.row("SELECT count(*) FROM interactions")
        yield int(row[0]) if row else 0
        return
    if wanted.checks:
        yield from (len(stretch.places) for stretch in walk(reader, wanted))
        return
    # What is compared is how far a way leads from the newest on, not from the end of all time.
    newest = EveryOne(reader).edge(wanted.until, 0, down=True)
    low, high = wanted.since, FIRST_PLACE if newest is None else newest + 1
    if low >= high:
        return
    way = best_way(reader, wanted, high, _COUNTED_STEPS, down=True)
    if wanted.again is not None and _are_all_asked(reader, wanted, way, high):
        others = [sql for sql in wanted.conditions if wanted.again.condition not in sql]
        values = wanted.bound.values
        yield from filter_repeats.count(reader, wanted.again, others, values, _COUNTED_STEPS)
        return
    while low < high:
        edge = way.lead.edge(high, _COUNTED_STEPS, down=True)
        begin, end = _window(low, high, edge, down=True)
        sql, values = _counting(reader, wanted, way, begin, end)
        row = reader.row(sql, **values)
        yield int(row[0]) if row else 0
        high = begin


def _are_all_asked(reader: Reader, wanted: Compiled, way: Way, high: int) -> bool:
    """Whether repeats are counted sooner among all that there ever were than on this way."""
    if wanted.said or wanted.since > FIRST_PLACE or wanted.until < BEYOND:
        return False
    everyones = EveryOne(reader).edge(high, _COUNTED_STEPS, down=True)
    its = way.lead.edge(high, _COUNTED_STEPS, down=True)
    if everyones is None or its is None:
        return everyones is its
    return high - its < (high - everyones) * _IN_PASSING


def among(reader: Reader, wanted: Compiled, places: list[RecentPlace]) -> set[int]:
    """Those of a few interactions that are found."""
    if not places:
        return set()
    way = Way(_These(tuple(places)), frozenset(wanted.said))
    low, high = min(places).rank, max(places).rank + 1
    found, _ = _found(reader, wanted, way, (low, high), None, True, None)
    return {place.interaction_id for place in found.kept}


def places_of(reader: Reader, ids: list[int]) -> list[RecentPlace]:
    """Where interactions stand; those that are gone are left out. In no order."""
    condition, values = one_of("id", ids)
    rows = reader.rows(f"SELECT place, id FROM interactions WHERE {condition}", **values)
    return [RecentPlace(int(row[0]), int(row[1])) for row in rows]


@dataclass(frozen=True, slots=True)
class _These:
    """A lead to a few interactions that are known."""

    places: tuple[RecentPlace, ...]

    def edge(self, _at: int, _steps: int, *, down: bool) -> int | None:  # noqa: ARG002
        """They fit into one window."""
        return None

    def source(self, low: int, high: int) -> tuple[str, dict[str, Any]]:
        """These interactions."""
        listed, values = one_of("i.id", [place.interaction_id for place in self.places], "lead")
        return f"interactions i WHERE {listed} AND i.place >= :low AND i.place < :high", values | {
            "low": low,
            "high": high,
        }


@dataclass(frozen=True, slots=True)
class _Found:
    """Places that the database found, and those that passed the checks."""

    raw: list[RecentPlace]
    kept: list[RecentPlace]


def _bounds(
    wanted: Compiled, beyond: RecentPlace | None, *, down: bool
) -> tuple[int, int, RecentPlace | None]:
    low, high, tie = wanted.since, wanted.until, None
    if beyond is not None and down and beyond.rank < high:
        high, tie = beyond.rank + 1, beyond
    elif beyond is not None and not down and beyond.rank >= low:
        low, tie = beyond.rank, beyond
    return low, high, tie


def _window(low: int, high: int, edge: int | None, *, down: bool) -> tuple[int, int]:
    """The window up to an edge, which is in it; at least one place wide."""
    if edge is None:
        return low, high
    if down:
        return max(low, min(edge, high - 1)), high
    return low, min(high, max(edge, low) + 1)


def _reached(low: int, high: int, tie: RecentPlace | None, *, down: bool) -> RecentPlace:
    """The place beyond which the walk goes on."""
    if tie is not None:
        return tie
    return RecentPlace(high, 0) if down else RecentPlace(low, -1)


def _asked(
    reader: Reader, wanted: Compiled, way: Way, low: int, high: int
) -> tuple[str, dict[str, Any]]:
    """FROM and WHERE of the matches in a window."""
    source, values = way.lead.source(low, high)
    words, more = way.words(reader, wanted.said, low, high)
    values = values | wanted.bound.values | more
    return " AND ".join([source, *wanted.conditions, *words]), values


def _counting(
    reader: Reader, wanted: Compiled, way: Way, low: int, high: int
) -> tuple[str, dict[str, Any]]:
    """What counts the matches in a window. Where words alone are asked for, they are counted as
    they stand in their index: no interaction is looked at."""
    if len(wanted.said) == 1 and not wanted.conditions and not wanted.said[0].is_not:
        is_common = isinstance(way.lead, EveryOne)
        inner, values = within(reader, wanted.said[0], low, high, "said", is_common=is_common)
        key = "id" if reader.is_postgres else "place"
        return f"SELECT count(DISTINCT f.{key}) FROM ({inner}) f", values
    source, values = _asked(reader, wanted, way, low, high)
    return f"SELECT count(*) FROM {source}", values


def _found(
    reader: Reader,
    wanted: Compiled,
    way: Way,
    window: tuple[int, int],
    tie: RecentPlace | None,
    down: bool,
    at_most: int | None,
) -> tuple[_Found, bool]:
    """What is found in a window, and whether that is all there is in it."""
    source, values = _asked(reader, wanted, way, *window)
    sign, order = ("<", "DESC") if down else (">", "ASC")
    if tie is not None:
        source += f" AND (i.place {sign} :tie OR i.place = :tie AND i.id {sign} :tie_id)"
        values |= {"tie": tie.rank, "tie_id": tie.interaction_id}
    limit = ""
    if at_most is not None:
        limit = " LIMIT :at_most"
        values["at_most"] = at_most
    rows = reader.rows(
        f"SELECT i.place, i.id FROM {source} ORDER BY i.place {order}, i.id {order}{limit}",
        **values,
    )
    raw = [RecentPlace(int(row[0]), int(row[1])) for row in rows]
    kept = raw
    for check in wanted.checks:
        passing = check.passing(reader, [place.interaction_id for place in kept])
        kept = [place for place in kept if place.interaction_id in passing]
    return _Found(raw, kept), at_most is None or len(raw) < at_most
