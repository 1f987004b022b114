"""Ids: only grow, never repeat, and read back as they were shown."""

from __future__ import annotations

import threading
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import EPOCH_MS, IdMaker

numbers = st.integers(0, 2**63 - 1)


@given(st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=50))
def test_ids_only_grow_whatever_the_clock_does(clock: list[int]) -> None:
    hands = iter(clock)
    make = IdMaker(lambda: next(hands))
    made = [make() for _ in clock]
    assert made[0] > 0
    assert all(before < after for before, after in pairwise(made))


def test_an_id_tells_its_millisecond() -> None:
    make = IdMaker(lambda: EPOCH_MS + 5_000)
    assert make() >> ids.COUNTER_BITS == 5_000
    assert make() >> ids.COUNTER_BITS == 5_000


def test_two_programs_that_start_with_a_clock_of_1970_do_not_repeat_each_other() -> None:
    starts = {IdMaker(lambda: 0)() for _ in range(20)}
    assert len(starts) > 15


def test_a_millisecond_that_is_used_up_runs_into_the_next() -> None:
    make = IdMaker(lambda: EPOCH_MS + 1)
    first = make()
    make._last = (2 << ids.COUNTER_BITS) - 1
    assert make() == 2 << ids.COUNTER_BITS
    assert make() > first


def test_threads_never_get_the_same_id() -> None:
    make = IdMaker(lambda: EPOCH_MS)
    made: list[list[int]] = [[] for _ in range(8)]
    start = threading.Barrier(8)

    def work(mine: list[int]) -> None:
        start.wait()
        mine.extend(make() for _ in range(500))

    threads = [threading.Thread(target=work, args=(mine,)) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({number for mine in made for number in mine}) == 4_000
    assert all(mine == sorted(mine) for mine in made)


@given(numbers, st.sampled_from("cinmpfkgra"))
def test_an_id_reads_back_as_it_was_shown(number: int, prefix: str) -> None:
    shown = ids.show(prefix, number)
    assert ids.parse(prefix, shown) == number
    assert ids.parse(prefix, f"  {shown.lower()} ") == number
    assert ids.parse("x", shown) is None


@given(numbers, numbers)
def test_shown_ids_sort_as_their_numbers(one: int, other: int) -> None:
    assert (ids.show("c", one) < ids.show("c", other)) == (one < other)


def test_letters_that_look_like_digits_are_forgiven() -> None:
    assert ids.parse("c", "C_OO00000000lI1") == ids.parse("c", "c_0000000000111")


@given(st.text())
def test_any_text_may_be_asked_for(text: str) -> None:
    number = ids.parse("c", text)
    assert number is None or 0 <= number < 2**63
    assert ids.parse("c", f"c_{text}") is None or len(text.strip()) == 13


def test_what_does_not_fit_in_64_bits_is_no_id() -> None:
    assert ids.parse("c", "c_ZZZZZZZZZZZZZ") is None
    assert ids.parse("c", "c_U000000000000") is None
