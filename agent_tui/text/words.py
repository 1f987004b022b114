"""Words as the search in what was said takes them: runs of letters and digits, folded."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ACCENTS = re.compile("(?<=[A-Za-z])[\u0300-\u0331]+")
_ALIKE = str.maketrans("ςµſ", "σμs")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in their order: in lower case, Latin letters without accents.

    What is no letter and no number parts them, marks such as vowel signs included.
    """
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
    letters = (letter if _is_of_words(letter) else " " for letter in plain.lower())
    return tuple("".join(letters).translate(_ALIKE).split())


def stand_in(asked: tuple[str, ...], words: tuple[str, ...], *, is_beginning: bool) -> bool:
    """Whether words stand in a text one after the other; the last may go on there where
    `is_beginning`. Both are folded. No words stand nowhere."""
    if not asked:
        return False
    *first, last = asked
    for at in range(len(words) - len(first)):
        if words[at : at + len(first)] == tuple(first):
            here = words[at + len(first)]
            if here == last or (is_beginning and here.startswith(last)):
                return True
    return False


@lru_cache(maxsize=4_096)
def _is_of_words(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LN"
