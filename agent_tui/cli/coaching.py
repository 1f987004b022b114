"""Print what agent and lead might talk about: what happened in three conversations and more.

A lead reads it of their team, an admin of everybody, an agent of themselves. Each line names the
conversations that it is drawn from. Nobody is ranked: how often a thing happened orders nothing.
"""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.due import DAY_HELP, beginning_of

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.coaching import CoachingEntry

_LATELY = timedelta(days=30)
_NONE = "Nothing happened again and again."


def configure(parser: argparse.ArgumentParser) -> None:
    """Add whose list, and since when."""
    parser.add_argument("--mine", action="store_true", help="for leads: your own, not your team's")
    parser.add_argument(
        "--since", metavar="DAY", help=f"interactions from {DAY_HELP}, on (30 days ago)"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Gather it, and print it."""
    with context.desk() as desk:
        since = beginning_of(desk, args.since) if args.since else desk.clock() - _LATELY
        is_own = args.mine or desk.opening.me().role == "agent"
        found = desk.coaching.mine(since) if is_own else desk.coaching.team(since)
        if args.json:
            output.json_line([_object(one) for one in found])
        else:
            _print(found)
    return diagnostics.DONE


def _object(one: CoachingEntry) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "agent": one.agent,
        "kind": one.kind,
        "about": one.about or None,
        "sentence": one.sentence,
        "times": one.times,
        "out_of": one.out_of,
        "interactions": [ids.show(ids.INTERACTION, call) for call in one.interactions],
    }


def _print(found: tuple[CoachingEntry, ...]) -> None:
    """One entry a line, with its conversations below it."""
    from agent_tui.domain.values import ids

    if not found:
        diagnostics.say(_NONE)
    for one in found:
        output.line(f"{one.agent}: {one.sentence}")
        output.line("- " + " ".join(ids.show(ids.INTERACTION, call) for call in one.interactions))
