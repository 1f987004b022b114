"""Take calls and messages as JSON lines on stdin, as a telephone system or a chat sends them.

Every line is on disk before the next one is read, and an open desk shows it at once. A line that
cannot be taken is reported with its number and skipped; a field that nobody reads is named once.
With --out, what agents send on the channel is printed as JSON lines."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, get_args

from agent_tui.cli import diagnostics, incoming
from agent_tui.domain.values.kinds import ChannelName

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.services.desk import Desk

LONGEST_NAME = 60
"""Cells of the name of a field that nobody reads, where it is told."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the channel."""
    parser.add_argument(
        "--channel",
        choices=get_args(ChannelName),
        default="phone",
        help="the channel that the call ids belong to (phone)",
    )
    parser.add_argument(
        "--out", action="store_true", help="print what agents send on the channel, until stdin ends"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Take lines until stdin ends."""
    with context.desk(begins=True) as desk, incoming.opened("-") as stream:
        if not args.out:
            return _take(desk, args.channel, incoming.lines(stream))
        from agent_tui.cli import outgoing

        with outgoing.printed(desk, args.channel) as over:
            return _take(desk, args.channel, incoming.lines_until(stream, over))


def _take(desk: Desk, channel: ChannelName, lines: Iterable[bytes]) -> int:
    from agent_tui.channels.feed import UnknownField
    from agent_tui.text.cells import cut

    skipped = 0
    for told in desk.receiving.read(lines, channel=channel):
        if isinstance(told, UnknownField):
            name = cut(told.name, LONGEST_NAME)
            diagnostics.say(
                f"line {told.line}: nobody reads the field `{name}`; the event was taken"
            )
            continue
        diagnostics.say(f"line {told.line}: {told.reason}")
        skipped += 1
    return diagnostics.DONE_IN_PART if skipped else diagnostics.DONE
