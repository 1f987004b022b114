"""List what happened lately on all channels, newest first; with a filter, what it finds.

An argument is a term: agent:mira met:no after:mon "stayed home". A whole filter may also stand in
one pair of single quotes. A term that begins with a dash goes behind --: recent -- -met:no
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics, filtering, output
from agent_tui.cli.parsing import whole_number, words
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent_tui.cli.context import Context
    from agent_tui.domain.values.filters import Filter
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.recent import RecentRow
    from agent_tui.services.desk import Desk

MOST = 10_000
HIGHEST_SEED = 2**31 - 1
_PAGE = 500
_HEADER = ("when", "channel", "customer", "agent", "they wanted", "met", "length", "id")
_NONE_FOUND = "No interaction is found by this filter."
_NONE_YET = "Nothing happened yet."
_MET = {"not_asked": "not asked"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add which ones, how many, and in which form."""
    parser.add_argument("filter", nargs="*", type=words, metavar="FILTER", help=filtering.HELP)
    parser.add_argument(
        "--limit", type=whole_number(1, MOST), default=50, help="how many at most (50)"
    )
    parser.add_argument("--count", action="store_true", help="print only how many there are")
    parser.add_argument(
        "--sample", metavar="N", type=whole_number(1, MOST), help="draw so many of them at random"
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=whole_number(0, HIGHEST_SEED),
        help="with --sample: the same number draws the same ones",
    )
    parser.add_argument(
        "--until",
        metavar="TIME",
        type=_moment,
        help="with --sample: out of those that were opened before, such as 2026-11-24T14:00Z",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print the newest interactions, a sample of them, or their number."""
    if args.sample is None and (args.seed is not None or args.until is not None):
        raise UsageError("--seed and --until belong to --sample N")
    if args.sample is not None and args.count:
        raise UsageError("--count and --sample do not go together")
    with context.desk() as desk:
        wanted = filtering.understood(desk, args.filter)
        if args.count:
            count = desk.browsing.count(wanted).count
            if args.json:
                output.json_line({"count": count})
            else:
                output.line(str(count))
            return diagnostics.DONE
        interactions = [row.interaction for row in _rows(desk, wanted, args)]
        if args.json:
            from agent_tui.exchange.interaction_rows import as_object

            output.json_line([as_object(one) for one in interactions])
        else:
            none = _NONE_FOUND if args.filter else _NONE_YET
            output.table(_HEADER, [_row(one, desk) for one in interactions], none=none)
    return diagnostics.DONE


def _rows(desk: Desk, wanted: Filter, args: argparse.Namespace) -> Iterator[RecentRow]:
    if args.sample is None:
        yield from _newest(desk, wanted, args.limit)
        return
    drawn = desk.browsing.sample(wanted, size=args.sample, seed=args.seed, until=args.until)
    diagnostics.say(
        f"{len(drawn.rows)} of {drawn.out_of:,}; the same again: --sample {args.sample} "
        f"--seed {drawn.seed} --until {output.moment(drawn.until)}"
    )
    yield from drawn.rows


def _newest(desk: Desk, wanted: Filter, limit: int) -> Iterator[RecentRow]:
    behind = None
    while limit:
        page = desk.browsing.page(wanted, behind=behind, limit=min(limit, _PAGE))
        yield from page.rows
        limit -= len(page.rows)
        behind = page.behind
        if not page.has_older:
            return


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"“{text}” is no time such as 2026-11-24T14:00Z") from None


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
