"""Places and full-text documents on a SQLite desk: the triggers that keep them.

`words` is an FTS5 index without content: what it says of a text is taken out again with the very
text, which only triggers know in time. Its row ids are places shifted by 19 bits, so that documents
lie in time order: `(place << 19) | 0` is an interaction's agenda, outcome and summary,
`| sequence << 1` a message, `| number << 1 | 1` a note, whose number within its interaction is
given here. Sequences and numbers past 262,143 find no room and are not indexed.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_tui.storage.words import (
    DAY_S,
    FIRST_S,
    IN_A_SECOND,
    LAST_S,
    MOST_IN_ONE,
    PLACE_BITS,
    SEPARATORS,
    TEXT_LIMIT,
)

WORDS = (
    "CREATE VIRTUAL TABLE words USING fts5(said, agenda, outcome, summary, content='', "
    f"columnsize=0, tokenize=\"unicode61 remove_diacritics 2 separators '{SEPARATORS}'\")"
)


def statements() -> Iterator[str]:
    """What makes places and documents, in order; what is there already is filled in between."""
    yield WORDS
    yield from _about_interactions()
    yield from _about_messages()
    yield from _about_notes()


def filling() -> Iterator[str]:
    """What gives places and documents to what is there; before the triggers are made."""
    second = _second("opened_at")
    number = f"row_number() OVER (PARTITION BY {second} ORDER BY opened_at, id) - 1"
    yield (
        f"CREATE TEMP TABLE new_places AS SELECT id, {second} * {IN_A_SECOND} + {number} AS place, "
        f"{second} AS second FROM interactions"
    )
    yield (
        "UPDATE interactions SET place = p.place FROM temp.new_places p "
        f"WHERE p.id = interactions.id AND p.place < (p.second + 1) * {IN_A_SECOND}"
    )
    yield "DROP TABLE temp.new_places"
    yield (
        f"UPDATE interactions SET place = {_free_place('interactions.opened_at')} "
        "WHERE place IS NULL"
    )
    yield (
        "UPDATE notes SET number = n.number FROM (SELECT id, row_number() OVER "
        "(PARTITION BY interaction_id ORDER BY id) AS number FROM notes "
        "WHERE interaction_id IS NOT NULL) n WHERE n.id = notes.id"
    )


def filling_words() -> Iterator[str]:
    """What makes the documents of what is there, interaction by interaction in time order."""
    calls = "(SELECT id, place, agenda, outcome, summary FROM interactions ORDER BY place) i"
    yield _insert_agenda(f"{calls} WHERE 1 = 1")
    yield _insert_messages(f"{calls} CROSS JOIN messages m ON m.interaction_id = i.id WHERE 1 = 1")
    yield _insert_notes(f"{calls} CROSS JOIN notes n ON n.interaction_id = i.id WHERE 1 = 1")


def _second(moment: str) -> str:
    """The whole second of a moment in microseconds, since 1970, kept within its 32 bits."""
    floor = f"({moment} - (({moment} % 1000000) + 1000000) % 1000000) / 1000000"
    return f"max({FIRST_S}, min({LAST_S}, {floor}))"


def _free_place(moment: str) -> str:
    """The next free place in the second of a moment; where that is full, behind the last of that
    day; where that is full too, the first gap."""
    second = _second(moment)
    day_ends = f"(s - ((s % {DAY_S}) + {DAY_S}) % {DAY_S} + {DAY_S}) * {IN_A_SECOND}"

    def last(under: str) -> str:
        return (
            "(SELECT x.place FROM interactions x WHERE x.place >= b.base "
            f"AND x.place < {under} ORDER BY x.place DESC LIMIT 1)"
        )

    in_second, in_day = last(f"b.base + {IN_A_SECOND}"), last("b.day_ends")
    gap = (
        "(SELECT x.place + 1 FROM interactions x WHERE x.place >= b.base AND NOT EXISTS "
        "(SELECT 1 FROM interactions y WHERE y.place = x.place + 1) ORDER BY x.place LIMIT 1)"
    )
    return (
        f"(SELECT CASE WHEN {in_second} IS NULL THEN b.base "
        f"WHEN {in_second} < b.base + {IN_A_SECOND - 1} THEN {in_second} + 1 "
        f"WHEN {in_day} < b.day_ends - 1 THEN {in_day} + 1 ELSE {gap} END "
        f"FROM (SELECT s * {IN_A_SECOND} AS base, {day_ends} AS day_ends "
        f"FROM (SELECT {second} AS s)) b)"
    )


def _about_interactions() -> Iterator[str]:
    place = "UPDATE interactions SET place = {} WHERE id = NEW.id"
    yield (
        "CREATE TRIGGER interactions_placed AFTER INSERT ON interactions BEGIN "
        f"{place.format(_free_place('NEW.opened_at'))}; END"
    )
    # One trigger for both, since two of one event fire in no order: the documents that move are
    # read as they are by now.
    texts = ("agenda", "outcome", "summary")
    differs = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in texts)
    moved = f"{_second('NEW.opened_at')} <> {_second('OLD.opened_at')}"
    yield (
        "CREATE TRIGGER interactions_words_changed "
        "AFTER UPDATE OF agenda, outcome, summary, opened_at ON interactions "
        f"WHEN {differs} OR {moved} BEGIN "
        f"{_delete_agenda('(SELECT 1) WHERE OLD.place IS NOT NULL AND (' + differs + ')')}; "
        f"{_insert_agenda('(SELECT 1) WHERE OLD.place IS NOT NULL AND (' + differs + ')', 'NEW')}; "
        f"{place.format(_free_place('NEW.opened_at'))} AND {moved}; END"
    )
    of_old = "WHERE OLD.place IS NOT NULL AND {0}.interaction_id = OLD.id"
    of_new = "WHERE NEW.place IS NOT NULL AND {0}.interaction_id = NEW.id"
    messages = "(SELECT OLD.place AS place) i, messages m "
    notes = "(SELECT OLD.place AS place) i, notes n "
    taken = "; ".join(
        (
            _delete_agenda("(SELECT 1) WHERE OLD.place IS NOT NULL"),
            _delete_messages(messages + of_old.format("m")),
            _delete_notes(notes + of_old.format("n")),
        )
    )
    put = "; ".join(
        (
            _insert_agenda("(SELECT 1) WHERE NEW.place IS NOT NULL", "NEW"),
            _insert_messages("(SELECT NEW.place AS place) i, messages m " + of_new.format("m")),
            _insert_notes("(SELECT NEW.place AS place) i, notes n " + of_new.format("n")),
        )
    )
    yield (
        "CREATE TRIGGER interactions_words_added AFTER UPDATE OF place ON interactions "
        f"WHEN OLD.place IS NULL BEGIN {put}; END"
    )
    yield (
        "CREATE TRIGGER interactions_words_moved AFTER UPDATE OF place ON interactions "
        f"WHEN OLD.place IS NOT NULL AND NEW.place IS NOT OLD.place BEGIN {taken}; {put}; END"
    )
    yield (
        f"CREATE TRIGGER interactions_words_gone BEFORE DELETE ON interactions BEGIN {taken}; END"
    )


def _about_messages() -> Iterator[str]:
    old = "(SELECT OLD.sequence AS sequence, OLD.text AS text) m"
    new = "(SELECT NEW.sequence AS sequence, NEW.text AS text) m"
    of = "interactions i, {} WHERE i.id = {}.interaction_id"
    delete = _delete_messages(of.format(old, "OLD"))
    insert = _insert_messages(of.format(new, "NEW"))
    yield f"CREATE TRIGGER messages_words_added AFTER INSERT ON messages BEGIN {insert}; END"
    yield f"CREATE TRIGGER messages_words_gone AFTER DELETE ON messages BEGIN {delete}; END"
    yield (
        "CREATE TRIGGER messages_words_changed "
        "AFTER UPDATE OF text, sequence, interaction_id ON messages "
        "WHEN NEW.text IS NOT OLD.text OR NEW.sequence IS NOT OLD.sequence "
        f"OR NEW.interaction_id IS NOT OLD.interaction_id BEGIN {delete}; {insert}; END"
    )


def _about_notes() -> Iterator[str]:
    fields = ("number", "text", "undone_at")

    def of(row: str) -> str:
        listed = ", ".join(f"{row}.{name} AS {name}" for name in fields)
        return f"interactions i, (SELECT {listed}) n WHERE i.id = {row}.interaction_id"

    stored = "interactions i, notes n WHERE n.id = NEW.id AND i.id = n.interaction_id"
    number = (
        "UPDATE notes SET number = 1 + coalesce((SELECT max(x.number) FROM notes x "
        "WHERE x.interaction_id = NEW.interaction_id AND x.id <> NEW.id), 0) WHERE id = NEW.id"
    )
    yield (
        "CREATE TRIGGER notes_words_added AFTER INSERT ON notes "
        f"WHEN NEW.interaction_id IS NOT NULL BEGIN {number}; {_insert_notes(stored)}; END"
    )
    yield (
        "CREATE TRIGGER notes_words_gone AFTER DELETE ON notes "
        f"WHEN OLD.number IS NOT NULL BEGIN {_delete_notes(of('OLD'))}; END"
    )
    yield (
        "CREATE TRIGGER notes_words_changed AFTER UPDATE OF text, undone_at ON notes "
        "WHEN NEW.interaction_id IS OLD.interaction_id AND (NEW.text IS NOT OLD.text "
        "OR (NEW.undone_at IS NULL) <> (OLD.undone_at IS NULL)) "
        f"BEGIN {_delete_notes(of('OLD'))}; {_insert_notes(of('NEW'))}; END"
    )
    yield (
        "CREATE TRIGGER notes_words_moved AFTER UPDATE OF interaction_id ON notes "
        "WHEN NEW.interaction_id IS NOT OLD.interaction_id "
        f"BEGIN {_delete_notes(of('OLD'))}; {number}; {_insert_notes(stored)}; END"
    )


_SHIFT = 1 << PLACE_BITS
_FITS = f"BETWEEN 1 AND {MOST_IN_ONE}"


def _cut(text: str) -> str:
    return f"substr({text}, 1, {TEXT_LIMIT})"


def _insert_messages(source: str) -> str:
    return (
        f"INSERT INTO words (rowid, said) SELECT i.place * {_SHIFT} + m.sequence * 2, "
        f"{_cut('m.text')} FROM {source} AND m.sequence {_FITS}"
    )


def _delete_messages(source: str) -> str:
    return (
        "INSERT INTO words (words, rowid, said) "
        f"SELECT 'delete', i.place * {_SHIFT} + m.sequence * 2, "
        f"{_cut('m.text')} FROM {source} AND m.sequence {_FITS}"
    )


def _insert_notes(source: str) -> str:
    return (
        f"INSERT INTO words (rowid, said) SELECT i.place * {_SHIFT} + n.number * 2 + 1, "
        f"{_cut('n.text')} FROM {source} AND n.undone_at IS NULL AND n.number {_FITS}"
    )


def _delete_notes(source: str) -> str:
    return (
        "INSERT INTO words (words, rowid, said) "
        f"SELECT 'delete', i.place * {_SHIFT} + n.number * 2 + 1, "
        f"{_cut('n.text')} FROM {source} AND n.undone_at IS NULL AND n.number {_FITS}"
    )


_TEXTS = ("agenda", "outcome", "summary")


def _insert_agenda(source: str, row: str = "i") -> str:
    texts = ", ".join(_cut(f"{row}.{name}") for name in _TEXTS)
    return (
        "INSERT INTO words (rowid, agenda, outcome, summary) "
        f"SELECT {row}.place * {_SHIFT}, {texts} FROM {source} AND {_has_agenda(row)}"
    )


def _delete_agenda(source: str) -> str:
    texts = ", ".join(_cut(f"OLD.{name}") for name in _TEXTS)
    return (
        "INSERT INTO words (words, rowid, agenda, outcome, summary) "
        f"SELECT 'delete', OLD.place * {_SHIFT}, {texts} FROM {source} AND {_has_agenda('OLD')}"
    )


def _has_agenda(row: str) -> str:
    return f"coalesce({', '.join(f'{row}.{name}' for name in _TEXTS)}) IS NOT NULL"
