"""Facts: stated, confirmed, replaced by newer ones, called wrong, restored."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.values.kinds import FactKind, FactSource
from agent_tui.domain.values.knowing import KeptFact
from agent_tui.errors import NotFound, Refused
from agent_tui.services.bookkeeping import check_version, record
from agent_tui.services.fact_changes import (
    add_fact,
    confirm_fact,
    current_fact,
    replace_fact,
    restore_fact,
)
from agent_tui.services.record_marks import call_right, call_wrong
from agent_tui.storage.queries import knowing

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

SHOWN = 500
"""How many records of a kind a list holds at most."""


class Facts:
    """What is known of somebody. Changes take the `version` that was on the screen, if any, and
    raise Conflict where the fact has changed since."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def fact(self, fact_id: int) -> KeptFact:
        """A fact, whatever became of it. Raises NotFound."""
        found = knowing.fact(self._desk.store.reader(), fact_id=fact_id)
        if found is None:
            raise NotFound("this fact is no longer there")
        return found

    def facts(self, customer_id: int, *, gone: bool = False) -> list[KeptFact]:
        """The facts of a customer, newest first, 500 at most; with `gone` also what was replaced
        or is wrong."""
        return knowing.facts(
            self._desk.store.reader(), customer_id=customer_id, gone=gone, limit=SHOWN
        )

    def learn(
        self,
        customer_id: int,
        kind: FactKind,
        text: str,
        source: FactSource = "stated",
        *,
        confirm_by: datetime | None = None,
        interaction_id: int | None = None,
    ) -> int:
        """Write down something about a customer; returns the fact's id. See `add_fact`."""
        with self._desk.writing() as unit:
            return add_fact(
                unit,
                customer_id=customer_id,
                kind=kind,
                text=text,
                source=source,
                confirm_by=confirm_by,
                interaction_id=interaction_id,
            ).id

    def confirm(self, fact_id: int, *, version: int | None = None) -> datetime | None:
        """It still holds, as of now. Returns when it was confirmed before: `unconfirm` takes it."""
        with self._desk.writing() as unit:
            return confirm_fact(unit, fact_id, version=version)

    def unconfirm(
        self, fact_id: int, before: datetime | None, *, version: int | None = None
    ) -> None:
        """Undo `confirm`: it was last confirmed at that earlier moment, or never."""
        with self._desk.writing() as unit:
            row = current_fact(unit, fact_id, version)
            if row.confirmed_at is None or (before is not None and before > row.confirmed_at):
                raise Refused("this fact was not confirmed since")
            row.confirmed_at = before
            unit.save(row)
            record(unit, "fact.unconfirmed", row)

    def replace(
        self,
        fact_id: int,
        text: str,
        *,
        source: FactSource = "stated",
        interaction_id: int | None = None,
        version: int | None = None,
    ) -> int:
        """It is otherwise by now; returns the new fact's id. The old one stays as `replaced`."""
        with self._desk.writing() as unit:
            return replace_fact(
                unit,
                fact_id,
                text,
                source=source,
                interaction_id=interaction_id,
                version=version,
            ).id

    def forget(self, fact_id: int, reason: str, *, version: int | None = None) -> None:
        """It is wrong, and why. It leaves the brief, and stays to be restored."""
        with self._desk.writing() as unit:
            row = current_fact(unit, fact_id, version)
            call_wrong(unit, row, reason)
            row.state = "wrong"
            unit.save(row)
            record(unit, "fact.wrong", row)

    def restore(self, fact_id: int, *, version: int | None = None) -> None:
        """A fact that was replaced or called wrong stands again; see `restore_fact`."""
        with self._desk.writing() as unit:
            row = unit.get(tables.Fact, fact_id)
            check_version(row, version)
            if row.state == "current":
                raise Refused("this fact stands: there is nothing to restore")
            call_right(unit, row)
            restore_fact(unit, row)
