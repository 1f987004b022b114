"""A small line of plain characters: the course of a share over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHTS = "▁▂▃▄▅▆▇█"
NOTHING = "·"
"""Where there was nothing to judge."""


def spark(shares: Sequence[float | None], cells: int) -> str:
    """The newest of the shares (0 to 1, the oldest first) that fit into so many cells, one a cell;
    a dot where there is none."""
    return "".join(map(_height, shares[-cells:] if cells > 0 else ()))


def _height(share: float | None) -> str:
    if share is None:
        return NOTHING
    return _HEIGHTS[max(0, min(len(_HEIGHTS) - 1, round(share * (len(_HEIGHTS) - 1))))]
