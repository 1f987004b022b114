"""What tests of the customer index share: everything in it, and what it must hold."""

from __future__ import annotations

from collections.abc import Sequence

from agent_tui.domain.rules.indexing import contact_pieces, entry_words, roads
from agent_tui.domain.values.index import ContactEntry, IndexEntry, WordField
from agent_tui.storage.packing import unpacked
from agent_tui.storage.reader import Reader

Index = tuple[dict[tuple[str, int], set[int]], dict[int, set[str]]]
"""Who has a word in a field, and the words on each road."""


def index_of(reader: Reader) -> Index:
    """Everything in the index."""
    postings: dict[tuple[str, int], set[int]] = {}
    for word, field, block, packed in reader.rows(
        "SELECT word, field, block, numbers FROM index_postings"
    ):
        numbers = unpacked(block, bytes(packed))
        assert list(numbers) == sorted(set(numbers)) != []
        postings.setdefault((word, field), set()).update(numbers)
    rows = reader.rows("SELECT road, words FROM index_roads")
    return postings, {road: set(words.split()) for road, words in rows}


def afresh(entries: Sequence[IndexEntry], contacts: Sequence[ContactEntry] = ()) -> Index:
    """What the index of these customers must be."""
    postings: dict[tuple[str, int], set[int]] = {}
    on: dict[int, set[str]] = {}
    for entry in entries:
        for field, word in entry_words(entry):
            postings.setdefault((word, field), set()).add(entry.number)
            for road in roads(word) if field <= WordField.CITY else ():
                on.setdefault(road, set()).add(word)
    for number, kind, normal in contacts:
        for field, piece in contact_pieces(kind, normal):
            postings.setdefault((piece, field), set()).add(number)
    return postings, on


def of_the_customers(reader: Reader) -> Index:
    """What the index must be of those who are in the register now."""
    people = reader.rows("SELECT number, name, company, city FROM customers")
    contacts = reader.rows(
        "SELECT c.number, p.kind, p.normal FROM customers c "
        "JOIN contact_points p ON p.customer_id = c.id"
    )
    return afresh([IndexEntry(*row) for row in people], [ContactEntry(*row) for row in contacts])
