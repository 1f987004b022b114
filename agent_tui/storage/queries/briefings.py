"""What the brief knows of its reader, and what agents said of the records in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from agent_tui.domain.values import ids
from agent_tui.domain.values.briefing import RecordMark, Sighting
from agent_tui.storage.reader import Reader, Row, build, moment, moment_or_none, one_of

MARKS_READ = 500
READINGS_READ = 200
"""How many of an agent's receipts for one customer are looked at, the newest ones."""

_LAST_WORDS = (
    "agenda.set",
    "interaction.met",
    "interaction.reopened",
    "interaction.wrapped_up",
)
"""The events of what an interaction was about and how it ended."""
_LEFT_BEHIND = (
    "messages",
    "notes",
    "promises",
    "cases",
    "concessions",
    "refusals",
    "moods",
    "script_runs",
    "interaction_topics",
)
_EMPTY = (
    "(i.state = 'ended' OR (i.state = 'wrapped_up' AND i.wrapped_up_at IS NOT NULL)) "
    "AND i.import_key IS NULL AND i.met = 'not_asked' AND coalesce(i.agenda, '') = '' "
    "AND coalesce(i.outcome, '') = '' AND coalesce(i.summary, '') = ''"
) + "".join(
    f" AND NOT EXISTS (SELECT 1 FROM {table} x WHERE x.interaction_id = i.id)"
    for table in _LEFT_BEHIND
)
"""It is over, and nobody said, noted or did anything in it; what a file told is a contact as it
is."""
_MARK = (
    "m.id, m.subject, m.how, m.agent_id, a.name, m.at, m.reason, m.interaction_id "
    "FROM record_marks m JOIN agents a ON a.id = m.agent_id "
)


def marks(reader: Reader, *, customer_id: int) -> tuple[RecordMark, ...]:
    """What agents said of a customer's records and did not take back: wrong ones first, then the
    newest."""
    rows = reader.rows(
        f"SELECT {_MARK} WHERE m.customer_id = :id AND m.undone_at IS NULL "
        "ORDER BY m.how <> 'wrong', m.at DESC, m.id DESC LIMIT :limit",
        id=customer_id,
        limit=MARKS_READ,
    )
    return tuple(_mark(row) for row in rows)


def standing_mark(
    reader: Reader, *, agent_id: int, subject: str, how: str, interaction_id: int | None
) -> RecordMark | None:
    """The mark of this kind that an agent made of a record in an interaction, or in none."""
    row = reader.row(
        f"SELECT {_MARK} WHERE m.subject = :subject AND m.how = :how AND m.agent_id = :agent "
        "AND coalesce(m.interaction_id, 0) = :call AND m.undone_at IS NULL",
        subject=subject,
        how=how,
        agent=agent_id,
        call=interaction_id or 0,
    )
    return _mark(row) if row else None


def is_called_wrong(reader: Reader, *, subject: str) -> bool:
    """Whether anybody says that a record is wrong."""
    row = reader.row(
        "SELECT 1 FROM record_marks WHERE subject = :subject AND how = 'wrong' "
        "AND undone_at IS NULL LIMIT 1",
        subject=subject,
    )
    return row is not None


def _mark(row: Row) -> RecordMark:
    return build(RecordMark, row, 5)


def sightings(reader: Reader, *, agent_id: int, customer_id: int) -> tuple[Sighting, ...]:
    """The lines of a customer's briefs that an agent had in front of them: of each, in each
    interaction, the first time and the last.

    What was only counted as known was not in front of them that time.
    """
    rows = reader.rows(
        "SELECT l.key, min(s.at), max(s.at), s.interaction_id FROM "
        "(SELECT r.id, coalesce(r.granted_at, r.begun_at) AS at, r.interaction_id FROM receipts r "
        "WHERE r.agent_id = :agent AND r.customer_id = :id "
        "ORDER BY r.begun_at DESC, r.id DESC LIMIT :limit) s "
        "JOIN receipt_lines l ON l.receipt_id = s.id AND l.how IS NOT NULL AND l.how <> 'known' "
        "GROUP BY l.key, s.interaction_id",
        agent=agent_id,
        id=customer_id,
        limit=READINGS_READ,
    )
    found = []
    for key, first, last, interaction_id in rows:
        found.append(Sighting(key, moment(last), interaction_id))
        if first != last:
            found.append(Sighting(key, moment(first), interaction_id))
    return tuple(found)


def told_by(reader: Reader, *, interaction_id: int, agent_id: int) -> int | None:
    """The colleague, if any, who had the last word on what an agent's interaction was about and how
    it ended, or who put a topic to it."""
    kinds, values = one_of("e.kind", _LAST_WORDS)
    row = reader.row(
        f"SELECT e.agent_id FROM events e WHERE e.subject = :subject AND {kinds} "
        "ORDER BY e.sequence DESC LIMIT 1",
        subject=ids.show(ids.INTERACTION, interaction_id),
        **values,
    )
    if row is not None and row[0] not in (None, agent_id):
        return int(row[0])
    row = reader.row(
        "SELECT n.author_id FROM interaction_topics t JOIN notes n ON n.id = t.note_id "
        "WHERE t.interaction_id = :id AND n.author_id <> :agent LIMIT 1",
        id=interaction_id,
        agent=agent_id,
    )
    return int(row[0]) if row else None


def empty(reader: Reader, *, interaction_ids: Sequence[int]) -> frozenset[int]:
    """Those of these interactions that came by a channel, are over, and left nothing behind."""
    if not interaction_ids:
        return frozenset()
    condition, values = one_of("i.id", interaction_ids)
    rows = reader.rows(f"SELECT i.id FROM interactions i WHERE {condition} AND {_EMPTY}", **values)
    return frozenset(int(row[0]) for row in rows)


def last_spoke(
    reader: Reader, *, agent_id: int, customer_id: int, but: int | None
) -> datetime | None:
    """When an agent last had an interaction with a customer that is over and in which anything was
    said or done; one may be left out."""
    row = reader.row(
        "SELECT i.opened_at FROM interactions i WHERE i.customer_id = :id "
        "AND i.agent_id = :agent AND i.state IN ('ended', 'wrapped_up') AND i.id <> :but "
        f"AND NOT ({_EMPTY}) "
        "ORDER BY i.opened_at DESC, i.id DESC LIMIT 1",
        id=customer_id,
        agent=agent_id,
        but=but or 0,
    )
    return moment_or_none(row[0]) if row else None
