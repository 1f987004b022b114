"""List what agents have asked of one another and is not done; ask somebody, or say what became.

list                      what is not done, oldest first; declined ones are the asker's turn
ask CUSTOMER HANDLE TEXT  ask a colleague to do something about a customer
done ID                   it was done
decline ID                you will not do it: who asked sees that
reopen ID                 undo that; of a declined one, ask again
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.named import written_about
from agent_tui.cli.parsing import words
from agent_tui.errors import NotFound, UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.follow_ups import FollowUp
    from agent_tui.services.desk import Desk

_ACTIONS = ("list", "ask", "done", "decline", "reopen")
_HEADER = ("age", "customer", "asked by", "of", "what", "state", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with which follow-up."""
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", metavar="ACTION")
    parser.add_argument(
        "subject", nargs="?", type=words, metavar="ID|CUSTOMER", help="a follow-up (u_...); or whom"
    )
    parser.add_argument(
        "words", nargs="*", type=words, metavar="HANDLE TEXT", help="ask: of whom, and what"
    )
    parser.add_argument("--customer", type=words, metavar="CUSTOMER", help=CUSTOMER_HELP)
    parser.add_argument("--mine", action="store_true", help="list those that are your turn")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the follow-ups that it was about."""
    _check(args)
    with context.desk() as desk:
        found = _list(desk, args) if args.action == "list" else [_do(desk, args)]
        if args.json:
            output.json_line([_object(one) for one in found])
        else:
            output.table(_HEADER, [_row(one, desk) for one in found])
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    if args.action == "list":
        if args.subject:
            raise UsageError("`follow-up list` takes --customer and --mine, nothing else")
        return
    if args.customer or args.mine:
        raise UsageError("--customer and --mine are for `follow-up list`")
    if args.action == "ask":
        if len(args.words) < 2:
            raise UsageError("write `agent-tui follow-up ask CUSTOMER HANDLE TEXT`")
    elif args.subject is None or args.words:
        raise UsageError(f"write `agent-tui follow-up {args.action} ID`")


def _list(desk: Desk, args: argparse.Namespace) -> list[FollowUp]:
    customer_id = desk.finding.choose(args.customer) if args.customer else None
    return desk.following_up.not_done(customer_id=customer_id, mine=args.mine)


def _do(desk: Desk, args: argparse.Namespace) -> FollowUp:
    from agent_tui.domain.values import ids

    following_up = desk.following_up
    if args.action == "ask":
        handle, *text = args.words
        customer_id = written_about(desk, args.subject)
        return following_up.one(following_up.ask(customer_id, handle, " ".join(text)))
    follow_up_id = ids.parse(ids.FOLLOW_UP, args.subject)
    if follow_up_id is None:
        raise NotFound(f"“{args.subject}” is no id of a follow-up (u_...)")
    getattr(following_up, args.action)(follow_up_id)
    return following_up.one(follow_up_id)


def _object(one: FollowUp) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.FOLLOW_UP, one.id),
        "customer_id": ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "text": one.text,
        "asked_by": one.asked_by,
        "owner": one.owner,
        "state": one.state,
        "at": output.moment(one.at),
        "closed_at": output.moment(one.closed_at),
    }


def _row(one: FollowUp, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids

    return (
        ages.ago(one.at, desk.clock(), desk.zone),
        one.customer,
        one.asked_by or "",
        one.owner,
        one.text,
        one.state,
        ids.show(ids.FOLLOW_UP, one.id),
    )
