"""Interactions as lines: of a customer's timeline, of Recent, of what is going on now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from agent_tui.domain.values.people import Interaction
from agent_tui.storage.reader import Reader, build, moment_or_none, one_of

_COLUMNS = (
    "i.id, i.customer_id, c.name, i.channel, i.direction, i.state, i.opened_at, i.answered_at, "
    "i.closed_at, i.agent_id, a.name, i.agenda, i.met, i.outcome, i.peer, i.peer_name, "
    "i.verified_how, a.handle, i.held_at, i.hold_reason, i.parked_at, i.summary"
)
_FROM = (
    "FROM interactions i LEFT JOIN customers c ON c.id = i.customer_id "
    "LEFT JOIN agents a ON a.id = i.agent_id "
)
_LIVE = "i.state IN ('ringing', 'talking', 'on_hold')"


def select(reader: Reader, condition: str, **parameters: Any) -> list[Interaction]:
    """Interactions under an SQL condition of this package (which may end in ORDER BY, LIMIT)."""
    rows = reader.rows(f"SELECT {_COLUMNS} {_FROM} WHERE {condition}", **parameters)
    topics = _topics(reader, [row[0] for row in rows])
    return [
        build(Interaction, (*row[:14], topics.get(row[0], ()), *row[14:]), 6, 7, 8, 19, 21)
        for row in rows
    ]


def _topics(reader: Reader, interaction_ids: list[int]) -> dict[int, tuple[str, ...]]:
    if not interaction_ids:
        return {}
    condition, values = one_of("interaction_id", interaction_ids)
    found: dict[int, list[str]] = {}
    for interaction_id, topic in reader.rows(
        f"SELECT interaction_id, topic FROM interaction_topics WHERE {condition} ORDER BY topic",
        **values,
    ):
        found.setdefault(interaction_id, []).append(topic)
    return {key: tuple(topics) for key, topics in found.items()}


def one(reader: Reader, *, interaction_id: int) -> Interaction | None:
    """The interaction, or None."""
    found = select(reader, "i.id = :id", id=interaction_id)
    return found[0] if found else None


def of_customer(reader: Reader, *, customer_id: int, limit: int) -> list[Interaction]:
    """A customer's interactions, newest first."""
    return select(
        reader,
        "i.customer_id = :customer_id ORDER BY i.opened_at DESC, i.id DESC LIMIT :limit",
        customer_id=customer_id,
        limit=limit,
    )


def live_or_at_hand(
    reader: Reader, *, customer_id: int, interaction_id: int | None
) -> list[Interaction]:
    """What a customer has going on now, and the named one of theirs, newest first."""
    # The sum keeps SQLite from walking all of the customer's for the few that are live.
    return select(
        reader,
        f"({_LIVE} AND i.customer_id + 0 = :customer) "
        "OR (i.id = :id AND i.customer_id + 0 = :customer) "
        "ORDER BY i.opened_at DESC, i.id DESC",
        customer=customer_id,
        id=interaction_id or 0,
    )


def live(reader: Reader, *, agent_id: int, limit: int = 50) -> list[Interaction]:
    """What is going on now: of this agent, then of nobody, then of others; each oldest first."""
    return select(
        reader,
        f"{_LIVE} ORDER BY CASE WHEN i.agent_id = :agent THEN 0 WHEN i.agent_id IS NULL THEN 1 "
        "ELSE 2 END, i.opened_at, i.id LIMIT :limit",
        agent=agent_id,
        limit=limit,
    )


def live_with_others(reader: Reader, *, agent_id: int) -> int:
    """How many go on now with other agents."""
    row = reader.row(
        f"SELECT count(*) FROM interactions i WHERE {_LIVE} AND i.agent_id <> :agent",
        agent=agent_id,
    )
    return int(row[0]) if row else 0


def newest(reader: Reader, *, limit: int) -> list[Interaction]:
    """The newest interactions of everybody."""
    return select(reader, "1 = 1 ORDER BY i.place DESC, i.id DESC LIMIT :limit", limit=limit)


def by_call(reader: Reader, *, source: str, call: str) -> int | None:
    """The interaction behind a channel's call id."""
    row = reader.row(
        "SELECT id FROM interactions WHERE source = :source AND external_id = :call",
        source=source,
        call=call,
    )
    return int(row[0]) if row else None


def last_contact(reader: Reader, *, customer_id: int) -> datetime | None:
    """When this customer was in contact last."""
    row = reader.row(
        "SELECT max(opened_at) FROM interactions WHERE customer_id = :id", id=customer_id
    )
    return moment_or_none(row[0]) if row else None


def peers(reader: Reader, *, customer_id: int) -> list[tuple[int, str]]:
    """The numbers and addresses that a customer used, each with the first interaction."""
    rows = reader.rows(
        "SELECT min(id), peer FROM interactions WHERE customer_id = :id AND peer IS NOT NULL "
        "GROUP BY peer ORDER BY 1",
        id=customer_id,
    )
    return [(int(row[0]), str(row[1])) for row in rows]
