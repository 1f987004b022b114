"""How much may stand in the lowest rows of the screen, over the keys and below what is typed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from agent_tui.text.cells import wrap_lines
from agent_tui.tui.widgets.ink import plain, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.notifications import Notification

ROWS = 3
"""So many rows at the lower edge hold no text of anybody: the keys, a frame, what a note makes."""
ROWS_BELOW_FRAME = 1
"""So many are left while the frame itself says something urgent."""
_BESIDE = 3
"""Cells of a row that its words do not have: the sign of its severity, and a cell on each side."""


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
    rows for."""
    words, most = "\n".join(map(plain, words.split("\n"))), max(1, cells - _BESIDE)
    rows = list(islice(wrap_lines(words, most), at_most + 1))
    return words if len(rows) <= at_most else "\n".join(wrapped(words, most, at_most=at_most))


def _rows(one: Notification, cells: int) -> int:
    return sum(1 for _row in islice(wrap_lines(one.message, max(1, cells - _BESIDE)), ROWS))
