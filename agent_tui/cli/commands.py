"""The table of commands. Only the module of the one that was called is imported."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from agent_tui.cli.context import Context


class CommandModule(Protocol):
    """What the module of a command offers."""

    configure: Callable[[argparse.ArgumentParser], None]
    """Add the command's own arguments to its parser."""

    run: Callable[[argparse.Namespace, Context], int]
    """Do it, and return the exit code."""


class Command(NamedTuple):
    """A command: its name, the module in this folder that does it, and what it is for."""

    name: str
    module: str
    help: str

    def load(self) -> CommandModule:
        """Import the module."""
        return cast(CommandModule, import_module(f"agent_tui.cli.{self.module}"))


DEFAULT = "desk"
"""What `agent-tui` alone means."""

COMMANDS = (
    Command("desk", "desk", "open the desk; the same as no command"),
    Command("demo", "demo", "open a desk with made-up people, on which somebody calls"),
    Command("import", "import_files", "bring people in from CSV or JSON lines"),
    Command("generate", "generate", "fill a desk with made-up people and talks, to try it out"),
    Command("find", "find", "find customers by anything that is known of them"),
    Command("brief", "brief", "print what matters now about a customer"),
    Command("timeline", "timeline", "print everything that happened with a customer"),
    Command("note", "note", "write a note on a customer"),
    Command("today", "today", "print what stands open for you"),
    Command("wrap-up", "wrap_up", "wrap interactions up, park them, or undo it"),
    Command("promise", "promise", "list promises; keep, move, withdraw, break, hand them over"),
    Command("complaint", "complaint", "list complaints; open one, take it from step to step"),
    Command("follow-up", "follow_up", "list what was asked of colleagues; ask, do, decline it"),
    Command("question", "question", "list what is not known yet; answer it, or drop it"),
    Command(
        "hand-over", "hand_over", "list conversations offered; offer, accept, decline, read one"
    ),
    Command("verify", "verify", "say by which method a caller was verified, or that they are not"),
    Command("fact", "fact", "list what is known; add, confirm, replace, call wrong, restore it"),
    Command("refusal", "refusal", "list what they said no to; add one, say when to ask again"),
    Command("consent", "consent", "list how somebody may be reached; say what they allow"),
    Command("tie", "tie", "list the people around somebody; tie two, or untie them"),
    Command("ledger", "ledger", "list what each side gave; enter something, take it back"),
    Command("scripts", "scripts", "list call scripts; check, preview, import, retire, run them"),
    Command("receipts", "receipts", "list what was read before scripts were opened"),
    Command("friction", "friction", "say that a rule stands in your way; leads list it by rule"),
    Command("recent", "recent", "list what happened lately, newest first; filter, count, draw"),
    Command("export", "export", "write what a filter finds as CSV or JSON lines"),
    Command("views", "views", "list saved views of Recent; save, share, remove one"),
    Command("review", "review", "say something of an interaction to its agent; read, answer it"),
    Command("listening", "listening", "keep your own log of what you read or heard"),
    Command("measures", "measures", "print how people are served, as counts with what is behind"),
    Command("coaching", "coaching", "print what happened again and again, to talk about it"),
    Command("feed", "feed", "take calls and messages as JSON lines on stdin"),
    Command("replay", "replay", "play a recorded conversation into the desk"),
    Command("agents", "agents", "list who works here; add somebody, set role, team and your state"),
    Command("redact", "redact", "mask card numbers in everything that is stored"),
    Command("reindex", "reindex", "build the index of customers anew, while desks stay open"),
    Command("keys", "keys", "list every action with its keys"),
    Command("doctor", "doctor", "look for what is wrong, and say what to do; change nothing"),
)

BY_NAME = {command.name: command for command in COMMANDS}
