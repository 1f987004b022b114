"""Open a desk with made-up people, who call after some seconds and answer in the chats.

It has a database of its own: nothing of yours is read or changed. What you write stays for the
next visit, and its dates move on with the days. Other commands reach it with `--db demo`."""

from __future__ import annotations

import argparse
import secrets
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from agent_tui import paths
from agent_tui.cli import diagnostics, parsing
from agent_tui.cli.desk import need_terminal, open_desk, open_screen
from agent_tui.errors import AgentTuiError, UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.config import Settings
    from agent_tui.domain.values.signals import CallSignal

FILE_NAME = "demo.sqlite"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add how to begin."""
    parser.add_argument("--fresh", action="store_true", help="start over with the demo's own data")
    parser.add_argument(
        "--call",
        type=parsing.words,
        metavar="NAME",
        help="which recorded conversation comes in; `agent-tui replay` lists them",
    )
    parser.add_argument(
        "--speed", type=float, default=1.0, metavar="N", help="2 plays it in half the time (1)"
    )
    parser.add_argument(
        "--no-call", action="store_true", help="nobody calls; chats are still answered"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Make the demo desk ready for today, then open it."""
    if context.db is not None:
        raise UsageError("the demo desk has a database of its own: leave out --db")
    need_terminal()
    from agent_tui import config
    from agent_tui.clock import utc_now
    from agent_tui.services import replaying
    from agent_tui.services.demo_callers import CALLER, DemoCall, chats
    from agent_tui.services.demonstrating import AGENT, end_calls

    settings = settings_of(config.load(), context)
    recording = replaying.recording(args.call or CALLER)
    speed = replaying.at_speed(args.speed)
    left_open = prepare(file(), fresh=args.fresh)
    if args.no_call:
        return open_screen(settings, (chats(file()),))
    play = secrets.token_hex(4)
    call = DemoCall(
        left_open,
        play=play,
        recording=recording,
        speed=speed,
        answered_by=settings.agent or AGENT,
    )
    try:
        return open_screen(settings, (call, chats(file())))
    finally:
        # Who called is gone with the screen; what cannot be written now ends with the next visit.
        with suppress(AgentTuiError):
            end_calls(file(), partial(open_desk, settings), play=play, now=utc_now())


def file() -> Path:
    """Where the demo desk is."""
    return paths.data_folder() / FILE_NAME


def settings_of(settings: Settings, context: Context) -> Settings:
    """The settings with which the demo desk is opened: its own but for what was asked for."""
    from agent_tui.services.demonstrating import AGENT, REGION, snippets

    return settings._replace(
        db=f"sqlite:///{file()}",
        agent=context.agent or AGENT,
        region=context.region or REGION,
        snippets={**snippets(), **(settings.snippets or {})},
    )


def prepare(path: Path, *, fresh: bool = False) -> tuple[CallSignal, ...]:
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
