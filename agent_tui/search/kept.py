"""What is kept from one key to the next: each key leaves the earlier words as they were.

Little is kept, and all of it is forgotten when the index changed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from functools import partial
from typing import Generic, TypeVar

from agent_tui.domain.values.index import Answer, Posting
from agent_tui.search.port import IndexStore

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_MOST_NUMBERS = 400_000
_MOST_COUNTS = 20_000
_MOST_BEGINNING = 12_000


class Kept(Generic[Key, Value]):
    """The last few answers to a question, up to a weight in all."""

    def __init__(self, most: int, weight: Callable[[Value], int] = lambda _: 1) -> None:
        self._most = most
        self._weight = weight
        self._total = 0
        self._answers: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        """The answer, if it is still kept."""
        if (found := self._answers.get(key)) is not None:
            self._answers.move_to_end(key)
        return found

    def keep(self, key: Key, value: Value) -> Value:
        """Keep an answer; those asked for longest ago go."""
        if (before := self._answers.pop(key, None)) is not None:
            self._total -= self._weight(before)
        self._answers[key] = value
        self._total += self._weight(value)
        while self._total > self._most and len(self._answers) > 1:
            _, gone = self._answers.popitem(last=False)
            self._total -= self._weight(gone)
        return value

    def forget(self) -> None:
        """Forget everything."""
        self._answers.clear()
        self._total = 0


class KeptPostings:
    """Who has a word, read once for as long as it is kept."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._kept: Kept[str, list[Posting]] = Kept(
            _MOST_NUMBERS, lambda found: 1 + sum(len(each.numbers) for each in found)
        )

    def of(self, words: Iterable[str]) -> dict[str, list[Posting]]:
        """The postings of each word."""
        found: dict[str, list[Posting]] = {}
        missing: list[str] = []
        for word in words:
            kept = self._kept.get(word)
            if kept is None:
                missing.append(word)
            found[word] = kept or []
        if missing:
            for posting in self._store.postings(missing):
                found[posting.word].append(posting)
            for word in missing:
                self._kept.keep(word, found[word])
        return found

    def forget(self) -> None:
        """Forget everything."""
        self._kept.forget()


class KeptCounts:
    """How many customers have a word, asked once for as long as it is kept."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._kept: dict[str, int] = {}

    def of(self, words: Collection[str]) -> dict[str, int]:
        """How many customers have each of the words; a word that nobody has is left out."""
        if missing := [word for word in words if word not in self._kept]:
            if len(self._kept) > _MOST_COUNTS:
                self.forget()
                missing = list(words)
            self._kept |= dict.fromkeys(missing, 0) | dict(self._store.counts(missing))
        return {word: count for word in words if (count := self._kept[word])}

    def forget(self) -> None:
        """Forget everything."""
        self._kept.clear()


class KeptBeginnings:
    """The words that begin so: where all of them are known, those of a longer beginning are too."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._kept: Kept[str, Mapping[str, int]] = Kept(_MOST_BEGINNING, len)

    def of(self, prefix: str, limit: int) -> Answer[tuple[Mapping[str, int], bool]]:
        """Like `IndexStore.starting`. The limit of a longer beginning is at least as high."""
        for length in range(len(prefix), 0, -1):
            if (known := self._kept.get(prefix[:length])) is not None:
                if length < len(prefix):
                    known = {word: known[word] for word in known if word.startswith(prefix)}
                there = known, False
                return lambda: there
        return partial(self._taken, prefix, self._store.starting(prefix, limit))

    def _taken(
        self, prefix: str, answer: Answer[tuple[Mapping[str, int], bool]]
    ) -> tuple[Mapping[str, int], bool]:
        words, more = answer()
        if not more:
            self._kept.keep(prefix, words)
        return words, more

    def forget(self) -> None:
        """Forget everything."""
        self._kept.forget()
