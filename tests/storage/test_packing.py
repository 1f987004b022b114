"""Packed numbers are a set of numbers, whatever is put in and taken out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.storage.packing import BYTES, block_of, changed, in_blocks, packed, unpacked

_numbers = st.sets(st.integers(1, 300_000), max_size=40)
_in_block = st.sets(st.integers(1 << 16, (1 << 17) - 1), max_size=60)


@given(_numbers)
def test_what_is_packed_comes_out_ascending(numbers: set[int]) -> None:
    out = [number for block, data in in_blocks(list(numbers)) for number in unpacked(block, data)]
    assert out == sorted(numbers)
    assert sum(len(data) for _, data in in_blocks(numbers)) == BYTES * len(numbers)


@given(_in_block, _in_block, _in_block)
def test_numbers_are_put_in_and_taken_out(
    before: set[int], added: set[int], removed: set[int]
) -> None:
    after = changed(packed(sorted(before)), added, removed - added)
    assert list(unpacked(1, after)) == sorted(before - (removed - added) | added)
    assert {block_of(number) for number in before} <= {1}
