"""List what we gave a customer and what they gave us; enter something, or take an entry back.

list CUSTOMER                 the ledger, newest first (--all: also what was taken back)
add CUSTOMER ours|theirs TEXT who gave, and what: `ours waived fee` (--amount, --currency, --reason)
take-back ID                  it was not given after all
restore ID                    it was: the entry counts again
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
    from agent_tui.domain.values.knowing import KeptEntry
    from agent_tui.services.desk import Desk

_WRITTEN = {
    "list": "CUSTOMER",
    "add": "CUSTOMER ours|theirs TEXT",
    "take-back": "ID",
    "restore": "ID",
}
_HEADER = ("when", "side", "what", "sum", "reason", "state", "id")
_FEWEST_WORDS = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with whom or with which entry."""
    parser.add_argument("action", choices=tuple(_WRITTEN), metavar="ACTION")
    parser.add_argument(
        "subject", type=words, metavar="CUSTOMER|ID", help=f"{CUSTOMER_HELP}; or an entry (g_...)"
    )
    parser.add_argument(
        "words", nargs="*", type=words, metavar="SIDE TEXT", help="ours or theirs, and what"
    )
    parser.add_argument("--all", action="store_true", help="list also what was taken back")
    parser.add_argument("--amount", type=words, help="add: an exact sum, such as 12.50")
    parser.add_argument("--currency", type=words, help="add: its currency, such as GBP")
    parser.add_argument("--reason", type=words, help="add: why")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the entries that it was about."""
    _check(args)
    with context.desk() as desk:
        if args.action == "list":
            found = desk.knowing.ledger(desk.finding.choose(args.subject), gone=args.all)
        else:
            found = [desk.knowing.entry(_do(desk, args))]
        if args.json:
            output.json_line([_object(one) for one in found])
        else:
            output.table(_HEADER, [_row(one, desk) for one in found])
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    action = args.action
    if (len(args.words) < _FEWEST_WORDS) if action == "add" else bool(args.words):
        raise UsageError(f"write `agent-tui ledger {action} {_WRITTEN[action]}`")
    if args.all and action != "list":
        raise UsageError("--all is for `ledger list`")
    if action != "add" and (args.amount or args.currency or args.reason):
        raise UsageError("--amount, --currency and --reason are for `ledger add`")


def _do(desk: Desk, args: argparse.Namespace) -> int:
    from agent_tui.domain.values import ids

    knowing = desk.knowing
    if args.action == "add":
        side, *what = args.words
        return knowing.give(
            written_about(desk, args.subject),
            side,
            " ".join(what),
            args.amount,
            args.currency,
            args.reason,
        )
    entry_id = ids.parse(ids.CONCESSION, args.subject)
    if entry_id is None:
        raise NotFound(f"“{args.subject}” is no id of an entry (g_...)")
    if args.action == "take-back":
        knowing.take_back(entry_id)
    else:
        knowing.restore_entry(entry_id)
    return entry_id


def _object(one: KeptEntry) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.CONCESSION, one.id),
        "customer_id": ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "side": one.side,
        "kind": one.kind,
        "amount": one.amount,
        "currency": one.currency,
        "reason": one.reason,
        "state": one.state,
        "at": output.moment(one.at),
    }


def _row(one: KeptEntry, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.values import ids

    return (
        one.at.astimezone(desk.zone).strftime("%Y-%m-%d"),
        one.side,
        one.kind,
        " ".join(part for part in (one.amount, one.currency) if part),
        one.reason or "",
        one.state,
        ids.show(ids.CONCESSION, one.id),
    )
