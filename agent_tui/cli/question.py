"""List what is not known yet about customers; answer a question, or drop it.

list [CUSTOMER]   the open questions, oldest first; of one customer, or all
answer ID [TEXT]  it is answered; words become a fact, with the question
drop ID           it need not be answered any more
reopen ID         ask it again
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.parsing import words
from agent_tui.errors import NotFound, UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.follow_ups import Question
    from agent_tui.services.desk import Desk

_ACTIONS = ("list", "answer", "drop", "reopen")
_HEADER = ("age", "customer", "question", "state", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with which question."""
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", metavar="ACTION")
    parser.add_argument(
        "question",
        nargs="?",
        type=words,
        metavar="CUSTOMER|ID",
        help=f"list: {CUSTOMER_HELP}; else a question (q_...)",
    )
    parser.add_argument("words", nargs="*", type=words, metavar="TEXT", help="the answer, in words")
    parser.add_argument("--customer", type=words, metavar="CUSTOMER", help="list: the same")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the questions that it was about."""
    _check(args)
    fact_id = None
    with context.desk() as desk:
        if args.action == "list":
            named = args.question or args.customer
            customer_id = desk.finding.choose(named) if named else None
            found = desk.following_up.open_questions(customer_id=customer_id)
        else:
            question_id = _question(args.question)
            fact_id = _do(desk, args, question_id)
            found = [desk.following_up.question(question_id)]
        if args.json:
            output.json_line([_object(one, fact_id) for one in found])
        else:
            output.table(_HEADER, [_row(one, desk) for one in found])
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    action = args.action
    if action == "list":
        if args.words or (args.question and args.customer):
            raise UsageError("name one customer: `question list CUSTOMER`")
        return
    if args.customer:
        raise UsageError("--customer is for `question list`")
    if args.question is None or (args.words and action != "answer"):
        text = " [TEXT]" if action == "answer" else ""
        raise UsageError(f"write `agent-tui question {action} ID{text}`")


def _question(word: str) -> int:
    from agent_tui.domain.values import ids

    found = ids.parse(ids.QUESTION, word)
    if found is None:
        raise NotFound(f"“{word}” is no id of a question (q_...)")
    return found


def _do(desk: Desk, args: argparse.Namespace, question_id: int) -> int | None:
    """Do it; returns the fact that an answer became."""
    following_up = desk.following_up
    if args.action == "answer":
        return following_up.answer(question_id, " ".join(args.words) or None)
    if args.action == "drop":
        following_up.drop(question_id)
    else:
        following_up.reopen_question(question_id)
    return None


def _object(one: Question, fact_id: int | None) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.QUESTION, one.id),
        "customer_id": ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "text": one.text,
        "state": one.state,
        "at": output.moment(one.at),
        "closed_at": output.moment(one.closed_at),
        "fact_id": None if fact_id is None else ids.show(ids.FACT, fact_id),
    }


def _row(one: Question, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids

    return (
        ages.ago(one.at, desk.clock(), desk.zone),
        one.customer or "",
        one.text,
        one.state,
        ids.show(ids.QUESTION, one.id),
    )
