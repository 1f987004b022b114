"""Receipts: single ones, those of an interaction or an agent, and what a team's runs rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from agent_tui.domain.rules.weeks import week_of
from agent_tui.domain.values.receipts import Receipt, ReceiptLine, StandingReceipt
from agent_tui.storage.reader import Reader, build, moment, one_of

_COLUMNS = (
    "e.id, e.agent_id, e.customer_id, e.interaction_id, e.digest, e.focus, e.begun_at, "
    "e.granted_at, e.how, e.override, e.reason, a.name "
    "FROM receipts e JOIN agents a ON a.id = e.agent_id "
)
_NEWEST = "ORDER BY e.begun_at DESC, e.id DESC"


def one(reader: Reader, *, receipt_id: int) -> Receipt | None:
    """The receipt with its lines, or None."""
    found = _select(reader, "WHERE e.id = :id", id=receipt_id)
    return found[0] if found else None


def of_interaction(
    reader: Reader, *, interaction_id: int, agent_id: int, team: str | None
) -> list[Receipt]:
    """An interaction's receipts, newest first: an agent's own, and all of a team where one is
    named."""
    whose = "(e.agent_id = :agent OR a.team_id = (SELECT t.id FROM teams t WHERE t.name = :team))"
    return _select(
        reader,
        f"WHERE e.interaction_id = :interaction AND {whose} {_NEWEST}",
        interaction=interaction_id,
        agent=agent_id,
        team=team,
    )


def of_agent(reader: Reader, *, agent_id: int, limit: int) -> list[Receipt]:
    """An agent's receipts, newest first."""
    return _select(
        reader, f"WHERE e.agent_id = :agent {_NEWEST} LIMIT :limit", agent=agent_id, limit=limit
    )


def standing(
    reader: Reader,
    *,
    agent_id: int,
    customer_id: int,
    interaction_id: int | None,
    since: datetime,
) -> StandingReceipt | None:
    """The newest receipt granted since then to an agent for a customer and an interaction."""
    same = "IS NULL" if interaction_id is None else "= :interaction"
    asked = {} if interaction_id is None else {"interaction": interaction_id}
    row = reader.row(
        "SELECT e.id, e.how, e.digest, e.granted_at FROM receipts e "
        "WHERE e.agent_id = :agent AND e.customer_id = :customer AND e.begun_at >= :since "
        f"AND e.granted_at IS NOT NULL AND e.interaction_id {same} {_NEWEST} LIMIT 1",
        agent=agent_id,
        customer=customer_id,
        since=since,
        **asked,
    )
    if row is None:
        return None
    keys = reader.rows("SELECT l.key FROM receipt_lines l WHERE l.receipt_id = :id", id=row[0])
    return StandingReceipt(
        row[0], row[1], row[2], moment(row[3]), frozenset(str(key) for (key,) in keys)
    )


def last_read(reader: Reader, *, agent_id: int, customer_id: int) -> int | None:
    """The newest receipt of an agent for a customer on which a line was seen."""
    row = reader.row(
        "SELECT e.id FROM receipts e WHERE e.agent_id = :agent AND e.customer_id = :customer "
        "AND EXISTS (SELECT 1 FROM receipt_lines l WHERE l.receipt_id = e.id "
        f"AND l.how <> 'known') {_NEWEST} LIMIT 1",
        agent=agent_id,
        customer=customer_id,
    )
    return int(row[0]) if row else None


class OpenedRun(NamedTuple):
    """A script run: whose, and how it was opened; `week` is the beginning of the one it was in."""

    week: datetime
    agent_id: int
    how: str
    override: Any
    focus: str


def opened_runs(
    reader: Reader, *, team: str, since: datetime, until: datetime
) -> tuple[OpenedRun, ...]:
    """The runs of a team's agents from `since` on and before `until`; nothing is withheld here."""
    rows = reader.rows(
        "SELECT w.started_at, w.agent_id, e.how, e.override, e.focus "
        "FROM script_runs w JOIN receipts e ON e.id = w.receipt_id "
        f"WHERE {_of_team('w')} AND w.started_at >= :since AND w.started_at < :until",
        team=team,
        since=since,
        until=until,
    )
    return tuple(OpenedRun(week_of(moment(row[0])), *row[1:]) for row in rows)


def without_run(reader: Reader, *, team: str, since: datetime, until: datetime) -> int:
    """How many interactions a team had, from `since` on and before `until`, without any run."""
    row = reader.row(
        f"SELECT count(*) FROM interactions i WHERE {_of_team('i')} "
        "AND i.opened_at >= :since AND i.opened_at < :until "
        "AND NOT EXISTS (SELECT 1 FROM script_runs w WHERE w.interaction_id = i.id)",
        team=team,
        since=since,
        until=until,
    )
    return int(row[0]) if row else 0


def members(reader: Reader, *, team: str) -> int | None:
    """How many agents a team has; None where there is no such team."""
    row = reader.row(
        "SELECT count(a.id), count(DISTINCT t.id) FROM teams t "
        "LEFT JOIN agents a ON a.team_id = t.id WHERE t.name = :team",
        team=team,
    )
    return int(row[0]) if row and row[1] else None


def drop_times(reader: Reader, *, before: datetime) -> int:
    """Drop the times of lines on receipts begun before a moment; returns of how many lines."""
    rows = reader.rows(
        "UPDATE receipt_lines SET seen_ms = NULL WHERE seen_ms IS NOT NULL AND receipt_id IN "
        "(SELECT e.id FROM receipts e WHERE e.begun_at < :before) RETURNING 1",
        before=before,
    )
    return len(rows)


def _of_team(alias: str) -> str:
    members = "SELECT a.id FROM agents a JOIN teams t ON t.id = a.team_id WHERE t.name = :team"
    return f"{alias}.agent_id IN ({members})"


def _select(reader: Reader, condition: str, **parameters: Any) -> list[Receipt]:
    found = [
        build(Receipt, row, 6, 7)
        for row in reader.rows(f"SELECT {_COLUMNS} {condition}", **parameters)
    ]
    lines = _lines(reader, [receipt.id for receipt in found])
    return [replace(receipt, lines=tuple(lines.get(receipt.id, ()))) for receipt in found]


def _lines(reader: Reader, receipt_ids: list[int]) -> dict[int, list[ReceiptLine]]:
    condition, values = one_of("l.receipt_id", receipt_ids)
    lines: dict[int, list[ReceiptLine]] = {}
    for receipt_id, kind, key, records, is_new, how, ms in reader.rows(
        "SELECT l.receipt_id, l.kind, l.key, l.records, l.is_new, l.how, l.seen_ms "
        f"FROM receipt_lines l WHERE {condition} ORDER BY l.receipt_id, l.position",
        **values,
    ):
        line = ReceiptLine(kind, key, tuple(records.split()), bool(is_new), how, ms)
        lines.setdefault(receipt_id, []).append(line)
    return lines
