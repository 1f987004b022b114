"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 40


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like `word`, of which 40 characters count; None where none
    is near."""
    near = get_close_matches(word[:_LONGEST], list(known), n=1, cutoff=0.6)
    return near[0] if near else None
