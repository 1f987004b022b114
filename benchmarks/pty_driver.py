"""A program in a real pseudo terminal: type into it, look at its screen, count what it writes.

The screen is emulated by pyte. Moments are those of `time.monotonic`, taken when bytes are read,
before they are interpreted, so that the emulation is no part of what is measured.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence

import pyte

PATIENCE_S = 10.0
_CHUNK = 65_536

DOWN, END = "\x1b[B", "\x1b[F"
F1, F4 = "\x1bOP", "\x1bOS"
CTRL_D, ENTER, ESCAPE = "\x04", "\r", "\x1b"


_OTHERS = ("NO_COLOR", "LC_ALL", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
"""Settings that would speak before the terminal itself, of colours, encoding and size; and those of
the interpreter that nobody has who runs what is installed: to compile at every start, and to send
each piece of what is written by itself."""


def environment(**more: str) -> dict[str, str]:
    """The environment of a full-colour terminal, free of the settings of whoever runs this."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AGENT_TUI_", "TEXTUAL")) and name not in _OTHERS
    }
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"} | more


class Terminal:
    """One program and its terminal of `size` columns and rows. Use it as a context.

    `written` holds every byte that the program wrote; `wrote_at` is when the last of them came.
    """

    def __init__(
        self, argv: Sequence[str], *, size: tuple[int, int] = (120, 40), env: Mapping[str, str]
    ) -> None:
        self.columns, self.rows = size
        self.written = bytearray()
        self._screen = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self._screen)
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
        self.started_at = self.wrote_at = time.monotonic()
        self.process = subprocess.Popen(
            argv,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=env,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self._ours >= 0:
            os.close(self._ours)

    def type(self, text: str) -> float:
        """Type a text, or the sequence of a key; returns the moment."""
        at = time.monotonic()
        os.write(self._ours, text.encode())
        return at

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as its window or its line would."""
        os.close(self._ours)
        self._ours = -1

    def row(self, y: int) -> str:
        """One row of the screen."""
        cells = self._screen.buffer[y]
        return "".join(cells[x].data for x in range(self.columns)).rstrip()

    @property
    def shown(self) -> str:
        """The screen as text."""
        return "\n".join(self.row(y) for y in range(self.rows))

    def read(self, timeout_s: float) -> bool:
        """Take all that has been written, waiting for the first byte; False where none came."""
        came = bytearray()
        while select.select([self._ours], [], [], 0 if came else timeout_s)[0]:
            try:
                chunk = os.read(self._ours, _CHUNK)
            except OSError:  # the program's end of a Linux terminal is closed
                break
            if not chunk:
                break
            self.wrote_at = time.monotonic()
            came += chunk
        self.written += came
        self._stream.feed(bytes(came))
        return bool(came)

    def until(self, *texts: str, gone: str | None = None, within_s: float = PATIENCE_S) -> float:
        """Wait until the screen shows all texts, and not `gone`; returns when it was written."""

        def holds() -> bool:
            shown = self.shown
            return all(text in shown for text in texts) and (gone is None or gone not in shown)

        return self.wait_for(holds, f"{texts} (without {gone!r})", within_s)

    def wait_for(
        self, holds: Callable[[], bool], what: str = "it", within_s: float = PATIENCE_S
    ) -> float:
        """Wait until something holds of the screen; returns when it was written."""
        end = time.monotonic() + within_s
        while not holds():
            if not self.read(max(0.0, min(0.5, end - time.monotonic()))):
                gone = self.process.poll()
                assert gone is None, f"the program ended ({gone}) before {what}\n{self.shown}"
            assert time.monotonic() < end, f"never saw {what} in\n{self.shown}"
        return self.wrote_at

    def rest(self, quiet_s: float = 0.15, each: Callable[[], None] = lambda: None) -> None:
        """Wait until nothing is written for a while; `each` is called after whatever is."""
        while self.read(quiet_s):
            each()

    def gone(self, within_s: float = PATIENCE_S) -> float:
        """Wait until the program has ended, reading what it still says; returns the moment."""
        end = time.monotonic() + within_s
        watch = os.pidfd_open(self.process.pid)
        try:
            while not select.select([watch], [], [], 0)[0]:
                assert time.monotonic() < end, f"the program goes on:\n{self.shown}"
                if select.select([watch, self._ours], [], [], 0.5)[0] == [self._ours]:
                    self.read(0)
            at = time.monotonic()
            self.read(0)
        finally:
            os.close(watch)
        self.process.wait()
        return at
