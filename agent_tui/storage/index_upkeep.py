"""Keeps the customer index equal to the customers, in the transaction that changes them.

One unit of work at a time changes the index: each takes the row of the counter `index_words`
first and keeps it until it ends. Word ids therefore become visible in the order in which they
grow, so that a reader which knows the words up to one id has only to ask for those above it.
Take the customers' numbers before calling this, never after, in one unit of work.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from agent_tui.domain.rules.indexing import indexed_words
from agent_tui.domain.values.index import IndexEntry, Posting, WordField
from agent_tui.storage.index_store import among, listed
from agent_tui.storage.unit import UnitOfWork
from agent_tui.text import names

COUNTER = "index_words"

_AT_ONCE = 5_000


def index_customers(unit: UnitOfWork, entries: Sequence[IndexEntry]) -> None:
    """Make the index of these customers equal to their names, companies and cities.

    An entry without a word takes its customer out of the index. Of several entries for one
    customer the last counts. The words of thousands of customers are written in a few statements.
    """
    latest = {entry.number: entry for entry in entries}
    numbers = sorted(latest)
    for start in range(0, len(numbers), _AT_ONCE):
        _index(unit, [latest[number] for number in numbers[start : start + _AT_ONCE]])


def _index(unit: UnitOfWork, entries: list[IndexEntry]) -> None:
    unit.take_numbers(COUNTER, 0)
    wanted = {triple for entry in entries for triple in _triples(entry)}
    stored = _stored(unit, [entry.number for entry in entries])
    added, stale = wanted - stored.keys(), stored.keys() - wanted
    if not added and not stale:
        return
    ids = _ids(unit, {text for text, _, _ in added})
    ids |= {text: word_id for (text, _, _), word_id in stored.items()}
    _remove(unit, sorted((ids[text], field, number) for text, field, number in stale))
    _add(unit, sorted((ids[text], field, number) for text, field, number in added))
    _count(unit, ids, before=stored.keys(), after=wanted)


Triple = tuple[str, int, int]
"""Text of a word, field, customer number."""


def _triples(entry: IndexEntry) -> Iterator[Triple]:
    fields = (
        (WordField.NAME, entry.name),
        (WordField.COMPANY, entry.company),
        (WordField.CITY, entry.city),
    )
    for field, text in fields:
        if text:
            for word in indexed_words(text):
                yield word, int(field), entry.number


def _stored(unit: UnitOfWork, numbers: Sequence[int]) -> dict[Triple, int]:
    """The postings that these customers have, with the id of each one's word."""
    reader = unit.reader
    rows = reader.rows(
        "SELECT w.text, p.field, p.number, w.id FROM index_postings p "
        f"JOIN index_words w ON w.id = p.word_id WHERE {among(reader, 'p.number')}",
        values=listed(reader, numbers),
    )
    return {(text, field, number): word_id for text, field, number, word_id in rows}


def _ids(unit: UnitOfWork, texts: Collection[str]) -> dict[str, int]:
    """The ids of these words; new words are added, with nobody having them yet."""
    reader = unit.reader
    rows = reader.rows(
        f"SELECT text, id FROM index_words WHERE {among(reader, 'text', 'text')}",
        values=listed(reader, sorted(texts)),
    )
    ids: dict[str, int] = dict(map(tuple, rows))
    new = sorted(set(texts) - ids.keys())
    if new:
        first = unit.take_numbers(COUNTER, len(new))
        fresh = dict(zip(new, range(first, first + len(new)), strict=True))
        _for_each(
            unit,
            "INSERT INTO index_words (id, text, sound, people) SELECT {0}, {1}, {2}, 0 FROM {rows}",
            [(word_id, text, names.sound(text)) for text, word_id in fresh.items()],
        )
        ids |= fresh
    return ids


def _add(unit: UnitOfWork, postings: list[Posting]) -> None:
    _for_each(
        unit,
        "INSERT INTO index_postings (word_id, field, number) SELECT {0}, {1}, {2} FROM {rows}",
        postings,
    )


def _remove(unit: UnitOfWork, postings: list[Posting]) -> None:
    _for_each(
        unit,
        "DELETE FROM index_postings WHERE (word_id, field, number) IN "
        "(SELECT {0}, {1}, {2} FROM {rows})",
        postings,
    )


def _count(
    unit: UnitOfWork, ids: dict[str, int], *, before: Iterable[Triple], after: Iterable[Triple]
) -> None:
    """Correct how many customers have each word; words that nobody has any more go."""
    change = Counter(text for text, _ in {(text, number) for text, _, number in after})
    change.subtract(text for text, _ in {(text, number) for text, _, number in before})
    _for_each(
        unit,
        "UPDATE index_words SET people = people + {1} FROM {rows} WHERE index_words.id = {0}",
        sorted((ids[text], count) for text, count in change.items() if count),
    )
    _for_each(
        unit,
        "DELETE FROM index_words WHERE people <= 0 AND id IN (SELECT {0} FROM {rows})",
        sorted((ids[text],) for text, count in change.items() if count < 0),
    )


def _for_each(unit: UnitOfWork, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement once over many rows; in it `{rows}` is their source, `{0}` a column.

    The statement stays the same however many rows there are, which spares both databases the
    planning, and rows go over in one piece.
    """
    if not rows:
        return
    width = range(len(rows[0]))
    if unit.reader.is_postgres:
        columns = {f"c{place}": [row[place] for row in rows] for place in width}
        types = ["text" if isinstance(value, str) else "bigint" for value in rows[0]]
        arrays = ", ".join(f"CAST(:c{place} AS {types[place]}[])" for place in width)
        names_of = [f"r.c{place}" for place in width]
        source = f"unnest({arrays}) AS r ({', '.join(columns)})"
        unit.execute(sql.format(*names_of, rows=source), **columns)
    else:
        names_of = [f"json_extract(r.value, '$[{place}]')" for place in width]
        unit.execute(sql.format(*names_of, rows="json_each(:rows) AS r"), rows=json.dumps(rows))
