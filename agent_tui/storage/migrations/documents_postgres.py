"""Places and full-text documents on a server: functions and triggers that keep them.

`words` has a row a document: part 0 to 2 is an interaction's agenda, outcome and summary (number
0), part 3 a message (its id), part 4 a note (its id). Triggers go by statement, so that a COPY of
many rows makes its documents in one piece. Two desks may take the same place at once: the order is
by place and id, everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa

from agent_tui.storage.words import DAY_S, FIRST_S, IN_A_SECOND, LAST_S, TEXT_LIMIT

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COLLATIONS = ("pg_unicode_fast", "pg_c_utf8", "und-x-icu")
"""Collations that know letters beyond English, the best first; a server has one of them, or its
own."""
_WORD = 255
"""Characters of the longest word that is indexed."""
_NUMBERS = "²³¹¼-¾⁰-⁹₀-₉⅐-↉①-⒛⓪-⓿❶-➓〇〡-〩"
"""Numbers that are no digits, which SQLite's tokenizer takes for parts of words too."""


def schema(connection: Connection) -> str:
    """The desk's own schema, quoted."""
    return str(connection.scalar(sa.text("SELECT quote_ident(current_schema())")))


def collation(connection: Connection) -> str:
    """The collation that tells letters, quoted."""
    there = connection.scalars(
        sa.text("SELECT collname FROM pg_collation WHERE collname = ANY(:names)"),
        {"names": list(_COLLATIONS)},
    )
    known = set(there)
    return next((f'"{name}"' for name in _COLLATIONS if name in known), '"default"')


def statements(schema: str, collation: str) -> Iterator[str]:
    """What makes places and documents, in order; `schema` and `collation` are quoted names."""
    yield (
        "CREATE TABLE words (interaction_id BIGINT NOT NULL, part SMALLINT NOT NULL, "
        "number BIGINT NOT NULL, place BIGINT NOT NULL, vector TSVECTOR NOT NULL, "
        "PRIMARY KEY (interaction_id, part, number))"
    )
    for statement in (*_functions(schema), *_triggers(schema)):
        yield statement.replace("{collation}", collation)


def filling() -> Iterator[str]:
    """What gives places to what is there; before the triggers are made."""
    second = _second("opened_at")
    yield (
        f"UPDATE interactions i SET place = n.second * {IN_A_SECOND} + "
        f"least(n.number, {IN_A_SECOND - 1}) FROM (SELECT id, {second} AS second, "
        f"row_number() OVER (PARTITION BY {second} ORDER BY opened_at, id) - 1 AS number "
        "FROM interactions) n WHERE n.id = i.id"
    )


def filling_words(collation: str) -> Iterator[str]:
    """What makes the documents of what is there, and then their indexes."""
    for statement in (_agenda("interactions"), _messages("messages"), _notes("notes")):
        yield statement.replace("{collation}", collation)
    yield "CREATE INDEX words_found ON words USING gin (vector)"
    yield "CREATE INDEX words_place ON words (place, interaction_id)"


def _second(moment: str) -> str:
    floor = f"CAST(floor(extract(epoch FROM {moment})) AS bigint)"
    return f"greatest({FIRST_S}, least({LAST_S}, {floor}))"


def _words_of(said: str) -> str:
    """FROM and WHERE of the words `w.word` of a text with their places `w.nth`."""
    cut = f"left({said}, {TEXT_LIMIT})"
    folded = (
        f"normalize(regexp_replace(normalize({cut}, NFD), "
        r"'([A-Za-z])[\u0300-\u0331]+', '\1', 'g'), NFC)"
    )
    others = f"translate(lower({folded} COLLATE {{collation}}), 'ςµſ', 'σμs')"
    apart = "regexp_replace({0}, '[^[:alnum:]{1}]+', ' ', 'g')"
    # Most texts have no letter beyond ASCII, and need none of this.
    plain = apart.format(f'lower({cut} COLLATE "C")', "")
    parted = (
        f"CASE WHEN octet_length({cut}) = length({cut}) THEN {plain} COLLATE {{collation}} "
        f"ELSE {apart.format(others, _NUMBERS)} END"
    )
    return (
        f"unnest(string_to_array({parted}, ' ')) WITH ORDINALITY AS w (word, nth) "
        f"WHERE length(w.word) BETWEEN 1 AND {_WORD}"
    )


def vector(said: str) -> str:
    """The words of a text with their places, as an expression: a function called for each text
    would take twice as long."""
    return (
        "(SELECT CAST(coalesce(string_agg(w.word || ':' || w.nth, ' '), '') AS tsvector) "
        f"FROM {_words_of(said)})"
    )


def _functions(schema: str) -> Iterator[str]:
    yield (
        "CREATE FUNCTION words_asked(said text, goes_on boolean) RETURNS tsquery "
        "LANGUAGE sql IMMUTABLE PARALLEL SAFE "
        f"SET search_path = pg_catalog, {schema} AS $$ "
        "SELECT CAST(string_agg(w.word, ' <-> ' ORDER BY w.nth) || "
        f"CASE WHEN goes_on THEN ':*' ELSE '' END AS tsquery) FROM {_words_of('said')} $$"
    )


def _triggers(schema: str) -> Iterator[str]:
    yield from _place(schema)
    texts = "(n.agenda, n.outcome, n.summary) IS DISTINCT FROM (o.agenda, o.outcome, o.summary)"
    changed = f"(SELECT n.* FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE {texts})"
    yield from _statement(schema, "interactions", "INSERT", _agenda("new_rows"))
    yield from _statement(
        schema,
        "interactions",
        "UPDATE",
        "UPDATE words w SET place = n.place FROM new_rows n JOIN old_rows o ON o.id = n.id "
        "WHERE w.interaction_id = n.id AND n.place IS DISTINCT FROM o.place",
        f"DELETE FROM words w USING {changed} n WHERE w.interaction_id = n.id AND w.part < 3",
        _agenda(changed),
    )
    yield from _statement(
        schema,
        "interactions",
        "DELETE",
        "DELETE FROM words w USING old_rows o WHERE w.interaction_id = o.id",
    )
    for table, part, make, fields in (
        ("messages", 3, _messages, ("interaction_id", "text")),
        ("notes", 4, _notes, ("interaction_id", "text", "undone_at")),
    ):
        before, after = (", ".join(f"{row}.{name}" for name in fields) for row in "on")
        changed = (
            "(SELECT n.* FROM new_rows n JOIN old_rows o ON o.id = n.id "
            f"WHERE ({after}) IS DISTINCT FROM ({before}))"
        )
        gone = (
            "DELETE FROM words w USING {} o WHERE w.interaction_id = o.interaction_id "
            f"AND w.part = {part} AND w.number = o.id"
        )
        old = f"(SELECT o.* FROM old_rows o JOIN {changed} c ON c.id = o.id)"
        yield from _statement(schema, table, "INSERT", make("new_rows"))
        yield from _statement(schema, table, "UPDATE", gone.format(old), make(changed))
        yield from _statement(schema, table, "DELETE", gone.format("old_rows"))


def _place(schema: str) -> Iterator[str]:
    second = _second("NEW.opened_at")
    yield (
        "CREATE FUNCTION interactions_placed() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = pg_catalog, {schema}, pg_temp AS $$ "
        f"DECLARE base bigint := {second} * {IN_A_SECOND}; last bigint; day_ends bigint; BEGIN "
        f"IF TG_OP = 'UPDATE' AND {_second('OLD.opened_at')} = {second} THEN RETURN NEW; END IF; "
        "SELECT x.place INTO last FROM interactions x WHERE x.place >= base "
        f"AND x.place < base + {IN_A_SECOND} ORDER BY x.place DESC LIMIT 1; "
        f"IF last IS NULL THEN NEW.place := base; "
        f"ELSIF last < base + {IN_A_SECOND - 1} THEN NEW.place := last + 1; "
        f"ELSE day_ends := (CAST(floor({second} / {DAY_S}.0) AS bigint) + 1) "
        f"* {DAY_S * IN_A_SECOND}; "
        "SELECT x.place INTO last FROM interactions x WHERE x.place >= base "
        "AND x.place < day_ends ORDER BY x.place DESC LIMIT 1; "
        "NEW.place := least(last + 1, day_ends - 1); END IF; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER interactions_placed BEFORE INSERT OR UPDATE OF opened_at ON interactions "
        "FOR EACH ROW EXECUTE FUNCTION interactions_placed()"
    )


def _statement(schema: str, table: str, event: str, *does: str) -> Iterator[str]:
    """A trigger that goes by statement, in whose body `new_rows` and `old_rows` are."""
    name = f"{table}_words_on_{event.lower()}"
    tables = {
        "INSERT": "NEW TABLE AS new_rows",
        "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "DELETE": "OLD TABLE AS old_rows",
    }[event]
    # Rows of a statement are seen by their own names before the desk's tables.
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = pg_catalog, {schema}, pg_temp AS $$ BEGIN "
        f"{'; '.join(does)}; RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


_INTO = "INSERT INTO words (interaction_id, part, number, place, vector) "


def _agenda(source: str) -> str:
    return (
        f"{_INTO} SELECT n.id, t.part, 0, n.place, {vector('t.said')} FROM {source} n "
        "CROSS JOIN LATERAL (VALUES (0, n.agenda), (1, n.outcome), (2, n.summary)) "
        "AS t (part, said) WHERE t.said IS NOT NULL"
    )


def _messages(source: str) -> str:
    return (
        f"{_INTO} SELECT i.id, 3, n.id, i.place, {vector('n.text')} FROM {source} n "
        "JOIN interactions i ON i.id = n.interaction_id"
    )


def _notes(source: str) -> str:
    return (
        f"{_INTO} SELECT i.id, 4, n.id, i.place, {vector('n.text')} FROM {source} n "
        "JOIN interactions i ON i.id = n.interaction_id WHERE n.undone_at IS NULL"
    )
