"""What is said in the lowest rows of the screen, above the keys and below what is typed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from agent_tui.text.cells import wrap_lines
from agent_tui.tui.widgets.ink import plain, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.notifications import Notification
    from textual.screen import Screen

    from agent_tui.tui.app import DeskApp

ROWS = 2
"""So many rows above the keys hold no text of anybody: a frame, and what a note makes."""
ROWS_ON_FRAME = 1
"""So many are left while the frame says something urgent: its upper edge."""
KEYS = 1
"""The rows of the keys, below all that is said."""
_JOINER = "\u200d"
_BESIDE = 3
"""Cells of a row that its words do not have: the sign of its severity, and a cell on each side."""


class Toasts:
    """Says things as plain text, in few rows, and takes back what holds no more."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app

    def say(self, said: Notification) -> None:
        """Something is said, its title before it; what stands there makes room."""
        words = f"{said.title} · {said.message}" if said.title else said.message
        cells, rows = self._app.size.width, self._rows
        self._stand_clear()
        said.title, said.message, said.markup = "", shortened(words, cells, rows), False
        for one in [one for one in self._app.said if one.message == said.message]:
            self._take_back(one)
        for one in giving_way((*self._app.said, said), cells, rows):
            self._take_back(one)

    def unsay(self, words: str) -> None:
        """Something that was said holds no more: it need not stand any longer."""
        said = shortened(words, self._app.size.width, self._rows)
        for one in [one for one in self._app.said if one.message == said]:
            self._take_back(one)

    def uncover_frame(self) -> None:
        """The frame of the note says something urgent: what covers it is said in fewer rows."""
        self._stand_clear()
        for one in [*self._app.said]:
            if shortened(one.message, self._app.size.width, ROWS_ON_FRAME) != one.message:
                self._take_back(one)
                self._app.notify(
                    one.message, severity=one.severity, timeout=one.timeout, markup=False
                )

    @property
    def _rows(self) -> int:
        return ROWS_ON_FRAME if self._app.desk_screen.is_frame_urgent else ROWS

    def _take_back(self, said: Notification) -> None:
        """It stands no longer. Textual would leave the row in which it stood, empty."""
        for screen in self._app.screen_stack:
            for row in screen.query("ToastHolder"):
                if any(getattr(one, "_notification", None) is said for one in row.children):
                    row.remove()
        self._app.stop_saying(said)

    def _stand_clear(self) -> None:
        """What is said stands above the keys; while the frame of the note says something urgent,
        and the row above it how the text is saved, upon the upper edge of that frame."""
        desk, below = self._app.desk_screen, KEYS
        if desk.is_frame_urgent:
            below = max(KEYS, self._app.size.height - desk.note_line.region.y - 1)
        screens: tuple[Screen[Any], ...] = (desk, self._app.screen)
        for screen in screens:
            for rack in screen.query("ToastRack"):
                rack.styles.margin = (0, 0, below, 0)


def giving_way(
    standing: Sequence[Notification], cells: int, rows: int = ROWS
) -> list[Notification]:
    """Those that the newest, the last one, leaves no room for in so many rows of so many cells:
    others before what went wrong, and older ones before newer ones."""
    *others, newest = standing
    room = rows - _rows(newest, cells)
    gone = []
    for one in sorted(others, key=lambda one: (one.severity != "error", -one.raised_at)):
        taken = _rows(one, cells)
        if taken > room:
            gone.append(one)
        room -= min(taken, max(room, 0))
    return gone


def shortened(words: str, cells: int, at_most: int = ROWS) -> str:
    """The words, with nothing in them that acts on a terminal, or as much of them as there are
    rows for. What joins several pictures to one is left out: Textual cuts a row that covers several
    panes at each of their edges, also in the middle of such a picture."""
    words, most = "\n".join(map(plain, words.split("\n"))), max(1, cells - _BESIDE)
    words = words.replace(_JOINER, "")
    rows = list(islice(wrap_lines(words, most), at_most + 1))
    return words if len(rows) <= at_most else "\n".join(wrapped(words, most, at_most=at_most))


def _rows(one: Notification, cells: int) -> int:
    return sum(1 for _row in islice(wrap_lines(one.message, max(1, cells - _BESIDE)), ROWS))
