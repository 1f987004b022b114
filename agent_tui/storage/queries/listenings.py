"""The listening log: every query names whose it is, so that nobody else's is ever read."""

from __future__ import annotations

from agent_tui.domain.values.reviews import Listened
from agent_tui.storage.reader import Reader, build

_SELECT = (
    "SELECT l.id, l.interaction_id, l.at, l.seed, l.remark, l.version, c.name, a.name "
    "FROM listenings l JOIN interactions i ON i.id = l.interaction_id "
    "LEFT JOIN customers c ON c.id = i.customer_id LEFT JOIN agents a ON a.id = i.agent_id "
    "WHERE l.agent_id = :agent "
)


def of_agent(reader: Reader, *, agent_id: int, limit: int) -> tuple[Listened, ...]:
    """An agent's own log, newest first."""
    rows = reader.rows(
        f"{_SELECT} ORDER BY l.at DESC, l.id DESC LIMIT :limit", agent=agent_id, limit=limit
    )
    return tuple(build(Listened, row, 2) for row in rows)


def one(reader: Reader, *, listening_id: int, agent_id: int) -> Listened | None:
    """The entry of this agent's own log, or None."""
    row = reader.row(f"{_SELECT} AND l.id = :id", agent=agent_id, id=listening_id)
    return build(Listened, row, 2) if row else None


def remarks(reader: Reader, *, interaction_id: int, agent_id: int) -> tuple[str, ...]:
    """What this agent made of an interaction in their own log, newest first."""
    rows = reader.rows(
        "SELECT l.remark FROM listenings l WHERE l.agent_id = :agent "
        "AND l.interaction_id = :interaction AND l.remark IS NOT NULL "
        "ORDER BY l.at DESC, l.id DESC",
        agent=agent_id,
        interaction=interaction_id,
    )
    return tuple(str(row[0]) for row in rows)
