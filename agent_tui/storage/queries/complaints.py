"""Cases, and complaints among them: the case and the steps beside it."""

from __future__ import annotations

from dataclasses import replace

from agent_tui.domain.values.complaints import Complaint
from agent_tui.domain.values.people import CLOSED_CASE_STATES, Case
from agent_tui.storage.reader import Reader, Row, build

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
