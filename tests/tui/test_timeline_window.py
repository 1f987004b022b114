"""What is loaded of a timeline is one stretch without gaps, wherever it was read on from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values.timeline import TimelinePage
from agent_tui.tui.widgets import timeline_window
from agent_tui.tui.widgets.timeline_window import MOST, TimelineWindow
from tests.tui.timelines import ADA, Told, noted


def down(window: TimelineWindow, told: Told) -> bool:
    if window.earlier is None:
        return False
    window.add_earlier(told.page("earlier", window.earlier))
    return True


def up(window: TimelineWindow, told: Told) -> bool:
    if window.later is None:
        return False
    window.add_later(told.page("later", window.later))
    return True


def test_read_to_its_end_and_back_it_stays_bounded_and_whole() -> None:
    told = Told([noted(number) for number in range(2_000)], size=60)
    window = TimelineWindow.of(told.page("newest"))
    while down(window, told):
        assert len(window.entries) <= MOST + timeline_window._LATE
    assert window.entries == told.entries[-len(window.entries) :]
    assert not window.is_whole
    while up(window, told):
        assert len(window.entries) <= MOST + timeline_window._LATE
    assert window.entries == told.entries[: len(window.entries)]


def test_a_short_one_is_whole() -> None:
    told = Told([noted(1), noted(2)])
    assert TimelineWindow.of(told.page("newest")).is_whole
    assert TimelineWindow.of(TimelinePage(ADA.id, "all")).is_whole


def test_more_news_than_a_page_holds_is_read_when_gone_up_to() -> None:
    told = Told([noted(number) for number in range(100, 130)], size=10)
    window = TimelineWindow.of(told.page("newest"))
    before = list(window.entries)
    for number in range(30):
        told.tell(noted(number))
    window.merge_newest(told.page("newest"))
    assert window.entries == before
    while up(window, told):
        pass
    assert window.entries == told.entries[: len(window.entries)]
    assert window.entries[0].text == "note 0"


def test_what_was_taken_back_leaves_the_newest_stretch() -> None:
    told = Told([noted(number) for number in range(30)], size=10)
    window = TimelineWindow.of(told.page("newest"))
    down(window, told)
    gone = told.entries.pop(3)
    window.merge_newest(told.page("newest"))
    assert gone not in window.entries
    assert window.entries == told.entries[: len(window.entries)]


@given(
    size=st.integers(1, 8),
    start=st.sampled_from(["newest", "first"]),
    steps=st.lists(st.sampled_from(["down", "up", "news", "undo", "head"]), max_size=40),
)
def test_whatever_is_done_it_has_no_gaps(size: int, start: str, steps: list[str]) -> None:
    told = Told([noted(number) for number in range(100, 130)], size=size)
    window = TimelineWindow.of(told.page(start))
    news = 99
    for step in steps:
        if step == "down":
            down(window, told)
        elif step == "up":
            up(window, told)
        elif step == "news" and news:
            told.tell(noted(news))
            news -= 1
        elif step == "undo" and news < 99:
            told.entries.pop(0)
            news += 1
        if step in ("news", "undo", "head"):
            window.merge_newest(told.page("newest"))
        known = [entry for entry in window.entries if entry in told.entries]
        at = told.entries.index(known[0])
        assert known == told.entries[at : at + len(known)]
    while up(window, told):
        pass
    while down(window, told):
        pass
    assert [entry for entry in window.entries if entry in told.entries] == told.entries
