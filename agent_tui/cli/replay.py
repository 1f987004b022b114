"""Play a recorded conversation into the desk, as if it happened now; open desks show it.

Without a name the recordings that came with the program are listed. They are about the people of
the demo desk: play them there, with `--db demo`. A file of your own is named by its path."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics, output, parsing
from agent_tui.domain.values.signals import CallSignal, MessageSignal, Signal

if TYPE_CHECKING:
    from agent_tui.cli.context import Context


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what is played, and how fast."""
    parser.add_argument(
        "recording", nargs="?", type=parsing.words, help="its name, or the path of a file"
    )
    parser.add_argument(
        "--speed", type=float, default=1.0, metavar="N", help="2 plays it in half the time (1)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace, context: Context) -> int:
    """List the recordings, or play one until it ends."""
    from agent_tui.services import replaying

    if args.recording is None:
        _list(args.json)
        return diagnostics.DONE
    played = replaying.recording(args.recording)
    replaying.at_speed(args.speed)
    with context.desk(begins=True) as desk:
        for signal in replaying.play(desk, played, speed=args.speed):
            _say(signal, args.json)
    return diagnostics.DONE


def _list(as_json: bool) -> None:
    from agent_tui.services import replaying

    found = replaying.listed()
    if as_json:
        output.json_line(
            [
                {
                    "name": one.name,
                    "title": one.title,
                    "channel": one.channel,
                    "lasts_s": one.lasts_s,
                }
                for one in found
            ]
        )
        return
    for one in found:
        output.line(f"{one.name}: {one.title}. {one.channel}, {one.lasts_s:.0f} s.")


def _say(signal: Signal, as_json: bool) -> None:
    """One line for what happened; words that may still change are not printed."""
    if isinstance(signal, CallSignal):
        entry = {"type": signal.change, "call": signal.call}
        words = f"{signal.change}{f' by {signal.receiver}' if signal.change == 'answered' else ''}"
    elif isinstance(signal, MessageSignal) and signal.final:
        entry = {
            "type": "message",
            "call": signal.call,
            "speaker": signal.speaker,
            "text": signal.text,
        }
        words = f"{signal.speaker}: {signal.text}"
    else:
        return
    if as_json:
        output.json_line(entry)
    else:
        output.line(words)
        output.flush()
