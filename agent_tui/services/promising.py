"""Keep promises, or move, withdraw or break them in the open; hand them to a colleague.

A promise belongs to the customer, so any agent may close one. Nothing closes it but these calls.
Each takes the `version` that was on the screen, if any, and raises Conflict where the promise has
changed since.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules.promises import Action, check_due, in_time
from agent_tui.domain.values.kinds import Side
from agent_tui.domain.values.promises import Promise as PromiseValue
from agent_tui.errors import NotFound, Refused
from agent_tui.services.bookkeeping import check_with, is_lead, record
from agent_tui.services.promise_changes import (
    callback,
    close,
    colleague,
    promised,
    save,
    take,
)
from agent_tui.storage.queries import promises

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

SHOWN = 500
"""How many promises a list holds at most."""


class Promising:
    """Does what people do about promises."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def one(self, promise_id: int) -> PromiseValue:
        """A promise. Raises NotFound."""
        found = promises.one(self._desk.store.reader(), promise_id=promise_id)
        if found is None:
            raise NotFound("this promise is no longer there")
        return found

    def still_open(
        self, *, customer_id: int | None = None, mine: bool = False, late: bool = False
    ) -> list[PromiseValue]:
        """Open promises, the ones due first at the top, 500 at most."""
        return promises.still_open(
            self._desk.store.reader(),
            customer_id=customer_id,
            owner_id=self._desk.agent.id if mine else None,
            due_before=self._desk.clock() if late else None,
            limit=SHOWN,
        )

    def made_in(self, customer_id: int, interaction_id: int) -> tuple[PromiseValue, ...]:
        """The promises made with a customer in an interaction, in whatever state, oldest first,
        500 at most."""
        found = promises.made_in(
            self._desk.store.reader(),
            customer_id=customer_id,
            interaction_id=interaction_id,
            limit=SHOWN,
        )
        return tuple(found)

    def history(self, promise_id: int) -> tuple[PromiseValue, ...]:
        """A promise with those that it replaced and that replaced it, the first one first."""
        return promises.history(self._desk.store.reader(), promise_id)

    def answered(self, promise_ids: Sequence[int]) -> list[PromiseValue]:
        """Those of these promises that colleagues answered, as they are now, which I offered."""
        reader, me = self._desk.store.reader(), self._desk.agent.id
        found = (promises.one(reader, promise_id=promise_id) for promise_id in promise_ids)
        return [
            one
            for one in found
            if one is not None and promises.offered_last(reader, promise_id=one.id) == me
        ]

    def make(
        self,
        customer_id: int,
        text: str,
        due_at: datetime | None,
        side: Side = "ours",
        *,
        interaction_id: int | None = None,
        contact: str | None = None,
    ) -> int:
        """A new promise of mine, or one of the customer's; returns its id."""
        with self._desk.writing() as unit:
            check_due(due_at, unit.now)
            unit.get(tables.Customer, customer_id)
            check_with(unit, customer_id, interaction_id)
            row = tables.Promise(
                customer_id=customer_id,
                interaction_id=interaction_id,
                side=side,
                text=promised(unit, text),
                due_at=due_at,
                owner_id=self._desk.agent.id if side == "ours" else None,
                contact=callback(unit, contact) if contact else None,
                created_at=unit.now,
            )
            unit.add(row)
            record(unit, "promise.made", row, detail=side)
            return row.id

    def keep(
        self, promise_id: int, *, at: datetime | None = None, version: int | None = None
    ) -> None:
        """It was done as promised: now, or at an earlier moment."""
        with self._changing(promise_id, "keep", version) as (unit, row):
            if at is not None and at > unit.now:
                raise Refused("that is still to come: it is kept when it was done")
            close(unit, row, "keep")
            row.closed_at = at or unit.now

    def renegotiate(
        self,
        promise_id: int,
        due_at: datetime,
        *,
        told: bool,
        reason: str | None = None,
        text: str | None = None,
        version: int | None = None,
    ) -> int:
        """Promise it for another time, and perhaps in other words; returns the new promise's id.

        The old one stays as it was promised. `told` says that the customer knows.
        """
        with self._changing(promise_id, "renegotiate", version) as (unit, row):
            check_due(due_at, unit.now)
            close(unit, row, "renegotiate", told=told, reason=reason)
            new = tables.Promise(
                customer_id=row.customer_id,
                interaction_id=row.interaction_id,
                note_id=row.note_id,
                side=row.side,
                text=row.text if text is None else promised(unit, text),
                due_at=due_at,
                owner_id=row.owner_id,
                offered_to_id=row.offered_to_id,
                offered_by_id=row.offered_by_id,
                contact=row.contact,
                read_back_at=row.read_back_at,
                mark=row.mark,
                created_at=unit.now,
                replaces_id=row.id,
            )
            unit.add(new)
            record(unit, "promise.made", new, detail=new.side)
            return new.id

    def withdraw(
        self, promise_id: int, reason: str, *, told: bool, version: int | None = None
    ) -> None:
        """It need not be kept: the customer lets us off, or it was never promised."""
        with self._changing(promise_id, "withdraw", version) as (unit, row):
            close(unit, row, "withdraw", told=told, reason=reason)

    def break_off(
        self, promise_id: int, reason: str, *, told: bool, version: int | None = None
    ) -> None:
        """It will not be kept."""
        with self._changing(promise_id, "break_off", version) as (unit, row):
            close(unit, row, "break_off", told=told, reason=reason)

    def tell(self, promise_id: int, *, version: int | None = None) -> None:
        """The customer knows that it will be late. What they heard first counts."""
        with self._changing(promise_id, "tell", version) as (unit, row):
            if row.told_at is not None:
                raise Refused("they have been told already: move the promise to a new time")
            row.told_at, row.told_before_due = unit.now, in_time(unit.now, row.due_at)

    def untell(self, promise_id: int, *, version: int | None = None) -> None:
        """Undo `tell`: they do not know it yet. Refused where nobody said that they do."""
        with self._changing(promise_id, "untell", version) as (_, row):
            if row.told_at is None:
                raise Refused("nobody said that they have been told")
            row.told_at = row.told_before_due = None

    def reopen(self, promise_id: int, *, version: int | None = None) -> None:
        """Undo a close of one's own; the new one of a promise that was moved goes, if untouched."""
        with self._changing(promise_id, "reopen", version) as (unit, row):
            if row.closed_by_id != self._desk.agent.id:
                raise Refused("only who closed a promise reopens it: make a new one instead")
            new_id = promises.replaced_by(unit.reader, promise_id=row.id)
            if new_id is not None:
                new = unit.get(tables.Promise, new_id)
                if new.state != "open" or new.version > 1:
                    raise Refused("the promise that took its place has changed: go on with that")
                record(unit, "promise.removed", new)
                unit.remove(new)
            if row.told_at is not None and row.told_at == row.closed_at:
                row.told_at = None
            row.told_before_due = in_time(row.told_at, row.due_at) if row.told_at else None
            row.state = "open"
            row.closed_at = row.closed_by_id = row.reason = None

    def hand_over(self, promise_id: int, handle: str, *, version: int | None = None) -> None:
        """Ask a colleague to take a promise over; until they accept it stays where it is."""
        with self._changing(promise_id, "hand_over", version) as (unit, row):
            if row.side != "ours":
                raise Refused("this is the customer's promise: nobody here can keep it")
            self._only_owner_or_lead(unit, row, "hands it over")
            to = colleague(unit, handle)
            if to.id == self._desk.agent.id:
                raise Refused("a promise is handed to somebody else")
            if to.id == row.owner_id:
                raise Refused(f"it is {to.name}'s already")
            row.offered_to_id, row.offered_by_id = to.id, self._desk.agent.id

    def take_back(self, promise_id: int, *, version: int | None = None) -> None:
        """Nobody is asked any more; also puts away that somebody declined."""
        with self._changing(promise_id, "take_back", version) as (unit, row):
            if row.offered_by_id is None:
                raise Refused("nobody was asked to take it over")
            if row.offered_by_id != self._desk.agent.id:
                self._only_owner_or_lead(unit, row, "takes it back")
            row.offered_to_id = row.offered_by_id = None

    def accept(self, promise_id: int, *, version: int | None = None) -> None:
        """Take over the promise that one was asked to. The event holds the number of the agent
        whose it was: who promised it is told by that."""
        with self._desk.writing() as unit:
            row = take(unit, promise_id, "accept", version)
            self._only_asked(row)
            had = row.owner_id
            row.owner_id = self._desk.agent.id
            row.offered_to_id = row.offered_by_id = None
            save(unit, row, "accept", detail=None if had is None else str(had))

    def decline(self, promise_id: int, *, version: int | None = None) -> None:
        """Not take it over: it stays with its owner, and who asked sees it."""
        with self._changing(promise_id, "decline", version) as (_, row):
            self._only_asked(row)
            row.offered_to_id = None

    def set_contact(
        self, promise_id: int, number: str | None, *, version: int | None = None
    ) -> None:
        """Keep the number to call back, or none; a new number is yet to be read back."""
        with self._changing(promise_id, "set_contact", version) as (unit, row):
            row.contact = callback(unit, number) if number and number.strip() else None
            row.read_back_at = None

    def read_back(self, promise_id: int, *, version: int | None = None) -> None:
        """The number to call back was read back to the customer, and is right."""
        with self._changing(promise_id, "read_back", version) as (unit, row):
            if row.contact is None:
                raise Refused("there is no number to read back: set one first")
            row.read_back_at = unit.now

    @contextmanager
    def _changing(
        self, promise_id: int, action: Action, version: int | None
    ) -> Iterator[tuple[UnitOfWork, tables.Promise]]:
        with self._desk.writing() as unit:
            row = take(unit, promise_id, action, version)
            yield unit, row
            save(unit, row, action)

    def _only_owner_or_lead(self, unit: UnitOfWork, row: tables.Promise, does: str) -> None:
        if row.owner_id not in (None, self._desk.agent.id) and not is_lead(unit):
            raise Refused(f"only whose promise it is, or a lead, {does}")

    def _only_asked(self, row: tables.Promise) -> None:
        if row.offered_to_id != self._desk.agent.id:
            raise Refused("this promise was not offered to you")
