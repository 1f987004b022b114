"""What may become of a fact, within a unit of work: stated, confirmed, replaced, called wrong."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, get_args

from agent_tui.domain import tables
from agent_tui.domain.values.kinds import FactKind, FactSource
from agent_tui.errors import BadInput, Refused
from agent_tui.services.bookkeeping import check_version, check_with, record
from agent_tui.services.entrance import take_line
from agent_tui.storage.queries import knowing

if TYPE_CHECKING:
    from agent_tui.storage.unit import UnitOfWork

TEXT_LIMIT = 4_100
"""Characters of a fact: a question and its answer, each of at most 2,000, and what parts them."""


def add_fact(
    unit: UnitOfWork,
    *,
    customer_id: int,
    kind: FactKind,
    text: str,
    source: FactSource = "stated",
    confirm_by: datetime | None = None,
    interaction_id: int | None = None,
) -> tables.Fact:
    """Write down something about a customer. `confirm_by` is when it is to be asked again.

    Raises BadInput for no words or an unknown kind, Refused where the interaction is with somebody
    else or the moment to ask again has passed.
    """
    _check_words("kind", kind, get_args(FactKind))
    _check_words("source", source, get_args(FactSource))
    if confirm_by is not None and confirm_by < unit.now:
        raise Refused("that time has passed: say by when it is to be confirmed")
    unit.get(tables.Customer, customer_id)
    check_with(unit, customer_id, interaction_id)
    row = tables.Fact(
        customer_id=customer_id,
        interaction_id=interaction_id,
        kind=kind,
        text=_words(unit, text),
        source=source,
        stated_at=unit.now,
        confirm_by=confirm_by,
    )
    unit.add(row)
    record(unit, "fact.made", row)
    return row


def confirm_fact(unit: UnitOfWork, fact_id: int, *, version: int | None = None) -> datetime | None:
    """It still holds, as of now; returns when it was confirmed before."""
    row = current_fact(unit, fact_id, version)
    before = row.confirmed_at
    row.confirmed_at = unit.now
    unit.save(row)
    record(unit, "fact.confirmed", row)
    return before


def replace_fact(
    unit: UnitOfWork,
    fact_id: int,
    text: str,
    *,
    source: FactSource = "stated",
    interaction_id: int | None = None,
    version: int | None = None,
) -> tables.Fact:
    """It is otherwise by now. The old fact stays as `replaced`, the new one points to it."""
    row = current_fact(unit, fact_id, version)
    new = add_fact(
        unit,
        customer_id=row.customer_id,
        kind=row.kind,  # type: ignore[arg-type]
        text=text,
        source=source,
        interaction_id=interaction_id,
    )
    new.replaces_id = row.id
    row.state = "replaced"
    unit.save(new, row)
    record(unit, "fact.replaced", row)
    return new


def restore_fact(unit: UnitOfWork, row: tables.Fact) -> None:
    """Let a fact that was replaced or called wrong stand again.

    The one that took its place goes, unless somebody has changed it since: then it is Refused.
    """
    newer = knowing.replaced_by(unit.reader, fact_id=row.id)
    if newer is not None:
        new = unit.get(tables.Fact, newer)
        if new.state != "current" or new.confirmed_at is not None:
            raise Refused("the fact that took its place has changed: go on with that")
        record(unit, "fact.removed", new)
        unit.remove(new)
    row.state = "current"
    unit.save(row)
    record(unit, "fact.restored", row)


def current_fact(unit: UnitOfWork, fact_id: int, version: int | None) -> tables.Fact:
    """The fact to change. Raises Conflict, NotFound, or Refused where it stands no longer."""
    row = unit.get(tables.Fact, fact_id)
    check_version(row, version)
    if row.state != "current":
        raise Refused(f"this fact stands no longer ({row.state}): restore it first")
    return row


def _words(unit: UnitOfWork, text: str) -> str:
    words = take_line(unit.reader, text, TEXT_LIMIT)
    if not words:
        raise BadInput("a fact needs words: say what is worth knowing")
    return words


def _check_words(what: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise BadInput(f"“{given}” is no {what} of a fact: it is {', '.join(known)}")
