"""What the customer index must hold, read from the customers themselves, in the index's order."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from agent_tui.domain.rules.indexing import contact_pieces, indexed_words, roads
from agent_tui.domain.values.index import WordField
from agent_tui.storage.packing import in_blocks
from agent_tui.storage.reader import Reader, Row

PAGE = 10_000

Told = Callable[[int], None]
"""Called with how many customers were read."""

Mentions = dict[int, dict[str, "array[int]"]]
"""By field and word the dense numbers of who has it, in the order in which they were read."""


def names_of_people(reader: Reader, told: Told) -> Mentions:
    """All words of names, companies and cities."""
    found: Mentions = {WordField.NAME: {}, WordField.COMPANY: {}, WordField.CITY: {}}
    fields = [found[WordField.NAME], found[WordField.COMPANY], found[WordField.CITY]]
    for page in _pages(reader, "number, name, company, city"):
        for _, number, *texts in page:
            for words, text in zip(fields, texts, strict=True):
                if text:
                    for word in _words(text):
                        _add(words, word, number)
        told(len(page))
    return found


def pieces_of_contacts(reader: Reader, told: Told, *, phones: bool) -> Mentions:
    """All pieces of telephone numbers, or those of all other contact points."""
    found: Mentions = {WordField.PIECE: {}, WordField.DOMAIN: {}}
    kinds = "kind = 'phone'" if phones else "kind NOT IN ('phone', 'address')"
    for page in _pages(reader, "number"):
        number_of: dict[int, int] = dict(map(tuple, page))
        rows = reader.rows(
            "SELECT customer_id, kind, normal FROM contact_points "
            f"WHERE customer_id >= :first AND customer_id <= :last AND {kinds}",
            first=page[0][0],
            last=page[-1][0],
        )
        for customer_id, kind, normal in rows:
            if number := number_of.get(customer_id):
                for field, piece in contact_pieces(kind, normal):
                    numbers = found[field].get(piece)
                    if numbers is None:
                        found[field][piece] = array("I", (number,))
                    else:
                        numbers.append(number)
        told(len(page))
    return found


def as_postings(found: Mentions) -> Iterator[tuple[int, str, int, bytes]]:
    """The rows of postings, in the order of their key; `found` is used up, word by word."""
    for field in sorted(found):
        words = found[field]
        for word in sorted(words):
            for block, numbers in in_blocks(words.pop(word)):
                yield field, word, block, numbers


def as_roads(words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The rows of roads, in the order of their key."""
    by_road: dict[int, list[str]] = {}
    for word in sorted(words):
        for road in roads(word):
            by_road.setdefault(road, []).append(word)
    for road in sorted(by_road):
        yield road, " ".join(by_road.pop(road))


def _pages(reader: Reader, columns: str) -> Iterator[list[Row]]:
    """All customers, each row led by the id, in the order of ids."""
    after = -(2**63)
    while page := reader.rows(
        f"SELECT id, {columns} FROM customers WHERE id > :after ORDER BY id LIMIT {PAGE}",
        after=after,
    ):
        yield page
        after = page[-1][0]


def _add(words: dict[str, array[int]], word: str, number: int) -> None:
    numbers = words.get(word)
    if numbers is None:
        words[word] = array("I", (number,))
    else:
        numbers.append(number)


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(indexed_words(text))
