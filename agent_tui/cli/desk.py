"""Open the desk: the screen that a support agent keeps open all day."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from agent_tui import paths
from agent_tui.cli import diagnostics, log
from agent_tui.errors import AgentTuiError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.config import Settings
    from agent_tui.services.desk import Desk
    from agent_tui.tui.app import Channel

FRAMES_A_SECOND = "120"
"""How often the screen may be painted: at Textual's own 60 a key waits up to 16 ms for its echo."""


PLACE_FILE = "place"
"""In the state folder: the place of the screen at which the next sitting begins."""

_DRAWS_NOTHING = ("dumb", "unknown")
"""What a terminal is called that only prints: Textual would paint for one of a size of its own."""
_ARENA_MAX = -8
"""M_ARENA_MAX of mallopt(3)."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The desk takes no arguments of its own."""
    del parser


def run(args: argparse.Namespace, context: Context) -> int:
    """Open the desk that the settings name."""
    del args
    need_terminal()
    return open_screen(context.settings)


def need_terminal() -> None:
    """Raise AgentTuiError where there is no terminal to draw on or to type in."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AgentTuiError(
            "the desk needs a terminal to draw on and to type in; `agent-tui brief CUSTOMER` and "
            "`agent-tui recent` print to anything",
            title="No terminal",
        )
    term = os.environ.get("TERM", "")
    if term.lower() in _DRAWS_NOTHING:
        raise AgentTuiError(
            f"TERM={term} says that this terminal draws no screens: set it to what it is, such as "
            "xterm-256color; `agent-tui brief CUSTOMER` and `agent-tui recent` print to anything",
            title="No terminal to draw on",
        )


def open_screen(settings: Settings, channels: Sequence[Channel] = ()) -> int:
    """Run the screen until it is left. The database is opened behind its first picture."""
    os.environ.setdefault("TEXTUAL_FPS", FRAMES_A_SECOND)
    # What is imported lives as long as the program: looking through it for garbage, while it is
    # loaded and again at the very end, would take a fifth of the time to the first picture and
    # most of the time to quit. The screen looks again once everything is loaded.
    gc.disable()
    share_heap()
    log.keep()
    from agent_tui.tui.app import DeskApp
    from agent_tui.tui.terminals import taken_here

    app = DeskApp(
        partial(open_desk, settings),
        settings=settings,
        channels=channels,
        taken=taken_here(os.environ),
        place_file=paths.state_folder() / PLACE_FILE,
    )
    app.heed_terminal()
    try:
        app.run(mouse=settings.mouse)
    finally:
        app.finish_writes()
        say_unkept(app.unkept)
        if app.leaving.is_hung_up:
            from agent_tui.cli import output

            output.give_up(sys.stdout.fileno(), sys.stderr.fileno())
    gc.freeze()
    if app.fault is not None:
        return diagnostics.unforeseen(app.fault)
    if app.failure is not None:
        return diagnostics.refuse(app.failure)
    return app.return_code or diagnostics.DONE


def open_desk(settings: Settings) -> Desk:
    """Build the desk that the settings name, and load what it is built of only then: behind the
    first picture."""
    from agent_tui.bootstrap import build_desk

    return build_desk(settings)


def say_unkept(texts: Sequence[str]) -> None:
    """Print what no database has, card numbers masked, where the agent can still copy it."""
    from agent_tui.text.redaction import mask_cards

    if texts:
        diagnostics.say("agent-tui: not kept, the database could not be written. The text was:")
    for text in texts:
        for line in mask_cards(text).text.split("\n"):
            diagnostics.say(line)


def share_heap() -> None:
    """Let all threads take memory where another gave it back. The C library of Linux gives each a
    heap of its own, and what a long list took in one is of no use to the others: 8 MB where
    everything is open. Python's small objects lie in one for all of them anyway."""
    import ctypes

    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
