"""List who works here; add somebody, give somebody another role or team, say what you are doing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, get_args

from agent_tui.cli import diagnostics, output
from agent_tui.cli.parsing import words
from agent_tui.domain.values.kinds import AgentState, Role
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.agents import Agent
    from agent_tui.services.staffing import Staffing

_STATES: dict[str, AgentState] = {state.replace("_", "-"): state for state in get_args(AgentState)}
_HEADER = ("handle", "name", "role", "team", "state")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with whom."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("list", "add", "place", "state"),
        default="list",
        help="list everybody (the default), add somebody, place somebody in a role or team, or say "
        "your own state",
    )
    parser.add_argument(
        "handle",
        type=words,
        metavar="HANDLE",
        nargs="?",
        help=f"whom to add or to place; your state: {', '.join(_STATES)}",
    )
    parser.add_argument(
        "--name", type=words, help="the name that others see; by default made of the handle"
    )
    parser.add_argument("--role", choices=get_args(Role), help="agent, lead or admin")
    parser.add_argument(
        "--team", type=words, help="the team, which is made where there is none of that name"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the agents that it was about."""
    _check(args)
    with context.desk(begins=True) as desk:
        agents = _do(desk.staffing, args)
    if args.json:
        output.json_line([{field: getattr(agent, field) for field in _HEADER} for agent in agents])
    else:
        output.table(
            _HEADER,
            [[str(getattr(agent, field)) for field in _HEADER] for agent in agents],
        )
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    if args.action == "list":
        if args.handle or args.name or args.role or args.team:
            raise UsageError("`agents list` lists everybody and takes nothing else")
    elif args.handle is None:
        what = "your state" if args.action == "state" else "whom"
        raise UsageError(f"say {what}: `agent-tui agents {args.action} …`")
    elif args.action == "state" and (
        args.handle.replace("_", "-") not in _STATES or args.name or args.role or args.team
    ):
        raise UsageError(f"`agents state` takes one of {', '.join(_STATES)}, and nothing else")
    elif args.action == "place" and (args.name or not (args.role or args.team)):
        raise UsageError("`agents place` changes --role, --team or both, and nothing else")


def _do(staffing: Staffing, args: argparse.Namespace) -> list[Agent]:
    if args.action == "add":
        role: Role = args.role or "agent"
        return [staffing.add(args.handle, name=args.name, role=role, team=args.team)]
    if args.action == "state":
        return [staffing.set_state(_STATES[args.handle.replace("_", "-")])]
    if args.action == "place":
        return [staffing.place(args.handle, role=args.role, team=args.team)]
    return staffing.everybody()
