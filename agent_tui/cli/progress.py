"""How far something long has come: one line on the terminal, painted over itself."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable

from agent_tui.cli import diagnostics

SECONDS_BETWEEN = 0.1


class Progress:
    """The line of one file: rows, rows a second, percent. Where stderr is no terminal, nothing.

    `unit` is what is counted, where that is no row.
    """

    def __init__(
        self, label: str, *, unit: str = "row", timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._label = label
        self._unit = unit
        self._timer = timer
        self._begun = timer()
        self._painted_at = float("-inf")
        self._wanted = sys.stderr.isatty()

    def show(self, rows: int, share: float) -> None:
        """Paint the line; `share` of the file, between 0 and 1, has been read."""
        now = self._timer()
        if not self._wanted or now - self._painted_at < SECONDS_BETWEEN:
            return
        from agent_tui.text.cells import cut
        from agent_tui.text.counts import counted
        from agent_tui.text.hygiene import clean_line

        self._painted_at = now
        rate = rows / max(now - self._begun, 0.001)
        line = f"{share:4.0%}  {counted(rows, self._unit)}  {rate:,.0f} {self._unit}s/s  "
        line += self._label
        diagnostics.paint(cut(clean_line(line), shutil.get_terminal_size().columns - 1))

    def clear(self) -> None:
        """Take the line away."""
        if self._wanted:
            diagnostics.paint("")
