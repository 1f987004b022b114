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

from agent_tui.storage.queries.filtering import Compiled, Said
from agent_tui.storage.reader import Reader, one_of
from agent_tui.storage.words import (
    BEYOND,
    DAY_S,
    FIRST_PLACE,
    IN_A_SECOND,
    LAST_S,
    PLACE_BITS,
    fts_query,
    moment_of,
)

MOST_RECORDS = 5_000
"""Interactions of a kind of records that are gathered at once; of more it is no lead."""
_MOST_AGENTS = 30
_FAR_MORE = 50
"""So many documents are read in a row in the time in which one is looked up by itself."""
_PARTS = {"agenda": 0, "outcome": 1, "summary": 2}
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
        return _edge(
            self._reader, "SELECT place FROM interactions WHERE {}", "place", at, steps, down=down
        )

    def source(self, low: int, high: int) -> tuple[str, dict[str, Any]]:
        """The interactions of a window."""
        by = "" if self._reader.is_postgres else " INDEXED BY interactions_place"
        return f"interactions i{by} WHERE {_WINDOW}", {"low": low, "high": high}


class OfAgents:
    """The interactions of some agents; None among them stands for nobody's."""

    def __init__(self, reader: Reader, agents: Sequence[int | None]) -> None:
        self._reader, self._agents = reader, agents

    def edge(self, at: int, steps: int, *, down: bool) -> int | None:
        """The nearest of the agents' edges, so that a window has so many of each at most."""
        found = [self._edge_of(agent, at, steps, down=down) for agent in self._agents]
        edges = [edge for edge in found if edge is not None]
        if not edges:
            return None
        return max(edges) if down else min(edges)

    def _edge_of(self, agent: int | None, at: int, steps: int, *, down: bool) -> int | None:
        values = {} if agent is None else {"agent": agent}
        whose = "IS NULL" if agent is None else "= :agent"
        sql = f"SELECT place FROM interactions WHERE agent_id {whose} AND {{}}"
        return _edge(self._reader, sql, "place", at, steps, down=down, **values)

    def source(self, low: int, high: int) -> tuple[str, dict[str, Any]]:
        """Their interactions of a window."""
        known = [agent for agent in self._agents if agent is not None]
        listed, values = one_of("i.agent_id", known, "lead")
        values |= {"low": low, "high": high}
        if len(known) == len(self._agents):
            by = "" if self._reader.is_postgres else " INDEXED BY interactions_agent"
            return f"interactions i{by} WHERE {listed} AND {_WINDOW}", values
        found = " UNION ALL ".join(
            f"SELECT i.id FROM interactions i WHERE {whose} AND {_WINDOW}"
            for whose in (listed, "i.agent_id IS NULL")
        )
        return f"interactions i WHERE i.id IN ({found}) AND {_WINDOW}", values


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
                at=_until(at) if down else _since(at),
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
        join = f"{found} CROSS JOIN interactions i WHERE i.id = t.interaction_id AND {_WINDOW}"
        return join, values | {
            "low": low,
            "high": high,
            "lead_since": _since(low),
            "lead_until": _until(high),
        }


class OfWords:
    """The interactions in whose documents words stand."""

    def __init__(self, reader: Reader, said: Said) -> None:
        self._reader, self.said = reader, said

    def edge(self, at: int, steps: int, *, down: bool) -> int | None:
        """The place so many documents further."""
        if self._reader.is_postgres:
            asked, values = _asked_of_server(self.said, "lead")
            sql = f"SELECT w.place FROM words w WHERE {asked} AND {{}}"
            return _edge(self._reader, sql, "w.place", at, steps, down=down, **values)
        bound = at << PLACE_BITS if abs(at) < BEYOND else _MOST_ROWS * (1 if at > 0 else -1)
        row = _edge(
            self._reader,
            "SELECT w.rowid FROM words w WHERE w.words MATCH :lead AND {}",
            "w.rowid",
            bound,
            steps,
            down=down,
            lead=_asked(self.said),
        )
        return None if row is None else row >> PLACE_BITS

    def source(self, low: int, high: int) -> tuple[str, dict[str, Any]]:
        """Their interactions of a window."""
        inner, values = within(self._reader, self.said, low, high, "lead")
        by = "id" if self._reader.is_postgres else "place"
        sql = f"(SELECT DISTINCT {by} AS key FROM ({inner}) f) d CROSS JOIN interactions i"
        return f"{sql} WHERE i.{by} = d.key AND {_WINDOW}", values | {"low": low, "high": high}


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
        return f"interactions i WHERE {listed} AND {_WINDOW}", values | {"low": low, "high": high}


_WINDOW = "i.place >= :low AND i.place < :high"
_MOST_ROWS = (1 << 63) - 1


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
                key = "id" if reader.is_postgres else "place"
                conditions.append(f"i.{key} {'NOT ' * one.is_not}IN ({inner})")
            values |= more
        return conditions, values


def best_way(reader: Reader, wanted: Compiled, at: int, steps: int, *, down: bool) -> Way:
    """The lead whose next so many matches reach furthest from `at`."""
    end = FIRST_PLACE if down else BEYOND

    def reach(lead: Lead) -> int:
        edge = lead.edge(at, steps, down=down)
        return abs(at - (end if edge is None else edge))

    candidates: list[Lead] = [EveryOne(reader)]
    candidates += [OfAgents(reader, ids) for ids in wanted.agents if len(ids) <= _MOST_AGENTS]
    candidates += [OfTopics(reader, topics) for topics in wanted.topics]
    for records in wanted.records:
        found = _gathered(reader, records.leads, wanted.bound.values)
        if found is not None:
            candidates.append(OfRecords(reader, found))
    words = {one: reach(OfWords(reader, one)) for one in wanted.said}
    # Of leads that reach the end, the last ones are the cheapest: records that are gathered.
    reached = [(reach(lead), place, lead) for place, lead in enumerate(candidates)]
    reached += [(far, -1, OfWords(reader, one)) for one, far in words.items() if not one.is_not]
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


def within(
    reader: Reader, said: Said, low: int, high: int, name: str, *, is_common: bool = False
) -> tuple[str, dict[str, Any]]:
    """A query for the `id` or, on SQLite, the `place` of what has these words in a window.

    Of words that are common, or may be, a server reads what is in the window, and not the whole
    list of where they stand, which is the longer the more there is.
    """
    if reader.is_postgres:
        asked, values = _asked_of_server(said, name)
        if is_common:
            asked = f"({asked}) IS TRUE"
        sql = (
            f"SELECT w.interaction_id AS id FROM words w WHERE {asked} "
            f"AND w.place >= :{name}_low AND w.place < :{name}_high"
        )
        return sql, values | {f"{name}_low": low, f"{name}_high": high}
    sql = (
        f"SELECT w.rowid >> {PLACE_BITS} AS place FROM words w WHERE w.words MATCH :{name} "
        f"AND w.rowid >= :{name}_low AND w.rowid <= :{name}_high"
    )
    values = {
        name: _asked(said),
        f"{name}_low": max(low, FIRST_PLACE) << PLACE_BITS,
        f"{name}_high": (min(high, BEYOND) << PLACE_BITS) - 1,
    }
    return sql, values


def of_each(reader: Reader, said: Said, name: str) -> tuple[str, dict[str, Any]]:
    """A condition over an interaction `i`, looked up for it alone: it has these words."""
    if reader.is_postgres:
        asked, values = _asked_of_server(said, name)
        return f"EXISTS (SELECT 1 FROM words w WHERE w.interaction_id = i.id AND {asked})", values
    return (
        f"EXISTS (SELECT 1 FROM words w WHERE w.words MATCH :{name} "
        f"AND w.rowid >= i.place << {PLACE_BITS} AND w.rowid < (i.place + 1) << {PLACE_BITS})"
    ), {name: _asked(said)}


def _asked(said: Said) -> str:
    return fts_query(said.words, said.column, is_beginning=said.is_beginning)


def _asked_of_server(said: Said, name: str) -> tuple[str, dict[str, Any]]:
    part = f" AND w.part = {_PARTS[said.column]}" if said.column else ""
    asked = f"w.vector @@ words_asked(CAST(:{name} AS text), CAST(:{name}_on AS boolean)){part}"
    return asked, {name: " ".join(said.words).replace("\0", " "), f"{name}_on": said.is_beginning}


def _edge(
    reader: Reader, sql: str, column: str, at: int, steps: int, *, down: bool, **values: Any
) -> int | None:
    sign, order = ("<", "DESC") if down else (">=", "ASC")
    row = reader.row(
        f"{sql.format(f'{column} {sign} :at')} ORDER BY {column} {order} LIMIT 1 OFFSET :steps",
        at=at,
        steps=steps,
        **values,
    )
    return None if row is None else int(row[0])


def _since(place: int) -> datetime:
    """No interaction at this place or behind it was opened before."""
    if place // IN_A_SECOND // DAY_S * DAY_S * IN_A_SECOND <= FIRST_PLACE:
        return _EARLIEST
    day = timedelta(days=1)
    moment = moment_of(place)
    return moment - (moment - datetime(1970, 1, 1, tzinfo=UTC)) % day


def _until(place: int) -> datetime:
    """No interaction below this place was opened then or later."""
    if place // IN_A_SECOND >= LAST_S:
        return _LATEST
    return moment_of(place) + timedelta(seconds=1)
