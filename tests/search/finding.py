"""What tests of the finder share: a finder over made-up people."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice, product

from agent_tui.domain.values.finding import Found
from agent_tui.search.finder import Finder
from tests.fakes.index_store import FakeIndexStore, Known

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
PHONE = ("phone", "020 7946 0018", "+442079460018")

KATHERINE = Known("Katherine Smith", "Northwind Ltd", "London", (PHONE,))
KATHRYN = Known("Kathryn Smyth", None, "Leeds", (("phone", "020 7946 0999", "+442079460999"),))
AVA = Known("Ava Nguyen", None, "Denver", (("email", "Mia_Li@x.com", "mia_li@x.com"),))
JOSE = Known("José Müßig", "O'Brien & Söhne", "Köln", (("order", "#W2611340", "W2611340"),))
MARY = Known("Mary Ann van Dyke", external_id="rec-7")
JOHN = Known("John Smith", None, "Leeds", (("case:enquiry", "C-4711", "C4711"),))
THOMAS = Known("Thomas James", "Ava Foods")
JAMES = Known("James Thomas")
SERGEI = Known("Сергей Иванов")
EVERYBODY = (KATHERINE, KATHRYN, AVA, JOSE, MARY, JOHN, THOMAS, JAMES, SERGEI)


def finder(*known: Known, region: str | None = "GB") -> Finder:
    return Finder(FakeIndexStore(*known), region=region, now=lambda: NOW)


def found_names(found: Found) -> list[str]:
    return [hit.name for hit in found.hits]


def words_beginning(with_: str, count: int) -> list[str]:
    """So many words that begin alike, none of them like another."""
    pairs = product("abcdefghijklmnopqrstuvwxyz", repeat=2)
    return [f"{with_}{one}{other}st" for one, other in islice(pairs, count)]
