"""List complaints, open one, and take one from receipt to close.

  list                   the complaints that are not closed, with what is next about each
  show ID                one complaint with all its steps
  open CUSTOMER TEXT     a new one, in the customer's words (--remedy, --due)
  remedy ID TEXT         what they want done about it
  answer-by ID DUE       when they were told to expect an answer
  acknowledge ID         the customer knows that we have it, and under which id
  assess ID TEXT         how severe it is
  answer ID TEXT         what was found out
  decide ID TEXT         what we will do (--reason)
  tell ID                the customer knows the decision
  accept ID              they accept it
  escalate ID TO         they take it further, to whom
  close ID               nothing is left to do; refused before the decision was told

ID is an id as people say it (C7K2), in any writing, or one of ours (k_...).
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.due import due_of
from agent_tui.cli.named import written_about
from agent_tui.cli.parsing import words
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.people import Case
    from agent_tui.services.desk import Desk

_WITH_WORDS = ("open", "remedy", "answer-by", "assess", "answer", "decide", "escalate")
_WITHOUT = ("show", "acknowledge", "tell", "accept", "close")
_HEADER = ("id", "customer", "complaint", "next", "by", "opened")
_STEPS = (
    ("acknowledged", "acknowledged_at", None),
    ("assessed", "assessed_at", "assessment"),
    ("answered", "answered_at", "answer"),
    ("decided", "decided_at", "decision"),
    ("told", "told_at", None),
    ("reacted", "reacted_at", "reaction"),
    ("closed", "closed_at", None),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with which complaint."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("list", *_WITHOUT, *_WITH_WORDS),
        default="list",
        metavar="ACTION",
    )
    parser.add_argument(
        "subject", nargs="?", type=words, metavar="ID|CUSTOMER", help="a complaint; or whose it is"
    )
    parser.add_argument("words", nargs="*", type=words, metavar="TEXT|DUE", help="in words")
    parser.add_argument("--customer", type=words, metavar="CUSTOMER", help="list theirs alone")
    parser.add_argument("--remedy", type=words, help="open: what they want done about it")
    parser.add_argument("--due", type=words, help="open: when they were told to expect an answer")
    parser.add_argument("--reason", type=words, help="decide: why")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the complaints that it was about."""
    _check(args)
    with context.desk() as desk:
        if args.action == "list":
            customer_id = desk.finding.choose(args.customer) if args.customer else None
            cases = desk.complaining.still_open(customer_id)
        else:
            cases = [desk.complaining.one(_do(desk, args))]
        if args.json:
            output.json_line([_object(case) for case in cases])
        elif args.action == "list":
            output.table(_HEADER, [_row(case, desk) for case in cases])
        else:
            _print(cases[0], desk)
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    action = args.action
    takes = {"--customer": "list", "--remedy": "open", "--due": "open", "--reason": "decide"}
    for option, where in takes.items():
        if getattr(args, option[2:]) is not None and action != where:
            raise UsageError(f"{option} is for `complaint {where}`")
    if action == "list":
        if args.subject:
            raise UsageError("`complaint list` lists all; name a customer with --customer")
    elif args.subject is None or bool(args.words) != (action in _WITH_WORDS):
        subject = "CUSTOMER" if action == "open" else "ID"
        text = {"answer-by": " DUE", "escalate": " TO"}.get(action, " TEXT")
        text = text if action in _WITH_WORDS else ""
        raise UsageError(f"write `agent-tui complaint {action} {subject}{text}`")
    if action == "decide" and not args.reason:
        raise UsageError("say why: `agent-tui complaint decide ID TEXT --reason WORDS`")


def _do(desk: Desk, args: argparse.Namespace) -> int:
    """Take the step; returns the id of the complaint."""
    complaining = desk.complaining
    text = " ".join(args.words)
    if args.action == "open":
        due = due_of(desk, args.due) if args.due else None
        customer_id = written_about(desk, args.subject)
        return complaining.open(customer_id, text, args.remedy, answer_due_at=due)
    case_id = complaining.choose(args.subject)
    if args.action == "remedy":
        complaining.set_remedy(case_id, text)
    elif args.action == "answer-by":
        complaining.set_answer_due(case_id, due_of(desk, text))
    elif args.action == "decide":
        complaining.decide(case_id, text, args.reason)
    elif args.action == "accept":
        complaining.react(case_id, "accepted")
    elif args.action == "escalate":
        complaining.react(case_id, "escalated", to=text)
    elif args.action in ("assess", "answer"):
        getattr(complaining, args.action)(case_id, text)
    elif args.action != "show":
        getattr(complaining, args.action)(case_id)
    return case_id


def _object(case: Case) -> dict[str, Any]:
    from agent_tui.domain.rules.complaints import next_step
    from agent_tui.domain.values import ids
    from agent_tui.domain.values.complaints import Complaint

    steps = case.complaint or Complaint("")
    following = next_step(case)
    return {
        "id": ids.show(ids.CASE, case.id),
        "called": case.called,
        "customer_id": ids.show(ids.CUSTOMER, case.customer_id or 0),
        "customer": case.customer,
        "title": case.title,
        "state": case.state,
        "remedy": case.remedy,
        "opened_at": output.moment(case.opened_at),
        "answer_due": output.moment(case.answer_due_at),
        "next": following and following.step,
        "next_due": following and output.moment(following.due_at),
        "acknowledged_at": output.moment(steps.acknowledged_at),
        "assessed_at": output.moment(steps.assessed_at),
        "assessment": steps.assessment,
        "answered_at": output.moment(steps.answered_at),
        "answer": steps.answer,
        "decided_at": output.moment(steps.decided_at),
        "decision": steps.decision,
        "reason": steps.decision_reason,
        "told_at": output.moment(steps.told_at),
        "reaction": steps.reaction,
        "reacted_at": output.moment(steps.reacted_at),
        "escalated_to": steps.escalated_to,
        "closed_at": output.moment(steps.closed_at),
    }


def _row(case: Case, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules.complaints import due_words, next_step
    from agent_tui.domain.values import ids

    following = next_step(case)
    return (
        case.called or ids.show(ids.CASE, case.id),
        case.customer or "",
        case.title,
        following.words if following else "",
        due_words(case, desk.clock(), desk.zone),
        case.opened_at.astimezone(desk.zone).strftime("%Y-%m-%d %H:%M"),
    )


def _print(case: Case, desk: Desk) -> None:
    """One thing a line, so that a screen reader reads it as it stands."""
    from agent_tui.domain.rules import ages
    from agent_tui.domain.rules.complaints import NO_DATE, due_words, next_step
    from agent_tui.domain.values import ids

    now, zone, steps = desk.clock(), desk.zone, case.complaint
    output.line(f"{case.called or ids.show(ids.CASE, case.id)}: {case.title}, {case.state}")
    output.line(f"customer: {case.customer}")
    if case.remedy:
        output.line(f"they want: {case.remedy}")
    output.line(f"opened: {ages.weekday(case.opened_at, now, zone)}")
    if case.answer_due_at:
        output.line(f"answer due: {ages.weekday(case.answer_due_at, now, zone)}")
    for word, moment, text in _STEPS if steps else ():
        at = getattr(steps, moment)
        if at is not None:
            said = getattr(steps, text) if text else None
            output.line(f"{word}: {ages.weekday(at, now, zone)}" + (f", {said}" if said else ""))
    if steps and steps.decision_reason:
        output.line(f"reason: {steps.decision_reason}")
    if steps and steps.escalated_to:
        output.line(f"went to: {steps.escalated_to}")
    following = next_step(case)
    if following:
        due = due_words(case, now, zone)
        output.line(f"next: {following.words}" + (f", {due}" if due else ""))
        if due == NO_DATE:
            diagnostics.say(f"to set one: agent-tui complaint answer-by {case.called or 'ID'} DUE")
