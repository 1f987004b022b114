"""Take calls and messages as JSON lines on stdin, as a telephone system or a chat sends them.

Every line is on disk before the next one is read, and an open desk shows it at once. A line that
cannot be taken is reported with its number and skipped."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, get_args

from agent_tui.cli import diagnostics, incoming
from agent_tui.domain.values.kinds import ChannelName

if TYPE_CHECKING:
    from agent_tui.cli.context import Context


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the channel."""
    parser.add_argument(
        "--channel",
        choices=get_args(ChannelName),
        default="phone",
        help="the channel that the call ids belong to (phone)",
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Take lines until stdin ends."""
    from agent_tui.services.receiving import Receiving

    skipped = 0
    with context.desk() as desk, incoming.opened("-") as stream:
        receiving = Receiving(desk)
        for bad in receiving.read(incoming.lines(stream), channel=args.channel):
            diagnostics.say(f"line {bad.line}: {bad.reason}")
            skipped += 1
    return diagnostics.DONE_IN_PART if skipped else diagnostics.DONE
