"""Those who came again about the same: a condition over each interaction, and counting them all.

Asked of each interaction, it costs a look at the customer's others and at the topics of both. To
count them all it is quicker to go through topics customer by customer, where what came before
stands beside it in the index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent_tui.storage.queries.filter_values import Bound
from agent_tui.storage.reader import Reader

_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Again:
    """A `condition` over an interaction `i`; and FROM and WHERE of all topics `b` of which it
    holds, where WHERE can go on."""

    condition: str
    among: str


def came_again(days: int, bound: Bound) -> Again:
    """The customer came about one of the topics within so many times 24 hours before."""
    length = bound.seconds(days * _DAY_S)
    condition = (
        "EXISTS (SELECT 1 FROM interactions e JOIN interaction_topics a ON a.interaction_id = e.id "
        "JOIN interaction_topics b ON b.interaction_id = i.id AND b.topic = a.topic "
        f"WHERE e.customer_id = i.customer_id AND e.opened_at >= i.opened_at - {length} "
        "AND e.opened_at <= i.opened_at AND (e.opened_at < i.opened_at OR e.id < i.id))"
    )
    return Again(condition, (_windowed if bound.on_postgres else _looked_up)(length))


def _looked_up(length: str) -> str:
    """Each looks for the one before: SQLite needs two thirds of the time of a window function."""
    return (
        "interaction_topics b INDEXED BY interaction_topics_again "
        f"WHERE {_OF_THESE} AND EXISTS (SELECT 1 FROM interaction_topics a "
        "WHERE a.customer_id = b.customer_id AND a.topic = b.topic "
        f"AND a.opened_at >= b.opened_at - {length} AND a.opened_at <= b.opened_at "
        "AND (a.opened_at < b.opened_at OR a.interaction_id < b.interaction_id))"
    )


def _windowed(length: str) -> str:
    """Each has the one before beside it: a server needs a tenth of the time of looking it up."""
    return (
        "(SELECT b.interaction_id, b.opened_at - lag(b.opened_at) OVER ("
        "PARTITION BY b.customer_id, b.topic ORDER BY b.opened_at, b.interaction_id) AS since "
        f"FROM interaction_topics b WHERE {_OF_THESE}) b WHERE b.since <= {length}"
    )


def count(
    reader: Reader, again: Again, others: Sequence[str], values: Mapping[str, Any], steps: int
) -> Iterator[int]:
    """How many came again, of whom the `others` hold, conditions over an interaction `i`: so many
    topics at once, customer by customer. Each number is to be added to those before."""
    sql = f"SELECT count(*) FROM (SELECT DISTINCT b.interaction_id AS id FROM {again.among}) d"
    if others:
        sql += " CROSS JOIN interactions i WHERE i.id = d.id AND " + " AND ".join(others)
    first: int | None = -_BEYOND
    while first is not None:
        edge = reader.row(
            "SELECT b.customer_id FROM interaction_topics b WHERE b.customer_id >= :first "
            "ORDER BY b.customer_id LIMIT 1 OFFSET :steps",
            first=first,
            steps=steps,
        )
        last = _BEYOND if edge is None else int(edge[0])
        row = reader.row(sql, first=first, last=last, **values)
        yield int(row[0]) if row else 0
        first = None if edge is None else last + 1


_OF_THESE = "b.customer_id >= :first AND b.customer_id <= :last"
_BEYOND = (1 << 63) - 1
