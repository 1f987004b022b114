"""Which characters of a shown text matched.

Words are matched in folded form, where one character may have become several letters (ß), none
(an apostrophe) or have lost its mark; positions lead back to the text as it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from unicodedata import category

from agent_tui.domain.rules.indexing import doubled
from agent_tui.domain.values.finding import Match
from agent_tui.domain.values.index import LONGEST_WORD, Listing, Outline
from agent_tui.search.customers import words_of
from agent_tui.search.reasons import Reason
from agent_tui.text import names
from agent_tui.text.unspaced import family_and_given

Range = tuple[int, int]
"""Characters of a shown text, half open."""

_PLAIN_WORD = re.compile("[a-z0-9]+")
_WHOLE = ("exact", "sound", "nickname")


def explain(reasons: Iterable[Reason], listing: Outline | Listing) -> tuple[Match, ...]:
    """One match a field and kind, in the order of the clues, with its positions."""
    shown = {"name": listing.name, "company": listing.company, "city": listing.city}
    matches: dict[tuple[str, str, str], Match] = {}
    for reason in reasons:
        if reason.field in shown:
            text = shown[reason.field] or ""
            ranges = _in_words(text, reason)
        elif reason.field == "address":
            text = reason.found
            ranges = _at_the_beginning(text, reason.typed)
        else:
            text = reason.found
            ranges = _in_reference(text, reason.typed)
        key = reason.field, reason.kind, text
        if key in matches:
            ranges = [*matches[key].positions, *ranges]
        matches[key] = Match(reason.field, reason.kind, text, _merged(ranges))
    return tuple(matches.values())


def _in_words(text: str, reason: Reason) -> Sequence[Range]:
    """Where the reason's word stands in `text`, and which of its letters were typed."""
    for word, origins in chain(_located(text), _located_inside(text)):
        if word == reason.found:
            if reason.kind in _WHOLE:
                return _in_a_row(text, origins)
            if reason.kind == "prefix":
                return _in_a_row(text, origins[: len(reason.typed)])
            return [origins[letter] for letter in _alike(reason.typed, word)]
    twice = [origins for word, origins in _located(text) if doubled(word) == reason.found]
    return list(chain.from_iterable(twice))


def _in_a_row(text: str, letters: Sequence[Range]) -> Sequence[Range]:
    """Letters as one range, where no apostrophe and no mark stands between them."""
    first, last = letters[0][0], letters[-1][1]
    return ((first, last),) if text.isascii() and last - first == len(letters) else letters


def _at_the_beginning(text: str, typed: str) -> list[Range]:
    """Where the words of `typed` stand with which those of `text` begin."""
    return [
        origins[letter]
        for (word, origins), begun in zip(_located(text), typed.split(), strict=False)
        for letter in range(len(begun) if word.startswith(begun) else 0)
    ]


def _alike(typed: str, found: str) -> Iterator[int]:
    """Which letters of the word that was found were typed."""
    from rapidfuzz.distance import Indel

    for step in Indel.opcodes(typed, found):
        if step.tag == "equal":
            yield from range(step.dest_start, step.dest_end)


@lru_cache(maxsize=512)
def _located(text: str) -> tuple[tuple[str, tuple[Range, ...]], ...]:
    """The indexed words of `text`, each with the characters that every letter came from.

    Empty where folding the characters one by one does not give the same words as folding the
    whole: then nothing is highlighted rather than the wrong thing.
    """
    indexed = words_of(text)
    if text.isascii():
        plain = tuple(
            (found[0], tuple((at, at + 1) for at in range(*found.span())))
            for found in _PLAIN_WORD.finditer(text.lower())
        )
        if tuple(word for word, _ in plain) == indexed:
            return plain
    words: list[tuple[str, list[Range]]] = []
    word, origins = "", list[Range]()
    for start, end in _characters(text):
        for place, piece in enumerate(_folded(text[start:end])):
            if place:
                words.append((word, origins))
                word, origins = "", []
            word += piece
            origins += [(start, end)] * len(piece)
    words.append((word, origins))
    located = tuple((word[:LONGEST_WORD], tuple(origins)) for word, origins in words if word)
    return located if tuple(word for word, _ in located) == indexed else ()


def _located_inside(name: str) -> Iterator[tuple[str, Sequence[Range]]]:
    """The words of the parts of a name that is written in one."""
    before = 0
    for part in family_and_given(name) or ():
        for word, origins in _located(part):
            yield word, [(before + start, before + end) for start, end in origins]
        before += len(part)


@lru_cache(maxsize=2_048)
def _folded(character: str) -> tuple[str, ...]:
    """What one character becomes inside of a text: letters, with an end of a word between them."""
    return tuple(names.fold(f"a{character}a")[1:-1].split(" "))


def _characters(text: str) -> Iterable[Range]:
    """Characters with the marks that follow them."""
    if text.isascii():
        yield from zip(range(len(text)), range(1, len(text) + 1), strict=True)
        return
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or category(text[place])[0] != "M":
            yield start, place
            start = place


def _in_reference(shown: str, typed: str) -> list[Range]:
    """Where the letters and digits of `typed` stand in a reference, whatever is between them.

    The longest ending of `typed` that is there counts: a national number as shown lacks the
    country that was typed.
    """
    signs = [(place, sign.casefold()) for place, sign in enumerate(shown) if sign.isalnum()]
    there = "".join(sign[:1] for _, sign in signs)
    sought = "".join(sign.casefold()[:1] for sign in typed if sign.isalnum())
    for skipped in range(len(sought)):
        at = there.rfind(sought[skipped:])
        if at >= 0:
            matched = signs[at : at + len(sought) - skipped]
            return [(place, place + 1) for place, _ in matched]
    return []


def _merged(ranges: Sequence[Range]) -> tuple[Range, ...]:
    """Ranges in order, touching ones as one."""
    if len(ranges) < 2:
        return tuple(ranges)
    merged: list[Range] = []
    for start, end in sorted(set(ranges)):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
