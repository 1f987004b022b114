"""A mark in other words: which record it continues, and what changes in that.

A promise keeps its row, with its history and its state; a complaint its case, its steps and the
id that the customer was told. Of several that may be meant it is the one in the words most alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from agent_tui.domain import tables
from agent_tui.services.bookkeeping import record
from agent_tui.services.complaint_changes import cleaned, titled

if TYPE_CHECKING:
    from agent_tui.domain.values.notes import RecordKind
    from agent_tui.services.capture_marks import Wanted
    from agent_tui.storage.queries.notes import Marked
    from agent_tui.storage.unit import UnitOfWork

ALIKE = 0.6
"""How much of the words must be the same where somebody has changed the record since."""
_COMPARED = 100
"""Characters of the words that are compared."""
_CONTINUED: tuple[RecordKind, ...] = ("promise", "complaint")


class Reworded(NamedTuple):
    """A record, what asked for it, and what asks for it now."""

    record: Marked
    was: Wanted
    now: Wanted


def continued(
    left: Sequence[Marked], dropped: Sequence[Wanted], new: Sequence[Wanted]
) -> list[Reworded]:
    """Of the records that are left over those that one of the new marks goes on with.

    `dropped` are the marks that stand no longer. A record that somebody has changed since goes on
    only in words that are alike: in others, the new mark is another matter.
    """
    pairs = [
        (_likeness(was, now), place, rank, Reworded(one, was, now))
        for place, one in enumerate(left)
        if (was := _asking(one, dropped)) is not None
        for rank, now in enumerate(new)
        if now.kind == one.kind and now.columns.get("side") == was.columns.get("side")
    ]
    found: list[Reworded] = []
    for likeness, _, _, pair in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:3])):
        is_free = all(pair.record != one.record and pair.now is not one.now for one in found)
        if is_free and (likeness >= ALIKE or not pair.record.is_touched):
            found.append(pair)
    return found


def reword(unit: UnitOfWork, pair: Reworded) -> None:
    """Let a record say what its mark says now. It does not count as changed by somebody."""
    if pair.record.kind == "complaint":
        case = unit.get(tables.Case, pair.record.id)
        title = titled(unit, cleaned(unit, pair.now.columns["text"]))
        _write(unit, "cases", case.id, {"title": title or case.title, "mark": pair.now.mark})
        record(unit, "complaint.reworded", case)
    else:
        promise = unit.get(tables.Promise, pair.record.id)
        _write(unit, "promises", promise.id, {"mark": pair.now.mark, **_promised(promise, pair)})
        record(unit, "promise.reworded", promise)


def _promised(row: tables.Promise, pair: Reworded) -> dict[str, Any]:
    """What changes in a promise. Once it is closed only its words do; a number or a colleague that
    somebody has changed since stays."""
    was, now = pair.was.columns, pair.now.columns
    changed: dict[str, Any] = {"text": now["text"]}
    if row.state != "open":
        return changed
    changed["due_at"] = now["due_at"]
    if was["contact"] != now["contact"] and row.contact == was["contact"]:
        changed |= {"contact": now["contact"], "read_back_at": None}
    if was.get("offered_to_id") != now.get("offered_to_id") and (
        (row.offered_to_id, row.offered_by_id)
        == (was.get("offered_to_id"), was.get("offered_by_id"))
    ):
        changed |= {name: now.get(name) for name in ("offered_to_id", "offered_by_id")}
    return changed


def _asking(one: Marked, wanted: Sequence[Wanted]) -> Wanted | None:
    """The mark that asked for a record which may go on in another one."""
    if one.kind not in _CONTINUED:
        return None
    return next((w for w in wanted if (w.kind, w.mark) == (one.kind, one.mark)), None)


def _likeness(was: Wanted, now: Wanted) -> float:
    from difflib import SequenceMatcher

    before, after = (one.columns.get("text", "")[:_COMPARED].casefold() for one in (was, now))
    return SequenceMatcher(None, before, after, autojunk=False).ratio()


def _write(unit: UnitOfWork, table: str, row_id: int, columns: dict[str, Any]) -> None:
    assigned = ", ".join(f"{name} = :{name}" for name in columns)
    unit.execute(f"UPDATE {table} SET {assigned} WHERE id = :id", id=row_id, **columns)
