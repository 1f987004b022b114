"""What a topic is, and where its `#` may stand."""

from __future__ import annotations

from itertools import takewhile
from unicodedata import category, normalize

STARTS = r"""(?<![^\s(\[{"'«„“‘,;:])"""
"""A regular expression: where the `#` of a topic may stand."""

_JOINERS = "\u200c\u200d"


def topic_of(word: str) -> tuple[str, int]:
    """Return the topic with which `word`, what follows the `#`, begins, and how long that is.

    A topic is letters, digits, `_` or `-` of any script, with at least one letter: `#12345` is an
    order number. It is case-folded, and empty where there is none.
    """
    marked = "".join(takewhile(_belongs, word))
    topic = marked.strip("-_")
    if not any(map(str.isalpha, topic)):
        return "", 0
    return normalize("NFC", topic.casefold()), len(marked)


def _belongs(character: str) -> bool:
    """Tell whether `character` may stand in a topic; vowel signs are marks, not letters."""
    return (
        character.isalnum()
        or character in "_-"
        or character in _JOINERS
        or category(character).startswith("M")
    )
