"""What each side gave, in times and in money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Given:
    """What one side gave: how often, and the money in it, exactly, by currency (ISO 4217).

    `money` stands in the order of the currencies; what was given without an amount, or with one
    of no known currency, is counted in `times` alone.
    """

    times: int = 0
    money: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """What we gave and what they gave, in the last twelve months and ever."""

    ours: Given
    theirs: Given
    ours_ever: Given
    theirs_ever: Given
