"""One is one, and all else are several."""

from __future__ import annotations

import pytest

from agent_tui.text.counts import counted


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1_000, "1,000 rows")]
)
def test_a_number_has_its_noun(count: int, said: str) -> None:
    assert counted(count, "row") == said


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert (counted(1, "entry", "entries"), counted(3, "entry", "entries")) == (
        "1 entry",
        "3 entries",
    )
