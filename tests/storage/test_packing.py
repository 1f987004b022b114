"""Packed numbers are a set of numbers, whatever is put in and taken out."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.storage.packing import (
    BYTES,
    IN_BLOCK,
    all_unpacked,
    among_packed,
    block_of,
    changed,
    packed,
    unpacked,
)

_places = st.sets(st.integers(0, IN_BLOCK), max_size=40)
_in_block = st.sets(st.integers(1 << 16, (1 << 17) - 1), max_size=60)


@given(_places, _places)
def test_what_is_packed_comes_out_in_its_block(first: set[int], third: set[int]) -> None:
    blocks = [(0, packed(array("H", sorted(first)))), (2, packed(array("H", sorted(third))))]
    assert sum(len(data) for _, data in blocks) == BYTES * (len(first) + len(third))
    assert list(all_unpacked(blocks)) == sorted(first) + [(2 << 16) + at for at in sorted(third)]


@given(_in_block, _in_block, _in_block)
def test_numbers_are_put_in_and_taken_out(
    before: set[int], added: set[int], removed: set[int]
) -> None:
    places = packed(array("H", [number & IN_BLOCK for number in sorted(before)]))
    after = changed(places, added, removed - added)
    assert list(unpacked(1, after)) == sorted(before - (removed - added) | added)
    assert {block_of(number) for number in before} <= {1}


@given(_in_block, _in_block)
def test_of_some_numbers_those_in_a_list_are_found(held: set[int], sought: set[int]) -> None:
    places = packed(array("H", [number & IN_BLOCK for number in sorted(held)]))
    assert among_packed(places, sorted(sought)) == sorted(held & sought)
