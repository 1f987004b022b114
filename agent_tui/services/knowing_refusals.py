"""What customers said no to, and whether they may be reached at all.

A refusal is a matter between people: it may be lifted, and asked about again from some day on.
Consent is not: once withdrawn nothing is sent there (`services.sending`), and no reason of ours,
no role and no file from outside brings it back; only the customer's own word does, which whoever
hears it enters here.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, get_args

from agent_tui.domain import tables
from agent_tui.domain.values import ids
from agent_tui.domain.values.kinds import Consent
from agent_tui.domain.values.knowing import KeptRefusal
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.bookkeeping import check_version, check_with, record
from agent_tui.services.entrance import take_line
from agent_tui.services.knowing_facts import SHOWN
from agent_tui.services.record_marks import call_right
from agent_tui.storage.queries import knowing

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

WHAT_LIMIT = 2_000


class Refusals:
    """What somebody does not want. Changes take the `version` on the screen, as facts do."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def refusal(self, refusal_id: int) -> KeptRefusal:
        """A refusal, whatever became of it. Raises NotFound."""
        found = knowing.refusal(self._desk.store.reader(), refusal_id=refusal_id)
        if found is None:
            raise NotFound("this refusal is no longer there")
        return found

    def refusals(self, customer_id: int, *, gone: bool = False) -> list[KeptRefusal]:
        """What a customer said no to, newest first, 500 at most; with `gone` also what was lifted
        or is wrong."""
        return knowing.refusals(
            self._desk.store.reader(), customer_id=customer_id, gone=gone, limit=SHOWN
        )

    def refuse(
        self,
        customer_id: int,
        what: str,
        ask_again_after: datetime | None = None,
        *,
        interaction_id: int | None = None,
    ) -> int:
        """They said no to something; returns the refusal's id.

        Without `ask_again_after` they are not asked again. Raises BadInput for no words, Refused
        for a day that has passed.
        """
        with self._desk.writing() as unit:
            words = take_line(unit.reader, what, WHAT_LIMIT)
            if not words:
                raise BadInput("say what they said no to")
            _check_day(unit, ask_again_after)
            unit.get(tables.Customer, customer_id)
            check_with(unit, customer_id, interaction_id)
            row = tables.Refusal(
                customer_id=customer_id,
                interaction_id=interaction_id,
                what=words,
                at=unit.now,
                ask_again_after=ask_again_after,
            )
            unit.add(row)
            record(unit, "refusal.made", row)
            return row.id

    def ask_again_after(
        self, refusal_id: int, day: datetime | None, *, version: int | None = None
    ) -> None:
        """They may be asked again from that day on; with None never."""
        with self._desk.writing() as unit:
            row = _standing(unit, refusal_id, version)
            _check_day(unit, day)
            row.ask_again_after = day
            unit.save(row)
            record(unit, "refusal.dated" if day else "refusal.undated", row)

    def put_day_back(self, refusal_id: int, before: datetime | None) -> None:
        """Undo `ask_again_after`: the day is the one from before, though it may have passed."""
        with self._desk.writing() as unit:
            row = _standing(unit, refusal_id, None)
            row.ask_again_after = before
            unit.save(row)
            record(unit, "refusal.dated" if before else "refusal.undated", row)

    def lift(self, refusal_id: int, *, version: int | None = None) -> None:
        """They may be asked again: the refusal stands no longer."""
        with self._desk.writing() as unit:
            row = _standing(unit, refusal_id, version)
            row.state = "lifted"
            unit.save(row)
            record(unit, "refusal.lifted", row)

    def restore_refusal(self, refusal_id: int, *, version: int | None = None) -> None:
        """Undo `lift`: a refusal that was lifted, or called wrong, stands again."""
        with self._desk.writing() as unit:
            row = unit.get(tables.Refusal, refusal_id)
            check_version(row, version)
            if row.state == "current":
                raise Refused("this refusal stands: there is nothing to restore")
            call_right(unit, row)
            row.state = "current"
            unit.save(row)
            record(unit, "refusal.restored", row)

    def consent(self, contact_point_id: int, consent: Consent) -> int:
        """What the customer says about being reached there: given, withdrawn, or not known.

        Returns whose way it is.
        """
        if consent not in get_args(Consent):
            raise BadInput(f"“{consent}” is no consent: it is {', '.join(get_args(Consent))}")
        with self._desk.writing() as unit:
            row = unit.get(tables.ContactPoint, contact_point_id)
            if row.consent != consent:
                row.consent = consent
                unit.save(row)
                unit.record(
                    f"consent.{consent}",
                    subject=ids.show(ids.CONTACT_POINT, row.id),
                    customer_id=row.customer_id,
                )
            return row.customer_id

    def prefer(self, contact_point_id: int, *, preferred: bool = True) -> int:
        """They like to be reached there, or no longer do. Returns whose way it is."""
        with self._desk.writing() as unit:
            row = unit.get(tables.ContactPoint, contact_point_id)
            if row.preferred != preferred:
                row.preferred = preferred
                unit.save(row)
                unit.record(
                    "contact.preferred" if preferred else "contact.not_preferred",
                    subject=ids.show(ids.CONTACT_POINT, row.id),
                    customer_id=row.customer_id,
                )
            return row.customer_id


def _standing(unit: UnitOfWork, refusal_id: int, version: int | None) -> tables.Refusal:
    row = unit.get(tables.Refusal, refusal_id)
    check_version(row, version)
    if row.state != "current":
        raise Refused(f"this refusal stands no longer ({row.state}): restore it first")
    return row


def _check_day(unit: UnitOfWork, day: datetime | None) -> None:
    if day is not None and day < unit.now:
        raise Refused("that day has passed: give one to come, or lift the refusal")
