"""The way to the terminal and from it: what stands there already is not sent again, a paste is no
keys, and nobody who leaves waits for a key."""

from __future__ import annotations

import fcntl
import os
import selectors
import struct
import termios
import time
from contextlib import suppress
from types import FunctionType, SimpleNamespace

from textual.constants import ESCAPE_DELAY
from textual.driver import Driver
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from agent_tui.tui.paste_parser import PasteParser
from agent_tui.tui.thrift import Thrift

_KEY_ENDS_WITHIN_S = 1.0 + ESCAPE_DELAY
"""So long after a lone Esc it was certainly taken for one."""

Events = list[tuple[selectors.SelectorKey, int]]


class ThriftyDriver(LinuxDriver):
    """Textual's driver, sparing of what it writes, and quick to let go of the terminal."""

    _thrift: Thrift | None = None
    _wakes: int | None = None
    """What is written here wakes whoever waits for a key."""
    _selector: WokenSelector | None = None

    def write(self, data: str) -> None:
        """Write what of this is not on the screen yet."""
        super().write(self._known.thin(data))

    def resized(self, columns: int, rows: int) -> None:
        """The terminal has this size now, and may show anything."""
        self._known.resized(columns, rows)

    def run_input_thread(self) -> None:
        """Read the terminal until it is let go.

        Textual's own way, but for its parser, to which a paste may be keys, and for how it waits:
        its selector looks up ten times a second all day and, once the terminal is let go, waits for
        nothing as long again, which is most of the time to quit.
        """
        woken, self._wakes = os.pipe()
        selector = self._selector = WokenSelector(woken)
        waits = SimpleNamespace(SelectSelector=lambda: selector, EVENT_READ=selectors.EVENT_READ)
        as_textual = FunctionType(
            LinuxDriver.run_input_thread.__code__,
            vars(linux_driver) | {"selectors": waits, "XTermParser": PasteParser},
        )
        try:
            as_textual(self)
        finally:
            wakes, self._wakes = self._wakes, None
            os.close(wakes)
            os.close(woken)

    def has_more(self) -> bool:
        """Whether something was typed that nobody has been told of yet."""
        try:
            [waiting] = struct.unpack("i", fcntl.ioctl(self.fileno, termios.FIONREAD, bytes(4)))
        except OSError:
            return False
        return waiting > 0 or (self._selector is not None and not self._selector.is_waiting)

    def disable_input(self) -> None:
        """Let go of the terminal: whoever waits for a key is woken."""
        if self._wakes is not None:
            with suppress(OSError):
                os.write(self._wakes, b"\0")
        super().disable_input()

    @property
    def _known(self) -> Thrift:
        if self._thrift is None:
            self._thrift = Thrift()
        return self._thrift


class WokenSelector(selectors.SelectSelector):
    """Waits for a terminal, and looks up once something can be read from `woken`; waits no more
    when the terminal is unregistered."""

    def __init__(self, woken: int) -> None:
        super().__init__()
        self._woken = woken
        self._heard = time.monotonic()
        self.is_waiting = False
        """Whether all that came was taken and dealt with."""
        self.register(woken, selectors.EVENT_READ)

    def select(self, timeout: float | None = None) -> Events:
        """What came from the terminal: within so many seconds while something came lately, since
        it may be the beginning of a key that has to be made an end of; else whenever it comes."""
        if len(self.get_map()) == 1:
            return []
        if time.monotonic() - self._heard > _KEY_ENDS_WITHIN_S:
            timeout = None
        self.is_waiting = True
        heard = [event for event in super().select(timeout) if event[0].fd != self._woken]
        if heard:
            self.is_waiting = False
            self._heard = time.monotonic()
        return heard


def thrifty(driver: type[Driver]) -> type[Driver]:
    """The driver to be used in the place of Textual's choice: the sparing one where that is the
    one for Linux and macOS."""
    return ThriftyDriver if driver is LinuxDriver else driver
