"""Copy a text out of the program, into the clipboard of whoever sits at the terminal.

A terminal takes it as OSC 52 (xterm, *Control Sequences*, "Manipulate Selection Data"). tmux keeps
that from the terminal unless it is set up to pass it on; its own `load-buffer -w` puts the text
into its buffer and hands it on in the way that the terminal outside knows.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from agent_tui.text.cells import cut
from agent_tui.text.hygiene import clean_text, is_clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

    from agent_tui.tui.app import DeskApp

TMUX = ("tmux", "load-buffer", "-w", "-")
PATIENCE_S = 2.0
SHOWN_CELLS = 40


class Clipboard(Protocol):
    """Where copied texts go."""

    async def take(self, text: str) -> str:
        """Take a text; returns in words which way it went."""


class TerminalClipboard:
    """The clipboard of the terminal in which the app runs, reached through tmux where that lies
    between."""

    def __init__(self, app: App[int], environment: Mapping[str, str] | None = None) -> None:
        self._app = app
        self._environment = os.environ if environment is None else environment

    async def take(self, text: str) -> str:
        """Hand the text to tmux, or to the terminal where there is none or it refuses."""
        if self._environment.get("TMUX"):
            if await _handed_to_tmux(text):
                return "copied through tmux"
            self._app.copy_to_clipboard(text)
            return "tmux did not take it; handed to the terminal (OSC 52)"
        self._app.copy_to_clipboard(text)
        return "handed to the terminal (OSC 52)"


async def _handed_to_tmux(text: str) -> bool:
    """Whether tmux has it in its buffer now."""
    pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *TMUX, stdin=pipe, stdout=nowhere, stderr=nowhere
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(text.encode()), PATIENCE_S)
    except (TimeoutError, OSError):
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        return False
    return process.returncode == 0


def copy_text(app: DeskApp, text: str, what: str = "the text") -> None:
    """Copy a text whose card numbers are masked already, and say that it was done, and how.

    `what` names it in words. Nothing in the copy acts where it is pasted, whoever wrote it.
    """
    text = text if is_clean(text) else clean_text(text, len(text) * 8)
    if not text.strip():
        app.notify(f"There is nothing in {what}.", markup=False)
        return

    async def copy() -> None:
        way = await app.clipboard_outside.take(text)
        shown = cut(" ".join(text.split()), SHOWN_CELLS)
        app.notify(f"“{shown}”", title=f"{what[0].upper()}{what[1:]}: {way}", markup=False)

    app.run_worker(copy(), group="clipboard", name=f"copying {what}")
