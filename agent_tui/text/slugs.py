"""Slugs: words as they stand in an address or an id, `book-the-visit`."""

from __future__ import annotations

from collections.abc import Container
from unicodedata import category, normalize

LONGEST = 80


def slug(text: str) -> str:
    """The letters and digits of a text, of any script, in small letters, with `-` between words.

    At most 80 characters; empty where there is no letter or digit. A slug is its own slug.
    """
    folded = normalize("NFKC", normalize("NFKC", text).casefold())
    words = "".join(letter if _belongs(letter) else " " for letter in folded).split()
    return "-".join(words)[:LONGEST].strip("-") if any(map(str.isalnum, folded)) else ""


def free_slug(stem: str, taken: Container[str]) -> str:
    """The stem, or where that is taken the stem with the first number that is free: `visit-2`."""
    free, count = stem, 1
    while free in taken:
        count += 1
        free = f"{stem}-{count}"
    return free


def _belongs(character: str) -> bool:
    """Vowel signs are marks, not letters."""
    return character.isalnum() or category(character).startswith("M")
