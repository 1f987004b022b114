"""List what is known of a customer; add a fact, confirm, replace, or call it wrong.

list CUSTOMER            what is known, newest first (--all: also what no longer stands)
add CUSTOMER KIND TEXT   write down what is worth knowing (--source, --confirm-by)
confirm ID               it still holds
replace ID TEXT          it is otherwise by now; the old one is kept
wrong ID                 it is wrong (--reason)
restore ID               a fact that was replaced or is wrong stands again
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, get_args

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.due import due_of
from agent_tui.cli.named import written_about
from agent_tui.cli.parsing import words
from agent_tui.domain.values.kinds import FactKind, FactSource
from agent_tui.errors import NotFound, UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.knowing import KeptFact
    from agent_tui.services.desk import Desk

_BEHIND = {"add": 2, "replace": 1}
_WRITTEN = {
    "list": "CUSTOMER",
    "add": "CUSTOMER KIND TEXT",
    "confirm": "ID",
    "replace": "ID TEXT",
    "wrong": "ID --reason WORDS",
    "restore": "ID",
}
_HEADER = ("kind", "fact", "source", "said", "state", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with whom or with which fact."""
    parser.add_argument("action", choices=tuple(_WRITTEN), metavar="ACTION")
    parser.add_argument(
        "subject",
        nargs="?",
        type=words,
        metavar="CUSTOMER|ID",
        help=f"{CUSTOMER_HELP}; or a fact (f_...)",
    )
    parser.add_argument(
        "words", nargs="*", type=words, metavar="KIND TEXT", help=", ".join(get_args(FactKind))
    )
    parser.add_argument(
        "--customer", type=words, metavar="CUSTOMER", help="list: as the word behind it"
    )
    parser.add_argument("--all", action="store_true", help="list also what no longer stands")
    parser.add_argument("--source", choices=get_args(FactSource), help="add, replace: who says so")
    parser.add_argument("--confirm-by", type=words, metavar="DUE", help="add: when to ask again")
    parser.add_argument("--reason", type=words, help="wrong: why")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the facts that it was about."""
    _check(args)
    with context.desk() as desk:
        if args.action == "list":
            found = desk.knowing.facts(
                desk.finding.choose(args.subject or args.customer), gone=args.all
            )
        else:
            found = [desk.knowing.fact(one) for one in _do(desk, args)]
        if args.json:
            output.json_line([_object(one) for one in found])
        else:
            output.table(_HEADER, [_row(one, desk) for one in found])
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    action, needed = args.action, _BEHIND.get(args.action, 0)
    if args.customer and action != "list":
        raise UsageError("--customer is for `fact list`")
    if args.customer and args.subject:
        raise UsageError("name the customer once: `fact list CUSTOMER`")
    is_about = args.subject or args.customer
    if not is_about or len(args.words) < needed or (args.words and not needed):
        raise UsageError(f"write `agent-tui fact {action} {_WRITTEN[action]}`")
    if bool(args.reason) != (action == "wrong"):
        raise UsageError("say why with `agent-tui fact wrong ID --reason WORDS`, and only there")
    for option, given, actions in (
        ("--all", args.all, ("list",)),
        ("--source", args.source, ("add", "replace")),
        ("--confirm-by", args.confirm_by, ("add",)),
    ):
        if given and action not in actions:
            raise UsageError(f"{option} is for `fact {'` and `'.join(actions)}`")


def _do(desk: Desk, args: argparse.Namespace) -> tuple[int, ...]:
    """Do it; returns the facts that it was about, the old one first."""
    from agent_tui.domain.values import ids

    knowing = desk.knowing
    source: FactSource = args.source or "stated"
    if args.action == "add":
        kind, *text = args.words
        by = due_of(desk, args.confirm_by) if args.confirm_by else None
        customer_id = written_about(desk, args.subject)
        return (knowing.learn(customer_id, kind, " ".join(text), source, confirm_by=by),)
    fact_id = ids.parse(ids.FACT, args.subject)
    if fact_id is None:
        raise NotFound(f"“{args.subject}” is no id of a fact (f_...)")
    if args.action == "replace":
        return fact_id, knowing.replace(fact_id, " ".join(args.words), source=source)
    if args.action == "wrong":
        knowing.forget(fact_id, args.reason)
    elif args.action == "confirm":
        knowing.confirm(fact_id)
    else:
        knowing.restore(fact_id)
    return (fact_id,)


def _object(one: KeptFact) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.FACT, one.id),
        "customer_id": ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "kind": one.kind,
        "text": one.text,
        "source": one.source,
        "state": one.state,
        "stated_at": output.moment(one.stated_at),
        "confirmed_at": output.moment(one.confirmed_at),
        "confirm_by": output.moment(one.confirm_by),
        "replaces": None if one.replaces_id is None else ids.show(ids.FACT, one.replaces_id),
    }


def _row(one: KeptFact, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids

    said = max(one.stated_at, one.confirmed_at or one.stated_at)
    return (
        one.kind,
        one.text,
        one.source,
        ages.ago(said, desk.clock(), desk.zone),
        one.state,
        ids.show(ids.FACT, one.id),
    )
