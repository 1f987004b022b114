"""Write a note on a customer. `#words` in it become topics of the interaction."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.parsing import words
from agent_tui.errors import NotFound

if TYPE_CHECKING:
    from agent_tui.cli.context import Context

_MOST_BYTES = 4 * 1024 * 1024


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the customer and the text."""
    parser.add_argument("customer", type=words, metavar="CUSTOMER", help=CUSTOMER_HELP)
    parser.add_argument(
        "text",
        type=words,
        metavar="TEXT",
        help="the note; - reads stdin; write `-- TEXT` where it begins with a dash",
    )
    parser.add_argument("--interaction", metavar="ID", help="the interaction it belongs to (i_...)")
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace, context: Context) -> int:
    """Save the note, and print its id once it is on disk."""
    from agent_tui.domain.values import ids

    with context.desk() as desk:
        customer_id = desk.finding.choose(args.customer)
        interaction_id = None
        if args.interaction is not None:
            interaction_id = ids.parse(ids.INTERACTION, args.interaction)
            if interaction_id is None:
                raise NotFound(f"“{args.interaction}” is no id of an interaction (i_...)")
        text = _from_stdin() if args.text == "-" else args.text
        note_id = desk.noting.save(text, customer_id=customer_id, interaction_id=interaction_id)
    shown = ids.show(ids.NOTE, note_id)
    if args.json:
        output.json_line(
            {
                "id": shown,
                "customer_id": ids.show(ids.CUSTOMER, customer_id),
                "interaction_id": interaction_id and ids.show(ids.INTERACTION, interaction_id),
            }
        )
    else:
        output.line(shown)
    return diagnostics.DONE


def _from_stdin() -> str:
    """The text on stdin. What is beyond any note is left there: the service refuses its length."""
    return sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8", "replace")
