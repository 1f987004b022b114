"""What a wrap-up does to the records of its interaction, and how that is undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules.promises import check_due
from agent_tui.domain.rules.wrap_up import compose_summary, read_back
from agent_tui.domain.values import ids
from agent_tui.domain.values.kinds import Met, ReadBack
from agent_tui.domain.values.promises import SaidPromise
from agent_tui.domain.values.wrap_up import Left
from agent_tui.errors import Refused
from agent_tui.services.bookkeeping import record
from agent_tui.services.complaining import open_complaint
from agent_tui.services.complaint_changes import TITLE_LIMIT
from agent_tui.services.promise_changes import close, save
from agent_tui.storage.queries import interactions, wrap_ups

if TYPE_CHECKING:
    from agent_tui.domain.values.people import Interaction as InteractionValue
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader
    from agent_tui.storage.unit import UnitOfWork


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, clean. None leaves what stands; `keep_facts` None keeps all of them."""

    met: Met
    outcome: str | None
    summary: str | None
    read_back: ReadBack | None
    complaint: str | None
    promise: SaidPromise | None
    agenda: str | None
    drop_promises: frozenset[int]
    keep_facts: frozenset[int] | None


def left_by(reader: Reader, call: InteractionValue) -> Left:
    """The records that an interaction left behind, and that stand."""
    return wrap_ups.left(reader, interaction_id=call.id, customer_id=call.customer_id)


def settle(unit: UnitOfWork, call: InteractionValue, left: Left, answers: Answers) -> Left:
    """Do what the answers say about the records; returns what is left then. Raises Refused."""
    for promise_id in sorted(answers.drop_promises):
        if not any(one.id == promise_id and one.state == "open" for one in left.promises):
            shown = ids.show(ids.PROMISE, promise_id)
            raise Refused(f"{shown} is no open promise of this interaction")
        promise = unit.get(tables.Promise, promise_id)
        close(unit, promise, "withdraw")
        promise.reason = wrap_ups.NOT_PROMISED
        save(unit, promise, "withdraw")
    for fact in left.facts:
        if answers.keep_facts is not None and fact.id not in answers.keep_facts:
            _mark_fact(unit, fact.id, "wrong", "fact.wrong")
    if answers.complaint is not None and not _is_noted(answers.complaint, left):
        if call.customer_id is None:
            raise Refused("a complaint is somebody's: attach the caller to a customer first")
        open_complaint(
            unit,
            customer_id=call.customer_id,
            interaction_id=call.id,
            note_id=None,
            text=answers.complaint,
            mark=None,
            opened_at=unit.now,
        )
    if answers.promise is not None and not _is_promised(answers.promise, left):
        _promise(unit, call, answers.promise)
    return left_by(unit.reader, call)


def _promise(unit: UnitOfWork, call: InteractionValue, said: SaidPromise) -> None:
    """Make a promise of ours in an interaction. Raises Refused."""
    if call.customer_id is None:
        raise Refused("a promise is made to somebody: attach the caller to a customer first")
    check_due(said.due_at, unit.now)
    row = tables.Promise(
        customer_id=call.customer_id,
        interaction_id=call.id,
        side="ours",
        text=said.text,
        due_at=said.due_at,
        owner_id=unit.agent_id,
        created_at=unit.now,
    )
    unit.add(row)
    record(unit, "promise.made", row, detail="ours")


def are_those_given(answers: Answers, row: tables.Interaction, left: Left) -> bool:
    """Whether a finished wrap-up stands as these answers would make it."""
    was_read_back = answers.read_back and read_back(row.summary, answers.read_back)
    same = (
        (answers.met, row.met),
        (answers.outcome, row.outcome),
        (answers.summary, row.summary),
        (was_read_back, row.read_back),
        (answers.agenda, row.agenda),
    )
    still_promised = {one.id for one in left.promises if one.state == "open"}
    known = {fact.id for fact in left.facts}
    return (
        all(given is None or given == stored for given, stored in same)
        and (answers.complaint is None or _is_noted(answers.complaint, left))
        and (answers.promise is None or _is_promised(answers.promise, left))
        and not answers.drop_promises & still_promised
        and (answers.keep_facts is None or known <= answers.keep_facts)
    )


def restore(unit: UnitOfWork, row: tables.Interaction) -> None:
    """Let stand again what the wrap-up of an interaction took away; complaints stay open."""
    at, customer_id = row.wrapped_up_at, row.customer_id
    if at is None or customer_id is None:
        return
    for promise_id in wrap_ups.dropped_promises(
        unit.reader, interaction_id=row.id, customer_id=customer_id, at=at
    ):
        promise = unit.get(tables.Promise, promise_id)
        promise.state = "open"
        promise.closed_at = promise.closed_by_id = promise.reason = None
        save(unit, promise, "reopen")
    for fact_id in wrap_ups.wrong_facts(
        unit.reader, interaction_id=row.id, customer_id=customer_id
    ):
        shown = ids.show(ids.FACT, fact_id)
        if wrap_ups.happened(unit.reader, kind="fact.wrong", subject=shown, at=at):
            _mark_fact(unit, fact_id, "current", "fact.restored")


def _is_promised(said: SaidPromise, left: Left) -> bool:
    """Whether this was promised in this interaction before."""
    return any((one.text, one.due_at) == (said.text, said.due_at) for one in left.promises)


def _is_noted(complaint: str, left: Left) -> bool:
    """Whether a complaint in these words was opened in this interaction before."""
    title = " ".join(complaint.split())[: TITLE_LIMIT - 1]
    return any(" ".join(case.title.split()).startswith(title) for case in left.complaints)


def composed(desk: Desk, call: InteractionValue, left: Left, *, agenda: str | None = None) -> str:
    """The summary that the records make; `agenda` is what they want where that is said anew."""
    return compose_summary(agenda or call.agenda, call.topics, left, desk.clock(), desk.zone)


def forget_composed(unit: UnitOfWork, desk: Desk, row: tables.Interaction) -> None:
    """Let a summary go that the records made, since they make another one at the next wrap-up.
    One in somebody's own words stays."""
    call = interactions.one(unit.reader, interaction_id=row.id)
    if call is not None and row.summary == composed(desk, call, left_by(unit.reader, call)):
        row.summary = row.read_back = None


def _mark_fact(unit: UnitOfWork, fact_id: int, state: str, event: str) -> None:
    fact = unit.get(tables.Fact, fact_id)
    fact.state = state
    unit.save(fact)
    record(unit, event, fact)
