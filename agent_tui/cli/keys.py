"""List everything that can be done at the desk, with its keys: your own where you set some."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics, output

if TYPE_CHECKING:
    from agent_tui.cli.context import Context

_HEADER = ("keys", "what", "where", "action")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the form."""
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print the action table as it holds for this user."""
    from agent_tui.config import settings_file
    from agent_tui.tui.action import SCOPES
    from agent_tui.tui.actions import ACTIONS, key_name
    from agent_tui.tui.keymap import resolve
    from agent_tui.tui.terminals import taken_here

    settings = context.settings
    keymap = resolve(settings.keys, settings.lines_of_keys, taken_here(os.environ))
    for problem in keymap.problems:
        diagnostics.say(f"agent-tui: {settings_file()}: {problem}")
    if args.json:
        output.json_line(
            [
                {
                    "id": action.id,
                    "keys": list(keymap.keys[action.id]),
                    "title": action.title,
                    "help": action.help,
                    "scope": action.scope,
                }
                for action in ACTIONS
            ]
        )
        return diagnostics.DONE
    output.table(
        _HEADER,
        [
            (
                ", ".join(key_name(key) for key in keymap.keys[action.id]),
                action.title,
                SCOPES[action.scope],
                action.id,
            )
            for action in ACTIONS
        ],
    )
    return diagnostics.DONE
