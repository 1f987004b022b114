"""Words as the search in what was said takes them: runs of letters and digits, folded."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ACCENTS = re.compile("(?<=[A-Za-z])[\u0300-\u0331]+")
_RUNS = re.compile("[^\x00-/:-@\\[-`{-\x7f]+")
"""What ASCII's signs part for certain."""
_LETTERS = re.compile("[\\W\\w][\u0300-\u036f]*")
_ALIKE = str.maketrans("ςµſ", "σμs")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in their order: in lower case, Latin letters without accents.

    What is no letter and no number parts them, marks such as vowel signs included.
    """
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
    letters = (letter if _is_of_words(letter) else " " for letter in plain.lower())
    return tuple("".join(letters).translate(_ALIKE).split())


def words_and_places(text: str) -> list[tuple[str, int, int]]:
    """The words of a text in their order, each with where it stands: from which character up to
    which. Where folding moves letters about, the whole run in which a word stands is its place."""
    found: list[tuple[str, int, int]] = []
    for run in _RUNS.finditer(text):
        found += _in_run(run[0], run.start())
    return found


def _in_run(run: str, begin: int) -> list[tuple[str, int, int]]:
    if run.isascii():
        return [(run.lower(), begin, begin + len(run))]
    words = words_of(run)
    found: list[list[int]] = []
    is_open = False
    for one in _LETTERS.finditer(run):
        if words_of(one[0]):
            if is_open:
                found[-1][1] = one.end()
            else:
                found.append([one.start(), one.end()])
        is_open = bool(words_of(one[0]))
    if tuple("".join(words_of(run[start:end])) for start, end in found) != words:
        return [(word, begin, begin + len(run)) for word in words]
    return [
        (word, begin + start, begin + end) for word, (start, end) in zip(words, found, strict=True)
    ]


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
