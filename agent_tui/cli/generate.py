"""Fill a desk with made-up people and with what passed between them and the house, to try it out.

Nobody in it exists. The same seed makes the same people on every machine, and the first ones of a
larger number; running it twice adds nothing new. They come under the source `generated`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from agent_tui.cli import output
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.services.desk import Desk
    from agent_tui.services.generating import Made, Progress

SEED = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Add how many of what."""
    parser.add_argument("--customers", metavar="N", type=int, default=0, help="so many people")
    parser.add_argument(
        "--interactions",
        metavar="M",
        type=int,
        default=0,
        help="so many interactions of the last three years with the people of that seed",
    )
    parser.add_argument(
        "--seed", metavar="S", type=int, default=SEED, help=f"which people; by default {SEED}"
    )
    parser.add_argument(
        "--until",
        metavar="YYYY-MM-DD",
        type=date.fromisoformat,
        help="the day before which the interactions end; by default today",
    )
    parser.add_argument("--json", action="store_true", help="print the counts as a JSON object")


def run(args: argparse.Namespace, context: Context) -> int:
    """People first, then their interactions."""
    if args.customers < 0 or args.interactions < 0 or args.seed < 0:
        raise UsageError("--customers, --interactions and --seed are no negative numbers")
    if not args.customers and not args.interactions:
        raise UsageError("say how many: --customers N, --interactions M")
    with context.desk(begins=True) as desk:
        customers = _timed("customers", args.customers, _people(desk, args))
        interactions = _timed("interactions", args.interactions, _talks(desk, args))
    if args.json:
        output.json_line({"seed": args.seed, "customers": customers, "interactions": interactions})
    else:
        for name, made in (("customers", customers), ("interactions", interactions)):
            if made["wanted"]:
                added, wanted, seconds = made["added"], made["wanted"], made["seconds"]
                output.line(f"{name}: {added:,} of {wanted:,} added in {seconds:.1f} s")
    return 0


def _people(desk: Desk, args: argparse.Namespace) -> Callable[[Progress], Made]:
    from agent_tui.cli.progress import Progress as Line

    line = cache(lambda: Line("into the index"))  # its time begins with its first row
    return lambda progress: desk.generating.people(
        args.customers,
        seed=args.seed,
        progress=progress,
        indexing=lambda done, of: line().show(done, done / max(of, 1)),
    )


def _talks(desk: Desk, args: argparse.Namespace) -> Callable[[Progress], Made]:
    return lambda progress: desk.generating.talks(
        args.interactions, seed=args.seed, until=args.until, progress=progress
    )


def _timed(label: str, count: int, make: Callable[[Progress], Made]) -> dict[str, Any]:
    """Make them, with a line of progress; what was made, and in how many seconds."""
    from agent_tui.cli.progress import Progress

    if not count:
        return {"wanted": 0, "added": 0, "seconds": 0.0}
    progress = Progress(label)
    begun = time.monotonic()
    try:
        made = make(lambda done: progress.show(done, done / count))
    finally:
        progress.clear()
    seconds = round(time.monotonic() - begun, 3)
    return {"wanted": made.wanted, "added": made.added, "seconds": seconds}
