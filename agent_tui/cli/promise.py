"""List promises that are open; keep, move, withdraw or break one, or hand it to a colleague.

list                 the open promises, the ones due first at the top
keep ID              it was done as promised
move ID DUE          it is promised for another time: `fri 10am`, `+3d`, `27.11.`
withdraw ID          it need not be kept any more (--reason)
break ID             it will not be kept (--reason)
tell ID              the customer knows that it will be late
hand-over ID HANDLE  ask a colleague to take it over; accept and decline are their answer
reopen ID            undo your own keep, move, withdraw or break
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.due import due_of
from agent_tui.cli.parsing import words
from agent_tui.errors import NotFound, UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.promises import Promise
    from agent_tui.services.desk import Desk

_BEHIND_ID = {"move": "DUE", "hand-over": "HANDLE"}
_ACTIONS = (
    "list",
    "keep",
    "move",
    "withdraw",
    "break",
    "tell",
    "hand-over",
    "accept",
    "decline",
    "reopen",
)
_HEADER = ("due", "age", "customer", "side", "owner", "promise", "state", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with which promise."""
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", metavar="ACTION")
    parser.add_argument("promise", nargs="?", type=words, metavar="ID", help="a promise (p_...)")
    parser.add_argument(
        "words", nargs="*", type=words, metavar="DUE|HANDLE", help="for when; or to whom"
    )
    parser.add_argument("--customer", type=words, metavar="CUSTOMER", help=CUSTOMER_HELP)
    parser.add_argument("--mine", action="store_true", help="list those that I am to keep")
    parser.add_argument("--late", action="store_true", help="list those whose time has passed")
    parser.add_argument("--told", action="store_true", help="the customer knows about it")
    parser.add_argument("--reason", type=words, help="why; kept with the promise")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the promises that it was about."""
    _check(args)
    with context.desk() as desk:
        promises = _list(desk, args) if args.action == "list" else _change(desk, args)
        if args.json:
            output.json_line([_object(one) for one in promises])
        else:
            output.table(
                _HEADER, [_row(one, desk) for one in promises], none="No such promise is open."
            )
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    action = args.action
    if action == "list":
        if args.promise or args.told or args.reason:
            raise UsageError("`promise list` takes --customer, --mine and --late, nothing else")
        return
    if args.customer or args.mine or args.late:
        raise UsageError("--customer, --mine and --late are for `promise list`")
    needed = _BEHIND_ID.get(action, "")
    if args.promise is None or bool(args.words) != bool(needed):
        raise UsageError(f"write `agent-tui promise {action} ID {needed}".rstrip() + "`")
    if action in ("withdraw", "break") and not args.reason:
        raise UsageError(f"say why: `agent-tui promise {action} ID --reason WORDS`")
    if args.reason and action not in ("withdraw", "break", "move"):
        raise UsageError("--reason is for `promise move`, `withdraw` and `break`")
    if args.told and action not in ("withdraw", "break", "move"):
        raise UsageError("--told is for `promise move`, `withdraw` and `break`; see `promise tell`")


def _list(desk: Desk, args: argparse.Namespace) -> list[Promise]:
    customer_id = desk.finding.choose(args.customer) if args.customer else None
    return desk.promising.still_open(customer_id=customer_id, mine=args.mine, late=args.late)


def _change(desk: Desk, args: argparse.Namespace) -> list[Promise]:
    from agent_tui.domain.values import ids

    promise_id = ids.parse(ids.PROMISE, args.promise)
    if promise_id is None:
        raise NotFound(f"“{args.promise}” is no id of a promise (p_...)")
    promising = desk.promising
    if args.action == "move":
        due_at = due_of(desk, " ".join(args.words))
        new = promising.renegotiate(promise_id, due_at, told=args.told, reason=args.reason)
        return [promising.one(promise_id), promising.one(new)]
    if args.action == "hand-over":
        promising.hand_over(promise_id, " ".join(args.words))
    elif args.action == "withdraw":
        promising.withdraw(promise_id, args.reason, told=args.told)
    elif args.action == "break":
        promising.break_off(promise_id, args.reason, told=args.told)
    else:
        getattr(promising, args.action)(promise_id)
    return [promising.one(promise_id)]


def _object(one: Promise) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.PROMISE, one.id),
        "customer_id": ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "side": one.side,
        "text": one.text,
        "due": output.moment(one.due_at),
        "state": one.state,
        "owner": one.owner,
        "offered_to": one.offered_to,
        "contact": one.contact,
        "told_at": output.moment(one.told_at),
        "told_before_due": one.told_before_due,
        "replaces": None if one.replaces_id is None else ids.show(ids.PROMISE, one.replaces_id),
        "closed_at": output.moment(one.closed_at),
        "reason": one.reason,
    }


def _row(one: Promise, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids

    due = (
        "no date"
        if one.due_at is None
        else one.due_at.astimezone(desk.zone).strftime("%a %Y-%m-%d %H:%M")
    )
    return (
        due,
        ages.due(one.due_at, desk.clock(), desk.zone) if one.due_at and one.state == "open" else "",
        one.customer,
        one.side,
        f"{one.owner} > {one.offered_to}" if one.offered_to else one.owner or "",
        one.text,
        one.state,
        ids.show(ids.PROMISE, one.id),
    )
