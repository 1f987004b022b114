"""Notes as they read now: a correction stands in the place of what it corrects, the old text
behind it; a note taken back is not shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from agent_tui.domain.values.conversation import Entry, Place, Whose, Wording
from agent_tui.storage.queries.entries import NOTED, Calls, note_entry
from agent_tui.storage.reader import Reader, moment, one_of


def first_versions(reader: Reader, ids: Iterable[int]) -> list[int]:
    """The notes that these are, or that they correct in the end."""
    condition, values = one_of("n.id", sorted(set(ids)))
    if not values:
        return []
    rows = reader.rows(
        "WITH RECURSIVE older(id, corrects_id) AS ("
        f"SELECT n.id, n.corrects_id FROM notes n WHERE {condition} UNION "
        "SELECT n.id, n.corrects_id FROM older o CROSS JOIN notes n WHERE n.id = o.corrects_id) "
        "SELECT id FROM older WHERE corrects_id IS NULL",
        **values,
    )
    return [row[0] for row in rows]


def corrected(reader: Reader, entries: Iterable[Entry]) -> list[Entry]:
    """The entries, their notes with the newest text and those that it has replaced."""
    entries = list(entries)
    condition, values = one_of("n.corrects_id", [one.id for one in entries if one.kind == "note"])
    if not values:
        return entries
    rows = reader.rows(
        "WITH RECURSIVE newer(first, id) AS ("
        f"SELECT n.corrects_id, n.id FROM notes n WHERE {condition} AND n.undone_at IS NULL "
        "UNION SELECT c.first, n.id FROM newer c CROSS JOIN notes n "
        "WHERE n.corrects_id = c.id AND n.undone_at IS NULL) "
        "SELECT c.first, n.id, n.text, a.name, n.at FROM newer c CROSS JOIN notes n "
        "LEFT JOIN agents a ON a.id = n.author_id WHERE n.id = c.id ORDER BY n.at, n.id",
        **values,
    )
    versions: dict[int, list[tuple[int, Wording]]] = {}
    for first, number, text, author, at in rows:
        versions.setdefault(first, []).append((number, Wording(text, author, moment(at))))
    return [
        _newest(entry, versions[entry.id])
        if entry.kind == "note" and entry.id in versions
        else entry
        for entry in entries
    ]


def _newest(entry: Entry, versions: list[tuple[int, Wording]]) -> Entry:
    assert entry.at is not None
    older = [Wording(entry.text, entry.author, entry.at), *(one for _id, one in versions[:-1])]
    number, newest = versions[-1]
    return replace(
        entry,
        id=number,
        text=newest.text,
        author=newest.author,
        corrected=tuple(reversed(older)),
    )


def notes_by_id(
    reader: Reader, whose: Whose, ids: Sequence[int], calls: Calls
) -> tuple[list[Entry], frozenset[Place]]:
    """These first versions as they read now, as far as they belong to this conversation, and the
    places of those taken back. `calls` holds the interactions that may be concerned."""
    condition, values = one_of("n.id", ids)
    if not values:
        return [], frozenset()
    entries, gone = [], set()
    for *row, customer_id, undone_at in reader.rows(
        f"SELECT {NOTED}, n.customer_id, n.undone_at FROM notes n "
        f"LEFT JOIN agents a ON a.id = n.author_id WHERE {condition}",
        **values,
    ):
        call = calls.get(row[0])
        if call is None and (row[0] is not None or customer_id != whose.customer_id):
            continue
        entry = note_entry(row, call)
        if undone_at is None:
            entries.append(entry)
        else:
            gone.add(entry.place)
            if call is None:
                gone.add(entry.place.passage)
    return corrected(reader, entries), frozenset(gone)


def interactions_of(reader: Reader, *, messages: Sequence[int], notes: Sequence[int]) -> list[int]:
    """The interactions in which these messages and notes are."""
    if not messages and not notes:
        return []
    said, values = one_of("id", messages, "m")
    noted, more = one_of("id", notes, "n")
    rows = reader.rows(
        f"SELECT interaction_id FROM messages WHERE {said} UNION "
        f"SELECT interaction_id FROM notes WHERE {noted} AND interaction_id IS NOT NULL",
        **values,
        **more,
    )
    return [row[0] for row in rows]
