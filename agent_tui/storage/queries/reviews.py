"""Reviews: those that somebody may read, with what they are pinned to and their criteria."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from agent_tui.domain.values.reviews import Criterion, Review
from agent_tui.storage.reader import Reader, Row, build, moment_or_none, one_of

if TYPE_CHECKING:
    from agent_tui.domain.values.agents import Agent

_SELECT = (
    "SELECT r.id, r.interaction_id, r.kind, r.agent_id, a.name, r.author_id, w.name, r.text, r.at, "
    "r.message_id, r.note_id, coalesce(m.text, n.text), r.read_at, r.answer, r.answered_at, "
    "r.version, r.withdrawn_at, i.customer_id, c.name FROM reviews r "
    "JOIN agents a ON a.id = r.agent_id JOIN agents w ON w.id = r.author_id "
    "JOIN interactions i ON i.id = r.interaction_id "
    "LEFT JOIN customers c ON c.id = i.customer_id "
    "LEFT JOIN messages m ON m.id = r.message_id LEFT JOIN notes n ON n.id = r.note_id "
)
_READABLE = (
    "(r.agent_id = :me OR r.author_id = :me OR :role = 'admin' OR (:role = 'lead' "
    "AND a.team_id = (SELECT t.id FROM teams t WHERE t.name = :team)))"
)
_NEWEST = "ORDER BY r.at DESC, r.id DESC"
UNREAD = "r.agent_id = :agent AND r.read_at IS NULL AND r.withdrawn_at IS NULL"
"""What an agent has been told and has not opened yet."""


def one(reader: Reader, *, review_id: int, me: Agent) -> Review | None:
    """The review, or None: where there is none, and where this agent may not read it."""
    found = _select(reader, f"WHERE r.id = :id AND {_READABLE}", id=review_id, **_who(me))
    return found[0] if found else None


def of_interaction(reader: Reader, *, interaction_id: int, me: Agent) -> tuple[Review, ...]:
    """What was said of an interaction, as far as this agent may read it; newest first."""
    return _select(
        reader,
        f"WHERE r.interaction_id = :interaction AND {_READABLE} {_NEWEST}",
        interaction=interaction_id,
        **_who(me),
    )


def about(reader: Reader, *, agent_id: int, limit: int, unread: bool) -> tuple[Review, ...]:
    """What was written for an agent, newest first; all of it, or what they have not opened."""
    condition = UNREAD if unread else "r.agent_id = :agent"
    return _select(reader, f"WHERE {condition} {_NEWEST} LIMIT :limit", agent=agent_id, limit=limit)


def by(reader: Reader, *, agent_id: int, limit: int) -> tuple[Review, ...]:
    """What an agent wrote, newest first."""
    return _select(
        reader,
        f"WHERE r.author_id = :agent {_NEWEST} LIMIT :limit",
        agent=agent_id,
        limit=limit,
    )


def readable(reader: Reader, *, me: Agent, limit: int) -> tuple[Review, ...]:
    """All that this agent may read, newest first."""
    return _select(reader, f"WHERE {_READABLE} {_NEWEST} LIMIT :limit", limit=limit, **_who(me))


def pinned(reader: Reader, *, kind: Literal["message", "note"], line_id: int) -> Row | None:
    """Of a line that a review may be pinned to its interaction's id and its words; None where it
    is not there, or in no interaction."""
    table = "messages" if kind == "message" else "notes"
    return reader.row(
        f"SELECT interaction_id, text FROM {table} WHERE id = :id AND interaction_id IS NOT NULL",
        id=line_id,
    )


def unread(reader: Reader, *, agent_id: int) -> int:
    """How many an agent has not opened yet."""
    row = reader.row(f"SELECT count(*) FROM reviews r WHERE {UNREAD}", agent=agent_id)
    return int(row[0]) if row else 0


def is_answer_read(reader: Reader, *, subject: str) -> bool:
    """Whether the author of the review with this shown id has read the answer to it."""
    return (
        reader.row(
            "SELECT 1 FROM events WHERE subject = :subject AND kind = 'review.answer_read' LIMIT 1",
            subject=subject,
        )
        is not None
    )


def line_of(
    reader: Reader, *, interaction_id: int, message_id: int | None, note_id: int | None
) -> bool:
    """Whether a message or a note is one of this interaction."""
    table, line = ("messages", message_id) if message_id is not None else ("notes", note_id)
    row = reader.row(
        f"SELECT 1 FROM {table} WHERE id = :line AND interaction_id = :interaction",
        line=line,
        interaction=interaction_id,
    )
    return row is not None


def _who(me: Agent) -> dict[str, Any]:
    return {"me": me.id, "role": me.role, "team": me.team}


def _select(reader: Reader, condition: str, **parameters: Any) -> tuple[Review, ...]:
    found = [_review(row) for row in reader.rows(f"{_SELECT} {condition}", **parameters)]
    criteria = _criteria(reader, [review.id for review in found])
    return tuple(replace(one, criteria=tuple(criteria.get(one.id, ()))) for one in found)


def _review(row: Row) -> Review:
    made = build(Review, row[:15], 8, 12, 14)
    return replace(
        made,
        version=row[15],
        withdrawn_at=moment_or_none(row[16]),
        customer_id=row[17],
        customer=row[18],
    )


def _criteria(reader: Reader, review_ids: list[int]) -> dict[int, list[Criterion]]:
    condition, values = one_of("e.review_id", review_ids)
    found: dict[int, list[Criterion]] = {}
    for review_id, *criterion in reader.rows(
        "SELECT e.review_id, e.name, e.kind, e.verdict, e.comment FROM review_criteria e "
        f"WHERE {condition} ORDER BY e.review_id, e.position",
        **values,
    ):
        found.setdefault(review_id, []).append(Criterion(*criterion))
    return found
