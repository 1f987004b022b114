"""Builds the customer index anew beside the one in use, and takes in who was left for later.

The new index is written in short transactions, so that desks go on reading and writing meanwhile;
they keep a note of each change to the index, and the last transaction makes these changes in the
new one too and puts it in use. Broken off at any moment, the old index stays in use.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from itertools import islice

from agent_tui.domain.values.index import ContactEntry, IndexEntry
from agent_tui.errors import Conflict
from agent_tui.storage import index_people
from agent_tui.storage.index_people import Told
from agent_tui.storage.index_tables import (
    ASIDE,
    BEHIND,
    BUILDING,
    POSTINGS,
    ROADS,
    VERSION,
    drop,
    make,
    put_in_use,
)
from agent_tui.storage.index_upkeep import (
    Mention,
    apply,
    counter,
    index_contacts,
    index_customers,
)
from agent_tui.storage.many import Kind, put
from agent_tui.storage.reader import Reader, Row
from agent_tui.storage.runs import Runs, folder_beside
from agent_tui.storage.unit import UnitOfWork

Writing = Callable[[], AbstractContextManager[UnitOfWork]]
"""Begins a unit of work."""

Progress = Callable[[int, int], None]
"""Told how many customers were done, of how many."""


def unheard(_done: int, _people: int) -> None:
    """Progress that nobody wants to know."""


_ROWS = 20_000
_PEOPLE = 10_000
_DROPPING_KB = 16 * 1024


def rebuild(writing: Writing, reader: Reader, progress: Progress) -> None:
    """Build the whole index anew. Raises Conflict where somebody else began to do so later."""
    # Words and numbers point to nothing that points back: to look for circles among them again
    # and again would be a sixth of all the work, and find none.
    collects = gc.isenabled()
    gc.disable()
    try:
        _rebuild(writing, reader, progress)
    finally:
        if collects:
            gc.enable()


def _rebuild(writing: Writing, reader: Reader, progress: Progress) -> None:
    with writing() as unit:
        run = unit.take_numbers(VERSION, 1)
        _set(unit, BUILDING, run)
        unit.execute("DELETE FROM index_changes")
        drop(unit.execute, ASIDE)
        make(unit.execute, ASIDE, on_postgres=unit.reader.is_postgres)
        newest = _newest(unit.reader)
        people = _number(unit.reader, "SELECT count(*) FROM customers")

    def keep(table: str, columns: dict[str, Kind], rows: Iterable[Row], told: Told) -> None:
        rest = iter(rows)
        while some := list(islice(rest, _ROWS)):
            with writing() as unit:
                _check(unit, run)
                put(unit, table, columns, some)
            told(len(some))

    folder = folder_beside(reader)
    with Runs(folder) as postings, Runs(folder) as roads:
        index_people.set_postings_aside(reader, postings, _share(progress, people, people, 0))
        told = _share(progress, people, postings.rows, 1)
        sorted_postings = index_people.set_roads_aside(postings.merged(), roads)
        keep(ASIDE.postings, POSTINGS, sorted_postings, told)
        keep(ASIDE.roads, ROADS, index_people.as_roads(roads), told)
    with writing() as unit:
        unit.take_numbers(VERSION, 1)
        _check(unit, run)
        added, removed = _changes(unit.reader)
        apply(unit, ASIDE, added, removed)
        if not unit.reader.is_postgres:
            # To drop the old index is to go through all of its pages, each once.
            unit.execute(f"PRAGMA cache_size = -{_DROPPING_KB}")
        put_in_use(unit.execute)
        unit.execute("DELETE FROM index_changes")
        _set(unit, BUILDING, 0)
        behind = counter(unit.reader, BEHIND)
        is_over = not behind or _newest(unit.reader) == newest
        _set(unit, BEHIND, 0 if is_over else max(behind, newest + 1))
    progress(people, people)


def _share(progress: Progress, people: int, rows: int, half: int) -> Told:
    """Progress of one half of the work, told by how many of its rows were done at a time."""
    done = 0

    def told(count: int) -> None:
        nonlocal done
        done += count
        progress(people * (half * rows + min(done, rows)) // max(1, 2 * rows), people)

    return told


def catch_up(writing: Writing, reader: Reader, progress: Progress) -> None:
    """Take in who was left for later: together with everybody where they are many."""
    behind = counter(reader, BEHIND)
    if not behind:
        return
    people = _number(reader, "SELECT count(*) FROM customers")
    missing = _number(reader, f"SELECT count(*) FROM customers WHERE number >= {behind}")
    if missing > max(_PEOPLE, people // 3):
        rebuild(writing, reader, progress)
        return
    done = 0
    while behind:
        with writing() as unit:
            unit.take_numbers(VERSION, 1)
            entries = _entries(unit.reader, behind)
            index_customers(unit, entries)
            index_contacts(unit, _contacts(unit.reader, behind, entries))
            last = entries[-1].number if entries else behind
            behind = 0 if last >= _newest(unit.reader) else last + 1
            _set(unit, BEHIND, behind)
        done += len(entries)
        progress(done, max(done, missing))


def _entries(reader: Reader, first: int) -> list[IndexEntry]:
    rows = reader.rows(
        "SELECT number, name, company, city FROM customers WHERE number >= :first "
        f"ORDER BY number LIMIT {_PEOPLE}",
        first=first,
    )
    return [IndexEntry(*row) for row in rows]


def _contacts(reader: Reader, first: int, entries: list[IndexEntry]) -> list[ContactEntry]:
    if not entries:
        return []
    rows = reader.rows(
        "SELECT c.number, p.kind, p.normal FROM customers c "
        "JOIN contact_points p ON p.customer_id = c.id "
        "WHERE c.number >= :first AND c.number <= :last",
        first=first,
        last=entries[-1].number,
    )
    return [ContactEntry(*row) for row in rows]


def _changes(reader: Reader) -> tuple[set[Mention], set[Mention]]:
    """What came to be and what ceased to be since the build began: the last word on each."""
    rows = reader.rows("SELECT field, word, number, added FROM index_changes ORDER BY version")
    last = {Mention(field, word, number): bool(added) for field, word, number, added in rows}
    added = {mention for mention, is_added in last.items() if is_added}
    return added, last.keys() - added


def _check(unit: UnitOfWork, run: int) -> None:
    if counter(unit.reader, BUILDING) != run:
        raise Conflict("somebody else builds the index anew by now: let them finish")


def _set(unit: UnitOfWork, name: str, value: int) -> None:
    unit.execute(
        "INSERT INTO counters (name, value) VALUES (:name, :value) "
        "ON CONFLICT (name) DO UPDATE SET value = :value",
        name=name,
        value=value,
    )


def _newest(reader: Reader) -> int:
    return _number(reader, "SELECT max(number) FROM customers")


def _number(reader: Reader, sql: str) -> int:
    row = reader.row(sql)
    return int(row[0] or 0) if row else 0
