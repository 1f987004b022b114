"""Readings of a query in which the slip hit the space: words glued together, also with a letter in
the place of the space, or torn apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from agent_tui.search.clues import MOST_CLUES, Clue, Reading
from agent_tui.search.spellings import Speller

_FEWEST_TO_REJOIN = 3
_SHORTEST_TO_SPLIT = 5
_SHORTEST_PIECE = 2
_SHORTEST_MISSPELT = 6
_MOST_SPLITS = 3
_PARTICLES = frozenset(("al", "d", "el", "fitz", "mac", "mc", "o", "st"))
"""What many surnames begin with, and some people write apart."""

_LIKELIER_LEFT_OUT = 20
"""How many times likelier it is that the space was left out than that a letter was hit instead."""


def closed_up(reading: Reading, speller: Speller) -> Iterator[Reading]:
    """Readings that are as likely as the one that was typed: `o brien` as one word where a word is
    that or begins so, and names in a script that puts no space into them where somebody has it."""
    for place in range(len(reading) - 1):
        one, other = reading[place : place + 2]
        if one.word is None or other.word is None:
            continue
        words = [one.word + other.word] if one.word in _PARTICLES else []
        if one.unspaced and other.unspaced:
            words = list(speller.known([one.word + other.word, other.word + one.word]))
        for word in words:
            spelled = speller.spellings(word, last=other.last)
            if spelled.listed and spelled.listed[0].kind in ("exact", "prefix"):
                yield (*reading[:place], Clue(word, last=other.last), *reading[place + 2 :])


def rejoined(reading: Reading, speller: Speller) -> list[Reading]:
    """Readings with two neighbours as one word that somebody has: where three clues or more are
    only nearly met, one of them may be a piece of a word."""
    if not len(reading) >= _FEWEST_TO_REJOIN:
        return []
    pairs = {
        place: one.word + other.word
        for place, (one, other) in enumerate(pairwise(reading))
        if one.word is not None and other.word is not None
    }
    known = speller.known(list(pairs.values()))
    return [
        (*reading[:place], Clue(word, last=reading[place + 1].last), *reading[place + 2 :])
        for place, word in pairs.items()
        if word in known
    ]


def respaced(reading: Reading, speller: Speller) -> list[Reading]:
    """Other readings: two neighbours joined, or one word split where both pieces are known."""
    return _joined(reading, speller) + _split(reading, speller)


def _joined(reading: Reading, speller: Speller) -> list[Reading]:
    readings = []
    for place in range(len(reading) - 1):
        one, other = reading[place : place + 2]
        if one.word is None or other.word is None:
            continue
        # Where both names are written in one, the one that is said last may come first.
        for word, last in ((one.word + other.word, other.last), (other.word + one.word, True)):
            spelled = speller.spellings(word, last=last)
            kinds = ("exact", "prefix", "near")[: 2 if len(word) < _SHORTEST_MISSPELT else 3]
            if spelled.listed and spelled.listed[0].kind in kinds:
                together = Clue(word, last=last)
                readings.append((*reading[:place], together, *reading[place + 2 :]))
    return readings


def _split(reading: Reading, speller: Speller) -> list[Reading]:
    cuts = [
        (place, clue.word[:letters], clue.word[letters + dropped :], dropped)
        for place, clue in enumerate(reading)
        if clue.word is not None and len(clue.word) >= _SHORTEST_TO_SPLIT
        for dropped in (0, 1)
        for letters in range(_SHORTEST_PIECE, len(clue.word) - _SHORTEST_PIECE - dropped + 1)
    ]
    if not cuts or len(reading) >= MOST_CLUES:
        return []
    words = {place: clue.word for place, clue in enumerate(reading) if clue.word is not None}
    known = speller.known(
        sorted({piece for _, *pieces, _ in cuts for piece in pieces}.union(words.values()))
    )
    # What more people are called than have one of the pieces was hardly meant to be two words.
    likely = [
        (place, left, right, dropped)
        for place, left, right, dropped in cuts
        if min(known.get(left, 0), known.get(right, 0)) > known.get(words[place], 0)
    ]

    def place_in_turn(cut: tuple[int, str, str, int]) -> tuple[float, tuple[int, str, str, int]]:
        people = min(known[cut[1]], known[cut[2]])
        return -people / _LIKELIER_LEFT_OUT if cut[3] else -people, cut

    likely.sort(key=place_in_turn)
    first_of_each = {place: [left, right] for place, left, right, _ in reversed(likely)}
    splits = [{place: [left, right]} for place, left, right, _ in likely[:_MOST_SPLITS]]
    if len(first_of_each) > 1:
        splits.append(first_of_each)
    return [_with(reading, split) for split in splits]


def _with(reading: Reading, split: dict[int, list[str]]) -> Reading:
    return tuple(
        piece
        for place, clue in enumerate(reading)
        for piece in (map(Clue, split[place]) if place in split else (clue,))
    )
