"""Keeps the customer index equal to the customers, in the transaction that changes them.

A word's customers lie packed in blocks of 65,536 dense numbers, so that one more customer changes
a few small rows. One unit of work at a time changes the index: each takes the row of the counter
of changes first and keeps it until it ends. Take the customers' numbers before calling this,
never after, in one unit of work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain.rules.indexing import contact_pieces, entry_words, roads
from agent_tui.domain.values.index import ContactEntry, IndexEntry, WordField
from agent_tui.storage.index_store import among, listed
from agent_tui.storage.index_tables import (
    BEHIND,
    BUILDING,
    IN_USE,
    POSTINGS,
    ROADS,
    VERSION,
    WORD_FIELDS,
    IndexTables,
)
from agent_tui.storage.many import for_each, put, rows_for
from agent_tui.storage.packing import block_of, changed
from agent_tui.storage.reader import Reader

if TYPE_CHECKING:
    from agent_tui.storage.unit import UnitOfWork

_AT_ONCE = 20_000


class Mention(NamedTuple):
    """A customer has a word in a field."""

    field: int
    word: str
    number: int


def index_customers(
    unit: UnitOfWork, entries: Sequence[IndexEntry], *, before: Sequence[IndexEntry] = ()
) -> None:
    """Make the index of these customers equal to their names, companies and cities.

    `before` is how they were indexed until now, of those who were. An entry without a word takes
    its customer out of the index. Of several entries for one customer the last counts, of several
    that were before, the first.
    """
    wanted = {entry.number: entry for entry in entries}
    were = {entry.number: entry for entry in reversed(before)}
    numbers = sorted(wanted)
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        after = _mentions(wanted[number] for number in some)
        past = _mentions(were[number] for number in some if number in were)
        change_index(unit, added=after - past, removed=past - after)


def index_contacts(
    unit: UnitOfWork, added: Sequence[ContactEntry], removed: Sequence[ContactEntry] = ()
) -> None:
    """Let customers be found by parts of contact points that they have, and not of those that
    they had. Call it when the rows of the contact points are written."""
    come = _pieces(added)
    gone = _pieces(removed)
    if gone:
        gone -= _pieces(_contacts_of(unit.reader, {entry.number for entry in removed}))
    change_index(unit, added=come, removed=gone - come)


def leave_for_later(unit: UnitOfWork, first_number: int) -> None:
    """Say that customers from this number on may be missing in the index, as those are that a
    file brings by the hundred thousand; `index_build` takes them in together."""
    unit.take_numbers(VERSION, 1)
    unit.execute(
        "INSERT INTO counters (name, value) VALUES (:name, :number) "
        "ON CONFLICT (name) DO UPDATE SET value = CASE "
        "WHEN counters.value BETWEEN 1 AND :number THEN counters.value ELSE :number END",
        name=BEHIND,
        number=first_number,
    )


def change_index(
    unit: UnitOfWork, *, added: Collection[Mention], removed: Collection[Mention]
) -> None:
    """Put mentions in and take others out; what is there or gone already stays so."""
    if not added and not removed:
        return
    version = unit.take_numbers(VERSION, 1)
    if counter(unit.reader, BUILDING):
        _keep_for_builder(unit, version, added, removed)
    apply(unit, IN_USE, added, removed)


def apply(
    unit: UnitOfWork,
    tables: IndexTables,
    added: Collection[Mention],
    removed: Collection[Mention],
) -> None:
    """Change one pair of tables: the postings, and the roads of words that come or go."""
    new = {mention.word for mention in added if mention.field <= WordField.CITY}
    new -= _known(unit.reader, tables, new)
    _change_postings(unit, tables, added, removed)
    gone = {mention.word for mention in removed if mention.field <= WordField.CITY}
    gone -= _known(unit.reader, tables, gone)
    _change_roads(unit, tables, added=new, removed=gone)


def counter(reader: Reader, name: str) -> int:
    """The value of a counter, 0 where it was never set."""
    row = reader.row("SELECT value FROM counters WHERE name = :name", name=name)
    return int(row[0]) if row else 0


def _mentions(entries: Iterable[IndexEntry]) -> set[Mention]:
    return {
        Mention(field, word, entry.number)
        for entry in entries
        for field, word in entry_words(entry)
    }


def _pieces(contacts: Iterable[ContactEntry]) -> set[Mention]:
    return {
        Mention(field, piece, number)
        for number, kind, normal in contacts
        for field, piece in contact_pieces(kind, normal)
    }


def _contacts_of(reader: Reader, numbers: Collection[int]) -> list[ContactEntry]:
    rows = reader.rows(
        "SELECT c.number, p.kind, p.normal FROM customers c "
        f"JOIN contact_points p ON p.customer_id = c.id WHERE {among(reader, 'c.number')}",
        values=listed(reader, sorted(numbers)),
    )
    return [ContactEntry(*row) for row in rows]


def _known(reader: Reader, tables: IndexTables, words: Collection[str]) -> set[str]:
    """Those of the words that somebody has."""
    rows = rows_for(
        reader,
        f"SELECT {{0}} FROM {{rows}} WHERE EXISTS (SELECT 1 FROM {tables.postings} p "
        f"WHERE p.field IN {WORD_FIELDS} AND p.word = {{0}})",
        ["text"],
        [(word,) for word in sorted(words)],
    )
    return {row[0] for row in rows}


def _change_postings(
    unit: UnitOfWork,
    tables: IndexTables,
    added: Collection[Mention],
    removed: Collection[Mention],
) -> None:
    changes: dict[tuple[int, str, int], tuple[list[int], list[int]]] = {}
    for which, mentions in enumerate((added, removed)):
        for field, word, number in mentions:
            key = field, word, block_of(number)
            changes.setdefault(key, ([], []))[which].append(number)
    keys = sorted(changes)
    kinds = list(POSTINGS.values())[:3]
    rows = rows_for(
        unit.reader,
        f"SELECT p.field, p.word, p.block, p.numbers FROM {{rows}} JOIN {tables.postings} p "
        "ON p.field = {0} AND p.word = {1} AND p.block = {2}",
        kinds,
        keys,
    )
    stored = {(field, word, block): bytes(numbers) for field, word, block, numbers in rows}
    after = {key: changed(stored.get(key, b""), *changes[key]) for key in keys}
    put(
        unit,
        tables.postings,
        POSTINGS,
        [(*key, after[key]) for key in keys if after[key] and after[key] != stored.get(key)],
        key=("field", "word", "block"),
    )
    for_each(
        unit,
        f"DELETE FROM {tables.postings} WHERE (field, word, block) IN "
        "(SELECT {0}, {1}, {2} FROM {rows})",
        kinds,
        [key for key in keys if key in stored and not after[key]],
    )


def _change_roads(
    unit: UnitOfWork, tables: IndexTables, *, added: Collection[str], removed: Collection[str]
) -> None:
    changes: dict[int, tuple[set[str], set[str]]] = {}
    for which, words in enumerate((added, removed)):
        for word in words:
            for road in roads(word):
                changes.setdefault(road, (set(), set()))[which].add(word)
    numbers = sorted(changes)
    rows = rows_for(
        unit.reader,
        f"SELECT p.road, p.words FROM {{rows}} JOIN {tables.roads} p ON p.road = {{0}}",
        ["integer"],
        [(road,) for road in numbers],
    )
    stored = {road: set(words.split()) for road, words in rows}
    after = {
        road: sorted((stored.get(road, set()) | changes[road][0]) - changes[road][1])
        for road in numbers
    }
    put(
        unit,
        tables.roads,
        ROADS,
        [(road, " ".join(after[road])) for road in numbers if after[road]],
        key=("road",),
    )
    for_each(
        unit,
        f"DELETE FROM {tables.roads} WHERE road IN (SELECT {{0}} FROM {{rows}})",
        ["integer"],
        [(road,) for road in numbers if road in stored and not after[road]],
    )


def _keep_for_builder(
    unit: UnitOfWork, version: int, added: Collection[Mention], removed: Collection[Mention]
) -> None:
    """Keep a change for the index that is being built, which began to read before it."""
    put(
        unit,
        "index_changes",
        {
            "version": "bigint",
            "field": "integer",
            "word": "text",
            "number": "bigint",
            "added": "boolean",
        },
        [
            (version, *mention, is_added)
            for is_added, mentions in ((True, added), (False, removed))
            for mention in sorted(mentions)
        ],
    )
