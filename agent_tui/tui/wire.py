"""The way to the terminal: what stands there already is not sent again."""

from __future__ import annotations

from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from agent_tui.tui.thrift import Thrift


class ThriftyDriver(LinuxDriver):
    """Textual's driver, sparing of what it writes."""

    _thrift: Thrift | None = None

    def write(self, data: str) -> None:
        """Write what of this is not on the screen yet."""
        if self._thrift is None:
            self._thrift = Thrift()
        super().write(self._thrift.thin(data))

    def forget(self) -> None:
        """The terminal may show anything: its size has changed."""
        if self._thrift is not None:
            self._thrift.forget()


def thrifty(driver: type[Driver]) -> type[Driver]:
    """The driver to be used in the place of Textual's choice: the sparing one where that is the
    one for Linux and macOS."""
    return ThriftyDriver if driver is LinuxDriver else driver
