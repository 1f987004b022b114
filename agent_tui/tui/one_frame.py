"""A change of the screen that is painted once, when its answer is here, instead of twice."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

AT_MOST_S = 0.05
"""Most answers come in a third of this; what takes longer is worth a frame that says *Loading…*."""


class OneFrame:
    """Holds back the painting of a screen until what was asked for has come, or for 50 ms.

    A frame of a whole screen costs as much as many answers do; painted while the answer is read,
    it makes both come late.
    """

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._held = ExitStack()
        self._count = 0

    def hold(self, app: App[int]) -> None:
        """Paint nothing from now on, for 50 ms at most."""
        self.release()
        self._held.enter_context(app.batch_update())
        count = self._count
        self._screen.set_timer(AT_MOST_S, lambda: self._lasts_too_long(count))

    def release(self) -> None:
        """Paint what has changed."""
        self._count += 1
        self._held.close()

    def _lasts_too_long(self, count: int) -> None:
        if count == self._count:
            self.release()
