"""Words of conversations, as a way through the interactions and as something to be looked up.

SQLite's documents lie in the order of time, so that it finds the next so many with a word at once.
A server's index of words knows no time: there it is estimated how far away they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from agent_tui.storage.queries.filtering import Said
from agent_tui.storage.reader import Reader
from agent_tui.storage.words import BEYOND, FIRST_PLACE, PLACE_BITS, fts_query

WINDOW = "i.place >= :low AND i.place < :high"
"""Where an interaction `i` stands that is in a window of places."""
SAMPLED = 8_000
"""Documents of a server that are looked at to tell how common words are."""
OFTEN = 20
"""Words that stand in fewer of these are rare: all that have them are gathered, if that is few."""
MOST_GATHERED = 5_000

_PARTS = {"agenda": 0, "outcome": 1, "summary": 2}
_MOST_ROWS = (1 << 63) - 1


class OfWords:
    """The interactions in whose documents words stand."""

    def __init__(self, reader: Reader, said: Said) -> None:
        self._reader, self.said = reader, said
        self._on_server = _OnServer(reader, said) if reader.is_postgres else None

    def edge(self, at: int, steps: int, *, down: bool) -> int | None:
        """The place so many documents further; on a server about so many."""
        if self._on_server is not None:
            return self._on_server.edge(at, steps, down=down)
        bound = at << PLACE_BITS if abs(at) < BEYOND else _MOST_ROWS * (1 if at > 0 else -1)
        row = edge_of(
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
        """Their interactions of a window; `d.key` is what `within` finds, before they are read."""
        inner, values = within(self._reader, self.said, low, high, "lead")
        by = "id" if self._reader.is_postgres else "place"
        sql = f"(SELECT DISTINCT {by} AS key FROM ({inner}) f) d CROSS JOIN interactions i"
        return f"{sql} WHERE i.{by} = d.key AND {WINDOW}", values | {"low": low, "high": high}


class _OnServer:
    """Where the next documents with these words are, on a server: told by how often they stand in
    a sample of those that come next, or, of words that are rare, by where they all are."""

    def __init__(self, reader: Reader, said: Said) -> None:
        self._reader = reader
        self._asked, self._values = asked_of_server(said, "lead")
        self._places: Sequence[int] | None = None
        self._is_gathered = False

    def edge(self, at: int, steps: int, *, down: bool) -> int | None:
        if self._places is not None:
            return nth_from(self._places, at, steps, down=down)
        sign, order = ("<", "DESC") if down else (">=", "ASC")
        [(read, found, first, last)] = self._reader.rows(
            f"SELECT count(*), count(*) FILTER (WHERE {self._asked}), min(w.place), max(w.place) "
            f"FROM (SELECT vector, part, place FROM words WHERE place {sign} :at "
            f"ORDER BY place {order} LIMIT :sampled) w",
            at=at,
            sampled=SAMPLED,
            **self._values,
        )
        if found < OFTEN and not self._is_gathered:
            self._places, self._is_gathered = self._gather(), True
            return self.edge(at, steps, down=down)
        if read < SAMPLED and found <= steps:
            return None
        further = (last - first) * (steps + 1) // max(found, 1) + 1
        edge = int(last - further if down else first + further)
        return edge if FIRST_PLACE < edge < BEYOND else None

    def _gather(self) -> Sequence[int] | None:
        """All places of what has these words, in their order, or None where they are too many."""
        rows = self._reader.rows(
            f"SELECT w.place FROM words w WHERE {self._asked} LIMIT :most",
            most=MOST_GATHERED + 1,
            **self._values,
        )
        return None if len(rows) > MOST_GATHERED else sorted({int(row[0]) for row in rows})


def nth_from(places: Sequence[int], at: int, steps: int, *, down: bool) -> int | None:
    """The place so many further than `at`, of places in their order; None where fewer are left."""
    begin = bisect_left(places, at)
    position = begin - 1 - steps if down else begin + steps
    return places[position] if 0 <= position < len(places) else None


def edge_of(
    reader: Reader, sql: str, column: str, at: int, steps: int, *, down: bool, **values: Any
) -> int | None:
    """What stands in a column so many rows further than `at`, by its index. `{}` in the query is
    where the rows begin; None where fewer are left."""
    sign, order = ("<", "DESC") if down else (">=", "ASC")
    row = reader.row(
        f"{sql.format(f'{column} {sign} :at')} ORDER BY {column} {order} LIMIT 1 OFFSET :steps",
        at=at,
        steps=steps,
        **values,
    )
    return None if row is None else int(row[0])


def within(
    reader: Reader, said: Said, low: int, high: int, name: str, *, is_common: bool = False
) -> tuple[str, dict[str, Any]]:
    """A query for the `id` or, on SQLite, the `place` of what has these words in a window.

    Of words that are common, or may be, a server reads what is in the window, and not the whole
    list of where they stand, which is the longer the more there is.
    """
    if reader.is_postgres:
        asked, values = asked_of_server(said, name)
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
        asked, values = asked_of_server(said, name)
        return f"EXISTS (SELECT 1 FROM words w WHERE w.interaction_id = i.id AND {asked})", values
    return (
        f"EXISTS (SELECT 1 FROM words w WHERE w.words MATCH :{name} "
        f"AND w.rowid >= i.place << {PLACE_BITS} AND w.rowid < (i.place + 1) << {PLACE_BITS})"
    ), {name: _asked(said)}


def asked_of_server(said: Said, name: str) -> tuple[str, dict[str, Any]]:
    """A condition over a document `w` of a server, and its values."""
    part = f" AND w.part = {_PARTS[said.column]}" if said.column else ""
    asked = f"w.vector @@ words_asked(CAST(:{name} AS text), CAST(:{name}_on AS boolean)){part}"
    return asked, {name: " ".join(said.words).replace("\0", " "), f"{name}_on": said.is_beginning}


def _asked(said: Said) -> str:
    return fts_query(said.words, said.column, is_beginning=said.is_beginning)
