"""What an import remembers of the rows that came by."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.services.import_seen import SeenRows

digests = st.one_of(
    st.integers(0, 2**64 - 1),
    st.integers(0, 3).map(lambda place: place << 14),  # all on one shelf
).map("{:016x}".format)


@given(st.lists(digests), st.lists(digests))
def test_it_knows_the_rows_that_came_and_no_others(came: list[str], others: list[str]) -> None:
    seen = SeenRows()
    for digest in came:
        seen.add(digest)
    assert [digest in seen for digest in came + others] == [
        digest in set(came) for digest in came + others
    ]


def test_a_row_takes_some_ten_bytes() -> None:
    rows = 200_000
    made = [f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}" for number in range(rows)]
    tracemalloc.start()
    try:
        seen = SeenRows()
        for digest in made:
            seen.add(digest)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert made[0] in seen
    assert held / rows < 25  # of them sixteen thousand empty shelves take half
