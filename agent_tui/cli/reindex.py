"""Build the customer index anew, beside the old one, while desks stay open."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics, output

if TYPE_CHECKING:
    from agent_tui.cli.context import Context


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the form."""
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace, context: Context) -> int:
    """Build it, and say how many customers it holds."""
    from agent_tui.cli.progress import Progress
    from agent_tui.text.counts import counted

    done = 0
    began = time.monotonic()
    progress = Progress("index", unit="customer")

    def told(count: int, people: int) -> None:
        nonlocal done
        done = people
        progress.show(count, count / people if people else 1.0)

    with context.desk(begins=True) as desk:
        try:
            desk.reindexing.rebuild(told)
        finally:
            progress.clear()
    seconds = round(time.monotonic() - began, 1)
    if args.json:
        output.json_line({"customers": done, "seconds": seconds})
    else:
        output.line(f"{counted(done, 'customer')} indexed in {seconds} s")
    return diagnostics.DONE
