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
        super().write(self._known.thin(data))

    def resized(self, columns: int, rows: int) -> None:
        """The terminal has this size now, and may show anything."""
        self._known.resized(columns, rows)

    @property
    def _known(self) -> Thrift:
        if self._thrift is None:
            self._thrift = Thrift()
        return self._thrift


def thrifty(driver: type[Driver]) -> type[Driver]:
    """The driver to be used in the place of Textual's choice: the sparing one where that is the
    one for Linux and macOS."""
    return ThriftyDriver if driver is LinuxDriver else driver
