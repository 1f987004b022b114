"""What stood in agents' way, and how often."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from agent_tui.domain.values.friction import Friction, FrictionByRule
from agent_tui.storage.reader import Reader, build

_COLUMNS = "f.id, f.rule, f.text, f.at, c.id, c.name, f.interaction_id"
_ABOUT = (
    "LEFT JOIN interactions i ON i.id = f.interaction_id "
    "LEFT JOIN customers c ON c.id = coalesce(i.customer_id, f.customer_id)"
)
_LATELY = "f.at >= :since"
_OF_TEAM = (
    "f.agent_id IN (SELECT a.id FROM agents a JOIN teams t ON t.id = a.team_id "
    "WHERE t.name = :team)"
)


def one(reader: Reader, *, friction_id: int, agent_id: int) -> Friction | None:
    """What stood in that agent's way, or None."""
    row = reader.row(
        f"SELECT {_COLUMNS} FROM frictions f {_ABOUT} WHERE f.id = :id AND f.agent_id = :agent",
        id=friction_id,
        agent=agent_id,
    )
    return build(Friction, row, 3) if row else None


def of_agent(reader: Reader, *, agent_id: int, limit: int) -> tuple[Friction, ...]:
    """What stood in an agent's way, newest first."""
    rows = reader.rows(
        f"SELECT {_COLUMNS} FROM frictions f {_ABOUT} WHERE f.agent_id = :agent "
        "ORDER BY f.at DESC, f.id DESC LIMIT :limit",
        agent=agent_id,
        limit=limit,
    )
    return tuple(build(Friction, row, 3) for row in rows)


def by_rule(
    reader: Reader, *, since: datetime, team: str | None, newest: int
) -> tuple[FrictionByRule, ...]:
    """How often each rule stood in the way from a moment on, the most often first, with the newest
    words of each. Of one team, or of everybody; nothing is withheld here."""
    values: dict[str, Any] = {"since": since}
    condition = _LATELY
    if team is not None:
        condition, values["team"] = f"{_LATELY} AND {_OF_TEAM}", team
    with reader.snapshot():
        counted = reader.rows(
            "SELECT f.rule, count(*), count(DISTINCT f.agent_id) FROM frictions f "
            f"WHERE {condition} GROUP BY f.rule ORDER BY 2 DESC, 1",
            **values,
        )
        rows = reader.rows(
            "SELECT f.rule, f.text FROM (SELECT f.*, row_number() OVER (PARTITION BY f.rule "
            f"ORDER BY f.at DESC, f.id DESC) AS place FROM frictions f WHERE {condition}) f "
            "WHERE f.place <= :newest ORDER BY f.at DESC, f.id DESC",
            newest=newest,
            **values,
        )
    return tuple(
        FrictionByRule(rule, times, agents, tuple(text for about, text in rows if about == rule))
        for rule, times, agents in counted
    )
