"""From the words of a command line to the command that does it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial

from agent_tui import __version__
from agent_tui.cli import commands, diagnostics, output, parsing
from agent_tui.cli.context import Context
from agent_tui.errors import UsageError


def run(argv: Sequence[str]) -> int:
    """Run a command line. Whatever happens, the answer is an exit code and at most a sentence."""
    return diagnostics.guard(partial(_run, argv))


def _run(argv: Sequence[str]) -> int:
    before, name, behind = parsing.split(argv)
    args = argparse.Namespace(db=None, agent=None, region=None)
    if before:
        parsing.program_parser().parse_args(before, args)
        if args.version:
            output.text(f"{parsing.PROGRAM} {__version__}\n")
            return diagnostics.DONE
    command = _command(name)
    module = command.load()
    parsing.command_parser(command, module).read(behind, args)
    return module.run(args, Context(db=args.db, agent=args.agent, region=args.region))


def _command(name: str) -> commands.Command:
    command = commands.BY_NAME.get(name)
    if command is None:
        from difflib import get_close_matches

        near = get_close_matches(name, commands.BY_NAME, 1)
        hint = f"did you mean `{near[0]}`?" if near else "`agent-tui --help` lists them"
        raise UsageError(f"there is no command “{name}”: {hint}")
    return command
