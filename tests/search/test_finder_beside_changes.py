"""What a finder keeps from key to key is never that of an index which changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import pytest

from agent_tui.domain.values.index import Answer, Listings, Standing
from agent_tui.errors import Interrupted
from agent_tui.search.finder import Finder
from tests.fakes.index_store import FakeIndexStore, Known

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
JOHN = Known("John Smith")
JOAN = Known("Joan Smith")


class Meanwhile(FakeIndexStore):
    """Somebody else does something whenever listings are read; `asked` counts these reads."""

    def __init__(self, *known: Known) -> None:
        super().__init__(*known)
        self.does: Callable[[], None] = lambda: None
        self.asked = 0

    def listings(self, numbers: Sequence[int]) -> Answer[Listings]:
        self.asked += 1
        self.does()
        return super().listings(numbers)


def names(finder: Finder, query: str) -> list[str]:
    return [hit.name for hit in finder.find(query).hits]


@pytest.fixture
def store() -> Meanwhile:
    return Meanwhile(JOHN)


@pytest.fixture
def finder(store: Meanwhile) -> Finder:
    return Finder(store, region=None, now=lambda: NOW)


def test_an_index_that_stays_as_it_is_is_asked_once(store: Meanwhile, finder: Finder) -> None:
    assert names(finder, "smith") == ["John Smith"]
    assert store.asked == 1


def test_who_is_added_while_a_question_is_answered_is_in_the_answer(
    store: Meanwhile, finder: Finder
) -> None:
    assert names(finder, "smith") == ["John Smith"]

    def add_once() -> None:
        store.does = lambda: None
        store.known.append(JOAN)

    store.does = add_once
    assert names(finder, "smith") == ["John Smith", "Joan Smith"]
    assert finder.find("smith").register_size == 2


def test_who_was_added_since_the_last_question_is_found(store: Meanwhile, finder: Finder) -> None:
    assert names(finder, "smith") == ["John Smith"]
    store.known.append(JOAN)
    assert names(finder, "smith") == ["John Smith", "Joan Smith"]


def test_what_an_interrupted_question_kept_is_not_taken_for_that_of_a_later_index(
    store: Meanwhile, finder: Finder
) -> None:
    def interrupt() -> None:
        raise Interrupted("a newer question took its place")

    store.does = interrupt
    with pytest.raises(Interrupted):
        finder.find("smith")
    store.does = lambda: None
    store.known.append(JOAN)
    assert names(finder, "smith") == ["John Smith", "Joan Smith"]


def test_a_question_is_answered_though_the_index_changes_all_the_time(
    store: Meanwhile, finder: Finder
) -> None:
    store.does = lambda: store.known.append(JOAN)
    assert "John Smith" in names(finder, "smith")
    assert store.asked == 2


def test_what_is_listed_is_as_it_is_now_whatever_is_known_from_the_key_before(
    store: Meanwhile, finder: Finder
) -> None:
    assert finder.find("smi").hits[0].last_contact_at is None
    # Nothing of this is in the index, whose version stays as it was.
    store.known[0] = Known(
        "Jo'hn Smith",
        references=(("phone", "+44 1", "441"),),
        last_contact_at=NOW,
        matters=("promise",),
    )
    [hit] = finder.find("smith").hits
    assert (hit.name, hit.contact, hit.last_contact_at) == ("Jo'hn Smith", "+44 1", NOW)
    assert hit.matters == ("promise",)
    assert [hit.name[first:last] for why in hit.why for first, last in why.positions] == ["Smith"]


def test_who_is_gone_since_the_key_before_is_not_listed(store: Meanwhile, finder: Finder) -> None:
    store.known.append(JOAN)
    assert names(finder, "smi") == ["John Smith", "Joan Smith"]
    standings = store.standings

    def without_the_first(numbers: Sequence[int], now: datetime) -> Answer[Mapping[int, Standing]]:
        return standings([number for number in numbers if number > 1], now)

    store.standings = without_the_first  # type: ignore[method-assign]
    assert names(finder, "smith") == ["Joan Smith"]
