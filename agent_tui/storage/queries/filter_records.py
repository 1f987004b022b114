"""Filters by what came of an interaction: promises, complaints, scripts, reviews and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from agent_tui.domain.values.filters import Asking, FilterField
from agent_tui.domain.values.kinds import CLOSED_CASE_STATES
from agent_tui.storage.queries.filter_values import EACH, Bound, one_among

_LIVE = "x.state IN ('ringing', 'talking', 'on_hold')"
_CLOSED = f"x.state IN ({', '.join(repr(state) for state in sorted(CLOSED_CASE_STATES))})"
_CALLS = "(SELECT id AS interaction_id, state, parked_at FROM interactions)"


@dataclass(frozen=True, slots=True)
class Records:
    """A condition over an interaction `i`; and, where all its values ask for records that are
    there, queries that `leads` to them: each finds the ids of interactions."""

    condition: str
    leads: tuple[str, ...] = ()


def records_of(field: FilterField, values: Sequence[str], asking: Asking, bound: Bound) -> Records:
    """What a field with values of its closed list asks of the records of an interaction."""
    table = _TABLES[field]
    conditions: list[str] = []
    leads: list[str] = []
    for value in values:
        where, source = _where(field, value, asking, bound), table
        is_there = where is not None
        if field == "script" and value == "override":
            source = "receipts"
        exists = f"EXISTS (SELECT 1 FROM {source} x WHERE x.interaction_id = i.id AND {{}} {EACH})"
        if where is None:
            none = _where(field, "any", asking, bound)
            conditions.append(f"NOT {exists.format(none)}")
        else:
            conditions.append(exists.format(where))
        if is_there:
            # The sum keeps SQLite from reading all cases of conversations for the few that are
            # open, which have an index of their own.
            few = (field, value) == ("complaint", "open")
            leads.append(
                f"SELECT x.interaction_id FROM {source} x "
                f"WHERE {'0 + ' * few}x.interaction_id IS NOT NULL AND {where}"
            )
    complete = len(leads) == len(values)
    return Records(" OR ".join(conditions) or "1 = 0", tuple(leads) if complete else ())


_TABLES: dict[FilterField, str] = {
    "state": _CALLS,
    "mood": "moods",
    "promise": "promises",
    "complaint": "cases",
    "script": "script_runs",
    "friction": "frictions",
    "review": "reviews",
    "note": "notes",
    "gave": "concessions",
    "got": "concessions",
    "refusal": "refusals",
    "feedback": "feedback",
    "listened": "listenings",
}


def _where(field: FilterField, value: str, asking: Asking, bound: Bound) -> str | None:
    """The condition over a record `x` of that field, or None where there is to be none."""
    if value == "none":
        return None
    match field:
        case "state":
            return _state(value, bound)
        case "promise":
            return _promise(value, asking, bound)
        case "complaint":
            return _complaint(value)
        case "script":
            return _script(value, bound)
        case "friction":
            # Whose words they are, nobody else is told: services/friction.py.
            mine = f"x.agent_id = {bound(asking.agent_id)}"
            return mine if value == "any" else f"{mine} AND x.rule = {bound(value)}"
        case "review":
            return _review(value, asking, bound)
        case "note":
            return "x.undone_at IS NULL"
        case "gave" | "got":
            side = "ours" if field == "gave" else "theirs"
            return f"x.side = '{side}' AND x.state = 'current'"
        case "refusal":
            return "x.state <> 'wrong'"
        case "feedback":
            if value == "any":
                return "1 = 1"
            return f"x.answered_at IS {'NOT ' * (value == 'answered')}NULL"
        case "listened":
            # A log is its lead's own: services/listening.py.
            return f"x.agent_id = {bound(asking.agent_id)}"
        case "mood":
            return "1 = 1"
        case (
            "agent" | "team" | "channel" | "direction" | "topic" | "met" | "verified" | "after"
            | "before" | "on" | "length" | "repeat" | "agenda" | "outcome" | "customer"
        ):  # fmt: skip
            raise ValueError(f"{field} asks for no records")
        case _:
            assert_never(field)


def _state(value: str, bound: Bound) -> str:
    if value == "live":
        return _LIVE
    if value == "parked":
        return "x.state = 'ended' AND x.parked_at IS NOT NULL"
    return f"x.state = {bound(value)}"


def _promise(value: str, asking: Asking, bound: Bound) -> str:
    if value == "theirs":
        return "x.side = 'theirs'"
    match value:
        case "any":
            which = "1 = 1"
        case "due":
            begins, ends = (bound(moment) for moment in asking.today)
            which = f"x.state = 'open' AND x.due_at >= {begins} AND x.due_at < {ends}"
        case "late":
            now = bound(asking.now)
            which = (
                f"(x.state = 'open' AND x.due_at < {now} "
                "OR x.state <> 'open' AND x.closed_at > x.due_at)"
            )
        case _:
            which = f"x.state = {bound(value)}"
    return f"x.side = 'ours' AND {which}"


def _complaint(value: str) -> str:
    if value == "any":
        return "x.kind = 'complaint'"
    return f"x.kind = 'complaint' AND {'NOT ' * (value == 'open')}{_CLOSED}"


def _script(value: str, bound: Bound) -> str:
    if value == "any":
        return "1 = 1"
    if value == "override":
        return "x.how = 'override'"
    return (
        f"x.script_id IN (SELECT s.id FROM scripts s WHERE {one_among('s.slug', [value], bound)})"
    )


def _review(value: str, asking: Asking, bound: Bound) -> str:
    seen = "x.withdrawn_at IS NULL"
    me = bound(asking.agent_id)
    if not asking.leads:
        seen += f" AND (x.agent_id = {me} OR x.author_id = {me})"
    which = {
        "any": "1 = 1",
        "answered": "x.answered_at IS NOT NULL",
        "unanswered": "x.kind = 'review' AND x.answered_at IS NULL",
        "mine": f"x.author_id = {me}",
    }
    return f"{seen} AND {which.get(value) or f'x.kind = {bound(value)}'}"
