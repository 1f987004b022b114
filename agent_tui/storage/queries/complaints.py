"""Cases, and complaints among them: the case and the steps beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent_tui.domain.rules.complaints import ACKNOWLEDGED_WITHIN, by_urgency
from agent_tui.domain.values import ids
from agent_tui.domain.values.complaints import Complaint
from agent_tui.domain.values.kinds import CLOSED_CASE_STATES
from agent_tui.domain.values.people import Case
from agent_tui.storage.reader import Reader, Row, build, one_of

COLUMNS = (
    "k.id, k.kind, k.title, k.external_id, k.state, k.opened_at, k.answer_due_at, "
    "k.interaction_id, k.remedy, k.mark, k.customer_id, c.name, "
    "s.speakable, s.acknowledged_at, s.assessed_at, s.assessment, s.answered_at, s.answer, "
    "s.decided_at, s.decision, s.decision_reason, s.told_at, s.reaction, s.reacted_at, "
    "s.escalated_to, s.closed_at, s.version "
    "FROM cases k JOIN customers c ON c.id = k.customer_id "
    "LEFT JOIN complaints s ON s.case_id = k.id "
)
"""What `case` is made of; a condition may follow."""

_OF_CASE = 12
_CLOSED = ", ".join(f"'{state}'" for state in sorted(CLOSED_CASE_STATES))


def case(row: Row) -> Case:
    """A case from a row of `COLUMNS`, a complaint with its steps."""
    found = build(Case, row[:_OF_CASE], 5, 6)
    steps = row[_OF_CASE:]
    if steps[0] is None:
        return found
    return replace(found, complaint=build(Complaint, steps, 1, 2, 4, 6, 9, 11, 13))


def one(reader: Reader, *, case_id: int) -> Case | None:
    """The complaint, or None; cases of other kinds are none."""
    row = reader.row(f"SELECT {COLUMNS} WHERE k.id = :id AND k.kind = 'complaint'", id=case_id)
    return case(row) if row else None


def still_open(reader: Reader, *, customer_id: int | None = None, limit: int) -> list[Case]:
    """Complaints that are not closed, oldest first; of one customer, or all."""
    condition = "" if customer_id is None else "AND k.customer_id = :customer "
    values = {} if customer_id is None else {"customer": customer_id}
    rows = reader.rows(
        f"SELECT {COLUMNS} WHERE k.kind = 'complaint' AND k.state NOT IN ({_CLOSED}) {condition}"
        "ORDER BY k.opened_at, k.id LIMIT :limit",
        limit=limit,
        **values,
    )
    return [case(row) for row in rows]


def closed_by(reader: Reader, *, case_id: int) -> int | None:
    """Who closed a complaint, the last time that it was closed."""
    row = reader.row(
        "SELECT e.agent_id FROM events e WHERE e.subject = :subject "
        "AND e.kind = 'complaint.closed' ORDER BY e.sequence DESC LIMIT 1",
        subject=ids.show(ids.CASE, case_id),
    )
    return int(row[0]) if row and row[0] is not None else None


THROUGH = (
    "complaints s JOIN cases k ON k.id = s.case_id LEFT JOIN notes n ON n.id = k.note_id "
    "LEFT JOIN interactions t ON t.id = k.interaction_id "
    "WHERE s.closed_at IS NULL AND coalesce(n.author_id, t.agent_id, :agent) = :agent"
)
"""Open complaints that `:agent` wrote down, or that came in an interaction of theirs, or of which
nobody knows by whom."""


def through(reader: Reader, *, agent_id: int, limit: int) -> list[Case]:
    """The open complaints that came through an agent, in the order of `rules.complaints`.

    Which ones is found first, so that of many only those that are shown are read whole.
    """
    due = _next_due(reader)
    chosen = reader.rows(
        f"SELECT k.id FROM {THROUGH} ORDER BY {due} IS NULL, {due}, k.opened_at, k.id LIMIT :limit",
        agent=agent_id,
        limit=limit,
    )
    condition, values = one_of("k.id", [row[0] for row in chosen])
    rows = reader.rows(f"SELECT {COLUMNS} WHERE {condition}", **values) if values else ()
    return sorted((case(row) for row in rows), key=by_urgency)


def _next_due(reader: Reader) -> str:
    """When the next step of a complaint is due: `rules.complaints.next_step` in SQL."""
    day = ACKNOWLEDGED_WITHIN // timedelta(microseconds=1)
    length = f"INTERVAL '{day} microseconds'" if reader.is_postgres else str(day)
    return (
        "CASE WHEN s.told_at IS NOT NULL THEN NULL "
        "WHEN coalesce(s.decided_at, s.answered_at, s.acknowledged_at) IS NULL "
        f"AND (k.answer_due_at IS NULL OR k.answer_due_at > k.opened_at + {length}) "
        f"THEN k.opened_at + {length} ELSE k.answer_due_at END"
    )


def called(reader: Reader, *, name: str) -> list[int]:
    """The complaints that have this speakable id, or came with this id from a file."""
    rows = reader.rows(
        "SELECT case_id FROM complaints WHERE speakable = :name "
        "UNION SELECT id FROM cases WHERE normal = :name AND kind = 'complaint'",
        name=name,
    )
    return [row[0] for row in rows]


def is_taken(reader: Reader, *, speakable: str) -> bool:
    """Whether a complaint is called so, or a case that was brought by a file."""
    row = reader.row(
        "SELECT 1 FROM complaints WHERE speakable = :id "
        "UNION ALL SELECT 1 FROM cases WHERE normal = :id LIMIT 1",
        id=speakable,
    )
    return row is not None


@dataclass(frozen=True, slots=True)
class Retired:
    """A complaint that was taken back with its note: whose it was, and since when."""

    customer_id: int
    customer: str
    at: datetime


def retired(reader: Reader, *, name: str) -> Retired | None:
    """What a speakable id stood for whose complaint was taken back, or None."""
    row = reader.row(
        "SELECT c.id, c.name, g.at FROM events g JOIN customers c ON c.id = g.customer_id "
        "WHERE g.subject = :name AND g.kind = 'complaint.retired' ORDER BY g.sequence DESC LIMIT 1",
        name=name,
    )
    return build(Retired, row, 2) if row else None


def retired_of(reader: Reader, *, note_ids: Sequence[int]) -> list[str]:
    """The ids of complaints of these notes that were taken back and that none has now."""
    condition, values = one_of("g.detail", [ids.show(ids.NOTE, note_id) for note_id in note_ids])
    rows = reader.rows(
        f"SELECT g.subject FROM events g WHERE g.kind = 'complaint.retired' AND {condition} "
        "AND NOT EXISTS (SELECT 1 FROM complaints s WHERE s.speakable = g.subject) "
        "ORDER BY g.sequence",
        **values,
    )
    return list(dict.fromkeys(str(row[0]) for row in rows))
