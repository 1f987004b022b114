"""Who waits: what rings, who wrote last, whose call nobody took, and what is nobody's."""

from __future__ import annotations

from datetime import datetime

from agent_tui.domain.values import ids
from agent_tui.domain.values.kinds import MESSAGE_CHANNELS
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.today import Missed, Unanswered, Undelivered
from agent_tui.storage.queries import interactions
from agent_tui.storage.reader import Reader, moment, moment_or_none, one_of

_WRITTEN = ", ".join(f"'{channel}'" for channel in sorted(MESSAGE_CHANNELS))

HELD = f"i.state = 'on_hold' AND i.agent_id = :agent AND i.channel NOT IN ({_WRITTEN})"
RINGING = "i.state = 'ringing' AND i.answered_at IS NULL"
UNANSWERED = (
    f"i.state IN ('ringing', 'talking', 'on_hold') AND i.channel IN ({_WRITTEN}) "
    "AND CASE WHEN i.state = 'ringing' THEN i.answered_at IS NOT NULL "
    "ELSE i.agent_id = :agent OR i.agent_id IS NULL END AND 'customer' = "
    "(SELECT m.speaker FROM messages m WHERE m.interaction_id = i.id "
    "AND m.speaker IN ('customer', 'agent') AND m.delivery <> 'failed' "
    "ORDER BY m.sequence DESC LIMIT 1)"
)
"""The newest words in writing are the customer's, and it is this agent's or nobody's turn; once
it was over and they write on, it is everybody's. What did not arrive is no answer."""
MISSED = "i.state = 'ended' AND i.agent_id IS NULL AND i.answered_at IS NULL"
UNCLAIMED = "i.state = 'ended' AND i.agent_id IS NULL AND i.answered_at IS NOT NULL"
"""Somebody took it whom the desk does not know; it is nobody's to wrap up, so it is everybody's."""

UNDELIVERED = (
    "messages m WHERE m.delivery = 'failed' AND m.dismissed_at IS NULL AND m.author_id = :agent"
)
"""What this agent wrote and did not arrive, whatever became of its conversation since."""

_CALLER = (
    "i.customer_id, CASE WHEN i.customer_id IS NULL THEN i.peer END, "
    "CASE WHEN i.customer_id IS NULL AND i.peer IS NULL THEN i.id END"
)
MISSED_CALLERS = f"(SELECT 1 AS one FROM interactions i WHERE {MISSED} GROUP BY {_CALLER}) g"
"""One row a caller: the customer, or the number where nobody is known behind it."""


def held(reader: Reader, *, agent_id: int, limit: int) -> tuple[Interaction, ...]:
    """Who is on hold with this agent, the one who waits longest first."""
    found = interactions.select(
        reader,
        f"{HELD} ORDER BY coalesce(i.held_at, i.opened_at), i.id LIMIT :limit",
        agent=agent_id,
        limit=limit,
    )
    return tuple(found)


def ringing(reader: Reader, *, limit: int) -> tuple[Interaction, ...]:
    """What rings, then what waits for a first answer; of each the oldest first."""
    found = interactions.select(
        reader,
        f"{RINGING} ORDER BY CASE WHEN i.channel = 'phone' THEN 0 ELSE 1 END, i.opened_at, i.id "
        "LIMIT :limit",
        limit=limit,
    )
    return tuple(found)


def unanswered(reader: Reader, *, agent_id: int, limit: int) -> tuple[Unanswered, ...]:
    """Who wrote and has no answer yet, the one who waits longest first.

    Who had no answer to a last word, and writes on when it was over, waits since then.
    """
    rows = reader.rows(
        "SELECT i.id, (SELECT coalesce(m.at, i.opened_at) FROM messages m "
        "WHERE m.interaction_id = i.id AND m.speaker = 'customer' AND m.sequence > "
        "coalesce((SELECT a.sequence FROM messages a WHERE a.interaction_id = i.id "
        "AND a.speaker = 'agent' AND a.delivery <> 'failed' "
        "ORDER BY a.sequence DESC LIMIT 1), 0) "
        "ORDER BY m.sequence LIMIT 1) AS since "
        f"FROM interactions i WHERE {UNANSWERED} ORDER BY since, i.id LIMIT :limit",
        agent=agent_id,
        limit=limit,
    )
    calls = _by_id(reader, [row[0] for row in rows])
    again = _reopened(reader, [call_id for call_id in calls if calls[call_id].state == "ringing"])
    found = (
        Unanswered(calls[call_id], again.get(call_id) or moment(since)) for call_id, since in rows
    )
    return tuple(sorted(found, key=lambda one: one.since))


def missed(reader: Reader, *, limit: int) -> tuple[Missed, ...]:
    """Calls that ended before anybody took them, one line a caller, the newest first."""
    rows = reader.rows(
        "SELECT max(i.id) AS newest, count(*), min(i.opened_at) FROM interactions i "
        f"WHERE {MISSED} GROUP BY {_CALLER} ORDER BY newest DESC LIMIT :limit",
        limit=limit,
    )
    calls = _by_id(reader, [row[0] for row in rows])
    return tuple(Missed(calls[newest], times, moment(first)) for newest, times, first in rows)


def unclaimed(reader: Reader, *, limit: int) -> tuple[Interaction, ...]:
    """What ended and is nobody's, newest first."""
    found = interactions.select(
        reader, f"{UNCLAIMED} ORDER BY i.opened_at DESC LIMIT :limit", limit=limit
    )
    return tuple(found)


def undelivered(reader: Reader, *, agent_id: int, limit: int) -> tuple[Undelivered, ...]:
    """Messages of an agent that did not arrive, the newest first."""
    rows = reader.rows(
        f"SELECT m.id, m.interaction_id, m.text, m.at, m.failure FROM {UNDELIVERED} "
        "ORDER BY m.id DESC LIMIT :limit",
        agent=agent_id,
        limit=limit,
    )
    calls = _by_id(reader, list({row[1] for row in rows}))
    return tuple(
        Undelivered(
            message_id, calls[call_id], text, moment_or_none(at) or calls[call_id].opened_at, why
        )
        for message_id, call_id, text, at, why in rows
    )


def missed_like(reader: Reader, call: Interaction) -> tuple[int, ...]:
    """The other calls of the same caller that nobody took either; none where this one was taken."""
    if call.is_live or call.agent_id is not None or call.answered_at is not None:
        return ()
    condition = "i.customer_id = :customer" if call.customer_id else "i.peer = :peer"
    rows = reader.rows(
        f"SELECT i.id FROM interactions i WHERE {MISSED} AND {condition} "
        "AND i.id <> :id ORDER BY i.id",
        id=call.id,
        **({"customer": call.customer_id} if call.customer_id else {"peer": call.peer}),
    )
    return tuple(int(row[0]) for row in rows)


def _reopened(reader: Reader, interaction_ids: list[int]) -> dict[int, datetime]:
    """When each of these was taken up again last."""
    if not interaction_ids:
        return {}
    shown = [ids.show(ids.INTERACTION, interaction_id) for interaction_id in interaction_ids]
    condition, values = one_of("subject", shown)
    rows = reader.rows(
        f"SELECT interaction_id, max(at) FROM events WHERE {condition} "
        "AND kind = 'interaction.reopened' GROUP BY interaction_id",
        **values,
    )
    return {int(row[0]): moment(row[1]) for row in rows}


def _by_id(reader: Reader, interaction_ids: list[int]) -> dict[int, Interaction]:
    if not interaction_ids:
        return {}
    condition, values = one_of("i.id", interaction_ids)
    return {call.id: call for call in interactions.select(reader, condition, **values)}
