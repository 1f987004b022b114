"""Mask payment card numbers and security codes in everything that is stored."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics, output
from agent_tui.cli.parsing import words

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.redaction import Redaction

_MOST_BYTES = 1_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, and the form."""
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--dry-run", action="store_true", help="say what would be masked; change nothing"
    )
    instead.add_argument(
        "--not-a-card",
        type=words,
        metavar="REASON",
        help="read a number from stdin that looks like a card and is none: it stays readable from "
        "now on",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace, context: Context) -> int:
    """Go through every text; the exit code says whether all of it is gone from the disk."""
    with context.desk() as desk:
        if args.not_a_card is not None:
            number = sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8", "replace")
            desk.redacting.not_a_card(number, args.not_a_card)
            return diagnostics.DONE
        done = desk.redacting.scan() if args.dry_run else desk.redacting.clean()
    if args.json:
        output.json_line(
            {
                "dry_run": args.dry_run,
                "columns": [
                    {
                        "table": one.table,
                        "column": one.column,
                        "rows": one.rows,
                        "numbers": one.numbers,
                    }
                    for one in done.columns
                ],
                "searched": list(done.searched),
                "remaining": done.remaining,
                "identifiers": list(done.identifiers),
                "copies": list(done.copies),
            }
        )
    else:
        output.table(
            ("table", "column", "rows", "numbers"),
            [(one.table, one.column, str(one.rows), str(one.numbers)) for one in done.columns],
            none="No card number and no security code was found.",
        )
    return diagnostics.DONE if args.dry_run else _said(done)


def _said(done: Redaction) -> int:
    """Say on stderr what is still on the disk. Returns the exit code."""
    from agent_tui.text.counts import counted

    if done.columns and not done.searched:
        diagnostics.say(
            "agent-tui: the server keeps the old rows until they are vacuumed, and in its log and "
            "backups: docs/redaction.md says for how long"
        )
    if done.remaining:
        where = ", ".join(done.identifiers) or "no column that is known: run this again"
        diagnostics.say(
            f"agent-tui: still in the files: {counted(done.remaining, 'number')} also kept as "
            f"names or order numbers, which are not masked: {where}"
        )
    for copy in done.copies:
        diagnostics.say(f"agent-tui: {copy}, a backup beside the desk, holds some: delete it")
    return diagnostics.DONE_IN_PART if done.remaining or done.copies else diagnostics.DONE
