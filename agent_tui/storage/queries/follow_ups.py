"""What agents ask of one another, and what they want to find out about customers."""

from __future__ import annotations

from typing import Any

from agent_tui.domain.values.follow_ups import FollowUp, Question
from agent_tui.storage.reader import Reader, Row, build

FOLLOW_UP_COLUMNS = (
    "u.id, u.customer_id, c.name, u.text, b.name, o.name, u.state, u.at, u.closed_at, "
    "u.interaction_id, u.version "
    "FROM follow_ups u JOIN customers c ON c.id = u.customer_id "
    "JOIN agents o ON o.id = u.owner_id LEFT JOIN agents b ON b.id = u.asked_by_id "
)
"""What `follow_up` is made of; a condition may follow."""

QUESTION_COLUMNS = (
    "q.id, q.customer_id, q.text, q.state, q.at, q.closed_at, q.interaction_id, q.version, c.name "
    "FROM questions q JOIN customers c ON c.id = q.customer_id "
)
"""What `question` is made of; a condition may follow."""

ASKED_OF = "u.owner_id = :agent AND u.state = 'open'"
DECLINED_TO = "u.asked_by_id = :agent AND u.state = 'declined'"


def follow_up(row: Row) -> FollowUp:
    """A follow-up from a row of `FOLLOW_UP_COLUMNS`."""
    return build(FollowUp, row, 7, 8)


def question(row: Row) -> Question:
    """A question from a row of `QUESTION_COLUMNS`."""
    return build(Question, row, 4, 5)


def one(reader: Reader, *, follow_up_id: int) -> FollowUp | None:
    """The follow-up, or None."""
    row = reader.row(f"SELECT {FOLLOW_UP_COLUMNS} WHERE u.id = :id", id=follow_up_id)
    return follow_up(row) if row else None


def one_question(reader: Reader, *, question_id: int) -> Question | None:
    """The question, or None."""
    row = reader.row(f"SELECT {QUESTION_COLUMNS} WHERE q.id = :id", id=question_id)
    return question(row) if row else None


def not_done(
    reader: Reader, *, customer_id: int | None = None, agent_id: int | None = None, limit: int
) -> list[FollowUp]:
    """What was asked and is not done, oldest first: open, or declined. Of one customer, or all;
    of one agent what is their turn."""
    condition = "u.state IN ('open', 'declined')"
    values: dict[str, Any] = {}
    if customer_id is not None:
        condition += " AND u.customer_id = :customer"
        values["customer"] = customer_id
    if agent_id is not None:
        condition += f" AND ({ASKED_OF} OR {DECLINED_TO})"
        values["agent"] = agent_id
    rows = reader.rows(
        f"SELECT {FOLLOW_UP_COLUMNS} WHERE {condition} ORDER BY u.at, u.id LIMIT :limit",
        limit=limit,
        **values,
    )
    return [follow_up(row) for row in rows]


def open_questions(reader: Reader, *, customer_id: int | None = None, limit: int) -> list[Question]:
    """What nobody has answered, oldest first; about one customer, or all."""
    about = "" if customer_id is None else "AND q.customer_id = :customer "
    values = {} if customer_id is None else {"customer": customer_id}
    rows = reader.rows(
        f"SELECT {QUESTION_COLUMNS} WHERE q.state = 'open' {about}ORDER BY q.at, q.id LIMIT :limit",
        limit=limit,
        **values,
    )
    return [question(row) for row in rows]


def asked_of(reader: Reader, *, agent_id: int, limit: int) -> tuple[FollowUp, ...]:
    """What an agent was asked to do and has not done, oldest first."""
    return _under(reader, ASKED_OF, agent_id, limit)


def declined_to(reader: Reader, *, agent_id: int, limit: int) -> tuple[FollowUp, ...]:
    """What an agent asked of others who declined, oldest first."""
    return _under(reader, DECLINED_TO, agent_id, limit)


def _under(reader: Reader, condition: str, agent_id: int, limit: int) -> tuple[FollowUp, ...]:
    rows = reader.rows(
        f"SELECT {FOLLOW_UP_COLUMNS} WHERE {condition} ORDER BY u.at, u.id LIMIT :limit",
        agent=agent_id,
        limit=limit,
    )
    return tuple(follow_up(row) for row in rows)
