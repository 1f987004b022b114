"""Take a complaint on its way, step by step, until it is answered for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules import ages
from agent_tui.domain.rules.complaints import check_step
from agent_tui.domain.rules.promises import check_due
from agent_tui.domain.rules.speakable import read_speakable
from agent_tui.domain.values import ids
from agent_tui.domain.values.complaints import Step
from agent_tui.domain.values.kinds import CLOSED_CASE_STATES, Reaction
from agent_tui.domain.values.people import Case as CaseValue
from agent_tui.errors import Ambiguous, BadInput, NotFound, Refused
from agent_tui.services.bookkeeping import check_version, check_with, record
from agent_tui.services.complaint_changes import (
    cleaned,
    clear,
    free_id,
    needed,
    titled,
    with_steps,
)
from agent_tui.services.entrance import take_line
from agent_tui.storage.queries import complaints
from agent_tui.text.addresses import normal_number

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

SHOWN = 500
"""How many complaints a list holds at most."""

_EVENTS: dict[Step, str] = {
    "acknowledge": "complaint.acknowledged",
    "assess": "complaint.assessed",
    "answer": "complaint.answered",
    "decide": "complaint.decided",
    "tell": "complaint.told",
    "react": "complaint.reacted",
    "close": "complaint.closed",
}


class Complaining:
    """Opens complaints and takes them from step to step.

    Each step takes the `version` of the steps that was on the screen, if any, and raises Conflict
    where they have changed since; Refused, with what to do instead, where it cannot be taken.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def one(self, case_id: int) -> CaseValue:
        """A complaint with its steps. Raises NotFound."""
        found = complaints.one(self._desk.store.reader(), case_id=case_id)
        if found is None:
            raise NotFound("there is no such complaint")
        return found

    def still_open(self, customer_id: int | None = None) -> list[CaseValue]:
        """Complaints that are not closed, oldest first, 500 at most."""
        return complaints.still_open(
            self._desk.store.reader(), customer_id=customer_id, limit=SHOWN
        )

    def choose(self, said: str) -> int:
        """The complaint that is meant by an id of ours (k_...), a speakable id or a file's.

        Raises NotFound, saying which kind of mistake the speakable id holds; or Ambiguous.
        """
        ours = ids.parse(ids.CASE, said)
        if ours is not None:
            return self.one(ours).id
        found = complaints.called(self._desk.store.reader(), name=normal_number(said))
        if len(found) > 1:
            shown = tuple(ids.show(ids.CASE, case_id) for case_id in found)
            raise Ambiguous("several complaints came with that id: name one", candidates=shown)
        if found:
            return found[0]
        try:
            called = read_speakable(said)
        except BadInput as mistake:
            raise NotFound(mistake.message) from None
        raise NotFound(self._retired(called) or f"no complaint is called {called}")

    def _retired(self, called: str) -> str | None:
        """What is said of an id whose complaint was taken back; None for an id that nobody had."""
        desk = self._desk
        found = complaints.retired(desk.store.reader(), name=called)
        if found is None:
            return None
        day = ages.weekday(found.at, desk.clock(), desk.zone)
        whose = f"{found.customer} ({ids.show(ids.CUSTOMER, found.customer_id)})"
        return f"{called} was taken back on {day}: it was a complaint of {whose}"

    def open(
        self,
        customer_id: int,
        text: str,
        remedy: str | None = None,
        interaction_id: int | None = None,
        answer_due_at: datetime | None = None,
    ) -> int:
        """A new complaint, in the customer's words; returns the id of its case.

        `remedy` is what they want done about it, `answer_due_at` when they were told to expect an
        answer.
        """
        with self._desk.writing() as unit:
            unit.get(tables.Customer, customer_id)
            check_with(unit, customer_id, interaction_id)
            check_due(answer_due_at, unit.now)
            case = open_complaint(
                unit,
                customer_id=customer_id,
                interaction_id=interaction_id,
                note_id=None,
                text=text,
                mark=None,
                opened_at=unit.now,
                remedy=remedy,
                answer_due_at=answer_due_at,
            )
            return case.id

    def set_remedy(self, case_id: int, remedy: str | None) -> None:
        """What the customer wants done about it."""
        with self._desk.writing() as unit:
            case, _ = with_steps(unit, case_id)
            case.remedy = cleaned(unit, remedy or "") or None
            unit.save(case)
            record(unit, "complaint.remedy_set", case)

    def set_answer_due(self, case_id: int, due_at: datetime | None) -> None:
        """The customer was told to expect an answer by then, or expects none by a date."""
        with self._desk.writing() as unit:
            case, _ = with_steps(unit, case_id)
            if case.state in CLOSED_CASE_STATES:
                raise Refused("this complaint is closed: nothing is to be answered any more")
            check_due(due_at, unit.now)
            case.answer_due_at = due_at
            unit.save(case)
            record(unit, "complaint.answer_due_set", case)

    def acknowledge(self, case_id: int, *, version: int | None = None) -> None:
        """The customer knows that we have it, and under which id."""
        with self._stepping(case_id, "acknowledge", version) as (unit, _, steps):
            steps.acknowledged_at = unit.now

    def assess(self, case_id: int, assessment: str, *, version: int | None = None) -> None:
        """How severe it is and what it touches."""
        with self._stepping(case_id, "assess", version) as (unit, _, steps):
            steps.assessed_at = unit.now
            steps.assessment = needed(unit, assessment)

    def answer(self, case_id: int, text: str, *, version: int | None = None) -> None:
        """What was found out; it acknowledges too."""
        with self._stepping(case_id, "answer", version) as (unit, _, steps):
            steps.answered_at = unit.now
            steps.answer = needed(unit, text)
            steps.acknowledged_at = steps.acknowledged_at or unit.now

    def decide(
        self, case_id: int, decision: str, reason: str, *, version: int | None = None
    ) -> None:
        """What we will do, and why. Another decision is to be told anew."""
        with self._stepping(case_id, "decide", version) as (unit, _, steps):
            steps.decided_at = unit.now
            steps.decision = needed(unit, decision)
            steps.decision_reason = needed(unit, reason)
            steps.told_at = steps.reaction = steps.reacted_at = steps.escalated_to = None

    def tell(self, case_id: int, *, version: int | None = None) -> None:
        """The customer knows the decision and its reason; it acknowledges too."""
        with self._stepping(case_id, "tell", version) as (unit, _, steps):
            steps.told_at = unit.now
            steps.acknowledged_at = steps.acknowledged_at or unit.now

    def react(
        self,
        case_id: int,
        reaction: Reaction,
        *,
        to: str | None = None,
        version: int | None = None,
    ) -> None:
        """What the customer makes of the decision: accepted, or escalated to somebody named."""
        with self._stepping(case_id, "react", version, reaction=reaction, to=to) as (
            unit,
            _,
            steps,
        ):
            steps.reaction, steps.reacted_at = reaction, unit.now
            steps.escalated_to = (
                take_line(unit.reader, to or "") if reaction == "escalated" else None
            )

    def close(self, case_id: int, *, version: int | None = None) -> None:
        """Nothing is left to do. Refused before the decision was told to the customer."""
        with self._stepping(case_id, "close", version) as (unit, case, steps):
            steps.closed_at = unit.now
            case.state = "closed"
            unit.save(case)

    def take_back(self, case_id: int, step: Step) -> None:
        """Undo a step, the newest that was taken. Raises Refused for any other."""
        with self._desk.writing() as unit:
            case, steps = with_steps(unit, case_id)
            clear(case, steps, step)
            unit.save(case, steps)
            record(unit, "complaint.taken_back", case, detail=step)

    @contextmanager
    def _stepping(
        self,
        case_id: int,
        step: Step,
        version: int | None,
        *,
        reaction: Reaction | None = None,
        to: str | None = None,
    ) -> Iterator[tuple[UnitOfWork, tables.Case, tables.Complaint]]:
        with self._desk.writing() as unit:
            case, steps = with_steps(unit, case_id)
            check_version(steps, version)
            found = complaints.one(unit.reader, case_id=case_id)
            assert found is not None
            check_step(step, found, reaction=reaction, to=to)
            yield unit, case, steps
            unit.save(steps)
            record(unit, _EVENTS[step], case, detail=reaction)


def open_complaint(
    unit: UnitOfWork,
    *,
    customer_id: int,
    interaction_id: int | None,
    note_id: int | None,
    text: str,
    mark: str | None,
    opened_at: datetime,
    remedy: str | None = None,
    answer_due_at: datetime | None = None,
    called: str | None = None,
) -> tables.Case:
    """Open a complaint within a unit of work, under an id that people can say.

    `text` is what went wrong, in the customer's words; `mark` the words of the note that it came
    from; `called` the id that it had when it was taken back, if it was. Raises BadInput where
    nothing is said.
    """
    words = cleaned(unit, text)
    title = titled(unit, words)
    if not title:
        raise BadInput("a complaint needs words: say what went wrong")
    called = called or free_id(unit)
    case = tables.Case(
        customer_id=customer_id,
        interaction_id=interaction_id,
        external_id=called,
        normal=called,
        kind="complaint",
        title=title,
        remedy=cleaned(unit, remedy or "") or None,
        opened_at=opened_at,
        answer_due_at=answer_due_at,
        note_id=note_id,
        mark=mark if mark is not None else words,
    )
    unit.add(case)
    unit.add(tables.Complaint(case_id=case.id, speakable=called))
    record(unit, "complaint.opened", case)
    return case
