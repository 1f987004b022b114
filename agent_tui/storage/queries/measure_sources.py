"""From which rows each measure is counted, and how each row is judged: a table of SQL.

A row is judged by a whole number: 1 counted, 0 not, or the place of a band; NULL where the records
do not say, which is missing and never nought. Figures and the lines behind them are made of the
same rows, so that they cannot disagree. What each means in words: `domain.rules.definitions`.

Values: `:now`, `:fortnight`, `:survey_window`, `:not_promised`, and those of the bands.
"""

from __future__ import annotations

from typing import NamedTuple

from agent_tui.domain.rules.definitions import (
    LONG_SILENCE,
    SILENCE_BOUNDS,
    USUAL_CONTACTS,
    YEAR_BOUNDS,
)
from agent_tui.domain.values import ids
from agent_tui.domain.values.kinds import CLOSED_CASE_STATES
from agent_tui.domain.values.measures import Measure
from agent_tui.storage.queries.shown_ids import shown


class Rows(NamedTuple):
    """Rows that are judged, in SQL: where they come from, and the columns that all of them have.

    `at` places a row in time, `agent` and `customer` say whose it is: the conditions on these stand
    around `rows`, or where `rows` are people who are made of contacts, in it at `{within}`.
    """

    rows: str
    verdict: str
    at: str
    where: str = "1 = 1"
    prefix: str = ids.INTERACTION
    id: str = "i.id"
    interaction: str = "i.id"
    agent: str = "i.agent_id"
    customer: str = "i.customer_id"
    text: str = "coalesce(i.agenda, i.outcome, '')"


def _contacts(verdict: str, where: str = "1 = 1") -> Rows:
    return Rows("interactions i", verdict, "i.opened_at", where)


WRITTEN = "trim(coalesce(i.agenda, '')) <> ''"
TAKEN = "NOT (i.state = 'ended' AND i.agent_id IS NULL AND i.answered_at IS NULL)"
"""Not one of the calls that ended before anybody took them (`queries.waiting.MISSED`)."""
_OURS_BEGAN = "i.direction = 'out'"
_THEY_BEGAN = "i.direction = 'in'"

_HAS_TOPIC = "EXISTS (SELECT 1 FROM interaction_topics t WHERE t.interaction_id = i.id)"
# CROSS JOIN keeps SQLite from beginning with all contacts that ever had the topic.
_SAME_LATELY = (
    "EXISTS (SELECT 1 FROM interactions e CROSS JOIN interaction_topics b "
    "CROSS JOIN interaction_topics t WHERE e.customer_id = i.customer_id "
    "AND e.opened_at <= i.opened_at AND e.opened_at >= i.opened_at - :fortnight "
    "AND (e.opened_at < i.opened_at OR e.id < i.id) "
    "AND b.interaction_id = e.id AND t.interaction_id = i.id AND t.topic = b.topic)"
)

_FITS = (
    "(x.kind = 'phone' AND i.channel IN ('phone', 'sms') "
    "OR x.kind = 'email' AND i.channel = 'email' "
    "OR x.kind = 'handle' AND i.channel IN ('chat', 'web', 'other') "
    "OR x.kind = 'address' AND i.channel = 'visit')"
)
_PREFERRED = (
    "SELECT 1 FROM contact_points x WHERE x.customer_id = i.customer_id AND x.preferred "
    "AND x.kind IN ('phone', 'email', 'handle', 'address')"
)
_USED = "(x.value = i.peer OR x.normal = i.peer)"
_WITHDRAWN_AT = (
    f"(SELECT max(g.at) FROM events g WHERE g.subject = {shown(ids.CONTACT_POINT, 'x.id')} "
    "AND g.kind = 'consent.withdrawn')"
)
# An empty sum is NULL, so that a contact by no known way is judged by nothing.
_BREACH = (
    "(SELECT CASE WHEN sum(CASE WHEN x.consent = 'given' OR x.consent = 'withdrawn' "
    f"AND {_WITHDRAWN_AT} > i.opened_at THEN 1 ELSE 0 END) > 0 THEN 0 "
    f"WHEN sum(CASE WHEN x.consent = 'withdrawn' AND {_WITHDRAWN_AT} <= i.opened_at "
    "THEN 0 ELSE 1 END) = 0 THEN 1 END FROM contact_points x "
    f"WHERE x.customer_id = i.customer_id AND {_FITS} AND ({_USED} OR NOT EXISTS "
    "(SELECT 1 FROM contact_points u WHERE u.customer_id = i.customer_id "
    f"AND {_FITS.replace('x.', 'u.')} AND {_USED.replace('x.', 'u.')})))"
)

_BEFORE = "FROM interactions e WHERE e.customer_id = i.customer_id AND e.opened_at < i.opened_at"
_RETURNED = (
    f"(SELECT CASE WHEN count(*) < {USUAL_CONTACTS} OR max(e.opened_at) = min(e.opened_at) "
    "THEN NULL WHEN (i.opened_at - max(e.opened_at)) * (count(*) - 1) > "
    f"(max(e.opened_at) - min(e.opened_at)) * {LONG_SILENCE} THEN 1 ELSE 0 END {_BEFORE})"
)

_IN_TOUCH = (
    "(SELECT i.customer_id AS id, max(i.opened_at) AS at FROM interactions i "
    "WHERE {within} AND i.customer_id IS NOT NULL GROUP BY i.customer_id) i"
)
"""Each customer who was in touch, once, with when they were so last in the period."""
_FIRST = "(SELECT min(e.opened_at) FROM interactions e WHERE e.customer_id = i.id)"
_YEARS = (
    "CASE "
    + " ".join(
        f"WHEN {_FIRST} > :years_{bound} THEN {place}" for place, bound in enumerate(YEAR_BOUNDS)
    )
    + f" ELSE {len(YEAR_BOUNDS)} END"
)
_SILENT = (
    f"(SELECT CASE WHEN count(*) < {USUAL_CONTACTS} OR max(e.opened_at) = min(e.opened_at) "
    "THEN NULL "
    + " ".join(
        "WHEN (:now - max(e.opened_at)) * (count(*) - 1) <= "
        f"(max(e.opened_at) - min(e.opened_at)) * {bound} THEN {place}"
        for place, bound in enumerate(SILENCE_BOUNDS)
    )
    + f" ELSE {len(SILENCE_BOUNDS)} END FROM interactions e WHERE e.customer_id = i.id "
    "AND e.opened_at <= :now)"
)
_LATEST = "(SELECT max(e.id) FROM interactions e WHERE e.customer_id = i.id AND e.opened_at = i.at)"


def _customers(verdict: str) -> Rows:
    return Rows(
        _IN_TOUCH,
        verdict,
        "i.at",
        prefix=ids.CUSTOMER,
        interaction=_LATEST,
        agent="CAST(NULL AS BIGINT)",
        customer="i.id",
        text="''",
    )


_FALLEN = (
    "p.side = 'ours' AND p.due_at < :now AND NOT (p.state = 'withdrawn' "
    "AND (p.closed_at IS NOT NULL AND p.closed_at < p.due_at "
    "OR p.reason IS NOT NULL AND p.reason = :not_promised))"
)
"""Promises of ours whose time has passed; not those that had been let off by then, or were none."""
_UNTIMED = "(p.state IN ('kept', 'withdrawn') AND p.closed_at IS NULL)"
_KEPT = "(p.state = 'kept' AND p.closed_at <= p.due_at)"
_TOLD = "WHEN p.told_before_due THEN 1 WHEN NOT p.told_before_due THEN 0 END"


def _promises(verdict: str, where: str = _FALLEN, at: str = "p.due_at") -> Rows:
    return Rows(
        "promises p",
        verdict,
        at,
        where,
        ids.PROMISE,
        "p.id",
        "p.interaction_id",
        "p.owner_id",
        "p.customer_id",
        "p.text",
    )


_UNDATED = _promises(
    "NULL", "p.side = 'ours' AND p.due_at IS NULL AND p.state <> 'withdrawn'", "p.created_at"
)

_CLOSED = ", ".join(f"'{state}'" for state in sorted(CLOSED_CASE_STATES))
COMPLAINTS = (
    "cases k {join} complaints d ON d.case_id = k.id "
    "LEFT JOIN interactions i ON i.id = k.interaction_id LEFT JOIN notes n ON n.id = k.note_id"
)


def complaints(rows: str, verdict: str, at: str, where: str) -> Rows:
    """Complaints, with who wrote them down as their agent (as `queries.complaints.THROUGH`)."""
    return Rows(
        rows,
        verdict,
        at,
        f"k.kind = 'complaint' AND {where}",
        ids.CASE,
        "k.id",
        "k.interaction_id",
        "coalesce(n.author_id, i.agent_id)",
        "k.customer_id",
        "k.title",
    )


_PROMPTED = (
    "CASE o.what WHEN 'fact:prefers' THEN 'how they like to be reached' "
    "WHEN 'field:language' THEN 'the language they like best' "
    "WHEN 'field:pronouns' THEN 'how to speak of them' ELSE 'an open question' END"
)

SOURCES: dict[Measure, tuple[Rows, ...]] = {
    "promises_kept": (
        _promises(f"CASE WHEN {_UNTIMED} THEN NULL WHEN {_KEPT} THEN 1 ELSE 0 END"),
        _UNDATED,
    ),
    "promises_late_told": (
        _promises(
            f"CASE WHEN {_UNTIMED} THEN NULL {_TOLD}", f"{_FALLEN} AND ({_UNTIMED} OR NOT {_KEPT})"
        ),
        _UNDATED,
    ),
    "same_need_again": (
        _contacts(
            f"CASE WHEN i.customer_id IS NULL OR NOT {_HAS_TOPIC} THEN NULL "
            f"WHEN {_SAME_LATELY} THEN 1 ELSE 0 END",
            _THEY_BEGAN,
        ),
    ),
    "started_by_customer": (_contacts(f"CASE WHEN {_THEY_BEGAN} THEN 1 ELSE 0 END"),),
    "agenda_recorded": (
        _contacts(f"CASE WHEN {WRITTEN} THEN 1 WHEN i.state = 'wrapped_up' THEN 0 END", TAKEN),
    ),
    "read_back_agreed": (
        _contacts(
            "CASE WHEN i.state <> 'wrapped_up' OR i.read_back IS NULL THEN NULL "
            "WHEN i.read_back = 'agreed' THEN 1 ELSE 0 END",
            TAKEN,
        ),
    ),
    "slips_told": (_promises(f"CASE {_TOLD}", f"{_FALLEN} AND NOT {_UNTIMED} AND NOT {_KEPT}"),),
    "decisions_told": (
        complaints(
            COMPLAINTS.format(join="JOIN"),
            "CASE WHEN d.told_at IS NOT NULL AND trim(coalesce(d.decision_reason, '')) <> '' "
            "THEN 1 ELSE 0 END",
            "d.decided_at",
            "d.decided_at IS NOT NULL",
        ),
        complaints(
            COMPLAINTS.format(join="LEFT JOIN"),
            "NULL",
            "k.opened_at",
            f"k.state IN ({_CLOSED}) AND d.decided_at IS NULL",
        ),
    ),
    "preferred_channel": (
        _contacts(
            f"CASE WHEN NOT EXISTS ({_PREFERRED}) THEN NULL "
            f"WHEN EXISTS ({_PREFERRED} AND {_FITS}) THEN 1 ELSE 0 END",
            _OURS_BEGAN,
        ),
    ),
    "offers_after_met": (
        Rows(
            "scripts s JOIN script_runs w ON w.script_id = s.id "
            "LEFT JOIN interactions i ON i.id = w.interaction_id",
            "CASE WHEN i.id IS NULL OR i.met = 'not_asked' THEN NULL "
            f"WHEN i.met = 'yes' AND {WRITTEN} THEN 1 ELSE 0 END",
            "w.started_at",
            "s.kind = 'offer'",
            ids.RUN,
            "w.id",
            "w.interaction_id",
            "w.agent_id",
            "w.customer_id",
            "s.title",
        ),
    ),
    "known_asked_again": (
        Rows(
            "prompts o",
            "CASE WHEN o.outcome IS NULL THEN NULL WHEN EXISTS (SELECT 1 FROM prompts e "
            "WHERE e.customer_id = o.customer_id AND e.what = o.what "
            "AND e.outcome IN ('answered', 'declined') "
            "AND (e.at < o.at OR e.at = o.at AND e.id < o.id)) THEN 1 ELSE 0 END",
            "o.at",
            "o.what NOT LIKE 'confirm:%' AND (o.outcome IS NULL OR o.outcome <> 'not_now')",
            ids.PROMPT,
            "o.id",
            "o.interaction_id",
            "o.agent_id",
            "o.customer_id",
            _PROMPTED,
        ),
    ),
    "preference_breaches": (_contacts(_BREACH, _OURS_BEGAN),),
    "years_since_first": (_customers(_YEARS), _contacts("NULL", "i.customer_id IS NULL")),
    "silence_over_usual": (_customers(_SILENT),),
    "returns_after_silence": (_contacts(_RETURNED, _THEY_BEGAN),),
}
"""Every measure that something is recorded of."""
