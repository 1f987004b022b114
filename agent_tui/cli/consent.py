"""List how a customer may be reached, and what they say of it; change that.

list CUSTOMER                       every way to reach them, with its id
set ID given|withdrawn|unknown      what they say: what was withdrawn is written to no more
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, get_args

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.parsing import words
from agent_tui.domain.values.kinds import Consent
from agent_tui.errors import NotFound, UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.people import ContactPoint

_HEADER = ("kind", "reached at", "consent", "id")
_COLUMNS = ("kind", "value", "consent", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with whom or with which way to reach them."""
    parser.add_argument("action", choices=("list", "set"), metavar="ACTION")
    parser.add_argument(
        "subject", type=words, metavar="CUSTOMER|ID", help=f"{CUSTOMER_HELP}; or what `list` names"
    )
    parser.add_argument("consent", nargs="?", choices=get_args(Consent), help="set: what they say")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print how the customer may be reached."""
    from agent_tui.domain.values import ids

    if (args.consent is None) != (args.action == "list"):
        raise UsageError("write `agent-tui consent list CUSTOMER` or `consent set ID CONSENT`")
    with context.desk() as desk:
        if args.action == "list":
            customer_id = desk.finding.choose(args.subject)
        else:
            point_id = ids.parse(ids.CONTACT_POINT, args.subject)
            if point_id is None:
                raise NotFound(f"“{args.subject}” is no id of a way to reach somebody (x_...)")
            customer_id = desk.knowing.consent(point_id, args.consent)
        points = desk.opening.customer(customer_id).dossier.customer.contact_points
        if args.json:
            output.json_line([_object(one) for one in points])
        else:
            rows = map(_object, points)
            output.table(_HEADER, [tuple(row[name] for name in _COLUMNS) for row in rows])
    return diagnostics.DONE


def _object(one: ContactPoint) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.CONTACT_POINT, one.id or 0),
        "kind": one.kind,
        "value": one.value,
        "preferred": one.preferred,
        "consent": one.consent,
    }
