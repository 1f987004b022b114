"""Say by which method a caller was verified, never what they answered; or take that back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics, output
from agent_tui.cli.named import named, written_about
from agent_tui.cli.parsing import words
from agent_tui.domain.values.verification import METHOD_LIMIT, VERIFICATIONS
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context


def configure(parser: argparse.ArgumentParser) -> None:
    """Add which interaction, or whom to call, and how."""
    known = "; ".join(VERIFICATIONS)
    parser.add_argument(
        "id",
        type=words,
        metavar="INTERACTION",
        help="an interaction (i_...); or, to call, somebody",
    )
    parser.add_argument(
        "--calling",
        action="store_true",
        help="you call them: a conversation with that customer begins",
    )
    said = parser.add_mutually_exclusive_group(required=True)
    said.add_argument(
        "--how",
        type=words,
        metavar="METHOD",
        help=f"{known}; or your own, at most {METHOD_LIMIT} letters",
    )
    said.add_argument("--not", dest="taken_back", action="store_true", help="not verified at all")
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace, context: Context) -> int:
    """Say so, and print what stands now."""
    from agent_tui.domain.values import ids

    if args.how is not None and not args.how.strip():
        raise UsageError("say how: `--not` says that they are not verified")
    if args.calling and args.taken_back:
        raise UsageError("--calling begins a conversation: say --how they are verified in it")
    known = None if args.calling else named(ids.INTERACTION, args.id, "an interaction")
    with context.desk() as desk:
        if known is None:
            customer_id = written_about(desk, args.id)
            interaction_id = desk.conversing.call_out(customer_id, args.how)
        else:
            interaction_id = known
            desk.conversing.verify(interaction_id, args.how)
        call = desk.browsing.one(interaction_id)
    if args.json:
        output.json_line(
            {
                "id": ids.show(ids.INTERACTION, call.id),
                "customer_id": call.customer_id and ids.show(ids.CUSTOMER, call.customer_id),
                "customer": call.customer,
                "verified": call.verified_how,
            }
        )
    else:
        how = f"verified: {call.verified_how}" if call.verified_how else "not verified"
        output.line(f"{ids.show(ids.INTERACTION, call.id)} {how}")
    return diagnostics.DONE
