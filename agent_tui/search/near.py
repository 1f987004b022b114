"""Words of the dictionary that differ from a typed one by a slip or two.

The dictionary of distinct words is read at the first question that needs it and kept, since it is
small beside the register; words that were added later are read when there are any.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from agent_tui.domain.values.index import Word
from agent_tui.search.port import IndexStore


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the dictionary at `slips` slips; with `begins`, only its beginning is that near."""

    word: Word
    slips: int
    begins: bool = False


class NearWords:
    """The dictionary of one desk, in memory, by length.

    A slip is a letter missing, too many, wrong, or two neighbours swapped: the distance of optimal
    string alignment.
    """

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._newest = 0
        self._words: dict[str, Word] = {}
        self._by_length: dict[int, list[str]] = {}
        self._sorted: list[str] = []
        self._beginnings: dict[int, list[str]] = {}

    def refresh(self) -> None:
        """Read the words that were added since the last time."""
        added = self._store.words_after(self._newest)
        if not added:
            return
        for word in added:
            if word.text not in self._words:
                self._by_length.setdefault(len(word.text), []).append(word.text)
            self._words[word.text] = word
        self._newest = max(word.id for word in added)
        self._sorted = []
        self._beginnings = {}

    def near(self, typed: str, slips: int) -> list[Near]:
        """Words at one to `slips` slips from `typed`, nearest first, then those of most people."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found = []
        for length in range(len(typed) - slips, len(typed) + slips + 1):
            texts = self._by_length.get(length, ())
            for text, distance, _ in extract(
                typed, texts, scorer=OSA.distance, score_cutoff=slips, limit=None
            ):
                if distance:
                    found.append(Near(self._words[text], distance))
        return sorted(found, key=lambda near: (near.slips, -near.word.people, near.word.text))

    def near_beginnings(self, typed: str, limit: int) -> list[Near]:
        """Longer words whose beginning is one slip from `typed`, those of most people first."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found: dict[str, Near] = {}
        for length in (len(typed) - 1, len(typed), len(typed) + 1):
            for beginning, _, _ in extract(
                typed,
                self._beginnings_of(length),
                scorer=OSA.distance,
                score_cutoff=1,
                limit=None,
            ):
                for text in self._starting(beginning):
                    found.setdefault(text, Near(self._words[text], 1, begins=True))
        by_people = sorted(found.values(), key=lambda near: (-near.word.people, near.word.text))
        return by_people[:limit]

    def _in_order(self) -> list[str]:
        if not self._sorted:
            self._sorted = sorted(self._words)
        return self._sorted

    def _beginnings_of(self, length: int) -> list[str]:
        if length not in self._beginnings:
            distinct = dict.fromkeys(t[:length] for t in self._in_order() if len(t) > length)
            self._beginnings[length] = list(distinct)
        return self._beginnings[length]

    def _starting(self, beginning: str) -> Iterator[str]:
        words = self._in_order()
        place = bisect_left(words, beginning)
        while place < len(words) and words[place].startswith(beginning):
            yield words[place]
            place += 1
