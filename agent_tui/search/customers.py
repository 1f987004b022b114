"""Customers as far as clues are compared with them, kept from one key to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import inf
from time import monotonic

from agent_tui.domain.rules.indexing import indexed_words, words_inside, words_of_name
from agent_tui.domain.values.index import Answer, Outline, WordField
from agent_tui.search.port import IndexStore

_MOST = 2_000
_FOR_S = 5.0

Timer = Callable[[], float]
"""Seconds of a clock that only goes forward."""

Fields = tuple[tuple[WordField, tuple[str, ...]], ...]
"""The words of a customer by field, of those fields that have any."""


class Known:
    """A customer whose outline was read."""

    __slots__ = ("_fields", "outline")

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._fields: Fields | None = None

    @property
    def fields(self) -> Fields:
        """Their words; taken apart once, when they are compared first."""
        if self._fields is None:
            _, name, company, city, _ = self.outline
            named = _words_of_name(name)
            others = (WordField.COMPANY, company), (WordField.CITY, city)
            fields = [(place, words_of(text)) for place, text in others if text]
            self._fields = (WordField.NAME, named), *fields
        return self._fields


class KnownCustomers:
    """The customers who were read in the last seconds. What is known of them says whom to list;
    when they were in contact may be some moments old."""

    def __init__(self, store: IndexStore, timer: Timer = monotonic) -> None:
        self._store = store
        self._timer = timer
        self._known: dict[int, Known] = {}
        self._until = -inf

    def forget(self) -> None:
        """Forget everybody."""
        self._known.clear()

    def forget_old(self) -> None:
        """Forget everybody when it is time to, or when they are many."""
        if (now := self._timer()) > self._until or len(self._known) > _MOST:
            self._known.clear()
            self._until = now + _FOR_S

    def get(self, number: int) -> Known | None:
        """A customer who was read."""
        return self._known.get(number)

    def read(self, numbers: Sequence[int]) -> Answer[list[Known]]:
        """Those of some customers who were not read yet. Who is gone is left out."""
        unread = [number for number in numbers if number not in self._known]
        if not unread:
            return list
        answer = self._store.outlines(unread)

        def told() -> list[Known]:
            read = [Known(outline) for outline in answer()]
            self._known |= {each.outline.number: each for each in read}
            return read

        return told

    def latest(self, numbers: Sequence[int], room: int) -> list[int]:
        """Of some customers those with the latest contact."""
        self.read(numbers)()
        there = [number for number in numbers if number in self._known]
        return sorted(there, key=self.recency)[:room]

    def recency(self, number: int) -> tuple[float, int]:
        """What sorts customers who were read by their latest contact; who was in none is last."""
        contact = self._known[number].outline.last_contact_at
        return -contact.timestamp() if contact else inf, number


@lru_cache(maxsize=8_000)
def words_of(text: str) -> tuple[str, ...]:
    """The indexed words of a shown text, kept for the next key."""
    return tuple(indexed_words(text))


@lru_cache(maxsize=8_000)
def _words_of_name(name: str) -> tuple[str, ...]:
    return tuple(words_of_name(name))


@lru_cache(maxsize=8_000)
def words_inside_of(name: str) -> tuple[str, ...]:
    """The indexed words of the parts of a name that is written in one, kept for the next key."""
    return tuple(words_inside(name))
