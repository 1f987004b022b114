"""The tables of the customer index by name: those in use, and those that are built beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from agent_tui.storage.many import Kind

VERSION = "index_version"
"""The counter of changes to the index; who changes it holds this row until the unit ends."""

BUILDING = "index_building"
"""The counter that names the run which builds the index anew; 0 where none does."""

BEHIND = "index_behind"
"""The counter of the lowest customer that was left for later; 0 where nobody was."""

POSTINGS: dict[str, Kind] = {
    "field": "integer",
    "word": "text",
    "block": "integer",
    "numbers": "bytea",
}
ROADS: dict[str, Kind] = {"road": "integer", "words": "text"}

WORD_FIELDS = "(1, 2, 3)"
"""Name, company and city: the fields whose words have roads."""


class IndexTables(NamedTuple):
    """A pair of tables that make one index."""

    postings: str
    roads: str


IN_USE = IndexTables("index_postings", "index_roads")
ASIDE = IndexTables("index_postings_aside", "index_roads_aside")

_SQLITE = (
    "CREATE TABLE {0.postings} (field INTEGER NOT NULL, word TEXT NOT NULL, "
    "block INTEGER NOT NULL, numbers BLOB NOT NULL, PRIMARY KEY (field, word, block)) "
    "WITHOUT ROWID",
    "CREATE TABLE {0.roads} (road INTEGER NOT NULL, words TEXT NOT NULL, PRIMARY KEY (road))",
)
_POSTGRES = (
    'CREATE TABLE {0.postings} (field INTEGER NOT NULL, word TEXT COLLATE "C" NOT NULL, '
    "block INTEGER NOT NULL, numbers BYTEA NOT NULL, PRIMARY KEY (field, word, block))",
    # Packed numbers do not get smaller, and are read faster as they are.
    "ALTER TABLE {0.postings} ALTER COLUMN numbers SET STORAGE EXTERNAL",
    'CREATE TABLE {0.roads} (road INTEGER NOT NULL, words TEXT COLLATE "C" NOT NULL, '
    "PRIMARY KEY (road))",
)


def make(execute: Callable[[str], object], tables: IndexTables, *, on_postgres: bool) -> None:
    """Make the two tables."""
    for statement in _POSTGRES if on_postgres else _SQLITE:
        execute(statement.format(tables))


def drop(execute: Callable[[str], object], tables: IndexTables) -> None:
    """Take the two tables away, if they are there."""
    for table in tables:
        execute(f"DROP TABLE IF EXISTS {table}")


def put_in_use(execute: Callable[[str], object]) -> None:
    """Let the tables that were built aside take the place of those in use."""
    drop(execute, IN_USE)
    for aside, in_use in zip(ASIDE, IN_USE, strict=True):
        execute(f"ALTER TABLE {aside} RENAME TO {in_use}")
