"""What the customer index must hold, read from the customers themselves, in the index's order.

Memory holds the words of one block of customers at a time, however many blocks there are; those of
the others lie sorted in a file meanwhile.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from agent_tui.domain.rules.indexing import (
    beginnings,
    indexed_words,
    inside_of,
    roads,
    words_of_name,
)
from agent_tui.domain.values.index import WordField
from agent_tui.storage.packing import IN_BLOCK, block_of, packed
from agent_tui.storage.reader import Reader, Row
from agent_tui.storage.runs import Runs

PAGE = 8_192
"""Customers read at once; a block is some such pages."""
_WORDS = 10_000
"""Whose roads are sorted at once."""

Told = Callable[[int], None]
"""Called with how many customers were read."""


class _Mentions(dict[str, Callable[[int], None]]):
    """By word of one field how to add the place in its block of one more who has it; ascending,
    and each once. What adds is kept, and not the places: it is looked up for every mention."""

    def __missing__(self, word: str) -> Callable[[int], None]:
        add = self[word] = array("H").append
        return add

    def take(self, word: str) -> bytes:
        """The places of a word, packed; they are kept no longer."""
        return packed(self.pop(word).__self__)  # type: ignore[attr-defined]


def set_postings_aside(reader: Reader, runs: Runs, told: Told) -> None:
    """Read all customers and set the rows of postings aside, a run for each block."""
    with _unmapped(reader):
        _set_postings_aside(reader, runs, told)


def _set_postings_aside(reader: Reader, runs: Runs, told: Told) -> None:
    newest = reader.row("SELECT max(number) FROM customers")
    last = int(newest[0] or 0) if newest else 0
    for block in range(block_of(last) + 1):
        first = block * (IN_BLOCK + 1)
        found = {int(field): _Mentions() for field in WordField}
        for start in range(first, min(first + IN_BLOCK, last) + 1, PAGE):
            told(_add_names(reader, found, start))
            _add_pieces(reader, found, start)
        runs.add(
            (field, word, block, words.take(word))
            for field, words in found.items()
            for word in sorted(words)
        )


@contextmanager
def _unmapped(reader: Reader) -> Iterator[None]:
    """A block that reads everything once: a file that is mapped would stay in memory with all of
    its pages, which nobody asks for again."""
    if reader.is_postgres:
        yield
        return
    before = reader.row("PRAGMA mmap_size")
    reader.row("PRAGMA mmap_size = 0")
    try:
        yield
    finally:
        if before:
            reader.row(f"PRAGMA mmap_size = {int(before[0])}")


def set_roads_aside(postings: Iterable[Row], runs: Runs) -> Iterator[Row]:
    """Pass the rows of postings on, and set the roads of the words that go by aside meanwhile."""
    words: list[str] = []
    for (field, word), rows in groupby(postings, itemgetter(0, 1)):
        yield from rows
        if field <= WordField.CITY:
            words.append(word)
            if len(words) == _WORDS:
                runs.add(_roads_of(words))
                words.clear()
    runs.add(_roads_of(words))


def as_roads(runs: Runs) -> Iterator[tuple[int, str]]:
    """The rows of roads that were set aside, in the order of their key."""
    for road, rows in groupby(runs.merged(), itemgetter(0)):
        words = {word for _, some in rows for word in some.split()}
        yield road, " ".join(sorted(words))


def _roads_of(words: Iterable[str]) -> Iterator[tuple[int, str]]:
    by_road: dict[int, list[str]] = {}
    for word in words:
        for road in roads(word):
            by_road.setdefault(road, []).append(word)
    for road in sorted(by_road):
        yield road, " ".join(by_road.pop(road))


def _add_names(reader: Reader, found: dict[int, _Mentions], first: int) -> int:
    """The words of names, companies and cities of a page; returns how many customers it has."""
    rows = reader.rows(
        "SELECT number, name, company, city FROM customers "
        "WHERE number >= :first AND number < :beyond ORDER BY number",
        first=first,
        beyond=first + PAGE,
    )
    names, companies = found[WordField.NAME], found[WordField.COMPANY]
    cities, begun = found[WordField.CITY], found[WordField.BEGINNING]
    for number, name, company, city in rows:
        place = number & IN_BLOCK
        named = words_of_name(name)
        for word in dict.fromkeys(named):
            names[word](place)
        for letters in beginnings(named):
            begun[letters](place)
        if company:
            for word in _words(company):
                companies[word](place)
        if city:
            for word in _words(city):
                cities[word](place)
    return len(rows)


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    """Each word once."""
    return tuple(dict.fromkeys(indexed_words(text)))


def _add_pieces(reader: Reader, found: dict[int, _Mentions], first: int) -> None:
    """The pieces of the contact points of a page."""
    rows = reader.rows(
        "SELECT c.number, p.kind, p.normal FROM customers c "
        "JOIN contact_points p ON p.customer_id = c.id "
        "WHERE c.number >= :first AND c.number < :beyond AND p.kind <> 'address' "
        "ORDER BY c.number",
        first=first,
        beyond=first + PAGE,
    )
    pieces, domains = found[WordField.PIECE], found[WordField.DOMAIN]
    for number, points in groupby(rows, itemgetter(0)):
        place = number & IN_BLOCK
        insides: set[str] = set()
        hosts: set[str] = set()
        for _, kind, normal in points:
            inside, domain = inside_of(kind, normal)
            insides |= inside
            if domain:
                hosts.add(domain)
        for piece in insides:
            pieces[piece](place)
        for host in hosts:
            domains[host](place)
