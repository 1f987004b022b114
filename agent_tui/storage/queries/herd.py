"""How many people came with a topic, week by week, and their interactions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from agent_tui.domain.values.people import Interaction
from agent_tui.storage.queries import interactions
from agent_tui.storage.reader import Reader, moment, one_of

Behind = tuple[datetime, int]
"""When an interaction was opened, and its id: a place in the order newest first."""


def topics_of(reader: Reader, *, interaction_id: int) -> list[str]:
    """The topics of an interaction, by name."""
    rows = reader.rows(
        "SELECT topic FROM interaction_topics WHERE interaction_id = :id ORDER BY topic",
        id=interaction_id,
    )
    return [str(row[0]) for row in rows]


def last_with_topics(reader: Reader, *, customer_id: int) -> int | None:
    """The customer's live interaction, or else their newest."""
    row = reader.row(
        "SELECT id FROM (SELECT id, state, opened_at FROM interactions WHERE customer_id = :id "
        "ORDER BY opened_at DESC, id DESC LIMIT 20) lately "
        "ORDER BY state NOT IN ('ringing', 'talking', 'on_hold'), opened_at DESC, id DESC LIMIT 1",
        id=customer_id,
    )
    return int(row[0]) if row else None


def people_by_week(
    reader: Reader, *, topic: str, but: int, now: datetime, starts: Sequence[datetime]
) -> list[int]:
    """How many people came with a topic in each week, all customers but one.

    `starts` are when the weeks began, the newest first; the newest ends `now`, each other one
    where the next begins. A week is counted from behind its start.
    """
    places = " ".join(
        f"WHEN t.opened_at > :start{place} THEN {place}" for place in range(len(starts))
    )
    rows = reader.rows(
        f"SELECT CASE {places} END AS week, count(DISTINCT t.customer_id) "
        "FROM interaction_topics t WHERE t.topic = :topic AND t.opened_at > :since "
        "AND t.opened_at <= :now AND t.customer_id <> :but GROUP BY 1",
        topic=topic,
        but=but,
        now=now,
        since=starts[-1],
        **{f"start{place}": start for place, start in enumerate(starts)},
    )
    counts = {int(week): int(count) for week, count in rows}
    return [counts.get(place, 0) for place in range(len(starts))]


def newest(
    reader: Reader,
    *,
    topic: str,
    but: int,
    now: datetime,
    since: datetime,
    before: Behind | None = None,
    limit: int,
) -> list[Behind]:
    """The interactions of others with a topic since a moment, newest first, before a place."""
    behind = ""
    values: dict[str, Any] = {}
    if before is not None:
        behind = "AND (t.opened_at < :at OR (t.opened_at = :at AND t.interaction_id < :id)) "
        values = {"at": before[0], "id": before[1]}
    rows = reader.rows(
        "SELECT t.opened_at, t.interaction_id FROM interaction_topics t "
        "WHERE t.topic = :topic AND t.opened_at > :since AND t.opened_at <= :now "
        f"AND t.customer_id <> :but {behind}"
        "ORDER BY t.opened_at DESC, t.interaction_id DESC LIMIT :limit",
        topic=topic,
        but=but,
        now=now,
        since=since,
        limit=limit,
        **values,
    )
    return [(moment(row[0]), int(row[1])) for row in rows]


def give(reader: Reader, *, interaction_id: int, to: int) -> None:
    """Give the topics of an interaction to whose it is now."""
    reader.rows(
        "UPDATE interaction_topics SET customer_id = :to WHERE interaction_id = :call "
        "RETURNING topic",
        to=to,
        call=interaction_id,
    )


def shown(reader: Reader, *, ids: Sequence[int]) -> tuple[Interaction, ...]:
    """These interactions, newest first."""
    condition, values = one_of("i.id", ids)
    found = interactions.select(reader, condition, **values)
    return tuple(sorted(found, key=lambda one: (one.opened_at, one.id), reverse=True))
