"""The word that was probably meant, and whether a name is a slip of another."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 40


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like `word`, of which 40 characters count; None where none
    is near."""
    near = get_close_matches(word[:_LONGEST], list(known), n=1, cutoff=0.6)
    return near[0] if near else None


def is_slip(word: str, meant: str) -> bool:
    """Whether one letter too many, too few or wrong, or two the wrong way round, parts two names.

    That is a distance of one by F. J. Damerau (A technique for computer detection and correction of
    spelling errors, Communications of the ACM 7, 1964). Names that differ in digits are two names.
    """
    if word == meant or _digits(word) != _digits(meant):
        return False
    short, long = sorted((word, meant), key=len)
    if len(long) - len(short) > 1:
        return False
    pairs = zip(short, long, strict=False)
    at = next((n for n, (one, other) in enumerate(pairs) if one != other), len(short))
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    swapped = short[:at] + short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long


def _digits(word: str) -> str:
    return "".join(letter for letter in word if letter.isdecimal())
