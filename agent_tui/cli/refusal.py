"""List what a customer said no to; add a refusal, say when to ask again, lift it.

list CUSTOMER       what they said no to, newest first (--all: also what no longer stands)
add CUSTOMER TEXT   they said no to something (--ask-after DUE)
ask-after ID DUE    they may be asked again from then on; `never` for not again
lift ID             they may be asked again
restore ID          a refusal that was lifted, or called wrong, stands again
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.due import due_of
from agent_tui.cli.named import written_about
from agent_tui.cli.parsing import words
from agent_tui.errors import NotFound, UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.knowing import KeptRefusal
    from agent_tui.services.desk import Desk

_WRITTEN = {
    "list": "CUSTOMER",
    "add": "CUSTOMER TEXT",
    "ask-after": "ID DUE",
    "lift": "ID",
    "restore": "ID",
}
_WITH_WORDS = ("add", "ask-after")
_NEVER = "never"
_HEADER = ("no to", "said", "ask again", "state", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with whom or with which refusal."""
    parser.add_argument("action", choices=tuple(_WRITTEN), metavar="ACTION")
    parser.add_argument(
        "subject", type=words, metavar="CUSTOMER|ID", help=f"{CUSTOMER_HELP}; or a refusal (r_...)"
    )
    parser.add_argument("words", nargs="*", type=words, metavar="TEXT|DUE", help="what; or when")
    parser.add_argument("--all", action="store_true", help="list also what no longer stands")
    parser.add_argument("--ask-after", type=words, metavar="DUE", help="add: from when on")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the refusals that it was about."""
    _check(args)
    with context.desk() as desk:
        if args.action == "list":
            found = desk.knowing.refusals(desk.finding.choose(args.subject), gone=args.all)
        else:
            found = [desk.knowing.refusal(_do(desk, args))]
        if args.json:
            output.json_line([_object(one) for one in found])
        else:
            output.table(_HEADER, [_row(one, desk) for one in found])
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    action = args.action
    if bool(args.words) != (action in _WITH_WORDS):
        raise UsageError(f"write `agent-tui refusal {action} {_WRITTEN[action]}`")
    if args.all and action != "list":
        raise UsageError("--all is for `refusal list`")
    if args.ask_after and action != "add":
        raise UsageError("--ask-after is for `refusal add`; see `refusal ask-after`")


def _do(desk: Desk, args: argparse.Namespace) -> int:
    from agent_tui.domain.values import ids

    knowing, text = desk.knowing, " ".join(args.words)
    if args.action == "add":
        after = due_of(desk, args.ask_after) if args.ask_after else None
        return knowing.refuse(written_about(desk, args.subject), text, after)
    refusal_id = ids.parse(ids.REFUSAL, args.subject)
    if refusal_id is None:
        raise NotFound(f"“{args.subject}” is no id of a refusal (r_...)")
    if args.action == "ask-after":
        knowing.ask_again_after(refusal_id, None if text == _NEVER else due_of(desk, text))
    elif args.action == "lift":
        knowing.lift(refusal_id)
    else:
        knowing.restore_refusal(refusal_id)
    return refusal_id


def _object(one: KeptRefusal) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.REFUSAL, one.id),
        "customer_id": ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "what": one.what,
        "state": one.state,
        "at": output.moment(one.at),
        "ask_again_after": output.moment(one.ask_again_after),
    }


def _row(one: KeptRefusal, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids

    after = one.ask_again_after
    return (
        one.what,
        ages.ago(one.at, desk.clock(), desk.zone),
        _NEVER if after is None else after.astimezone(desk.zone).strftime("%Y-%m-%d"),
        one.state,
        ids.show(ids.REFUSAL, one.id),
    )
