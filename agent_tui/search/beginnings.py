"""In whose names words begin so: with one letter or two, as soon as they are typed.

So many people have a name with the first letters of a word that is hardly begun that their words
are not listed, and their names not read.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent_tui.search.cutting import Costs, Cut
from agent_tui.search.port import IndexStore

_FEW_FIRST = 800
_MOST_FIRST = 4_000
"""Among how many of those to look at first names that begin so are looked for."""

_ENOUGH = 24
"""So many of those who come first are all that is read."""


class Beginnings:
    """Asks the index for them, of those first who come first."""

    def __init__(self, store: IndexStore, cut: Cut) -> None:
        self._store = store
        self._cut = cut
        self.forget()

    def forget(self) -> None:
        """Forget what was kept, since the index changed."""
        self._kept: tuple[Costs, dict[str, Sequence[int]]] = {}, {}

    def of_all(self, letters: Sequence[str], enough: int) -> Sequence[int]:
        """In whose names words begin with each of some: of those to look at first if they are
        enough, else of all customers."""
        for most in (_FEW_FIRST, _MOST_FIRST):
            first: Sequence[int] = self._cut.first(most)
            for each in letters:
                first = self._store.begun_among(each, first)
            if len(first) >= enough:
                return first
        return self._store.begun(letters)

    def among(self, costs: Costs, letters: str) -> Sequence[int]:
        """Those of some customers in whose names a word begins so; where they are very many,
        perhaps only those of them who come first."""
        if len(costs) > _MOST_FIRST:
            first = self._store.begun_among(letters, self._cut.cheapest(costs, _MOST_FIRST))
            if len(first) >= _ENOUGH:
                return first
        if self._kept[0] is not costs:
            self._kept = costs, {"": list(costs)}
        # The customers stay the same ones while the other word is typed on.
        kept = self._kept[1]
        if letters not in kept:
            shorter = kept.get(letters[:-1], kept[""])
            kept[letters] = self._store.begun_among(letters, shorter)
        return kept[letters]
