"""What happened again and again in the interactions of one agent, counted by the database.

Each source is a query of *findings*: an agent, what it is about, an interaction and when it was
opened. All are grouped in one way: what was found in fewer interactions than `least` is no entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from agent_tui.domain.values.coaching import CoachingKind
from agent_tui.storage.reader import Reader

_IN_TIME = "i.opened_at >= :since AND i.opened_at <= :now"
_OVER = f"{_IN_TIME} AND i.state IN ('ended', 'wrapped_up')"
_WHAT = (
    "CASE WHEN p.what LIKE 'question:%' THEN 'question' WHEN p.what LIKE 'confirm:%' "
    "THEN 'confirm' ELSE p.what END"
)
_KNOWN_SINCE = (
    "(p.what = 'field:language' AND c.language IS NOT NULL) "
    "OR (p.what = 'field:pronouns' AND c.pronouns IS NOT NULL) "
    "OR (p.what = 'fact:prefers' AND EXISTS (SELECT 1 FROM facts f "
    "WHERE f.customer_id = p.customer_id AND f.kind = 'prefers' AND f.state = 'current'))"
)
"""The answer came another way."""

FINDINGS: dict[CoachingKind, str] = {
    "unmet": (
        "SELECT i.agent_id, t.topic, i.id, i.opened_at FROM interactions i "
        "JOIN interaction_topics t ON t.interaction_id = i.id "
        f"WHERE {_OVER} AND i.met IN ('no', 'partly') AND "
    ),
    "repeat": (
        "SELECT DISTINCT i.agent_id, t.topic, i.id, i.opened_at FROM interactions i "
        "JOIN interaction_topics t ON t.interaction_id = i.id "
        "JOIN interactions j ON j.customer_id = i.customer_id AND j.direction = 'in' "
        "AND j.opened_at > i.opened_at AND j.opened_at <= i.opened_at + :comes_back "
        "JOIN interaction_topics s ON s.interaction_id = j.id AND s.topic = t.topic "
        f"WHERE {_OVER} AND "
    ),
    "question": (
        "SELECT DISTINCT i.agent_id, '', i.id, i.opened_at FROM questions q "
        "JOIN interactions i ON i.id = q.interaction_id "
        f"WHERE {_IN_TIME} AND q.state = 'open' AND q.at <= :left_open AND "
    ),
    "prompt": (
        f"SELECT DISTINCT p.agent_id, {_WHAT}, i.id, i.opened_at FROM prompts p "
        "JOIN interactions i ON i.id = p.interaction_id JOIN customers c ON c.id = p.customer_id "
        f"WHERE {_OVER} AND (p.outcome = 'not_now' OR p.outcome IS NULL) "
        f"AND NOT ({_KNOWN_SINCE}) AND "
    ),
    "override": (
        "SELECT DISTINCT e.agent_id, e.override, i.id, i.opened_at FROM receipts e "
        "JOIN interactions i ON i.id = e.interaction_id "
        f"WHERE {_IN_TIME} AND e.how = 'override' AND "
    ),
    "friction": (
        "SELECT DISTINCT f.agent_id, f.rule, i.id, i.opened_at FROM frictions f "
        "JOIN interactions i ON i.id = f.interaction_id "
        f"WHERE {_IN_TIME} AND f.rule IN (SELECT g.rule FROM frictions g WHERE g.at >= :since "
        "AND {others} GROUP BY g.rule HAVING count(DISTINCT g.agent_id) >= :agents) AND "
    ),
}
_OUT_OF: dict[CoachingKind, str] = {
    "unmet": (
        "JOIN interactions i ON i.agent_id = g.agent_id "
        "JOIN interaction_topics t ON t.interaction_id = i.id AND t.topic = g.about "
        f"WHERE {_OVER} AND i.met <> 'not_asked'"
    ),
    "repeat": (
        "JOIN interactions i ON i.agent_id = g.agent_id "
        "JOIN interaction_topics t ON t.interaction_id = i.id AND t.topic = g.about "
        f"WHERE {_OVER} AND i.customer_id IS NOT NULL"
    ),
    "question": (
        "JOIN interactions i ON i.agent_id = g.agent_id "
        f"WHERE {_IN_TIME} AND i.opened_at <= :left_open"
    ),
    "prompt": (
        f"JOIN prompts p ON p.agent_id = g.agent_id AND {_WHAT} = g.about "
        f"JOIN interactions i ON i.id = p.interaction_id WHERE {_OVER}"
    ),
    "override": (
        "JOIN receipts e ON e.agent_id = g.agent_id AND e.granted_at IS NOT NULL "
        f"JOIN interactions i ON i.id = e.interaction_id WHERE {_IN_TIME}"
    ),
    "friction": f"JOIN interactions i ON i.agent_id = g.agent_id WHERE {_IN_TIME}",
}
"""Among which interactions `i` a group `g` is counted: `domain.rules.coaching.OUT_OF`; those in
which it was found are always among them."""
_WHOSE = {"prompt": "p", "override": "e", "friction": "f"}
"""Whose doing it is, where that is not told by whose the interaction is."""


class Found(NamedTuple):
    """A group: in how many interactions of an agent something was found, of how many, and the
    newest in which it was."""

    agent_id: int
    agent: str
    kind: CoachingKind
    about: str
    times: int
    out_of: int
    interactions: tuple[int, ...]


class Period(NamedTuple):
    """From when on, up to now; `comes_back` and `open_for` are those of `domain.rules.coaching`."""

    since: datetime
    now: datetime
    comes_back: timedelta
    open_for: timedelta


def found(
    reader: Reader,
    period: Period,
    *,
    agent_id: int | None = None,
    team: str | None = None,
    but: int | None = None,
    least: int,
    cited: int,
    friction_of: int,
) -> list[Found]:
    """What was found at least `least` times: of one agent, of a team, or of everybody, without
    the agent `but`; of each the newest `cited` interactions. A rule that stood in the way is told
    only where it did for `friction_of` agents of those who are asked for, or more."""
    whose, asked = "{agent} IS NOT NULL", dict[str, Any]()
    if agent_id is not None:
        whose, asked = "{agent} = :agent", {"agent": agent_id}
    elif team is not None:
        whose = (
            "{agent} IN (SELECT a.id FROM agents a JOIN teams t ON t.id = a.team_id "
            "WHERE t.name = :team)"
        )
        asked = {"team": team}
    everybody = whose
    if but is not None:
        whose, asked["but"] = f"{whose} AND {{agent}} <> :but", but
    with reader.snapshot():
        return [
            one
            for kind in FINDINGS
            for one in _of_kind(
                reader,
                kind,
                _of(kind, whose, everybody),
                {**asked, **_limits(reader, kind, period), "least": least, "cited": cited}
                | ({"agents": friction_of} if kind == "friction" else {}),
            )
        ]


def _of(kind: CoachingKind, whose: str, everybody: str) -> str:
    """The findings of one kind, of those who are asked for."""
    findings = FINDINGS[kind].replace("{others}", everybody.format(agent="g.agent_id"))
    return findings + whose.format(agent=f"{_WHOSE.get(kind, 'i')}.agent_id")


def _limits(reader: Reader, kind: CoachingKind, period: Period) -> dict[str, Any]:
    """The moments that the findings of one kind are held to."""
    moments: dict[str, Any] = {"since": period.since, "now": period.now}
    if kind == "repeat":
        length = period.comes_back
        # SQLite keeps moments as whole microseconds.
        moments["comes_back"] = (
            length if reader.is_postgres else length // timedelta(microseconds=1)
        )
    elif kind == "question":
        moments["left_open"] = period.now - period.open_for
    return moments


def _of_kind(
    reader: Reader, kind: CoachingKind, findings: str, asked: dict[str, Any]
) -> Iterator[Found]:
    rows = reader.rows(
        f"WITH findings (agent_id, about, interaction_id, at) AS ({findings}), "
        "grouped AS (SELECT agent_id, about, count(*) AS times FROM findings "
        "GROUP BY agent_id, about HAVING count(*) >= :least), "
        f"among AS (SELECT g.agent_id, g.about, i.id FROM grouped g {_OUT_OF[kind]} "
        "UNION SELECT agent_id, about, interaction_id FROM findings), "
        "sized AS (SELECT agent_id, about, count(*) AS out_of FROM among "
        "GROUP BY agent_id, about), "
        "placed AS (SELECT n.agent_id, n.about, g.times, n.interaction_id, row_number() OVER "
        "(PARTITION BY n.agent_id, n.about ORDER BY n.at DESC, n.interaction_id DESC) AS place "
        "FROM findings n JOIN grouped g ON g.agent_id = n.agent_id AND g.about = n.about) "
        "SELECT a.id, a.name, d.about, d.times, z.out_of, d.interaction_id FROM placed d "
        "JOIN sized z ON z.agent_id = d.agent_id AND z.about = d.about "
        "JOIN agents a ON a.id = d.agent_id WHERE d.place <= :cited "
        "ORDER BY a.id, d.about, d.place",
        **asked,
    )
    groups: dict[tuple[int, str, str, int, int], list[int]] = {}
    for *group, interaction_id in rows:
        agent_id, agent, about, times, out_of = group
        groups.setdefault((agent_id, agent, about, times, out_of), []).append(interaction_id)
    for (agent_id, agent, about, times, out_of), cited in groups.items():
        yield Found(agent_id, agent, kind, about, times, out_of, tuple(cited))
