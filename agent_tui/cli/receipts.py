"""List what was read before scripts were opened: your own receipts, an interaction's, or how a
team's script runs were opened.

How long a line stood in front of somebody is theirs. A lead sees it for single interactions of
their team, and nobody after thirty days. Figures of a team are of whole weeks, Monday to Sunday in
UTC, that are over, and of five agents and more in each.
"""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.due import DAY_HELP, beginning_of
from agent_tui.cli.parsing import whole_number, words
from agent_tui.errors import NotFound, UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.receipts import Receipt, TeamFigures
    from agent_tui.services.desk import Desk

MOST = 10_000
_LATELY = timedelta(days=30)
_HEADER = ("when", "agent", "opened by", "lines seen", "focus", "interaction", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add whose receipts, and of which time."""
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--mine", action="store_true", help="your own, newest first (the default)")
    whose.add_argument(
        "--interaction", type=words, metavar="ID", help="those of an interaction (i_...)"
    )
    whose.add_argument("--team", type=words, metavar="NAME", help="figures of a team, for leads")
    parser.add_argument("--since", metavar="DAY", help=f"for --team: {DAY_HELP} (30 days ago)")
    parser.add_argument("--until", metavar="DAY", help="for --team: the day behind the last (now)")
    parser.add_argument(
        "--limit", type=whole_number(1, MOST), help="for --mine: how many at most (50)"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON array; for --team, JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """Read them, and print them."""
    if args.team is None and (args.since or args.until):
        raise UsageError("--since and --until are for `receipts --team NAME`")
    if args.limit is not None and (args.team or args.interaction):
        raise UsageError("--limit is for `receipts --mine`")
    with context.desk() as desk:
        if args.team is not None:
            found = desk.receipting.team_figures(args.team, *_time(desk, args))
            output.json_line(_figures(found)) if args.json else _print(found)
            return diagnostics.DONE
        receipts = _receipts(desk, args)
        if args.json:
            output.json_line([_object(one) for one in receipts])
        else:
            output.table(_HEADER, [_row(one, desk) for one in receipts])
    return diagnostics.DONE


def _receipts(desk: Desk, args: argparse.Namespace) -> tuple[Receipt, ...]:
    from agent_tui.domain.values import ids

    if args.interaction is None:
        return desk.receipting.mine(limit=args.limit or 50)
    interaction_id = ids.parse(ids.INTERACTION, args.interaction)
    if interaction_id is None:
        raise NotFound(f"“{args.interaction}” is no id of an interaction (i_...)")
    return desk.receipting.of_interaction(interaction_id)


def _time(desk: Desk, args: argparse.Namespace) -> tuple[datetime, datetime]:
    until = beginning_of(desk, args.until) if args.until else desk.clock()
    since = beginning_of(desk, args.since) if args.since else until - _LATELY
    if since >= until:
        raise UsageError("--since must be before --until")
    return since, until


def _object(one: Receipt) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    call = one.interaction_id
    return {
        "id": ids.show(ids.RECEIPT, one.id),
        "at": output.moment(one.begun_at),
        "granted_at": output.moment(one.granted_at),
        "how": one.how,
        "override": one.override,
        "reason": one.reason,
        "focus": one.focus,
        "agent": one.agent,
        "customer_id": ids.show(ids.CUSTOMER, one.customer_id),
        "interaction_id": None if call is None else ids.show(ids.INTERACTION, call),
        "digest": one.digest,
        "lines": [
            {
                "kind": line.kind,
                "key": line.key,
                "records": list(line.records),
                "new": line.is_new,
                "how": line.how,
                "ms": line.ms,
            }
            for line in one.lines
        ],
    }


def _row(one: Receipt, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.values import ids
    from agent_tui.domain.values.receipts import OVERRIDES

    call = one.interaction_id
    opened = OVERRIDES[one.override] if one.override else one.how or "not opened"
    return (
        one.begun_at.astimezone(desk.zone).strftime("%Y-%m-%d %H:%M"),
        one.agent,
        f"{opened}: {one.reason}" if one.reason else opened,
        f"{sum(line.how is not None for line in one.lines)} of {len(one.lines)}",
        one.focus,
        "" if call is None else ids.show(ids.INTERACTION, call),
        ids.show(ids.RECEIPT, one.id),
    )


def _figures(found: TeamFigures) -> dict[str, Any]:
    from agent_tui.domain.values.receipts import OVERRIDES

    return {
        "team": found.team,
        "since": output.moment(found.since),
        "until": output.moment(found.until),
        "agents": found.agents,
        "runs": found.runs,
        "seen": found.seen,
        "known": found.known,
        "overrides": {code: found.overrides.get(code, 0) for code in OVERRIDES},
        "unknown_focus": found.unknown_focus,
        "missing": found.missing,
        "weeks": found.weeks,
        "left_out": found.left_out,
    }


def _print(found: TeamFigures) -> None:
    from agent_tui.domain.values.receipts import OVERRIDES
    from agent_tui.text.counts import counted

    whole = f"{counted(found.weeks, 'whole week')} from {found.since:%Y-%m-%d} to"
    output.line(f"{found.team}, {whole} {found.until - timedelta(days=1):%Y-%m-%d}:")
    output.line(f"{found.runs} script runs of {found.agents} agents")
    output.line(f"{_share(found.seen, found)} after what was new had been read")
    output.line(f"{_share(found.known, found)} with nothing new to read")
    overridden = sum(found.overrides.values())
    output.line(f"{_share(overridden, found)} by an override")
    for code, times in sorted(found.overrides.items(), key=lambda one: (-one[1], one[0])):
        output.line(f"- {times} {OVERRIDES[code]}")
    output.line(f"{found.unknown_focus} read on terminals that do not tell whether they had focus")
    output.line(f"missing: {found.missing} interactions without a script")
    if found.left_out:
        weeks = counted(found.left_out, "week")
        output.line(f"left out: {weeks} in which fewer than five agents ran scripts")


def _share(part: int, found: TeamFigures) -> str:
    return f"{part} ({part / found.runs:.0%})"
