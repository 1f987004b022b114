"""Look for what is wrong with the program, its settings, its files and its database, and say what
to do about it. Nothing is changed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics, output

if TYPE_CHECKING:
    from agent_tui.cli.context import Context


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the form."""
    parser.add_argument("--json", action="store_true", help="print a JSON array")
    parser.add_argument(
        "--search",
        action="store_true",
        help="only compare the index of customers with the customers, all of them",
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Print every check; the exit code says whether one found something."""
    from agent_tui.cli.checkup import check_all, check_search

    checks = list(check_search(context) if args.search else check_all(context))
    if args.json:
        output.json_line(
            [
                {"check": one.check, "ok": one.ok, "found": one.found, "advice": one.advice}
                for one in checks
            ]
        )
    else:
        for one in checks:
            output.line(f"{'ok     ' if one.ok else 'PROBLEM'}  {one.check}: {one.found}")
            if one.advice:
                output.line(f"         do: {one.advice}")
    return diagnostics.DONE if all(one.ok for one in checks) else diagnostics.FAILED
