"""Write everything that a filter of Recent finds, newest first, as CSV or JSON lines.

The rows and columns are those of `recent --json`; the filter is the same, too. Without --out they
go to stdout. A file is there whole or not at all, for you only."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics, filtering, output
from agent_tui.cli.parsing import words
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.filters import Filter
    from agent_tui.exchange.interaction_rows import Rows, Write
    from agent_tui.services.desk import Desk

STDOUT = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what, which ones, in which form, and where to."""
    parser.add_argument("what", choices=("interactions",), help="what to write")
    parser.add_argument("filter", nargs="*", type=words, metavar="FILTER", help=filtering.HELP)
    parser.add_argument("--format", required=True, choices=("csv", "jsonl"), help="csv or jsonl")
    parser.add_argument("--out", metavar="FILE", default=STDOUT, help="where to; - is stdout")
    parser.add_argument("--force", action="store_true", help="write over FILE where it is there")
    parser.add_argument(
        "--bom", action="store_true", help="begin CSV with the mark by which Excel knows UTF-8"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Write the rows, and say on stderr how many went to a file."""
    if args.bom and args.format != "csv":
        raise UsageError("--bom is for CSV")
    if args.force and args.out == STDOUT:
        raise UsageError("--force is for a file: name it with --out")
    with ExitStack() as stack:
        desk = stack.enter_context(context.desk())
        wanted = filtering.understood(desk, args.filter)
        if args.out == STDOUT:
            _export(desk, wanted, _into(args, output.raw))
            return diagnostics.DONE
        from agent_tui.exchange.new_file import new_file
        from agent_tui.text.counts import counted

        with new_file(Path(args.out), replace=args.force) as stream:
            count = _export(desk, wanted, _into(args, stream.write))
    diagnostics.say(f"{args.out}: {counted(count, 'interaction')}")
    return diagnostics.DONE


def _into(args: argparse.Namespace, write: Write) -> Rows:
    if args.format == "csv":
        from agent_tui.exchange.interactions_csv import Csv

        return Csv(write, bom=args.bom)
    from agent_tui.exchange.interactions_jsonl import JsonLines

    return JsonLines(write)


def _export(desk: Desk, wanted: Filter, into: Rows) -> int:
    if not sys.stderr.isatty():
        return desk.exporting.interactions(wanted, into)
    from agent_tui.cli.progress import Progress

    shown = Progress("interactions")
    total = max(1, desk.browsing.count(wanted).count)
    try:
        return desk.exporting.interactions(
            wanted, into, progress=lambda count: shown.show(count, min(1.0, count / total))
        )
    finally:
        shown.clear()
