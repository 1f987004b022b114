"""Which rows of a file came by already, in eight bytes a row."""

from __future__ import annotations

from array import array

_SHELVES = 1 << 14
"""A million rows are some sixty to a shelf, which is looked through in about a microsecond."""


class SeenRows:
    """Digests of rows (16 hexadecimal digits each).

    A set of them would take ten times the room, which for a file of millions that brings nothing
    new is most of what its import needs.
    """

    def __init__(self) -> None:
        self._shelves: dict[int, array[int]] = {}

    def add(self, digest: str) -> None:
        """Remember a row. One that comes twice takes its room twice: looking first costs more."""
        number = int(digest, 16)
        shelf = self._shelves.get(number % _SHELVES)
        if shelf is None:
            shelf = self._shelves[number % _SHELVES] = array("Q")
        shelf.append(number)

    def __contains__(self, digest: str) -> bool:
        number = int(digest, 16)
        return number in self._shelves.get(number % _SHELVES, ())
