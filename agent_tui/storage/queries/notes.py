"""What notes ask and write, and the records and topics that stand because of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agent_tui.domain.values.kinds import Side
from agent_tui.domain.values.notes import RecordKind
from agent_tui.storage.reader import Reader, moment_or_none, one_of

_VERSION = "r.version - 1"
_OF_COMPLAINT = (
    "r.version - 1 + coalesce((SELECT c.version - 1 FROM complaints c WHERE c.case_id = r.id), 0)"
)
_RECORDS: dict[RecordKind, tuple[str, str, str, str]] = {
    "promise": ("promises", "r.text", "r.due_at", _VERSION),
    "fact": ("facts", "r.text", "NULL", _VERSION),
    "concession": ("concessions", "r.kind", "NULL", _VERSION),
    "refusal": ("refusals", "r.what", "NULL", _VERSION),
    "mood": ("moods", "r.text", "NULL", "0"),
    "complaint": ("cases", "r.title", "NULL", _OF_COMPLAINT),
    "question": ("questions", "r.text", "NULL", _VERSION),
    "follow_up": ("follow_ups", "r.text", "NULL", _VERSION),
}
"""Of each kind of record its table, its words, when it is due, and how often it was changed."""

_SIDED = ("promise", "concession")
"""The kinds of which either side may be who gave it."""

_STANDS = (
    "n.undone_at IS NULL AND n.import_key IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM notes c WHERE c.corrects_id = n.id AND c.undone_at IS NULL)"
)
"""A note that was written here and stands: neither taken back nor corrected."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A record as its note knows it: `mark` are its exact words there.

    `is_touched` tells whether anybody changed it since it was made.
    """

    kind: RecordKind
    id: int
    mark: str
    words: str
    due_at: datetime | None
    is_touched: bool
    side: Side | None = None


def records_of(reader: Reader, *, note_ids: Sequence[int]) -> list[Marked]:
    """The records that stand because of these notes, in the order in which they were made.

    A promise that took the place of another is not one of them: it was made by who moved it.
    """
    condition, values = one_of("r.note_id", note_ids)
    found = [
        Marked(kind, row[0], row[1], row[2], moment_or_none(row[3]), row[4] > 0, row[5])
        for kind, (table, words, due, changes) in _RECORDS.items()
        for row in reader.rows(
            f"SELECT r.id, r.mark, {words}, {due}, {changes}, "
            f"{'r.side' if kind in _SIDED else 'NULL'} FROM {table} r "
            f"WHERE {condition} AND r.mark IS NOT NULL"
            f"{' AND r.replaces_id IS NULL' if kind == 'promise' else ''}",
            **values,
        )
    ]
    return sorted(found, key=lambda record: record.id)


def hang(reader: Reader, records: Sequence[Marked], *, note_id: int) -> None:
    """Let records stand because of another note: where they come from, not what they say."""
    for kind, (table, *_) in _RECORDS.items():
        chosen = [record.id for record in records if record.kind == kind]
        if chosen:
            condition, values = one_of("id", chosen)
            reader.rows(
                f"UPDATE {table} SET note_id = :note WHERE {condition} RETURNING id",
                note=note_id,
                **values,
            )


def give(reader: Reader, *, interaction_id: int, to: int) -> None:
    """Give what was noted in an interaction, and the records made in it, to a customer."""
    owners = {
        int(row[0])
        for row in reader.rows(
            "SELECT customer_id FROM interactions WHERE id = :call UNION "
            "SELECT customer_id FROM notes WHERE interaction_id = :call",
            call=interaction_id,
        )
        if row[0] is not None
    }
    condition, values = one_of("customer_id", sorted(owners))
    for table, *_ in _RECORDS.values():
        reader.rows(
            f"UPDATE {table} SET customer_id = :to WHERE {condition} AND (interaction_id = :call "
            "OR note_id IN (SELECT n.id FROM notes n WHERE n.interaction_id = :call)) RETURNING id",
            to=to,
            call=interaction_id,
            **values,
        )
    reader.rows(
        "UPDATE notes SET customer_id = :to WHERE interaction_id = :call RETURNING id",
        to=to,
        call=interaction_id,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A note that stands on an interaction."""

    id: int
    customer_id: int | None
    text: str


def standing(reader: Reader, *, interaction_id: int) -> list[Standing]:
    """The notes that stand on an interaction, in the order of writing."""
    rows = reader.rows(
        "SELECT n.id, n.customer_id, n.text FROM notes n "
        f"WHERE n.interaction_id = :call AND {_STANDS} ORDER BY n.id",
        call=interaction_id,
    )
    return [Standing(*row) for row in rows]


def interaction_of(reader: Reader, *, note_id: int) -> int | None:
    """The interaction that a note belongs to, or None."""
    row = reader.row("SELECT interaction_id FROM notes WHERE id = :note", note=note_id)
    return row[0] if row else None


def corrections(reader: Reader, *, note_id: int) -> list[tuple[int, str | None]]:
    """The corrections of a note that were not taken back, with their authors' names."""
    rows = reader.rows(
        "SELECT n.id, a.name FROM notes n LEFT JOIN agents a ON a.id = n.author_id "
        "WHERE n.corrects_id = :note AND n.undone_at IS NULL ORDER BY n.id",
        note=note_id,
    )
    return [(int(row[0]), row[1]) for row in rows]


def versions(reader: Reader, *, note_id: int) -> list[int]:
    """All that one note ever read: the first text, its corrections and theirs."""
    rows = reader.rows(
        "WITH RECURSIVE up (id, corrects_id) AS ("
        "SELECT id, corrects_id FROM notes WHERE id = :note UNION "
        "SELECT n.id, n.corrects_id FROM notes n JOIN up ON n.id = up.corrects_id), "
        "down (id) AS (SELECT id FROM up WHERE corrects_id IS NULL UNION "
        "SELECT n.id FROM notes n JOIN down ON n.corrects_id = down.id) SELECT id FROM down",
        note=note_id,
    )
    return [int(row[0]) for row in rows]


def undone_like(reader: Reader, *, note_id: int, since: datetime) -> list[int]:
    """The notes of the same author about the same, taken back since then, the newest first."""
    rows = reader.rows(
        "SELECT o.id FROM notes n JOIN notes o ON o.customer_id = n.customer_id "
        "AND o.author_id = n.author_id "
        "AND coalesce(o.interaction_id, 0) = coalesce(n.interaction_id, 0) "
        "WHERE n.id = :note AND o.undone_at >= :since ORDER BY o.undone_at DESC, o.id DESC",
        note=note_id,
        since=since,
    )
    return [int(row[0]) for row in rows]


def last_of(reader: Reader, *, agent_id: int) -> int | None:
    """The newest note that an agent wrote here and that stands."""
    row = reader.row(
        f"SELECT n.id FROM notes n WHERE n.author_id = :agent AND {_STANDS} "
        "ORDER BY n.id DESC LIMIT 1",
        agent=agent_id,
    )
    return int(row[0]) if row else None


def topics_of(reader: Reader, *, note_id: int, interaction_id: int) -> list[str]:
    """The topics of an interaction that a note brought first."""
    rows = reader.rows(
        "SELECT topic FROM interaction_topics WHERE interaction_id = :call AND note_id = :note "
        "ORDER BY topic",
        call=interaction_id,
        note=note_id,
    )
    return [str(row[0]) for row in rows]


def agenda_over(reader: Reader, *, interaction_id: int, agenda: str) -> list[int]:
    """The notes that stand and set the interaction's agenda when it was `agenda`."""
    rows = reader.rows(
        "SELECT n.id FROM notes n WHERE n.interaction_id = :call AND n.agenda_before = :agenda "
        f"AND {_STANDS}",
        call=interaction_id,
        agenda=agenda,
    )
    return [int(row[0]) for row in rows]
