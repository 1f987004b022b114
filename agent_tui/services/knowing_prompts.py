"""The one thing that is worth asking in an interaction, and what came of asking.

What to ask, and when to ask nothing, is `domain.rules.unknowns`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from agent_tui.domain import tables
from agent_tui.domain.rules.unknowns import FIELDS, REST, choose, unknowns
from agent_tui.domain.values import ids
from agent_tui.domain.values.kinds import FactKind
from agent_tui.domain.values.knowing import (
    PROMPT_OUTCOMES,
    PromptOutcome,
    PromptPast,
    PromptShown,
    Unknown,
)
from agent_tui.errors import BadInput, Refused
from agent_tui.services.entrance import take_line
from agent_tui.services.fact_changes import add_fact, confirm_fact, replace_fact
from agent_tui.services.following_up import answer_question
from agent_tui.storage.queries import interactions, prompts

if TYPE_CHECKING:
    from agent_tui.domain.values.people import Dossier
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader
    from agent_tui.storage.unit import UnitOfWork

FIELD_LIMIT = 100
_TALKING = ("talking", "on_hold")


class Prompts:
    """Finds what to ask, and keeps the answer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def prompt(self, customer_id: int, interaction_id: int) -> PromptShown | None:
        """The one thing to ask in an interaction, the same one as long as it goes on; or None.

        A new one is chosen only while somebody is on the line, so that a call that nobody took
        uses none up. None too where it has an outcome, or where the answer came another way.
        Raises Refused where the interaction is with somebody else.
        """
        reader = self._desk.store.reader()
        call = interactions.one(reader, interaction_id=interaction_id)
        if call is None or call.customer_id != customer_id:
            raise Refused("that interaction is not with this customer")
        dossier = self._desk.opening.customer(customer_id).dossier
        kept = prompts.of_interaction(
            reader, customer_id=customer_id, interaction_id=interaction_id
        )
        if kept is None and call.state in _TALKING:
            kept = self._choose(dossier, interaction_id)
        if kept is None or kept[1].outcome is not None:
            return None
        prompt_id, past = kept
        for one in unknowns(dossier, self._desk.clock()):
            if one.what == past.what:
                return PromptShown(prompt_id, one.kind, one.what, one.words, _record(one.what))
        return None

    def prompt_done(
        self, prompt_id: int, outcome: PromptOutcome, text: str | None = None
    ) -> int | None:
        """What came of asking; returns the id of the fact that an answer made, if it made one.

        An answer in words answers the question, replaces the fact that was to be confirmed, or
        becomes the fact or the field that was missing; without words a question is closed and a
        fact confirmed. What was `declined` is never prompted again. Raises BadInput where an
        answer needs words, Refused where it was answered already.
        """
        if outcome not in PROMPT_OUTCOMES:
            raise BadInput(f"“{outcome}” is no outcome: it is {', '.join(PROMPT_OUTCOMES)}")
        with self._desk.writing() as unit:
            row = unit.get(tables.Prompt, prompt_id)
            if row.outcome == "answered":
                raise Refused("this was answered already: mend what it became")
            fact_id = _keep_answer(unit, row, text) if outcome == "answered" else None
            row.outcome = outcome
            unit.save(row)
            _tell(unit, f"prompt.{outcome}", row)
            return fact_id

    def prompt_undone(self, prompt_id: int) -> None:
        """Take back that it was not the moment to ask, or that they declined: it is still to be
        asked. Raises Refused for an answer, which is mended where it was kept."""
        with self._desk.writing() as unit:
            row = unit.get(tables.Prompt, prompt_id)
            if row.outcome == "answered":
                raise Refused("this was answered already: mend what it became")
            if row.outcome is not None:
                row.outcome = None
                unit.save(row)
                _tell(unit, "prompt.undone", row)

    def _choose(self, dossier: Dossier, interaction_id: int) -> tuple[int, PromptPast] | None:
        """Choose what to ask and keep it. The customer's row is held meanwhile, so that two desks
        never choose twice."""
        customer_id = dossier.customer.id
        reader = self._desk.store.reader()
        if self._best(reader, dossier) is None:
            return None
        with self._desk.writing() as unit:
            unit.get(tables.Customer, customer_id)
            kept = prompts.of_interaction(
                unit.reader, customer_id=customer_id, interaction_id=interaction_id
            )
            one = self._best(unit.reader, dossier)
            if kept is not None or one is None:
                return kept
            row = tables.Prompt(
                agent_id=self._desk.agent.id,
                customer_id=customer_id,
                interaction_id=interaction_id,
                what=one.what,
                at=unit.now,
            )
            unit.add(row)
            _tell(unit, "prompt.shown", row)
            return row.id, PromptPast(row.what, row.at)

    def _best(self, reader: Reader, dossier: Dossier) -> Unknown | None:
        now = self._desk.clock()
        past = prompts.spent(reader, customer_id=dossier.customer.id, since=now - REST)
        return choose(dossier, past, now)


def _keep_answer(unit: UnitOfWork, row: tables.Prompt, text: str | None) -> int | None:
    """Let an answer become what it says; returns the fact that it made."""
    kind, _, name = row.what.partition(":")
    words = (text or "").strip()
    record_id = _record(row.what)
    if kind == "question" and record_id is not None:
        return answer_question(unit, record_id, words, interaction_id=row.interaction_id)
    if kind == "confirm" and record_id is not None:
        if words:
            return replace_fact(unit, record_id, words, interaction_id=row.interaction_id).id
        confirm_fact(unit, record_id)
        return None
    if not words:
        raise BadInput("type the answer: there is nothing to keep without words")
    if kind == "fact":
        return add_fact(
            unit,
            customer_id=row.customer_id,
            kind=cast(FactKind, name),
            text=words,
            interaction_id=row.interaction_id,
        ).id
    assert name in FIELDS
    customer = unit.get(tables.Customer, row.customer_id)
    setattr(customer, name, take_line(unit.reader, words, FIELD_LIMIT))
    customer.updated_at = unit.now
    unit.save(customer)
    unit.record(
        "customer.updated",
        subject=ids.show(ids.CUSTOMER, customer.id),
        customer_id=customer.id,
        detail=name,
    )
    return None


def _record(what: str) -> int | None:
    """The question or the fact that a prompt is about."""
    kind, _, name = what.partition(":")
    prefix = {"question": ids.QUESTION, "confirm": ids.FACT}.get(kind)
    return ids.parse(prefix, name) if prefix else None


def _tell(unit: UnitOfWork, event: str, row: tables.Prompt) -> None:
    unit.record(
        event,
        subject=ids.show(ids.PROMPT, row.id),
        customer_id=row.customer_id,
        interaction_id=row.interaction_id,
        detail=row.what.partition(":")[0],
    )
