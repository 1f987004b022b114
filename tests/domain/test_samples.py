"""A sample in words: what is shown of one draws it again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agent_tui.domain.rules.samples import LARGEST_SEED, MOST, Draw, read_draw, write_draw
from agent_tui.errors import BadInput


@given(
    some.integers(1, MOST),
    some.integers(0, LARGEST_SEED),
    some.integers(-1_000_000_000, 30_000_000_000).map(
        lambda minute: datetime.fromtimestamp(minute // 60 * 60, UTC)
    ),
)
def test_what_is_shown_is_read_again(size: int, seed: int, until: datetime) -> None:
    assert read_draw(write_draw(size, seed, until)) == Draw(size, seed, until)


@given(some.text())
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        draw = read_draw(text)
    except BadInput:
        return
    assert 1 <= draw.size <= MOST


def test_less_may_be_said() -> None:
    assert read_draw(" 10 ") == Draw(10)
    assert read_draw("10 417") == Draw(10, 417)
    assert read_draw("10 417 2026-11-22T14:02Z").until == datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "words", ["", "0", "501", "x", "10 -1", "10 4 noon", "10 4 2026-11-22T14:02 x", "1" * 5_000]
)
def test_what_cannot_be_drawn(words: str) -> None:
    with pytest.raises(BadInput):
        read_draw(words)
