"""Hand an address to the browser of whoever sits at the screen, without touching the terminal."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

PATIENCE_S = 5.0
"""A browser that has not answered by then is starting."""
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


async def browse(address: str) -> bool:
    """Open an address; whether anything was found to open it with.

    In a process of its own with no terminal: what a browser writes would fall into the screen, and
    one that runs in a terminal would take it over.
    """
    nowhere = asyncio.subprocess.DEVNULL
    with suppress(OSError):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _OPEN,
            address,
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            start_new_session=True,
        )
        try:
            return await asyncio.wait_for(process.wait(), PATIENCE_S) == 0
        except TimeoutError:
            return True
    return False
