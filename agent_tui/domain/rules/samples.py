"""A sample of conversations as one says it to a colleague: how many, the seed, and up to when.

`10 417 2026-11-22T14:02` is drawn the same on every desk, as long as the same is filtered. The
moment is in UTC, so that it means the same wherever it is typed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from agent_tui.errors import BadInput

MOST = 500
LARGEST_SEED = 2**63 - 1
_MOMENT = "%Y-%m-%dT%H:%M"


class Draw(NamedTuple):
    """What is drawn: so many, by a seed, of what was opened before a moment; None is any seed, or
    now."""

    size: int
    seed: int | None = None
    until: datetime | None = None


def read_draw(text: str) -> Draw:
    """What the words ask for. Raises BadInput saying what is wrong with them."""
    size, *rest = text.split() or [""]
    if len(rest) > 2:
        raise BadInput("a number, and for the same draw again its seed and its moment")
    seed = _whole(rest[0], "a seed", LARGEST_SEED) if rest else None
    if len(rest) < 2:
        return Draw(_whole(size, "how many", MOST, least=1), seed)
    try:
        until = datetime.strptime(rest[1].rstrip("Zz"), _MOMENT).replace(tzinfo=UTC)
    except ValueError as error:
        raise BadInput(f"“{rest[1]}” is no moment such as 2026-11-22T14:02") from error
    return Draw(_whole(size, "how many", MOST, least=1), seed, until)


def write_draw(size: int, seed: int, until: datetime) -> str:
    """The words that draw the same again."""
    return f"{size} {seed} {until.astimezone(UTC):{_MOMENT}}"


def _whole(word: str, what: str, most: int, least: int = 0) -> int:
    # Longer ones than any that is taken are not even read.
    if word.isascii() and word.isdigit() and len(word) <= len(str(most)):
        number = int(word)
        if least <= number <= most:
            return number
    raise BadInput(f"{what} is a whole number from {least} to {most:,}")
