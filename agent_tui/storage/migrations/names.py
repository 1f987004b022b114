"""The words of customers' names, by which a filter of Recent finds them: kept by the database.

On SQLite `names` is an FTS5 index without content whose row ids are those of customers; on a server
it is an index on what `name_words` makes of a name. Words are those of `storage/words.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_tui.storage.migrations.documents_postgres import vector
from agent_tui.storage.words import SEPARATORS, TEXT_LIMIT

_INSERT = "INSERT INTO names (rowid, name) SELECT {0}.id, " + f"substr({{0}}.name, 1, {TEXT_LIMIT})"
_DELETE = (
    "INSERT INTO names (names, rowid, name) "
    f"VALUES ('delete', OLD.id, substr(OLD.name, 1, {TEXT_LIMIT}))"
)


def on_sqlite() -> Iterator[str]:
    """What makes the index, fills it and keeps it."""
    yield (
        "CREATE VIRTUAL TABLE names USING fts5(name, content='', columnsize=0, "
        f"tokenize=\"unicode61 remove_diacritics 2 separators '{SEPARATORS}'\")"
    )
    yield f"{_INSERT.format('c')} FROM customers c ORDER BY c.id"
    insert = _INSERT.format("NEW")
    yield f"CREATE TRIGGER customers_named AFTER INSERT ON customers BEGIN {insert}; END"
    yield (
        "CREATE TRIGGER customers_renamed AFTER UPDATE OF name, id ON customers "
        "WHEN NEW.name IS NOT OLD.name OR NEW.id IS NOT OLD.id "
        f"BEGIN {_DELETE}; {insert}; END"
    )
    yield f"CREATE TRIGGER customers_unnamed AFTER DELETE ON customers BEGIN {_DELETE}; END"


def on_postgres(schema: str, collation: str) -> Iterator[str]:
    """What makes the index, which the server keeps; `schema` and `collation` are quoted names."""
    # In PL/pgSQL its plan is kept: half the time of the same in SQL.
    yield (
        "CREATE FUNCTION name_words(said text) RETURNS tsvector "
        "LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE "
        f"SET search_path = pg_catalog, {schema} AS $$ BEGIN RETURN {vector('said')}; END $$"
    ).replace("{collation}", collation)
    yield "CREATE INDEX customers_name_words ON customers USING gin (name_words(name))"
