"""Giving the terminal back to the shell for a while, and coming back (ctrl+z, then `fg`)."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent_tui.tui.app import DeskApp

WRITES_END_WITHIN_S = 3.0
"""How long it waits for the database: a desk that stops in the middle of a write would hold up
everybody else's."""
LOOKS_EVERY_S = 0.005
SAYS_FOR_S = 8


async def pause(app: DeskApp) -> None:
    """Stop until the shell says to go on; what was typed is on disk before that."""
    if not _has_shell():
        app.notify(
            "This terminal runs the desk alone: nothing could bring it back.",
            title="Not stopped",
            timeout=SAYS_FOR_S,
            markup=False,
        )
        return
    app.keep_typed()
    end = time.monotonic() + WRITES_END_WITHIN_S
    while app.is_writing:
        if time.monotonic() > end:
            app.notify(
                "The database does not answer, and what was typed is not kept yet.",
                title="Not stopped",
                severity="error",
                timeout=SAYS_FOR_S,
                markup=False,
            )
            return
        await asyncio.sleep(LOOKS_EVERY_S)
    with app.suspend():
        # Whoever started the desk, such as make, stops with it: the whole job does.
        os.kill(0, signal.SIGTSTP)


def _has_shell() -> bool:
    """Whether a shell with job control waits behind the desk: such a shell gives every job a
    process group of its own, apart from that of the session's first process."""
    return os.getpgrp() != os.getsid(0)
