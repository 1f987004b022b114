"""An index store in plain lists, for people who are given one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from agent_tui.domain.rules.indexing import indexed_words
from agent_tui.domain.values.finding import OpenMatter
from agent_tui.domain.values.index import Listing, Posting, Reference, Word
from agent_tui.text import names

NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Known:
    """A customer of the fake; `references` are kind, shown value and normal form."""

    name: str
    company: str | None = None
    city: str | None = None
    references: tuple[tuple[str, str, str], ...] = ()
    last_contact_at: datetime | None = None
    matters: tuple[OpenMatter, ...] = ()
    external_id: str | None = None


class FakeIndexStore:
    """Customers by number, counted from 1; ids are a thousand more. New ones are seen at once."""

    def __init__(self, *known: Known) -> None:
        self.known = list(known)
        self._ids: dict[str, int] = {}

    def size(self) -> int:
        return len(self.known)

    def newest_word(self) -> int:
        return max((word.id for word in self._dictionary()), default=0)

    def words_after(self, word_id: int) -> list[Word]:
        return [word for word in self._dictionary() if word.id > word_id]

    def words_by_text(self, texts: Sequence[str]) -> list[Word]:
        return [word for word in self._dictionary() if word.text in texts]

    def words_starting(self, prefix: str, limit: int) -> list[Word]:
        starting = [word for word in self._dictionary() if word.text.startswith(prefix)]
        return sorted(starting, key=lambda word: word.text)[:limit]

    def words_sounding(self, sound: str, limit: int) -> list[Word]:
        return [word for word in self._dictionary() if names.sound(word.text) == sound][:limit]

    def postings(self, word_ids: Sequence[int], limit: int) -> list[Posting]:
        return [posting for posting in self._postings() if posting[0] in word_ids][:limit]

    def recent(self, limit: int) -> list[int]:
        return self.latest(range(1, len(self.known) + 1), limit)

    def recent_with(self, prefixes: Sequence[str], limit: int) -> list[int]:
        return [
            number
            for number in self.recent(len(self.known))
            if all(any(w.startswith(p) for w in self._words_of(number)) for p in prefixes)
        ][:limit]

    def latest_with(self, word_ids: Sequence[int], limit: int) -> list[int]:
        numbers = {number for word_id, _, number in self._postings() if word_id in word_ids}
        return self.latest(sorted(numbers), limit)

    def latest(self, numbers: Sequence[int], limit: int) -> list[int]:
        def contact(number: int) -> datetime:
            return self.known[number - 1].last_contact_at or NEVER

        return sorted(numbers, key=contact, reverse=True)[:limit]

    def references_starting(self, prefixes: Sequence[str], limit: int) -> list[Reference]:
        return self._references(lambda normal: normal.startswith(tuple(prefixes)), limit)

    def references_ending(self, endings: Sequence[str], limit: int) -> list[Reference]:
        return self._references(lambda normal: normal.endswith(tuple(endings)), limit)

    def references_holding(self, part: str, limit: int) -> list[Reference]:
        return self._references(lambda normal: part in normal, limit)

    def numbers_of(self, *, external_id: str, customer_id: int | None) -> list[int]:
        return [
            number
            for number, known in enumerate(self.known, start=1)
            if known.external_id == external_id or customer_id == number + 1000
        ]

    def listings(self, numbers: Sequence[int]) -> list[Listing]:
        return [self._listing(number) for number in numbers]

    def matters(
        self, numbers: Sequence[int], now: datetime
    ) -> Mapping[int, tuple[OpenMatter, ...]]:
        return {number: self.known[number - 1].matters for number in numbers}

    def best_contacts(self, numbers: Sequence[int]) -> Mapping[int, str]:
        return {
            number: self.known[number - 1].references[0][1]
            for number in numbers
            if self.known[number - 1].references
        }

    def _listing(self, number: int) -> Listing:
        known = self.known[number - 1]
        return Listing(
            number,
            number + 1000,
            "fake",
            known.external_id,
            known.name,
            known.company,
            known.city,
            known.last_contact_at,
        )

    def _references(self, fits: Callable[[str], bool], limit: int) -> list[Reference]:
        return [
            Reference(number, *reference)
            for number, known in enumerate(self.known, start=1)
            for reference in known.references
            if fits(reference[2])
        ][:limit]

    def _postings(self) -> list[Posting]:
        return sorted(
            {
                (self._ids.setdefault(word, len(self._ids) + 1), field, number)
                for number, known in enumerate(self.known, start=1)
                for field, text in enumerate((known.name, known.company, known.city), start=1)
                for word in indexed_words(text or "")
            }
        )

    def _words_of(self, number: int) -> set[str]:
        ids = {word_id for word_id, _, who in self._postings() if who == number}
        return {text for text, word_id in self._ids.items() if word_id in ids}

    def _dictionary(self) -> list[Word]:
        people: dict[int, set[int]] = {}
        for word_id, _, number in self._postings():
            people.setdefault(word_id, set()).add(number)
        return [
            Word(word_id, text, len(people.get(word_id, ()))) for text, word_id in self._ids.items()
        ]
