"""Close an interaction: did they get what they came for, and what follows?

A wrap-up is finished by a person and by nothing else. Its rules are those of
`domain.rules.wrap_up`, for the screen, the command line and everything else alike.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules import wrap_up as rules
from agent_tui.domain.values.kinds import Met, ReadBack
from agent_tui.domain.values.wrap_up import WrapUp
from agent_tui.errors import NotFound, Refused
from agent_tui.services.bookkeeping import check_version, record
from agent_tui.services.entrance import take_line, take_text
from agent_tui.services.hand_over_changes import settle as settle_hand_overs
from agent_tui.services.promise_changes import promised
from agent_tui.services.wrap_up_records import (
    Answers,
    are_those_given,
    composed,
    forget_composed,
    left_by,
    restore,
    settle,
)
from agent_tui.storage.queries import interactions, waiting, wrap_ups

if TYPE_CHECKING:
    from collections.abc import Collection

    from agent_tui.domain.values.people import Interaction as InteractionValue
    from agent_tui.domain.values.promises import SaidPromise
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader
    from agent_tui.storage.unit import UnitOfWork

LINE_LIMIT = 1_000
SUMMARY_LIMIT = 10_000
COMPLAINT_LIMIT = 10_000
"""Characters of an outcome or agenda, of a summary in one's own words, of a complaint."""

_DONE_ALREADY = "this is wrapped up already: reopen it before you change its wrap-up"


class WrappingUp:
    """Wraps interactions up."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def draft(
        self, interaction_id: int, *, met: Met | None = None, outcome: str | None = None
    ) -> WrapUp:
        """What there is to confirm; `missing` with what was answered so far. Raises NotFound."""
        reader = self._desk.store.reader()
        with reader.snapshot():
            call = _known(reader, interaction_id)
            left = left_by(reader, call)
            version = wrap_ups.version(reader, interaction_id=interaction_id)
            missed_with = waiting.missed_like(reader, call)
        return WrapUp(
            interaction=call,
            version=version,
            left=left,
            summary=call.summary or composed(self._desk, call, left),
            dissatisfaction=rules.dissatisfaction(left, met),
            missing=rules.missing(call, left, met, outcome=outcome),
            missed_with=missed_with,
        )

    def finish(
        self,
        interaction_id: int,
        met: Met,
        *,
        outcome: str | None = None,
        summary: str | None = None,
        read_back: ReadBack | None = None,
        complaint: str | None = None,
        promise: SaidPromise | None = None,
        drop_promises: Collection[int] = (),
        keep_facts: Collection[int] | None = None,
        agenda: str | None = None,
        version: int | None = None,
    ) -> None:
        """Wrap an ended interaction up, all of it or nothing.

        `drop_promises` were not promised: they are withdrawn. Of the facts heard in it all are
        kept, or `keep_facts` only; the others are marked wrong. `complaint` opens one in these
        words, `promise` is one of ours that it left. Without a `summary` one is composed; where
        none was shown, nothing was read back.
        `version` is that of the draft, if any.

        The same answers again change nothing. Raises Refused where the rules require more, or
        other answers were given before, Conflict where it was changed since the draft.
        """
        with self._desk.writing() as unit:
            row = unit.get(tables.Interaction, interaction_id)
            call = _known(unit.reader, interaction_id)
            left = left_by(unit.reader, call)
            answers = Answers(
                met,
                _line(unit, outcome),
                _text(unit, summary, SUMMARY_LIMIT),
                read_back if summary is None else rules.read_back(summary, read_back),
                _text(unit, complaint, COMPLAINT_LIMIT),
                promise and replace(promise, text=promised(unit, promise.text)),
                _line(unit, agenda),
                frozenset(drop_promises),
                None if keep_facts is None else frozenset(keep_facts),
            )
            if row.state == "wrapped_up":
                if not are_those_given(answers, row, left):
                    raise Refused(_DONE_ALREADY)
                return
            check_version(row, version)
            left = settle(unit, call, left, answers)
            lacks = rules.missing(call, left, met, outcome=answers.outcome)
            if lacks:
                raise Refused(lacks[0].sentence)
            row.met = met
            row.agenda = answers.agenda or row.agenda
            row.outcome = answers.outcome or row.outcome
            row.summary = (
                answers.summary
                or row.summary
                or composed(self._desk, call, left, agenda=row.agenda)
            )
            row.read_back = rules.read_back(row.summary, answers.read_back)
            row.state, row.wrapped_up_at, row.parked_at = "wrapped_up", unit.now, None
            row.agent_id = row.agent_id or self._desk.agent.id
            unit.save(row)
            record(unit, "interaction.wrapped_up", row, detail=met)
            settle_hand_overs(unit, row.id, "lapsed")

    def park(self, interaction_id: int) -> None:
        """Put a wrap-up off; it stays in Today. Refused while it goes on, or when it is done."""
        with self._desk.writing() as unit:
            row = unit.get(tables.Interaction, interaction_id)
            if row.state == "wrapped_up":
                raise Refused(_DONE_ALREADY)
            if row.state != "ended":
                raise Refused(rules.STILL_GOING_ON)
            if row.parked_at is None:
                row.parked_at = unit.now
                row.agent_id = row.agent_id or self._desk.agent.id
                unit.save(row)
                record(unit, "interaction.parked", row)

    def reopen(self, interaction_id: int) -> None:
        """Undo a wrap-up, or take a parked one up again.

        What it dropped stands again: promises, facts. A complaint that it opened stays, since the
        customer may know its number; the answers stay until others are given.
        """
        with self._desk.writing() as unit:
            row = unit.get(tables.Interaction, interaction_id)
            if row.state != "wrapped_up" and row.parked_at is None:
                raise Refused("this is not wrapped up: there is nothing to reopen")
            forget_composed(unit, self._desk, row)
            restore(unit, row)
            row.state = "ended"
            row.parked_at = row.wrapped_up_at = row.read_back = None
            row.agent_id = row.agent_id or self._desk.agent.id
            unit.save(row)
            record(unit, "interaction.reopened", row)


def _known(reader: Reader, interaction_id: int) -> InteractionValue:
    call = interactions.one(reader, interaction_id=interaction_id)
    if call is None:
        raise NotFound("this interaction is no longer there")
    return call


def _line(unit: UnitOfWork, text: str | None) -> str | None:
    return take_line(unit.reader, text, LINE_LIMIT) or None if text else None


def _text(unit: UnitOfWork, text: str | None, limit: int) -> str | None:
    return take_text(unit.reader, text, limit).strip() or None if text else None
