"""What is loaded of Recent: a bounded stretch, without gaps, whatever comes."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values.recent import RecentPage, RecentPlace, RecentRow
from agent_tui.tui.widgets.recent_window import _LATE, MOST, RecentWindow
from tests.builders import NOON
from tests.tui.recents import talked

PAGE = 60


def row(number: int, **more: object) -> RecentRow:
    """The interaction that began so many minutes before noon."""
    return talked(number, NOON - timedelta(minutes=number), **more)


class Told:
    """So many rows, in pages."""

    def __init__(self, count: int) -> None:
        self.rows = [row(number) for number in range(count)]

    def behind(self, place: RecentPlace | None) -> RecentPage:
        rest = [one for one in self.rows if place is None or one.place < place]
        return RecentPage(
            tuple(rest[:PAGE]), place is not None, len(rest) > PAGE, rest[:PAGE][-1].place
        )

    def before(self, place: RecentPlace) -> RecentPage:
        rest = [one for one in self.rows if one.place > place]
        return RecentPage(tuple(rest[-PAGE:]), len(rest) > PAGE, True)


def numbers(window: RecentWindow) -> list[int]:
    return [one.interaction.id for one in window.rows]


@given(st.lists(st.booleans(), max_size=60))
def test_whichever_way_one_reads_nothing_is_missing_and_little_is_held(ways: list[bool]) -> None:
    told = Told(900)
    window = RecentWindow.of(told.behind(None))
    for is_older in ways:
        if is_older and window.has_older:
            window.add_older(told.behind(window.behind))
        elif not is_older and window.has_newer:
            window.add_newer(told.before(window.rows[0].place))
        held = numbers(window)
        assert held == list(range(held[0], held[0] + len(held)))
        assert len(held) <= MOST + _LATE
        assert window.has_newer == (held[0] > 0)
        assert window.has_older == (held[-1] < 899)


def test_what_comes_stands_first_and_is_new_only_once() -> None:
    window = RecentWindow.of(Told(30).behind(None))
    new = talked(-1, NOON + timedelta(minutes=1))
    assert window.put([new]) == (-1,)
    assert window.put([new]) == ()
    assert numbers(window)[:2] == [-1, 0]


def test_further_down_what_comes_is_counted_and_not_held() -> None:
    told = Told(900)
    window = RecentWindow.of(told.behind(None))
    while not window.has_newer:
        window.add_older(told.behind(window.behind))
    before = numbers(window)
    assert window.put([talked(-1, NOON + timedelta(minutes=1)), row(3)]) == (-1,)
    assert numbers(window) == before


def test_a_row_that_reads_differently_keeps_its_place_and_one_that_has_moved_moves() -> None:
    window = RecentWindow.of(RecentPage((row(0), row(1), row(2)), False, False))
    window.reread([row(1, met="yes")])
    assert [one.interaction.met for one in window.rows] == ["not_asked", "yes", "not_asked"]
    window.reread([talked(2, NOON + timedelta(minutes=5))])
    assert numbers(window) == [2, 0, 1]
    window.drop({0})
    assert numbers(window) == [2, 1]


def test_a_search_goes_on_where_it_stopped_even_behind_what_was_found() -> None:
    stopped = RecentPlace(5, 5)
    page = RecentPage((), False, True, stopped, NOON)
    window = RecentWindow.of(page)
    assert (window.behind, window.searched_back_to, window.has_older) == (stopped, NOON, True)
    window.add_older(RecentPage((row(700),), True, False))
    assert (window.behind, window.searched_back_to) == (row(700).place, None)
    assert window.newest == row(700).place


def test_what_comes_while_nothing_was_found_yet_stands_first() -> None:
    window = RecentWindow.of(RecentPage((), False, True, RecentPlace(5, 5), NOON))
    assert window.put([row(0)]) == (0,)
    assert numbers(window) == [0]
