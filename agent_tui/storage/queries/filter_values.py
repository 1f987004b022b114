"""The values of a filter as parameters of a query, each under a name of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any


@dataclass(slots=True)
class Bound:
    """Values that were bound so far, by their names."""

    on_postgres: bool = False
    values: dict[str, Any] = field(default_factory=dict)

    def __call__(self, value: Any) -> str:
        """Bind a value; returns what stands for it in SQL."""
        name = f"f{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def seconds(self, count: int) -> str:
        """Bind a length of time, to be compared with a difference of two moments."""
        return self(timedelta(seconds=count) if self.on_postgres else count * 1_000_000)


EACH = "LIMIT 1 OFFSET 0"
"""At the end of what is to be looked up for each interaction by itself: without it PostgreSQL may
gather all there is of a table first, which takes longer the more there is."""


def one_among(column: str, values: Sequence[Any], bound: Bound) -> str:
    """`column IN (...)`; false for no values."""
    if not values:
        return "1 = 0"
    return f"{column} IN ({', '.join(bound(value) for value in values)})"
