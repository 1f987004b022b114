"""Interactions as lines of Recent: what stands on them, in a few queries a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from agent_tui.domain.values.recent import RecentMark, RecentPlace, RecentRow
from agent_tui.storage.queries import interactions
from agent_tui.storage.reader import Reader, one_of

_MARKS: tuple[RecentMark, ...] = get_args(RecentMark)

_LATE = "(p.state = 'open' AND p.due_at < :now OR p.state <> 'open' AND p.closed_at > p.due_at)"
_MARKED = (
    "SELECT p.interaction_id, CASE WHEN p.state = 'broken' THEN 'promise_broken' "
    f"WHEN {_LATE} THEN 'promise_late' ELSE 'promise' END FROM promises p "
    "WHERE {ids} AND p.side = 'ours' "
    "UNION SELECT k.interaction_id, 'complaint' FROM cases k "
    "WHERE {ids} AND k.kind = 'complaint' "
    "UNION SELECT w.interaction_id, 'script' FROM script_runs w WHERE {ids} "
    "UNION SELECT r.interaction_id, 'override' FROM receipts r "
    "WHERE {ids} AND r.how = 'override' "
    "UNION SELECT g.interaction_id, 'gave' FROM concessions g "
    "WHERE {ids} AND g.side = 'ours' AND g.state = 'current' "
    "UNION SELECT f.interaction_id, 'refusal' FROM refusals f "
    "WHERE {ids} AND f.state <> 'wrong' "
    "UNION SELECT j.interaction_id, 'friction' FROM frictions j "
    "WHERE {ids} AND j.agent_id = :me "
    "UNION SELECT l.interaction_id, 'listened' FROM listenings l "
    "WHERE {ids} AND l.agent_id = :me "
    "UNION SELECT v.interaction_id, v.kind FROM reviews v "
    "WHERE {ids} AND v.withdrawn_at IS NULL AND (v.agent_id = :me OR v.author_id = :me OR :leads)"
)


def rows(
    reader: Reader,
    places: Sequence[RecentPlace],
    *,
    now: datetime,
    agent_id: int,
    leads: bool,
) -> tuple[RecentRow, ...]:
    """The lines of these interactions, in this order; those that are gone are left out.

    `now` says which promises are late. Of reviews only those are told that `agent_id` got or
    wrote, all to whom `leads`; of friction only what `agent_id` noted, and of
    listening logs only what stands in theirs.
    """
    numbers = [place.interaction_id for place in places]
    if not numbers:
        return ()
    condition, values = one_of("i.id", numbers)
    found = {call.id: call for call in interactions.select(reader, condition, **values)}
    marks = _marks(reader, numbers, now=now, agent_id=agent_id, leads=leads)
    moods = _moods(reader, numbers)
    return tuple(
        RecentRow(found[number], place, moods.get(number), marks.get(number, ()))
        for place in places
        if (number := place.interaction_id) in found
    )


def _marks(
    reader: Reader, numbers: Sequence[int], *, now: datetime, agent_id: int, leads: bool
) -> dict[int, tuple[RecentMark, ...]]:
    ids, values = one_of("interaction_id", numbers)
    marked: dict[int, set[str]] = {}
    sql = _MARKED.format(ids=ids)
    for number, mark in reader.rows(sql, now=now, me=agent_id, leads=leads, **values):
        marked.setdefault(number, set()).add(mark)
    return {
        number: tuple(mark for mark in _MARKS if mark in found) for number, found in marked.items()
    }


def _moods(reader: Reader, numbers: Sequence[int]) -> dict[int, str]:
    condition, values = one_of("d.interaction_id", numbers)
    newest = reader.rows(
        f"SELECT d.interaction_id, d.text FROM moods d WHERE {condition} ORDER BY d.at, d.id",
        **values,
    )
    return {row[0]: str(row[1]) for row in newest}
