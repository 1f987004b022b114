"""Chance that is the same on every machine and in every version of Python.

Whole numbers only: they are cut from a BLAKE2b digest (RFC 7693) of the seed, of what is thrown
for, and of its number. `random` promises less, and the logarithms of two machines may differ.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Generic, TypeVar

_DIGEST_BYTES = 64
_TOO_LITTLE = 1 << 64
"""Below this the rest of a digest is thrown away, so that no throw is noticeably uneven."""

Any_ = TypeVar("Any_")


class Dice:
    """The throws for one thing: its first, second and third are always the same."""

    __slots__ = ("_digests", "_key", "_pool")

    def __init__(self, seed: int, about: str, number: int = 0) -> None:
        """`about` says what is thrown for, `number` which of its kind; neither is negative."""
        self._key = f"{seed}/{about}/{number}".encode()
        self._digests = 0
        self._pool = int.from_bytes(blake2b(self._key, digest_size=_DIGEST_BYTES).digest())

    def under(self, limit: int) -> int:
        """A whole number from 0 up to, and without, `limit`, which is at most 2**32."""
        if self._pool < _TOO_LITTLE:
            self._digests += 1
            more = b"%b+%d" % (self._key, self._digests)
            self._pool = int.from_bytes(blake2b(more, digest_size=_DIGEST_BYTES).digest())
        self._pool, thrown = divmod(self._pool, limit)
        return thrown

    def percent(self, share: int) -> bool:
        """True `share` times in a hundred."""
        return self.under(100) < share

    def one_of(self, things: Sequence[Any_]) -> Any_:
        """One of several, each as likely as the others."""
        return things[self.under(len(things))]

    def early(self, limit: int) -> int:
        """A number under `limit`, small ones far more often than large ones."""
        return self.under(self.under(limit) + 1)


class Weighted(Generic[Any_]):
    """Things of which some come up more often than others."""

    def __init__(self, things: Sequence[Any_], weights: Sequence[int]) -> None:
        """`weights` are whole numbers, one for each of the `things`."""
        self.things = things
        self._upto = list(accumulate(weights))

    def draw(self, dice: Dice) -> Any_:
        """One of them."""
        return self.things[bisect(self._upto, dice.under(self._upto[-1]))]


def falling(count: int, flat: int) -> list[int]:
    """Weights that fall as those of names do: the n-th has 1/(n + `flat`) (Zipf, Mandelbrot)."""
    return [1_000_000_000 // (place + flat) for place in range(1, count + 1)]
