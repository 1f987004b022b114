"""Whether a database is sound. Reads only."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from agent_tui.storage.location import Location
from agent_tui.storage.reader import Reader, open_reader
from agent_tui.text.counts import counted

_MOST_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Health:
    """Which database program answered, and what is wrong with the data, a sentence each."""

    version: str
    faults: tuple[str, ...]


def examine(location: Location) -> Health:
    """Look a database over: on SQLite every page and every reference, on PostgreSQL its answer.

    Takes as long as reading the whole file. Raises StorageError where it cannot be read.
    """
    with closing(open_reader(location)) as reader:
        if reader.is_postgres:
            return Health(f"PostgreSQL {_only(reader, 'SHOW server_version')}", ())
        return Health(
            f"SQLite {_only(reader, 'SELECT sqlite_version()')}",
            (*_broken_pages(reader), *_broken_references(reader)),
        )


def _broken_pages(reader: Reader) -> list[str]:
    rows = reader.rows(f"PRAGMA quick_check({_MOST_FAULTS})")
    return [str(row[0]) for row in rows if row[0] != "ok"]


def _broken_references(reader: Reader) -> list[str]:
    rows = reader.rows(
        'SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2'
    )
    return [
        f"{counted(count, 'row')} of {table} {'points' if count == 1 else 'point'} to {parent} "
        "that are not there"
        for table, parent, count in rows
    ]


def _only(reader: Reader, sql: str) -> str:
    row = reader.row(sql)
    return str(row[0]) if row else "unknown"
