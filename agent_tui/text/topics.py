"""Finds the `#topic` marks in a note."""

from __future__ import annotations

import re
from itertools import takewhile
from unicodedata import category, normalize

_MARK = re.compile(r"""(?<![^\s(\[{"'«„“‘,;:])#(\S+)""")
_JOINERS = "\u200c\u200d"


def topics_in(note: str) -> list[str]:
    """Return the topics marked in `note`, case-folded, each once, in the order they were written.

    A mark is a `#` at the start of a word, directly followed by letters, digits, `_` or `-` of any
    script, with at least one letter: `#12345` is an order number. Any text will do.
    """
    topics = ("".join(takewhile(_belongs, found[1])).strip("-_") for found in _MARK.finditer(note))
    named = (topic for topic in topics if any(map(str.isalpha, topic)))
    return list(dict.fromkeys(normalize("NFC", topic.casefold()) for topic in named))


def _belongs(character: str) -> bool:
    """Tell whether `character` may stand in a topic; vowel signs are marks, not letters."""
    return (
        character.isalnum()
        or character in "_-"
        or character in _JOINERS
        or category(character).startswith("M")
    )
