"""Say of a record in the brief that it is wrong, or that it was used; and take that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.tables import (
    Case,
    Concession,
    Customer,
    Fact,
    Interaction,
    Promise,
    Question,
    RecordMark,
    Refusal,
)
from agent_tui.domain.values import ids
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.bookkeeping import check_with, is_lead, prefixes, record
from agent_tui.services.entrance import take_line
from agent_tui.storage.queries import briefings

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import MarkHow
    from agent_tui.domain.values.briefing import RecordMark as RecordMarkValue
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

    Record = Case | Concession | Fact | Interaction | Promise | Question | Refusal

REASON_LIMIT = 2_000

_TABLES: dict[str, type[Record]] = {
    prefixes()[table]: table
    for table in (Case, Concession, Fact, Interaction, Promise, Question, Refusal)
}
_EVENTS: dict[type[Record], str] = {Fact: "fact", Refusal: "refusal", Concession: "concession"}
"""The records that leave the brief and the sidebar once somebody says that they are wrong."""


class Briefing:
    """Marks records of the brief.

    A fact that was called wrong (a notice among them not), a refusal or an entry of the ledger
    leaves the brief and the sidebar. What must never leave them silently (notices, promises,
    complaints) and what happened stays, with the name of who says so beside it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def marks(self, customer_id: int) -> tuple[RecordMarkValue, ...]:
        """What agents said of a customer's records and did not take back."""
        return briefings.marks(self._desk.store.reader(), customer_id=customer_id)

    def mark(
        self,
        customer_id: int,
        subject: str,
        how: MarkHow,
        *,
        interaction_id: int | None = None,
        reason: str | None = None,
    ) -> int:
        """Mark a record by its shown id; returns the mark's id.

        The same mark by the same agent in the same interaction is one. Raises BadInput for what is
        no id of a record, NotFound where there is none, Refused for somebody else's.
        """
        with self._desk.writing() as unit:
            unit.get(Customer, customer_id)
            check_with(unit, customer_id, interaction_id)
            row = _record(unit, subject)
            if row.customer_id != customer_id:
                raise Refused("that record is about somebody else")
            shown = ids.show(prefixes()[type(row)], row.id)
            there = briefings.standing_mark(
                unit.reader,
                agent_id=self._desk.agent.id,
                subject=shown,
                how=how,
                interaction_id=interaction_id,
            )
            mark_id = (
                there.id
                if there
                else self._new(unit, customer_id, shown, how, interaction_id, reason)
            )
            if how == "wrong":
                _set_state(unit, row, "current", "wrong")
            return mark_id

    def _new(
        self,
        unit: UnitOfWork,
        customer_id: int,
        subject: str,
        how: MarkHow,
        interaction_id: int | None,
        reason: str | None,
    ) -> int:
        mark = RecordMark(
            agent_id=self._desk.agent.id,
            customer_id=customer_id,
            interaction_id=interaction_id,
            subject=subject,
            how=how,
            reason=take_line(unit.reader, reason, REASON_LIMIT) if reason else None,
            at=unit.now,
        )
        unit.add(mark)
        _tell(unit, f"record.{how}", mark)
        return mark.id

    def unmark(self, mark_id: int) -> None:
        """Take a mark back; what it took away stands again, unless others call it wrong too.

        Who made it takes it back, or a lead. Raises NotFound, or Refused for anybody else.
        """
        with self._desk.writing() as unit:
            mark = unit.get(RecordMark, mark_id)
            if mark.agent_id != self._desk.agent.id and not is_lead(unit):
                raise Refused("only who said so, or a lead, takes it back")
            if mark.undone_at is not None:
                return
            mark.undone_at = unit.now
            unit.save(mark)
            _tell(unit, f"record.not_{mark.how}", mark)
            if mark.how == "wrong" and not briefings.is_called_wrong(
                unit.reader, subject=mark.subject
            ):
                _set_state(unit, _record(unit, mark.subject), "wrong", "current")


def _record(unit: UnitOfWork, subject: str) -> Record:
    """The record behind a shown id. Raises BadInput or NotFound."""
    prefix = subject.strip().partition("_")[0].lower()
    table = _TABLES.get(prefix)
    number = ids.parse(prefix, subject)
    if table is None or number is None:
        raise BadInput("this is no record of a brief: give an id such as f_... or p_...")
    row = unit.find(table, number)
    if row is None:
        raise NotFound("this record is no longer there")
    return row


def _set_state(unit: UnitOfWork, row: Record, before: str, after: str) -> None:
    """Let a record leave, or stand again; one whose state somebody changed meanwhile stays."""
    kind = _EVENTS.get(type(row))
    if kind is None or isinstance(row, Interaction) or row.state != before:
        return
    if isinstance(row, Fact) and row.kind == "notice":
        return
    row.state = after
    unit.save(row)
    record(unit, f"{kind}.{'wrong' if after == 'wrong' else 'restored'}", row)


def _tell(unit: UnitOfWork, kind: str, mark: RecordMark) -> None:
    unit.record(
        kind,
        subject=mark.subject,
        customer_id=mark.customer_id,
        interaction_id=mark.interaction_id,
    )
