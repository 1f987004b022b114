"""What counts as seen: time in view before a focused terminal, or a deed; never a glimpse."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.seeing import FLOOR_MS, Deed, Reading, reading_ms
from agent_tui.domain.values.briefing import BriefLine
from agent_tui.domain.values.receipts import LineSeen


def line(key: str, text: str = "call back about the boiler by Monday morning") -> BriefLine:
    return BriefLine(
        kind="we_owe",
        label="We owe",
        text=text,
        age="late 6 d",
        urgent=True,
        count=1,
        source="promised 8 d ago",
        age_days=8,
        records=("p_1",),
        key=key,
    )


A, B, C = line("a"), line("b"), line("c")
TAKES = reading_ms(A)
LINES = {one.key: one for one in (A, B, C, line("d", "no"), line("e", "mornings " * 20))}


def viewed(reading: Reading) -> set[str]:
    return {one.key for one in reading.seen() if one.how is not None}


def test_how_long_a_line_takes() -> None:
    assert reading_ms(line("a", "to")) == 504
    assert reading_ms(line("a", "")) == FLOOR_MS
    assert reading_ms(line("a", "mornings " * 28)) == 5_042
    assert reading_ms(line("a", "朝に電話")) == reading_ms(line("a", "call in the morning"))


def test_a_line_is_seen_once_it_stood_there_for_as_long_as_it_takes() -> None:
    begun = Reading().look(1_000, [A], focused=True)
    assert begun.look(1_000 + TAKES - 1, [A], focused=True).seen() == (
        LineSeen("a", None, TAKES - 1),
    )
    assert begun.look(1_000 + TAKES, [A], focused=True).seen() == (LineSeen("a", "viewed", TAKES),)


def test_lines_that_appear_together_are_read_one_after_another() -> None:
    begun = Reading().look(0, [A, B, C], focused=True)
    assert viewed(begun.look(TAKES, [A, B, C], focused=True)) == {"a"}
    later = begun.look(2 * TAKES, [A, B, C], focused=True)
    assert viewed(later) == {"a", "b"}
    assert [one.ms for one in later.seen()] == [2 * TAKES] * 3
    assert viewed(later.look(3 * TAKES, [], focused=True)) == {"a", "b", "c"}


def test_what_is_known_already_keeps_nothing_new_waiting() -> None:
    known = replace(A, seen=True)
    begun = Reading().look(0, [known, B], focused=True)
    assert viewed(begun.look(TAKES, [known, B], focused=True)) == {"b"}


def test_holding_a_page_key_down_sees_nothing() -> None:
    reading = Reading()
    for turn in range(1_000):
        reading = reading.look(turn * (FLOOR_MS - 1), [[A], [B], [C]][turn % 3], focused=True)
    assert reading.seen() == tuple(LineSeen(key, None, 0) for key in "abc")


def test_two_stays_that_count_add_up() -> None:
    half = TAKES - 1
    assert half >= FLOOR_MS
    reading = Reading().look(0, [A], focused=True).look(half, [], focused=True)
    assert viewed(reading) == set()
    reading = reading.look(10 * TAKES, [A], focused=True)
    glimpsed = reading.look(10 * TAKES + FLOOR_MS - 1, [], focused=True)
    assert glimpsed.seen() == (LineSeen("a", None, half),)
    stayed = reading.look(10 * TAKES + FLOOR_MS, [], focused=True)
    assert stayed.seen() == (LineSeen("a", "viewed", half + FLOOR_MS),)


def test_nothing_is_seen_while_the_terminal_is_not_in_front() -> None:
    reading = Reading().look(0, [A], focused=False).look(9 * TAKES, [A], focused=False)
    assert reading.seen() == (LineSeen("a", None, 0),)
    left = Reading().look(0, [A], focused=True).look(FLOOR_MS - 1, [A], focused=False)
    back = left.look(9 * TAKES, [A], focused=True)
    assert back.seen() == (LineSeen("a", None, 0),)


@pytest.mark.parametrize(
    ("focuses", "said"),
    [
        ([True, True], "focused"),
        ([False, True], "focused"),
        ([True, None], "unknown"),
        ([None, True], "unknown"),
    ],
)
def test_a_terminal_that_does_not_tell_counts_as_focused_and_is_said_so(
    focuses: list[bool | None], said: str
) -> None:
    reading = Reading()
    for turn, focused in enumerate(focuses):
        reading = reading.look(turn * TAKES, [A], focused=focused)
    assert viewed(reading) == ({"a"} if focuses[0] is not False else set())
    assert reading.focus == said


def test_a_line_that_changed_starts_anew() -> None:
    changed = line("a2", A.text)
    reading = Reading().look(0, [A], focused=True).look(TAKES, [changed], focused=True)
    reading = reading.look(2 * TAKES - 1, [changed], focused=True)
    assert reading.seen() == (LineSeen("a", "viewed", TAKES), LineSeen("a2", None, TAKES - 1))


def test_what_was_acted_on_was_seen_and_the_strongest_deed_is_kept() -> None:
    reading = Reading().look(0, [A, B], focused=False)
    deeds: list[Deed] = ["opened", "corrected", "used"]
    for deed in deeds:
        reading = reading.act(A, deed)
    reading = reading.act(C, "opened")
    assert reading.seen() == (
        LineSeen("a", "corrected", 0),
        LineSeen("b", None, 0),
        LineSeen("c", "opened", 0),
    )


def test_a_line_that_was_opened_keeps_no_other_waiting() -> None:
    reading = Reading().look(0, [A, B], focused=True).act(A, "opened")
    assert viewed(reading.look(TAKES, [A, B], focused=True)) == {"a", "b"}


def test_a_clock_that_was_set_back_gives_nothing_twice() -> None:
    reading = Reading().look(10_000, [A], focused=True)
    for moment in (0, 10_000, 0, 10_000 + TAKES - 1):
        reading = reading.look(moment, [A], focused=True)
    assert reading.seen() == (LineSeen("a", None, TAKES - 1),)


looks = st.lists(
    st.tuples(
        st.integers(0, 4_000),
        st.lists(st.sampled_from(sorted(LINES)), unique=True),
        st.sampled_from([True, False, None]),
    ),
    max_size=25,
)


@given(looks)
def test_no_more_is_read_than_time_passed_in_view(
    looks_taken: list[tuple[int, list[str], bool | None]],
) -> None:
    """Whatever the order and the pauses: each line stood no longer than it was in view before a
    focused terminal, and all that were read fit into that time together."""
    reading, moment = Reading(), 0
    moments = []
    for pause, keys, focused in looks_taken:
        moment += pause
        moments.append((moment, keys, focused))
        reading = reading.look(moment, [LINES[key] for key in keys], focused=focused)
    in_front = dict.fromkeys(LINES, 0)
    in_all = 0
    for (begun, keys, focused), (ended, _keys, _focused) in pairwise(moments):
        if focused is not False and keys:
            in_all += ended - begun
            for key in keys:
                in_front[key] += ended - begun
    seen = reading.seen()
    assert all(one.ms <= in_front[one.key] for one in seen)
    read = [one for one in seen if one.how == "viewed"]
    assert sum(reading_ms(LINES[one.key]) for one in read) <= in_all
    assert all(one.ms >= reading_ms(LINES[one.key]) for one in read)


@given(
    st.lists(
        st.tuples(
            st.integers(0, FLOOR_MS - 1), st.lists(st.sampled_from(sorted(LINES)), max_size=1)
        ),
        max_size=60,
    )
)
def test_lines_that_pass_through_never_add_up(passing: list[tuple[int, list[str]]]) -> None:
    """Each comes into view for less than the floor, and leaves it before it comes again."""
    reading, moment = Reading(), 0
    for pause, keys in passing:
        reading = reading.look(moment, [LINES[key] for key in keys], focused=True)
        moment += pause
        reading = reading.look(moment, [], focused=True)
    assert viewed(reading) == set()


@given(st.lists(st.integers(0, 700), min_size=1, max_size=30))
def test_how_often_a_screen_says_so_changes_nothing(pauses: list[int]) -> None:
    """A screen that repeats what is in view, and one that speaks once, see the same."""
    view = [A, B, C]
    often = Reading().look(0, view, focused=True)
    for moment in (sum(pauses[:turn]) for turn in range(1, len(pauses) + 1)):
        often = often.look(moment, view, focused=True)
    once = Reading().look(0, view, focused=True).look(sum(pauses), view, focused=True)
    assert often.seen() == once.seen()


def test_the_next_line_will_have_been_seen_when_it_says_and_no_earlier() -> None:
    reading = Reading().look(0, [A, B], focused=True)
    for _ in range(2):
        wait = reading.next_ms
        assert wait is not None
        now = reading.at_ms or 0
        before = viewed(reading.look(now + wait - 1, [A, B], focused=True))
        reading = reading.look(now + wait, [A, B], focused=True)
        assert len(viewed(reading)) == len(before) + 1
    assert reading.next_ms is None
    assert Reading().next_ms is None
    assert Reading().look(0, [A], focused=False).next_ms is None


@given(st.lists(st.tuples(st.integers(0, 2_000), st.sets(st.sampled_from("abcde")))))
def test_looking_again_when_it_says_always_comes_to_an_end(
    looks: list[tuple[int, set[str]]],
) -> None:
    reading, now = Reading(), 0
    for passed, keys in looks:
        now += passed
        reading = reading.look(now, [LINES[key] for key in sorted(keys)], focused=True)
    view = [LINES[key] for key in reading.in_view]
    for _ in range(2 * len(LINES)):
        if (wait := reading.next_ms) is None:
            break
        now += wait
        reading = reading.look(now, view, focused=True)
    assert reading.next_ms is None
    assert set(reading.in_view) <= viewed(reading)
