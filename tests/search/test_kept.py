"""What is kept from one key to the next answers like asking anew."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values.index import Answer
from agent_tui.search.kept import Kept, KeptBeginnings
from tests.fakes.index_store import FakeIndexStore, Known

few_letters = st.text("abc", min_size=1, max_size=5)


def test_what_is_kept_again_weighs_once_and_the_oldest_goes_first() -> None:
    kept: Kept[str, str] = Kept(6, len)
    for _ in range(3):
        kept.keep("a", "aaa")
    kept.keep("b", "bbb")
    assert [kept.get(key) for key in ("b", "a")] == ["bbb", "aaa"]
    kept.keep("c", "c")
    assert [kept.get(key) for key in "abc"] == ["aaa", None, "c"]


class Counting(FakeIndexStore):
    """Counts how often it is asked for words that begin so."""

    asked = 0

    def starting(self, prefix: str, limit: int) -> Answer[tuple[Mapping[str, int], bool]]:
        self.asked += 1
        return super().starting(prefix, limit)


@given(
    st.lists(few_letters, min_size=1, max_size=30), st.lists(few_letters, max_size=12), st.data()
)
def test_beginnings_that_are_kept_are_those_that_would_be_read(
    names: list[str], typed: list[str], data: st.DataObject
) -> None:
    store = FakeIndexStore(*map(Known, names))
    kept = KeptBeginnings(store)
    fewest = data.draw(st.integers(1, 10))
    for prefix in typed:
        limit = fewest * len(prefix)
        assert kept.of(prefix, limit)() == store.starting(prefix, limit)()


def test_a_word_typed_on_is_not_asked_for_where_all_that_begin_so_are_known() -> None:
    store = Counting(Known("Katherine Smith"), Known("Kathryn Smyth"))
    kept = KeptBeginnings(store)
    for typed in ("k", "ka", "kat", "kath", "kathr"):
        kept.of(typed, 10)()
    assert store.asked == 1
    kept.forget()
    assert kept.of("kathr", 10)() == ({"kathryn": 1}, False)
    assert store.asked == 2
