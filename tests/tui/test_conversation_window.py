"""What is loaded of a conversation, without a screen."""

from __future__ import annotations

from dataclasses import replace

from agent_tui.domain.values.conversation import Conversation, Entry, Fresh, Passage, Place
from agent_tui.tui.widgets.conversation_window import Window
from tests.tui.conversations import noted, passage, place, said, talk, talks


def texts(window: Window) -> list[str]:
    """What is loaded; the beginning of a passage as its number."""
    return [
        str(item.place.passage_id) if item.entry is None else item.entry.text
        for item in window.items
    ]


def long_call(first: int, last: int, *, ends: bool = False) -> Conversation:
    """A piece of the 100th call, with more of it before, and after unless it `ends`."""
    return Conversation(
        (talk(100, first, last),),
        earlier=place(100, first) if first > 1 else None,
        later=None if ends else place(100, last),
    )


def test_pages_before_and_after_join_without_seam() -> None:
    window = Window.of(long_call(4, 5))
    window.add_later(long_call(6, 7, ends=True))
    window.add_earlier(Conversation((talk(99, 1, 1), talk(100, 1, 3))))
    assert texts(window) == ["99", "99.1", "100", *(f"100.{one}" for one in range(1, 8))]
    assert (window.earlier, window.later, window.last) == (None, None, place(100, 7))


def test_what_is_new_is_counted_once_and_put_at_its_place() -> None:
    window = Window.of(talks(2, 2))
    late = noted(99, 1, 7, "noted")
    fresh = Fresh((passage(99, late), passage(100, said(100, 2), said(100, 3), begins=False)))
    assert window.merge(fresh) == 1
    assert texts(window) == ["99", "99.1", "noted", "99.2", "100", "100.1", "100.2", "100.3"]
    assert window.merge(fresh) == 0
    assert len(window) == 8


def test_a_line_that_reads_differently_is_replaced_in_place() -> None:
    window = Window.of(talks(1, 2))
    before = window.items[1]
    before.laid = kept = window.items[2].laid = object()
    window.merge(Fresh((passage(100, said(100, 1, "settled")),)))
    assert texts(window) == ["100", "settled", "100.2"]
    assert window.items[1] is before
    assert (before.laid, window.items[2].laid) == (None, kept)


def test_a_passage_that_ended_says_so_at_its_beginning() -> None:
    window = Window.of(talks(1, 1))
    window.merge(Fresh((passage(100, met="no"),)))
    call = window.passage_of(window.items[0]).interaction
    assert call is not None
    assert (call.met, texts(window)) == ("no", ["100", "100.1"])


def test_what_lies_outside_the_window_is_known_but_not_loaded() -> None:
    window = Window.of(long_call(5, 6))
    window.last = place(100, 9)
    fresh = Fresh((talk(99, 1, 1), passage(100, said(100, 3), said(100, 10), begins=False)))
    assert window.merge(fresh) == 1
    assert texts(window) == ["100.5", "100.6"]
    assert window.last == place(100, 10)


def test_more_than_was_read_leaves_the_end_open() -> None:
    window = Window.of(talks(1, 1))
    later = place(100, 3)
    assert window.merge(Fresh((talk(100, 2, 3),), later=later)) == 2
    assert window.later == later


def test_a_note_taken_back_leaves() -> None:
    alone = Place(place(101).opened_at, 7)
    note = noted(100, 1, 9, "noted")
    lone = Passage(alone, None, (replace(note, place=replace(alone, rank=1, entry_id=7)),))
    window = Window.of(Conversation((passage(100, said(100, 1), note), lone)))
    assert len(window) == 5
    window.merge(Fresh(gone=frozenset({note.place, alone, lone.entries[0].place})))
    assert texts(window) == ["100", "100.1"]


def test_the_far_side_is_dropped_and_can_be_read_again() -> None:
    window = Window.of(talks(1, 119))
    window.trim(10, most=100)
    assert len(window) == 120
    window.merge(Fresh((passage(100, said(100, 120), begins=False),)))
    everything = texts(window)
    window.trim(10, most=100)
    assert texts(window) == everything[:100]
    assert (window.earlier, window.later) == (None, window.items[-1].place)
    window = Window.of(talks(1, 120))
    window.trim(len(window), most=100)
    assert texts(window) == everything[21:]
    assert (window.earlier, window.later) == (window.items[0].place, None)
    assert window.last == place(100, 120)
    assert window.passage_of(window.items[0]).interaction is not None


def test_a_place_is_found_or_its_neighbour() -> None:
    window = Window.of(talks(2, 2))
    assert window.find(place(99, 2)) == 2
    assert window.find(place(99, 3)) is None
    assert window.nearest(place(99, 3)) == 3
    entry: Entry | None = window.items[2].entry
    assert entry is not None
    assert entry.text == "99.2"
