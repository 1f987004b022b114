"""Family names: a few that everybody knows, the lists, and a long tail of made-up ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from agent_tui.crowd.dice import Dice, Weighted, falling

_FLAT = 12
_WORLD = 0
"""The seed of names: which there are does not depend on the seed of the people."""
_SHORTEST, _LONGEST = 4, 12
_TRIES = 20


class Families:
    """The family names of one country, in the order of how many people have them.

    Behind the `known` ones come `invented` ones, made of the beginning of one and the end of
    another, parted before a consonant that a vowel follows: Schubert and Wagner make Schuner.
    """

    def __init__(self, name: str, known: Sequence[str], *, invented: int, vowels: str) -> None:
        self._name = name
        self._known = known
        self._all = frozenset(known)
        parted = re.compile(f"(?<=..)(?=[^\\W\\d_{vowels}][{vowels}].)", re.IGNORECASE)
        self._heads: list[str] = []
        self._tails: list[str] = []
        for family in known if invented else ():
            if family.isalpha() and family[1:].islower():
                for cut in parted.finditer(family):
                    self._heads.append(family[: cut.start()])
                    self._tails.append(family[cut.start() :])
        count = len(known) + (invented if self._heads else 0)
        self._ranks = Weighted(range(count), falling(count, _FLAT))
        self._made = lru_cache(maxsize=2_000)(self._make)

    def draw(self, dice: Dice) -> str:
        """One family name, as often as it occurs."""
        rank = self._ranks.draw(dice)
        return self._known[rank] if rank < len(self._known) else self._made(rank)

    def _make(self, rank: int) -> str:
        dice = Dice(_WORLD, f"family {self._name}", rank)
        for _ in range(_TRIES):
            made = dice.one_of(self._heads) + dice.one_of(self._tails)
            if _SHORTEST <= len(made) <= _LONGEST and made not in self._all:
                return made
        return dice.one_of(self._known)


def of_women(family: str, endings: Sequence[tuple[str, str]]) -> str:
    """The form of a family name that women bear; `endings` are those of men and of women."""
    for of_men, of_women in endings:
        if family.endswith(of_men):
            return family[: len(family) - len(of_men)] + of_women
    return family
