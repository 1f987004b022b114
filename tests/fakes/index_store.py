"""An index store in plain lists, for people who are given one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from agent_tui.domain.rules.indexing import beginnings as beginnings_of
from agent_tui.domain.rules.indexing import entry_words, words_of_name
from agent_tui.domain.rules.indexing import roads as roads_of
from agent_tui.domain.values.finding import OpenMatter
from agent_tui.domain.values.index import (
    Answer,
    IndexEntry,
    Listing,
    Listings,
    Outline,
    Posting,
    Reference,
    Standing,
    WordField,
)

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

    is_aside = True

    def __init__(self, *known: Known) -> None:
        self.known = list(known)

    def size(self) -> int:
        return len(self.known)

    def version(self) -> int:
        return len(self.known)

    def words_on(self, roads: Collection[int]) -> Answer[Mapping[int, Sequence[str]]]:
        words = sorted(self._people())
        return lambda: {road: [word for word in words if road in roads_of(word)] for road in roads}

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        return {word: len(who) for word, who in self._people().items() if word in words}

    def starting(self, prefix: str, limit: int) -> Answer[tuple[Mapping[str, int], bool]]:
        found = [word for word in sorted(self._people()) if word.startswith(prefix)]
        return lambda: (self.counts(found[:limit]), len(found) >= limit)

    def postings(self, words: Collection[str]) -> list[Posting]:
        return [posting for posting in self._postings() if posting.word in words]

    def begun(self, beginnings: Collection[str]) -> list[int]:
        numbers = range(1, len(self.known) + 1)
        return [n for n in numbers if set(beginnings) <= begun_in(self.known[n - 1].name)]

    def begun_among(self, beginning: str, numbers: Sequence[int]) -> list[int]:
        return [n for n in sorted(numbers) if beginning in begun_in(self.known[n - 1].name)]

    def recent(self, limit: int) -> list[int]:
        return sorted(range(1, len(self.known) + 1), key=self._contact, reverse=True)[:limit]

    def in_contact(self, limit: int) -> list[int]:
        return [number for number in self.recent(limit) if self._contact(number) > NEVER]

    def _contact(self, number: int) -> datetime:
        return self.known[number - 1].last_contact_at or NEVER

    def waiting(self, limit: int) -> list[int]:
        waiting = [n for n, known in enumerate(self.known, start=1) if "waiting" in known.matters]
        return waiting[:limit]

    def pressing(self, limit: int) -> list[int]:
        return [n for n, known in enumerate(self.known, start=1) if known.matters][:limit]

    def holding(self, part: str) -> Sequence[int]:
        return sorted({found.number for found in self.references_holding(part, len(self.known))})

    def references_among(self, numbers: Sequence[int], part: str) -> list[Reference]:
        holding = self.references_holding(part, len(self.known))
        return [found for found in holding if found.number in numbers]

    def addresses_starting(self, prefixes: Sequence[str], limit: int) -> list[Reference]:
        found = self._references(lambda normal: normal.startswith(tuple(prefixes)), limit)
        return [reference for reference in found if reference.kind == "address"]

    def identified(self, written: str, customer_id: int | None) -> Answer[list[int]]:
        return lambda: [
            number
            for number, known in enumerate(self.known, start=1)
            if known.external_id == written or customer_id == number + 1000
        ]

    def pointed(
        self, *, cases: Sequence[str], starts: Sequence[str], ends: Sequence[str], limit: int
    ) -> Answer[list[Reference]]:
        begun = self._references(lambda normal: normal.startswith(tuple(starts)), limit)
        ended = self._references(lambda normal: normal.endswith(tuple(ends)), limit)
        return lambda: begun + ended

    def references_holding(self, part: str, limit: int) -> list[Reference]:
        return self._references(lambda normal: part in normal, limit)

    def outlines(self, numbers: Sequence[int]) -> Answer[list[Outline]]:
        found = [(number, self.known[number - 1]) for number in numbers]
        return lambda: [
            Outline(number, one.name, one.company, one.city, one.last_contact_at)
            for number, one in found
        ]

    def standings(self, numbers: Sequence[int], now: datetime) -> Answer[Mapping[int, Standing]]:
        found = [(number, self.known[number - 1]) for number in numbers]
        return lambda: {number: Standing(one.last_contact_at, one.matters) for number, one in found}

    def listings(self, numbers: Sequence[int]) -> Answer[Listings]:
        return lambda: Listings(self.version(), {each: self._listing(each) for each in numbers})

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
            known.references[0][1] if known.references else None,
        )

    def _references(self, fits: Callable[[str], bool], limit: int) -> list[Reference]:
        return [
            Reference(number, *reference)
            for number, known in enumerate(self.known, start=1)
            for reference in known.references
            if fits(reference[2])
        ][:limit]

    def _postings(self) -> list[Posting]:
        found: dict[tuple[str, int], list[int]] = {}
        for number, known in enumerate(self.known, start=1):
            entry = IndexEntry(number, known.name, known.company, known.city)
            words = (each for each in entry_words(entry) if each[0] <= WordField.CITY)
            for field, word in dict.fromkeys(words):
                found.setdefault((word, field), []).append(number)
        return [Posting(*key, numbers) for key, numbers in found.items()]

    def _people(self) -> dict[str, set[int]]:
        people: dict[str, set[int]] = {}
        for posting in self._postings():
            people.setdefault(posting.word, set()).update(posting.numbers)
        return people


def begun_in(name: str) -> set[str]:
    """The first letters of the words of a name."""
    return beginnings_of(words_of_name(name))
