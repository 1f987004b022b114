"""List the people around a customer and what matters with them; tie two people, or untie them.

list CUSTOMER              those with something open first
add CUSTOMER OTHER KIND    as CUSTOMER would say it: `household`, `cares for` the other
remove ID                  they are not tied like this
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
    from agent_tui.domain.values.knowing import TieShown
    from agent_tui.services.desk import Desk

_WRITTEN = {"list": "CUSTOMER", "add": "CUSTOMER OTHER KIND", "remove": "ID"}
_HEADER = ("kind", "who", "matters", "id")
_FEWEST_WORDS = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with whom or with which tie."""
    from agent_tui.domain.rules.ties import KINDS

    parser.add_argument("action", choices=tuple(_WRITTEN), metavar="ACTION")
    parser.add_argument(
        "subject", type=words, metavar="CUSTOMER|ID", help=f"{CUSTOMER_HELP}; or a tie (t_...)"
    )
    parser.add_argument(
        "words",
        nargs="*",
        type=words,
        metavar="OTHER KIND",
        help=f"the other customer, and {', '.join(KINDS)}, or other words",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the ties that it was about; of one that was removed nothing."""
    if (len(args.words) < _FEWEST_WORDS) if args.action == "add" else bool(args.words):
        raise UsageError(f"write `agent-tui tie {args.action} {_WRITTEN[args.action]}`")
    with context.desk() as desk:
        found = _do(desk, args)
        if args.json:
            output.json_line([_object(one) for one in found])
        else:
            output.table(_HEADER, [_row(one, desk) for one in found])
    return diagnostics.DONE


def _do(desk: Desk, args: argparse.Namespace) -> tuple[TieShown, ...]:
    from agent_tui.domain.values import ids

    if args.action == "remove":
        tie_id = ids.parse(ids.TIE, args.subject)
        if tie_id is None:
            raise NotFound(f"“{args.subject}” is no id of a tie (t_...)")
        desk.knowing.untie(tie_id)
        return ()
    customer_id = written_about(desk, args.subject)
    if args.action == "list":
        circle = desk.knowing.circle(customer_id)
        if circle.people > len(circle.ties):
            diagnostics.say(f"{len(circle.ties)} of {circle.people} people")
        return circle.ties
    other, *kind = args.words
    tie_id = desk.knowing.tie(customer_id, written_about(desk, other), " ".join(kind))
    return (desk.knowing.one_tie(tie_id, customer_id),)


def _object(one: TieShown) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    matter = one.matter
    return {
        "id": ids.show(ids.TIE, one.id),
        "kind": one.kind,
        "customer_id": ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.name,
        "matter": None
        if matter is None
        else {
            "kind": matter.kind,
            "text": matter.words,
            "count": matter.count,
            "at": output.moment(matter.at),
        },
    }


def _row(one: TieShown, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules.ties import matter_in_words
    from agent_tui.domain.values import ids

    said = matter_in_words(one.matter, desk.clock(), desk.zone) if one.matter else ""
    return one.kind, one.name, said, ids.show(ids.TIE, one.id)
