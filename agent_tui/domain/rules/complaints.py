"""What is next about a complaint, and by when: the steps of ISO 10002:2018, 8.2 to 8.9.

Receiving and tracking (8.2, 8.3) are the complaint being there under its id. It is acknowledged
at once (8.4), which here means within a day; assessed (8.5), looked into and answered (8.6, 8.7);
what is decided is told to the customer (8.8), who accepts it or takes it further; and it is
closed (8.9). What can be answered on the spot is: steps may be left out, but nothing is closed
before a decision was told.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.errors import Refused

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from agent_tui.domain.values.complaints import Complaint, NextStep, Step
    from agent_tui.domain.values.kinds import Reaction
    from agent_tui.domain.values.people import Case

ACKNOWLEDGED_WITHIN = timedelta(days=1)

NO_DATE = "no date set"
"""What is said where nobody told the customer by when they have an answer."""

STEP_WORDS: dict[Step, str] = {
    "acknowledge": "acknowledge",
    "assess": "assess",
    "answer": "answer",
    "decide": "decide",
    "tell": "tell the decision",
    "react": "ask if they accept",
    "close": "close",
}
"""Each step as people see it."""


def next_step(case: Case) -> NextStep | None:
    """What is to be done next, and by when; None for what is closed or is no complaint.

    A complaint is acknowledged within a day. Until its decision was told it has the date that the
    customer was given for an answer, if there was one; behind that it has no date. Of a complaint
    from a file nobody knows whether it was acknowledged: it is to be answered.
    """
    if case.kind != "complaint" or not case.is_open:
        return None
    from agent_tui.domain.values.complaints import NextStep

    steps = case.complaint
    step = "answer" if steps is None else _next(steps)
    due = None if step in ("react", "close") else case.answer_due_at
    if step == "acknowledge":
        at_once = case.opened_at + ACKNOWLEDGED_WITHIN
        due = at_once if due is None else min(due, at_once)
    return NextStep(step, STEP_WORDS[step], due)


def last_closed(cases: Iterable[Case]) -> Case | None:
    """The complaint that was closed last; of one that a file brought closed nobody knows when."""
    closed = [
        (case.complaint.closed_at, case.id, case)
        for case in cases
        if case.complaint is not None and case.complaint.closed_at is not None
    ]
    return max(closed, key=lambda one: one[:2])[2] if closed else None


def how_it_ended(case: Case) -> str:
    """What became of a complaint that was closed: what was decided, and what they made of that."""
    steps = case.complaint
    if steps is None:
        return "closed"
    made_of_it = {"accepted": "accepted", "escalated": f"went to {steps.escalated_to}"}
    reaction = made_of_it[steps.reaction] if steps.reaction else "they did not say if they accept"
    return f"{steps.decision or 'closed'} ({reaction})"


def _next(steps: Complaint) -> Step:
    """The step behind the one that has come furthest; only being told makes up for no receipt."""
    if steps.told_at is not None:
        return "close" if steps.reaction else "react"
    if steps.decided_at is not None:
        return "tell"
    if steps.answered_at is not None:
        return "decide"
    if steps.acknowledged_at is None:
        return "acknowledge"
    return "assess" if steps.assessed_at is None else "answer"


def due_words(case: Case, now: datetime, zone: tzinfo) -> str:
    """By when the next step is to be done, in short; nothing where it needs no date."""
    ahead = next_step(case)
    if ahead is None or (ahead.due_at is None and ahead.step in ("react", "close")):
        return ""
    return NO_DATE if ahead.due_at is None else ages.due(ahead.due_at, now, zone)


def by_urgency(case: Case) -> tuple[bool, datetime, datetime, int]:
    """Sorts complaints: by when the next step is due; those without a date last, oldest first."""
    ahead = next_step(case)
    due = ahead.due_at if ahead else None
    return due is None, due or case.opened_at, case.opened_at, case.id


def check_step(
    step: Step,
    case: Case,
    *,
    reaction: Reaction | None = None,
    to: str | None = None,
) -> None:
    """Raise Refused, with what to do instead, where a step cannot be taken now."""
    from agent_tui.domain.values.complaints import Complaint

    steps = case.complaint or Complaint(case.called or "")
    name = case.called or "ID"
    if not case.is_open:
        raise Refused(f"{name} is closed already")
    if step == "acknowledge" and steps.acknowledged_at is not None:
        raise Refused(f"{name} was acknowledged already")
    if step == "tell" and steps.decided_at is None:
        raise Refused("nothing is decided yet: decide first", hint=("complaint.decide", name))
    if step == "react" and steps.told_at is None:
        raise Refused(
            "the decision has not been told to the customer", hint=("complaint.tell", name)
        )
    if step == "react" and reaction == "escalated" and not (to or "").strip():
        raise Refused("say where it goes: to a lead, an ombudsman, a court")
    if step == "close":
        _check_close(steps, name)


def _check_close(steps: Complaint, name: str) -> None:
    if steps.decided_at is None:
        raise Refused("not closed: nothing is decided", hint=("complaint.decide", name))
    if steps.told_at is None:
        raise Refused(
            "not closed: the decision has not been told to the customer",
            hint=("complaint.tell", name),
        )
    if steps.reaction == "escalated" and not steps.escalated_to:
        raise Refused("not closed: nobody knows where it went", hint=("complaint.escalate", name))
