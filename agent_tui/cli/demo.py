"""Open a desk with made-up people, who call after some seconds and answer in the chats.

It has a database of its own: nothing of yours is read or changed. What you write stays for the
next visit, and its dates move on with the days."""

from __future__ import annotations

import argparse
import secrets
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from agent_tui import paths
from agent_tui.cli import diagnostics
from agent_tui.cli.desk import need_terminal, open_screen
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context

FILE_NAME = "demo.sqlite"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add how to begin."""
    parser.add_argument("--fresh", action="store_true", help="start over with the demo's own data")
    parser.add_argument(
        "--no-call", action="store_true", help="nobody calls; chats are still answered"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Make the demo desk ready for today, then open it."""
    if context.db is not None:
        raise UsageError("the demo desk has a database of its own: leave out --db")
    need_terminal()
    path = paths.data_folder() / FILE_NAME
    from agent_tui.services.demonstrating import AGENT, REGION, DemoCall, chats, snippets

    settings = replace(
        context.settings,
        db=f"sqlite:///{path}",
        agent=context.agent or AGENT,
        region=context.region or REGION,
        snippets={**snippets(), **(context.settings.snippets or {})},
    )
    left_open = prepare(path, fresh=args.fresh)
    call = () if args.no_call else (DemoCall(left_open, play=secrets.token_hex(4)),)
    return open_screen(settings, (*call, chats(path)))


def prepare(path: Path, *, fresh: bool = False) -> tuple[str, ...]:
    """Make the demo desk at `path` ready for today; see `services.demonstrating.prepare`."""
    from agent_tui.bootstrap import build_desk, local_zone
    from agent_tui.clock import utc_now
    from agent_tui.config import Settings
    from agent_tui.services import demonstrating

    settings = Settings(
        db=f"sqlite:///{path}", agent=demonstrating.AGENT, region=demonstrating.REGION
    )
    return demonstrating.prepare(
        path,
        partial(build_desk, settings),
        now=utc_now().astimezone(local_zone()),
        fresh=fresh,
        building=partial(diagnostics.say, "Preparing the demo desk…"),
    )
