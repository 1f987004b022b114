"""What stands beside the measures: open promises by age, complaints by cause, topics by week, and
who was asked what they think. Counted from the same kind of rows (`measure_sources`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from agent_tui.domain.values import ids
from agent_tui.domain.values.kinds import CLOSED_CASE_STATES, Side
from agent_tui.domain.values.measures import Period
from agent_tui.storage.queries.measure_sources import COMPLAINTS, TAKEN, Rows, complaints
from agent_tui.storage.queries.measures import Scope, values, within
from agent_tui.storage.reader import Reader

_CLOSED = ", ".join(f"'{state}'" for state in sorted(CLOSED_CASE_STATES))
_AGEING = (
    "CASE WHEN p.due_at IS NULL THEN 5 WHEN p.due_at >= :tomorrow THEN 4 "
    "WHEN p.due_at >= :today THEN 3 WHEN p.due_at >= :days_3 THEN 2 "
    "WHEN p.due_at >= :days_7 THEN 1 ELSE 0 END"
)


def _open(side: Side, rows: str, agent: str) -> Rows:
    return Rows(
        rows,
        _AGEING,
        "coalesce(p.due_at, p.created_at)",
        # Said so, that SQLite takes the index of what is open and not that of all of ours.
        f"coalesce(p.side, '') = '{side}' AND p.state = 'open'",
        ids.PROMISE,
        "p.id",
        "p.interaction_id",
        agent,
        "p.customer_id",
        "p.text",
    )


AGEING: dict[Side, Rows] = {
    "ours": _open("ours", "promises p", "p.owner_id"),
    "theirs": _open(
        # Nobody has the id 0; without it SQLite would begin with every promise of any contact.
        "theirs",
        "promises p LEFT JOIN interactions i ON i.id = p.interaction_id",
        "coalesce(i.agent_id, 0)",
    ),
}
"""Open promises, judged by the place of their band. Theirs have no owner here: they are told with
whose contact they were made in."""

CAUSES = complaints(
    f"{COMPLAINTS.format(join='LEFT JOIN')} "
    "LEFT JOIN interaction_topics t ON t.interaction_id = k.interaction_id",
    f"CASE WHEN k.state IN ({_CLOSED}) THEN 2 "
    "WHEN k.answer_due_at < :now AND d.told_at IS NULL THEN 1 ELSE 0 END",
    "k.opened_at",
    "1 = 1",
)
"""Complaints once a topic, judged by the place of their state: open, late, closed."""

RISEN = Rows(
    "interaction_topics t JOIN interactions i ON i.id = t.interaction_id",
    "1",
    "t.opened_at",
    "t.topic = :topic AND t.customer_id IS NOT NULL",
)
"""The contacts of known customers with a topic."""

_LATER = (
    "EXISTS (SELECT 1 FROM interactions e WHERE e.customer_id = i.customer_id "
    f"AND {TAKEN.replace('i.', 'e.')} AND e.opened_at <= f.asked_at "
    "AND (e.opened_at > i.opened_at OR e.opened_at = i.opened_at AND e.id > i.id))"
)
_NAMELESS = (
    "f.interaction_id IS NULL AND f.asked_at >= i.opened_at "
    f"AND f.asked_at < i.opened_at + :survey_window AND {TAKEN} AND NOT {_LATER}"
)
_JUDGED = "SELECT min(CASE WHEN f.answered_at IS NULL THEN 1 ELSE 0 END) FROM feedback f WHERE"
SURVEYS = Rows(
    "interactions i",
    f"coalesce(({_JUDGED} f.interaction_id = i.id), "
    f"({_JUDGED} f.customer_id = i.customer_id AND {_NAMELESS}), 2)",
    "i.opened_at",
    f"i.customer_id IS NOT NULL AND {TAKEN}",
)
"""Contacts judged by whether a survey about them was answered, was not, or was never sent."""


def grouped(
    reader: Reader, source: Rows, group: str, scope: Scope, period: Period, now: datetime
) -> list[tuple[Any, int, int]]:
    """How many rows of each group were judged how: group, judgement, number."""
    rows = reader.rows(
        f"WITH j AS MATERIALIZED (SELECT {group} AS one, {source.verdict} AS verdict "
        f"FROM {source.rows} "
        f"WHERE {within(source.at, source.agent, source.customer, scope, period)} "
        f"AND {source.where}) SELECT j.one, j.verdict, count(*) FROM j GROUP BY j.one, j.verdict",
        **values(reader, scope, period, now),
    )
    return [(one, int(verdict), int(times)) for one, verdict, times in rows]


def unplaced_surveys(reader: Reader, scope: Scope, period: Period, now: datetime) -> int:
    """How many surveys of a period, of everybody or of one customer, belong to no contact."""
    whose = scope.condition("CAST(NULL AS BIGINT)", "f.customer_id")
    row = reader.row(
        "SELECT count(*) FROM feedback f WHERE f.asked_at >= :since AND f.asked_at < :until "
        f"AND f.interaction_id IS NULL AND {whose} AND NOT EXISTS (SELECT 1 FROM interactions i "
        f"WHERE i.customer_id = f.customer_id AND {_NAMELESS})",
        **values(reader, scope, period, now),
    )
    return int(row[0]) if row else 0


def people_by_topic(
    reader: Reader, *, now: datetime, starts: Sequence[datetime]
) -> dict[str, list[int]]:
    """How many people came with each topic in each week, as `queries.herd.people_by_week`."""
    places = " ".join(
        f"WHEN t.opened_at > :start{place} THEN {place}" for place in range(len(starts))
    )
    rows = reader.rows(
        f"SELECT j.topic, j.week, count(DISTINCT j.customer_id) FROM (SELECT t.topic, "
        f"CASE {places} END AS week, t.customer_id FROM interaction_topics t "
        "WHERE t.opened_at > :since AND t.opened_at <= :now AND t.customer_id IS NOT NULL) j "
        "GROUP BY j.topic, j.week",
        now=now,
        since=starts[-1],
        **{f"start{place}": start for place, start in enumerate(starts)},
    )
    found: dict[str, list[int]] = {}
    for topic, week, people in rows:
        found.setdefault(topic, [0] * len(starts))[int(week)] = int(people)
    return found
