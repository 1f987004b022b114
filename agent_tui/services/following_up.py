"""Ask a colleague to do something about a customer, and close what we wanted to find out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.values.follow_ups import FollowUp as FollowUpValue
from agent_tui.domain.values.follow_ups import Question as QuestionValue
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.bookkeeping import check_version, check_with, is_lead, record
from agent_tui.services.entrance import take_line
from agent_tui.services.fact_changes import add_fact
from agent_tui.services.promise_changes import colleague
from agent_tui.storage.queries import follow_ups

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

TEXT_LIMIT = 2_000
SHOWN = 500
"""How many follow-ups or questions a list holds at most."""


class FollowingUp:
    """Asks colleagues, and answers what was asked.

    Each change takes the `version` that was on the screen, if any, and raises Conflict where the
    row has changed since. What is closed already, in the same way, stays as it is.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def one(self, follow_up_id: int) -> FollowUpValue:
        """A follow-up. Raises NotFound."""
        found = follow_ups.one(self._desk.store.reader(), follow_up_id=follow_up_id)
        if found is None:
            raise NotFound("this follow-up is no longer there")
        return found

    def question(self, question_id: int) -> QuestionValue:
        """A question. Raises NotFound."""
        found = follow_ups.one_question(self._desk.store.reader(), question_id=question_id)
        if found is None:
            raise NotFound("this question is no longer there")
        return found

    def not_done(
        self, *, customer_id: int | None = None, mine: bool = False
    ) -> list[FollowUpValue]:
        """Follow-ups that are not done, oldest first, 500 at most; `mine` are those whose turn is
        mine: asked of me, or declined by whom I asked."""
        return follow_ups.not_done(
            self._desk.store.reader(),
            customer_id=customer_id,
            agent_id=self._desk.agent.id if mine else None,
            limit=SHOWN,
        )

    def open_questions(self, *, customer_id: int | None = None) -> list[QuestionValue]:
        """Questions that nobody has answered, oldest first, 500 at most."""
        return follow_ups.open_questions(
            self._desk.store.reader(), customer_id=customer_id, limit=SHOWN
        )

    def ask(
        self, customer_id: int, handle: str, text: str, *, interaction_id: int | None = None
    ) -> int:
        """Ask an agent to do something about a customer; returns the follow-up's id.

        Raises BadInput for no words, NotFound for an unknown agent or customer.
        """
        with self._desk.writing() as unit:
            words = take_line(unit.reader, text, TEXT_LIMIT)
            if not words:
                raise BadInput("say what is to be done")
            unit.get(tables.Customer, customer_id)
            check_with(unit, customer_id, interaction_id)
            row = tables.FollowUp(
                customer_id=customer_id,
                interaction_id=interaction_id,
                asked_by_id=self._desk.agent.id,
                owner_id=colleague(unit, handle).id,
                text=words,
                at=unit.now,
            )
            unit.add(row)
            record(unit, "follow_up.made", row)
            return row.id

    def done(self, follow_up_id: int, *, version: int | None = None) -> None:
        """It was done. Who was asked says so, or who asked, or a lead."""
        with self._desk.writing() as unit:
            row = self._follow_up(unit, follow_up_id, version)
            if self._desk.agent.id not in (row.owner_id, row.asked_by_id) and not is_lead(unit):
                raise Refused("only who was asked, or who asked, closes this")
            if row.state != "done":
                _set_state(unit, row, "done", "follow_up.done")

    def decline(self, follow_up_id: int, *, version: int | None = None) -> None:
        """Not do it: who asked sees that, and it is their turn again."""
        with self._desk.writing() as unit:
            row = self._follow_up(unit, follow_up_id, version)
            if row.owner_id != self._desk.agent.id:
                raise Refused("you were not asked to do this")
            if row.state == "done":
                raise Refused("this is done: reopen it first")
            if row.state != "declined":
                _set_state(unit, row, "declined", "follow_up.declined")

    def reopen(self, follow_up_id: int, *, version: int | None = None) -> None:
        """Undo a close; of a declined one, ask again."""
        with self._desk.writing() as unit:
            row = self._follow_up(unit, follow_up_id, version)
            if row.state != "open":
                _set_state(unit, row, "open", "follow_up.reopened")

    def answer(
        self,
        question_id: int,
        text: str | None = None,
        *,
        interaction_id: int | None = None,
        version: int | None = None,
    ) -> int | None:
        """A question is answered; see `answer_question`."""
        with self._desk.writing() as unit:
            return answer_question(
                unit, question_id, text, interaction_id=interaction_id, version=version
            )

    def drop(self, question_id: int, *, version: int | None = None) -> None:
        """A question need not be answered any more. Refused for a closed one."""
        with self._desk.writing() as unit:
            row = _open_question(unit, question_id, version)
            _set_state(unit, row, "dropped", "question.dropped")

    def reopen_question(self, question_id: int, *, version: int | None = None) -> None:
        """Ask a question again; a fact that its answer became stays until it is marked wrong."""
        with self._desk.writing() as unit:
            row = unit.get(tables.Question, question_id)
            check_version(row, version)
            if row.state != "open":
                _set_state(unit, row, "open", "question.reopened")

    def _follow_up(
        self, unit: UnitOfWork, follow_up_id: int, version: int | None
    ) -> tables.FollowUp:
        row = unit.get(tables.FollowUp, follow_up_id)
        check_version(row, version)
        return row


def answer_question(
    unit: UnitOfWork,
    question_id: int,
    text: str | None = None,
    *,
    interaction_id: int | None = None,
    version: int | None = None,
) -> int | None:
    """A question is answered. With words it becomes a fact, of which the id is returned.

    The fact keeps the question, without which an answer such as “seven” says nothing.
    `interaction_id` is where the answer was given. Raises Refused for a closed question.
    """
    row = _open_question(unit, question_id, version)
    check_with(unit, row.customer_id, interaction_id)
    answer = take_line(unit.reader, text, TEXT_LIMIT) if text else ""
    fact_id = None
    if answer:
        asked = row.text if row.text.endswith("?") else f"{row.text}:"
        fact_id = add_fact(
            unit,
            customer_id=row.customer_id,
            kind="knows",
            text=f"{asked} {answer}",
            interaction_id=interaction_id,
        ).id
    _set_state(unit, row, "answered", "question.answered")
    return fact_id


def _open_question(unit: UnitOfWork, question_id: int, version: int | None) -> tables.Question:
    row = unit.get(tables.Question, question_id)
    check_version(row, version)
    if row.state != "open":
        raise Refused(f"this question is closed ({row.state}): reopen it first")
    return row


def _set_state(
    unit: UnitOfWork, row: tables.FollowUp | tables.Question, state: str, event: str
) -> None:
    row.state, row.closed_at = state, None if state == "open" else unit.now
    unit.save(row)
    record(unit, event, row)
