"""Print everything that happened with a customer, newest first, across channels and years."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, get_args

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.due import DAY_HELP, beginning_of
from agent_tui.cli.parsing import whole_number, words
from agent_tui.domain.values.timeline import TimelineFilter

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.cli.context import Context
    from agent_tui.domain.values.timeline import TimelineEntry
    from agent_tui.services.desk import Desk

MOST = 100_000
LONGEST = 200
"""Characters of what happened that a line shows, where all of them are not asked for."""
_FILTERS = get_args(TimelineFilter)
_HEADER = ("when", "kind", "what", "where")
_PREFIXES = {
    "interaction": "i",
    "note": "n",
    "case": "k",
    "told": "k",
    "complaint_closed": "k",
    "promise": "p",
    "promise_taken": "p",
    "promise_closed": "p",
    "fact": "f",
    "confirmed": "f",
    "refusal": "r",
    "mood": "d",
    "concession": "g",
    "follow_up": "u",
    "script_run": "w",
    "hand_over": "h",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the customer, what is wanted, and how much."""
    parser.add_argument("customer", type=words, metavar="CUSTOMER", help=CUSTOMER_HELP)
    parser.add_argument(
        "--kind", choices=_FILTERS, default="all", help=f"only these: {', '.join(_FILTERS)} (all)"
    )
    parser.add_argument(
        "--limit", type=whole_number(1, MOST), default=50, help="how many at most (50)"
    )
    parser.add_argument("--before", metavar="DAY", help=f"what was before {DAY_HELP}")
    parser.add_argument(
        "--whole", action="store_true", help=f"print words of more than {LONGEST} characters too"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Read the timeline and print it."""
    from agent_tui.domain.values.timeline import TimelinePlace

    with context.desk() as desk:
        before = None if args.before is None else TimelinePlace(beginning_of(desk, args.before))
        customer_id = desk.finding.choose(args.customer)
        entries = list(
            desk.looking_back.entries(customer_id, args.kind, before=before, limit=args.limit)
        )
        now = desk.clock()
        if args.json:
            output.json_line([_object(one, desk, now) for one in entries])
        elif args.whole:
            for one in entries:
                output.line("; ".join(cell for cell in _row(one, desk, now) if cell))
        else:
            rows = [_row(one, desk, now, longest=LONGEST) for one in entries]
            output.table(_HEADER, rows, widest=60)
    return diagnostics.DONE


def _object(one: TimelineEntry, desk: Desk, now: datetime) -> dict[str, Any]:
    from agent_tui.domain.rules import looking_back

    return {
        "at": output.moment(one.at),
        "kind": one.kind,
        "label": looking_back.label(one),
        "words": looking_back.words(one, now, desk.zone),
        "text": one.text or None,
        "state": one.state or None,
        "agent": one.who,
        "record": _record(one),
        "interaction_id": _shown("i", one.interaction_id),
        "note_id": _shown("n", one.note_id),
    }


def _row(
    one: TimelineEntry, desk: Desk, now: datetime, *, longest: int | None = None
) -> tuple[str, str, str, str]:
    from agent_tui.domain.rules import looking_back

    words = looking_back.words(one, now, desk.zone).replace(" · ", ", ")
    if longest is not None and len(words) > longest:
        words = f"{words[:longest]}… and {len(words) - longest:,} characters more (--whole)"
    return (
        one.at.astimezone(desk.zone).strftime("%Y-%m-%d %H:%M"),
        looking_back.label(one),
        words,
        _shown("i", one.interaction_id) or _shown("n", one.note_id) or "",
    )


def _record(one: TimelineEntry) -> str | None:
    """The id of the record that it is about; surveys have none that people see."""
    if one.kind == "wrong":
        return one.label
    prefix = _PREFIXES.get(one.kind)
    return None if prefix is None else _shown(prefix, one.id)


def _shown(prefix: str, number: int | None) -> str | None:
    from agent_tui.domain.values import ids

    return None if number is None else ids.show(prefix, number)
