"""List what happened lately on all channels, newest first."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.parsing import whole_number
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.people import Interaction
    from agent_tui.services.desk import Desk

MOST = 10_000
_HEADER = ("when", "channel", "customer", "agent", "they wanted", "met", "length", "id")
_MET = {"not_asked": "not asked"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add how many, and in which form."""
    parser.add_argument("filter", nargs="*", help=argparse.SUPPRESS)
    parser.add_argument(
        "--limit", type=whole_number(1, MOST), default=50, help="how many at most (50)"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print the newest interactions."""
    if args.filter:
        raise UsageError("`recent` cannot filter yet: it lists all, newest first; leave the words")
    with context.desk() as desk:
        interactions = desk.browsing.recent(limit=args.limit)
        if args.json:
            output.json_line([_object(one) for one in interactions])
        else:
            output.table(_HEADER, [_row(one, desk) for one in interactions])
    return diagnostics.DONE


def _object(one: Interaction) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    customer_id = one.customer_id
    return {
        "id": ids.show(ids.INTERACTION, one.id),
        "opened_at": output.moment(one.opened_at),
        "channel": one.channel,
        "direction": one.direction,
        "agent": one.agent_handle,
        "customer_id": None if customer_id is None else ids.show(ids.CUSTOMER, customer_id),
        "customer": one.customer,
        "agenda": one.agenda,
        "met": one.met,
        "outcome": one.outcome,
        "topics": list(one.topics),
        "length_s": one.length_s,
    }


def _row(one: Interaction, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids

    return (
        one.opened_at.astimezone(desk.zone).strftime("%Y-%m-%d %H:%M"),
        f"{one.channel} {one.direction}",
        one.customer or one.peer_name or one.peer or "",
        one.agent or "",
        one.agenda or ", ".join(one.topics),
        _MET.get(one.met, one.met),
        "" if one.length_s is None else ages.offset(one.length_s),
        ids.show(ids.INTERACTION, one.id),
    )
