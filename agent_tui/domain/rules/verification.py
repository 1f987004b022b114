"""How a caller was verified is kept as a method; what they answered is never written down."""

from __future__ import annotations

from unicodedata import category

from agent_tui.domain.values.verification import METHOD_LIMIT, VERIFICATIONS
from agent_tui.errors import Refused

_BETWEEN = frozenset(" '’-")
"""What may stand between the letters of a method."""


def method_of(words: str) -> str:
    """The method that clean words name: one of the list, or one's own in a few words.

    Raises Refused for what looks like an answer. Own words are letters alone, and few: digits and
    signs are what numbers, dates and “the name: X” are made of.
    """
    known = next((method for method in VERIFICATIONS if words.casefold() == method), None)
    if known is not None:
        return known
    wrong = _looks_like_an_answer(words)
    if wrong is not None:
        raise Refused(f"write by which method, never what they answered: {wrong}")
    return words


def _looks_like_an_answer(words: str) -> str | None:
    if any(letter.isdigit() for letter in words):
        return "no digits"
    if not all(_is_of_a_word(letter) for letter in words):
        return "letters alone"
    return f"at most {METHOD_LIMIT} letters" if len(words) > METHOD_LIMIT else None


def _is_of_a_word(letter: str) -> bool:
    """A letter, what stands between letters, or a mark on one, as vowels are in many scripts."""
    return letter.isalpha() or letter in _BETWEEN or category(letter).startswith("M")
