"""Dense numbers packed: two bytes each, in blocks of 65,536 customers, lowest first."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

BYTES = 2
"""What a number takes in its block."""

_BITS = 8 * BYTES
_IN_BLOCK = (1 << _BITS) - 1
_MOST_SINGLY = 16
"""Up to so many changes are made one by one; for more the block is made anew."""


def block_of(number: int) -> int:
    """The block in which a number lies."""
    return number >> _BITS


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers of one block, ascending and each once, as bytes."""
    return _bytes(array("H", map(_IN_BLOCK.__and__, numbers)))


def unpacked(block: int, packed_numbers: bytes) -> array[int]:
    """The numbers of one block."""
    places = _places(packed_numbers)
    if block == 0:
        return array("I", places)
    return array("I", map((block << _BITS).__add__, places))


def in_blocks(numbers: Collection[int]) -> Iterator[tuple[int, bytes]]:
    """Numbers in any order, some perhaps twice: each block with its bytes."""
    for block, members in groupby(sorted(set(numbers)), block_of):
        yield block, packed(members)


def changed(packed_numbers: bytes, added: Collection[int], removed: Collection[int]) -> bytes:
    """A block with numbers put in and taken out; what is there or gone already stays so."""
    places = _places(packed_numbers)
    if len(added) + len(removed) > _MOST_SINGLY:
        gone = {number & _IN_BLOCK for number in removed}
        come = {number & _IN_BLOCK for number in added}
        return _bytes(array("H", sorted(set(places) - gone | come)))
    for number in removed:
        at = bisect_left(places, number & _IN_BLOCK)
        if places[at : at + 1] == array("H", [number & _IN_BLOCK]):
            del places[at]
    for number in added:
        at = bisect_left(places, number & _IN_BLOCK)
        if places[at : at + 1] != array("H", [number & _IN_BLOCK]):
            places.insert(at, number & _IN_BLOCK)
    return _bytes(places)


def _places(packed_numbers: bytes) -> array[int]:
    places = array("H")
    places.frombytes(packed_numbers)
    if sys.byteorder == "big":
        places.byteswap()
    return places


def _bytes(places: array[int]) -> bytes:
    if sys.byteorder == "big":
        places.byteswap()
    return places.tobytes()
