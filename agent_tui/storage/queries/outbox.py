"""The outbox: messages of agents that wait for their channel.

A channel takes messages in hand by a claim, which runs out after a while, so that one that died
loses nothing. Of a call whose message is in somebody's hand nobody else takes another one: its
messages leave in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain.values.outbox import OutMessage
from agent_tui.storage.reader import Reader, one_of

if TYPE_CHECKING:
    from agent_tui.storage.unit import UnitOfWork

_WAITING = (
    "FROM messages m WHERE m.delivery = 'waiting' "
    "AND (SELECT i.source FROM interactions i WHERE i.id = m.interaction_id) = :channel "
)
"""Asked so that a database begins at the few that wait, whatever it takes their number for."""
_FREE = (
    "AND m.interaction_id NOT IN (SELECT h.interaction_id FROM messages h "
    "WHERE h.delivery = 'waiting' AND h.claimed_at > :expired AND h.claimed_at < :ahead) "
)
_ONE_AT_A_TIME = 0x4F555442
"""The lock, on PostgreSQL, under which channels claim one after the other."""


def waiting(reader: Reader, *, channel: str) -> list[int]:
    """The messages that wait on a channel, in anybody's hand or nobody's."""
    rows = reader.rows(f"SELECT m.id {_WAITING}", channel=channel)
    return [int(row[0]) for row in rows]


def is_free(reader: Reader, *, channel: str, expired: datetime, ahead: datetime) -> bool:
    """Whether anything can be claimed. A claim holds that is younger than `expired`; one from
    beyond `ahead` was made by a clock that was set back since, and holds no longer."""
    row = reader.row(
        f"SELECT 1 {_WAITING} {_FREE} LIMIT 1", channel=channel, expired=expired, ahead=ahead
    )
    return row is not None


def claim(
    unit: UnitOfWork, *, channel: str, expired: datetime, ahead: datetime, limit: int
) -> tuple[OutMessage, ...]:
    """Take messages in hand as of now, those of the oldest call first, each call's in order."""
    if unit.reader.is_postgres:
        unit.execute("SELECT pg_advisory_xact_lock(:key)", key=_ONE_AT_A_TIME)
    # The plus signs keep SQLite from walking through all that was ever said in that order.
    claimed = unit.reader.rows(
        f"UPDATE messages SET claimed_at = :now WHERE id IN (SELECT m.id {_WAITING} {_FREE} "
        "ORDER BY +m.interaction_id, +m.sequence LIMIT :limit) AND delivery = 'waiting' "
        "RETURNING id",
        now=unit.now,
        channel=channel,
        expired=expired,
        ahead=ahead,
        limit=limit,
    )
    condition, values = one_of("m.id", [row[0] for row in claimed])
    rows = unit.reader.rows(
        "SELECT m.id, i.external_id, m.external_id, m.text, i.peer FROM messages m "
        f"JOIN interactions i ON i.id = m.interaction_id WHERE {condition} "
        "ORDER BY m.interaction_id, m.sequence",
        **values,
    )
    return tuple(OutMessage(*row) for row in rows)


def give_back(unit: UnitOfWork, *, message_ids: Sequence[int], claimed_at: datetime) -> None:
    """Let others claim those of these messages that are still under this claim."""
    condition, values = one_of("id", message_ids)
    unit.execute(
        f"UPDATE messages SET claimed_at = NULL WHERE {condition} AND delivery = 'waiting' "
        "AND claimed_at = :claimed_at",
        claimed_at=claimed_at,
        **values,
    )
