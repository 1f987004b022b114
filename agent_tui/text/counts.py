"""How many of something, in words: `1 row`, `2 rows`."""

from __future__ import annotations


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun; `many` where that is not `one` with an s. Thousands are grouped."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
