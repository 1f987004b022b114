"""Promises: single ones, lists of open ones, and the history of those that were moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from agent_tui.domain.values import ids
from agent_tui.domain.values.promises import Promise
from agent_tui.storage.reader import Reader, Row, build, one_of

PROMISE_COLUMNS = (
    "p.id, p.customer_id, c.name, p.side, p.text, p.due_at, p.state, a.name, p.interaction_id, "
    "p.created_at, p.owner_id, p.mark, p.contact, p.read_back_at, p.told_at, p.told_before_due, "
    "ot.name, p.offered_to_id, ob.name, p.offered_by_id, p.replaces_id, p.closed_at, cb.name, "
    "p.reason, p.note_id, p.version "
    "FROM promises p JOIN customers c ON c.id = p.customer_id "
    "LEFT JOIN agents a ON a.id = p.owner_id "
    "LEFT JOIN agents ot ON ot.id = p.offered_to_id "
    "LEFT JOIN agents ob ON ob.id = p.offered_by_id "
    "LEFT JOIN agents cb ON cb.id = p.closed_by_id "
)
"""What `promise` is made of; a condition may follow."""

_BY_DUE = "ORDER BY p.due_at IS NULL, p.due_at, p.id LIMIT :limit"


def promise(row: Row) -> Promise:
    """A promise from a row of `PROMISE_COLUMNS`."""
    found = build(Promise, row, 5, 9, 13, 14, 21)
    told = found.told_before_due
    return found if told is None else replace(found, told_before_due=bool(told))


def one(reader: Reader, *, promise_id: int) -> Promise | None:
    """The promise, or None."""
    row = reader.row(f"SELECT {PROMISE_COLUMNS} WHERE p.id = :id", id=promise_id)
    return promise(row) if row else None


def offered_last(reader: Reader, *, promise_id: int) -> int | None:
    """Who offered a promise to a colleague last, whatever became of that: who made it, where it was
    offered as it was made; None where nobody knows."""
    row = reader.row(
        "SELECT agent_id FROM events WHERE subject = :subject "
        "AND kind IN ('promise.offered', 'promise.made') ORDER BY sequence DESC LIMIT 1",
        subject=ids.show(ids.PROMISE, promise_id),
    )
    return row[0] if row else None


def still_open(
    reader: Reader,
    *,
    customer_id: int | None = None,
    owner_id: int | None = None,
    due_before: datetime | None = None,
    limit: int,
) -> list[Promise]:
    """Open promises, the ones due first at the top; of one customer, of one owner, or all."""
    conditions, values = ["p.state = 'open'"], dict[str, Any](limit=limit)
    for column, value in (("p.customer_id =", customer_id), ("p.owner_id =", owner_id)):
        if value is not None:
            conditions.append(f"{column} :v{len(values)}")
            values[f"v{len(values)}"] = value
    if due_before is not None:
        conditions.append("p.due_at < :due_before")
        values["due_before"] = due_before
    rows = reader.rows(
        f"SELECT {PROMISE_COLUMNS} WHERE {' AND '.join(conditions)} {_BY_DUE}", **values
    )
    return [promise(row) for row in rows]


def made_in(reader: Reader, *, customer_id: int, interaction_id: int, limit: int) -> list[Promise]:
    """The promises made with a customer in an interaction, in whatever state, oldest first."""
    rows = reader.rows(
        f"SELECT {PROMISE_COLUMNS} WHERE p.customer_id = :customer AND p.interaction_id = :call "
        "ORDER BY p.id LIMIT :limit",
        customer=customer_id,
        call=interaction_id,
        limit=limit,
    )
    return [promise(row) for row in rows]


def history(reader: Reader, promise_id: int) -> tuple[Promise, ...]:
    """A promise with all those that it replaced and that replaced it, the first one first."""
    rows = reader.rows(
        "WITH RECURSIVE earlier (id, replaces_id) AS ("
        "SELECT id, replaces_id FROM promises WHERE id = :id "
        "UNION SELECT o.id, o.replaces_id FROM promises o "
        "JOIN earlier e ON o.id = e.replaces_id), "
        "later (id) AS (SELECT id FROM promises WHERE id = :id "
        "UNION SELECT n.id FROM promises n JOIN later l ON n.replaces_id = l.id) "
        f"SELECT {PROMISE_COLUMNS} WHERE p.id IN (SELECT id FROM earlier "
        "UNION SELECT id FROM later) ORDER BY p.created_at, p.id",
        id=promise_id,
    )
    return tuple(promise(row) for row in rows)


def that_were_moved(reader: Reader, *, known: Mapping[int, Promise]) -> tuple[Promise, ...]:
    """What the open ones among these promises took the place of, as far as it is not known."""
    missing = []
    for one in known.values():
        before: Promise | None = one if one.state == "open" else None
        passed: set[int] = set()
        while before is not None and before.replaces_id is not None and before.id not in passed:
            passed.add(before.id)
            if before.replaces_id not in known:
                missing.append(before.replaces_id)
            before = known.get(before.replaces_id)
    if not missing:
        return ()
    condition, values = one_of("id", missing)
    rows = reader.rows(
        f"WITH RECURSIVE earlier (id, replaces_id) AS ("
        f"SELECT id, replaces_id FROM promises WHERE {condition} "
        "UNION SELECT o.id, o.replaces_id FROM promises o "
        "JOIN earlier e ON o.id = e.replaces_id) "
        f"SELECT {PROMISE_COLUMNS} WHERE p.id IN (SELECT id FROM earlier) ORDER BY p.id",
        **values,
    )
    return tuple(found for row in rows if (found := promise(row)).id not in known)


def replaced_by(reader: Reader, *, promise_id: int) -> int | None:
    """The promise that took this one's place, or None."""
    row = reader.row("SELECT id FROM promises WHERE replaces_id = :id", id=promise_id)
    return int(row[0]) if row else None
