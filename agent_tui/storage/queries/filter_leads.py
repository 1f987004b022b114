"""What may lead through the interactions that a filter finds: a way to go from match to match.

The walk over all of them is right where matches are dense. Where they are rare, it is better led by
the rarest thing that is asked for: an agent, a topic, words, or records such as promises. A lead
finds a superset of the matches within a window of places; the rest is checked on these.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from agent_tui.storage.queries.filtering import Compiled, LeadingColumn, Said
from agent_tui.storage.queries.word_leads import WINDOW, OfWords, edge_of, of_each, within
from agent_tui.storage.reader import Reader, one_of
from agent_tui.storage.words import BEYOND, DAY_S, FIRST_PLACE, IN_A_SECOND, LAST_S, moment_of

MOST_RECORDS = 5_000
"""Interactions of a kind of records that are gathered at once; of more it is no lead."""
_MOST_VALUES = 30
_FAR_MORE = 50
"""So many documents are read in a row in the time in which one is looked up by itself."""
_EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
_LATEST = datetime(9999, 12, 30, tzinfo=UTC)


class Lead(Protocol):
    """A way through. Windows are of places, from `low` on and below `high`."""

    def edge(self, at: int, steps: int, *, down: bool) -> int | None:
        """The place about so many matches below `at` (or from `at` on upwards), or None where
        fewer are left. Where it is exactly does not matter, it makes windows of a size."""

    def source(self, low: int, high: int) -> tuple[str, dict[str, Any]]:
        """FROM and WHERE of the interactions `i` within a window, and the values of both."""


class EveryOne:
    """All interactions by their places."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def edge(self, at: int, steps: int, *, down: bool) -> int | None:
        """The place so many interactions further."""
        return edge_of(
            self._reader, "SELECT place FROM interactions WHERE {}", "place", at, steps, down=down
        )

    def source(self, low: int, high: int) -> tuple[str, dict[str, Any]]:
        """The interactions of a window."""
        by = "" if self._reader.is_postgres else " INDEXED BY interactions_place"
        return f"interactions i{by} WHERE {WINDOW}", {"low": low, "high": high}


class OfColumn:
    """The interactions with one of some values in a column that has an index with places: whose
    they are, on which channel, whether they got what they came for. None among the values stands
    for none."""

    def __init__(
        self, reader: Reader, column: LeadingColumn, values: Sequence[int | str | None]
    ) -> None:
        self._reader, self._column, self._values = reader, column, values
        self._known = [value for value in values if value is not None]

    def edge(self, at: int, steps: int, *, down: bool) -> int | None:
        """The nearest of the values' edges, so that a window has so many of each at most."""
        found = [self._edge_of(value, at, steps, down=down) for value in self._values]
        edges = [edge for edge in found if edge is not None]
        if not edges:
            return None
        return max(edges) if down else min(edges)

    def _edge_of(self, value: int | str | None, at: int, steps: int, *, down: bool) -> int | None:
        asked = {} if value is None else {"value": value}
        which = "IS NULL" if value is None else "= :value"
        sql = f"SELECT place FROM interactions WHERE {self._column} {which} AND {{}}"
        return edge_of(self._reader, sql, "place", at, steps, down=down, **asked)

    def source(self, low: int, high: int) -> tuple[str, dict[str, Any]]:
        """Their interactions of a window."""
        listed, values = one_of(f"i.{self._column}", self._known, "lead")
        values |= {"low": low, "high": high}
        if len(self._known) == len(self._values):
            index = f"interactions_{self._column.removesuffix('_id')}"
            by = "" if self._reader.is_postgres else f" INDEXED BY {index}"
            return f"interactions i{by} WHERE {listed} AND {WINDOW}", values
        found = " UNION ALL ".join(
            f"SELECT i.id FROM interactions i WHERE {which} AND {WINDOW}"
            for which in (listed, f"i.{self._column} IS NULL")
        )
        return f"interactions i WHERE i.id IN ({found}) AND {WINDOW}", values


class OfTopics:
    """The interactions with one of some topics, by when they were opened."""

    def __init__(self, reader: Reader, topics: Sequence[str]) -> None:
        self._reader, self._topics = reader, topics

    def edge(self, at: int, steps: int, *, down: bool) -> int | None:
        """The nearest of the topics' edges."""
        edges = []
        for topic in self._topics:
            sign, order = ("<", "DESC") if down else (">=", "ASC")
            row = self._reader.row(
                "SELECT i.place FROM interactions i WHERE i.id = (SELECT t.interaction_id "
                f"FROM interaction_topics t WHERE t.topic = :topic AND t.opened_at {sign} :at "
                f"ORDER BY t.opened_at {order} LIMIT 1 OFFSET :steps)",
                topic=topic,
                at=_until(at) if down else _moment(at),
                steps=steps,
            )
            if row is not None:
                edges.append(int(row[0]))
        if not edges:
            return None
        # Of what is on the way to the edge, some may stand beyond it; one step is made at least.
        return min(max(edges), at - 1) if down else max(min(edges), at + 1)

    def source(self, low: int, high: int) -> tuple[str, dict[str, Any]]:
        """Their interactions of a window."""
        listed, values = one_of("t.topic", self._topics, "lead")
        found = (
            f"(SELECT DISTINCT t.interaction_id FROM interaction_topics t WHERE {listed} "
            "AND t.opened_at >= :lead_since AND t.opened_at < :lead_until) t"
        )
        join = f"{found} CROSS JOIN interactions i WHERE i.id = t.interaction_id AND {WINDOW}"
        return join, values | {
            "low": low,
            "high": high,
            "lead_since": _since(low),
            "lead_until": _until(high),
        }


class OfRecords:
    """The interactions of records that are few, all gathered."""

    def __init__(self, reader: Reader, found: Sequence[tuple[int, int]]) -> None:
        self._reader = reader
        self._found = sorted(found)

    def edge(self, at: int, steps: int, *, down: bool) -> int | None:
        """The place so many of them further."""
        begin = bisect_left(self._found, (at,))
        position = begin - 1 - steps if down else begin + steps
        return self._found[position][0] if 0 <= position < len(self._found) else None

    def __len__(self) -> int:
        return len(self._found)

    def source(self, low: int, high: int) -> tuple[str, dict[str, Any]]:
        """Those of a window."""
        begin, end = (bisect_left(self._found, (edge,)) for edge in (low, high))
        listed, values = one_of("i.id", [one[1] for one in self._found[begin:end]], "lead")
        return f"interactions i WHERE {listed} AND {WINDOW}", values | {"low": low, "high": high}


@dataclass(frozen=True, slots=True)
class Way:
    """A lead, and how words that are asked for besides are looked up on it: those of `each`
    interaction by itself, since there are far more of these words than of what leads, others for
    a window as a whole. Words that lead need no more."""

    lead: Lead
    each: frozenset[Said] = frozenset()

    def words(
        self, reader: Reader, said: Sequence[Said], low: int, high: int
    ) -> tuple[list[str], dict[str, Any]]:
        """Conditions over an interaction `i` of a window, and their values."""
        conditions: list[str] = []
        values: dict[str, Any] = {}
        # What leads is compared before the interactions are read that it leads to.
        key = "i.id" if reader.is_postgres else "i.place"
        key = "d.key" if isinstance(self.lead, OfWords) else key
        for place, one in enumerate(said):
            if isinstance(self.lead, OfWords) and self.lead.said == one:
                continue
            name = f"said{place}"
            if one in self.each:
                condition, more = of_each(reader, one, name)
                conditions.append(f"{'NOT ' * one.is_not}{condition}")
            else:
                is_common = isinstance(self.lead, EveryOne) and not one.is_not
                inner, more = within(reader, one, low, high, name, is_common=is_common)
                conditions.append(f"{key} {'NOT ' * one.is_not}IN ({inner})")
            values |= more
        return conditions, values


def best_way(reader: Reader, wanted: Compiled, at: int, steps: int, *, down: bool) -> Way:
    """The lead whose next so many matches reach furthest from `at`."""
    end = FIRST_PLACE if down else BEYOND

    def reach(lead: Lead) -> int:
        edge = lead.edge(at, steps, down=down)
        return abs(at - (end if edge is None else edge))

    candidates: list[Lead] = [EveryOne(reader)]
    candidates += [
        OfColumn(reader, column, values)
        for column, values in wanted.columns
        if len(values) <= _MOST_VALUES
    ]
    candidates += [OfTopics(reader, topics) for topics in wanted.topics]
    for records in wanted.records:
        found = _gathered(reader, records.leads, wanted.bound.values)
        if found is not None:
            candidates.append(OfRecords(reader, found))
    said = [OfWords(reader, one) for one in dict.fromkeys(wanted.said)]
    words = {one.said: reach(one) for one in said}
    # Of leads that reach the end, the last ones are the cheapest: records that are gathered.
    reached = [(reach(lead), place, lead) for place, lead in enumerate(candidates)]
    reached += [(words[one.said], -1, one) for one in said if not one.said.is_not]
    furthest, _, lead = max(reached, key=lambda one: one[:2])
    # The beginnings of words are gathered anew by SQLite for each question.
    each = {
        one
        for one, far in words.items()
        if far * _FAR_MORE < furthest and (reader.is_postgres or not one.is_beginning)
    }
    return Way(lead, frozenset(each))


def _gathered(
    reader: Reader, leads: Sequence[str], values: dict[str, Any]
) -> list[tuple[int, int]] | None:
    """The interactions of records by their places, or None where they are too many."""
    union = " UNION ".join(leads)
    rows = reader.rows(
        f"SELECT i.place, i.id FROM (SELECT interaction_id FROM ({union}) u LIMIT :most) d "
        "JOIN interactions i ON i.id = d.interaction_id",
        most=MOST_RECORDS + 1,
        **values,
    )
    return None if len(rows) > MOST_RECORDS else [(int(row[0]), int(row[1])) for row in rows]


def _since(place: int) -> datetime:
    """No interaction at this place or behind it was opened before."""
    moment = _moment(place)
    if moment == _EARLIEST:
        return moment
    return moment - (moment - datetime(1970, 1, 1, tzinfo=UTC)) % timedelta(days=1)


def _moment(place: int) -> datetime:
    """The second of a place; of the first ones, which stand for all before, long ago."""
    if place // IN_A_SECOND // DAY_S * DAY_S * IN_A_SECOND <= FIRST_PLACE:
        return _EARLIEST
    return moment_of(place)


def _until(place: int) -> datetime:
    """No interaction below this place was opened then or later."""
    if place // IN_A_SECOND >= LAST_S:
        return _LATEST
    return moment_of(place) + timedelta(seconds=1)
