"""Your own listening log, which nobody else reads: what you read or heard, and what you make of it.

list                        the log, newest first (the default)
add INTERACTION [REMARK]    you read or heard this one (--seed: drawn in that sample)
remark ID [TEXT]            say what you make of it, in place of what was there, if anything
remove ID                   strike an entry
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.named import named
from agent_tui.cli.parsing import whole_number, words
from agent_tui.domain.rules.samples import LARGEST_SEED
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.reviews import Listened
    from agent_tui.services.desk import Desk

_WRITTEN = {"list": "", "add": " INTERACTION [REMARK]", "remark": " ID [TEXT]", "remove": " ID"}
_HEADER = ("when", "agent", "customer", "remark", "seed", "interaction", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, and with which entry."""
    parser.add_argument(
        "action", nargs="?", choices=tuple(_WRITTEN), default="list", metavar="ACTION"
    )
    parser.add_argument("words", nargs="*", type=words, metavar="ID TEXT")
    parser.add_argument(
        "--seed", type=whole_number(0, LARGEST_SEED), help="add: that of the sample it is from"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the entry, or the log."""
    given = len(args.words)
    if (given == 0) == (args.action != "list") or (args.action == "remove" and given > 1):
        raise UsageError(f"write `agent-tui listening {args.action}{_WRITTEN[args.action]}`")
    if args.seed is not None and args.action != "add":
        raise UsageError("--seed is for `listening add`")
    with context.desk(begins=True) as desk:
        found = _found(desk, args)
        if args.json:
            output.json_line([_object(one) for one in found])
        else:
            output.table(_HEADER, [_row(one, desk) for one in found], none="Nothing was heard yet.")
    return diagnostics.DONE


def _found(desk: Desk, args: argparse.Namespace) -> tuple[Listened, ...]:
    from agent_tui.domain.values import ids

    if args.action == "list":
        return desk.listening.mine()
    first, text = args.words[0], " ".join(args.words[1:])
    if args.action == "add":
        interaction_id = named(ids.INTERACTION, first, "an interaction")
        return (desk.listening.add(interaction_id, remark=text, seed=args.seed),)
    listening_id = named(ids.LISTENING, first, "an entry of the log")
    if args.action == "remark":
        return (desk.listening.remark(listening_id, text),)
    return (desk.listening.remove(listening_id),)


def _object(one: Listened) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.LISTENING, one.id),
        "interaction_id": ids.show(ids.INTERACTION, one.interaction_id),
        "agent": one.agent,
        "customer": one.customer,
        "at": output.moment(one.at),
        "seed": one.seed,
        "remark": one.remark,
    }


def _row(one: Listened, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids

    return (
        ages.ago(one.at, desk.clock(), desk.zone),
        one.agent or "nobody",
        one.customer or "",
        one.remark or "",
        "" if one.seed is None else str(one.seed),
        ids.show(ids.INTERACTION, one.interaction_id),
        ids.show(ids.LISTENING, one.id),
    )
