"""What of a brief was read at the desk, and what of that is still to be written."""

from __future__ import annotations

from dataclasses import replace

from agent_tui.domain.rules.seeing import reading_ms
from agent_tui.domain.values.briefing import Balance, Brief, BriefLine
from agent_tui.domain.values.people import Customer
from agent_tui.tui.screens.brief_reading import BriefReading


def line(key: str, **changes: object) -> BriefLine:
    one = BriefLine(
        kind="we_owe",
        label="We owe",
        text="call back about the boiler by Monday morning",
        age="late 6 d",
        urgent=True,
        count=1,
        source="promised 8 d ago",
        age_days=8,
        records=("p_1",),
        key=key,
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def brief(*lines: BriefLine) -> Brief:
    return Brief(Customer(1, "Ava Lee"), lines, Balance(0, 0), digest="d" * 64)


A, B = line("a"), line("b")
TAKES = reading_ms(A)


def is_news(reading: BriefReading) -> bool:
    """Whether the brief was read and nobody has written that yet."""
    return reading.is_read


def read(reading: BriefReading, *lines: BriefLine, ms: int) -> None:
    """Let the lines stand there for so long."""
    begun = reading.reading.at_ms or 0
    reading.look(begun, lines, True)
    reading.look(begun + ms, lines, True)


def test_a_brief_is_read_when_its_last_line_is_and_that_is_news_once() -> None:
    reading = BriefReading(brief(A, B))
    read(reading, A, B, ms=TAKES)
    assert [one.key for one in reading.unread] == ["b"]
    assert not is_news(reading)
    read(reading, A, B, ms=TAKES)
    assert reading.unread == ()
    assert is_news(reading)
    assert [one.key for one in reading.take_to_write()] == ["a", "b"]
    assert not is_news(reading)
    assert reading.take_to_write() == ()


def test_a_brief_in_which_nothing_is_new_is_no_news() -> None:
    known = brief(replace(A, seen=True), replace(B, seen=True))
    reading = BriefReading(known)
    read(reading, *known.lines, ms=10 * TAKES)
    assert reading.unread == ()
    assert not is_news(reading)
    assert reading.take_to_write() == ()


def test_what_was_done_with_a_known_line_is_written_with_what_is_written_next() -> None:
    known = replace(A, seen=True)
    reading = BriefReading(brief(known))
    reading.act(known, "used")
    assert not is_news(reading)
    assert [(one.key, one.how) for one in reading.take_to_write()] == [("a", "used")]
    reading.act(known, "corrected")
    assert [(one.key, one.how) for one in reading.take_to_write()] == [("a", "corrected")]


def test_a_line_that_comes_later_is_to_be_read_too() -> None:
    reading = BriefReading(brief(A))
    read(reading, A, ms=TAKES)
    reading.take_to_write()
    reading.take(brief(replace(A, seen=True), B))
    assert [one.key for one in reading.unread] == ["b"]
    read(reading, A, B, ms=TAKES)
    assert is_news(reading)
    assert [one.key for one in reading.take_to_write()] == ["b"]


def test_what_could_not_be_written_is_written_again() -> None:
    reading = BriefReading(brief(A))
    read(reading, A, ms=TAKES)
    assert reading.take_to_write()
    reading.not_written()
    assert is_news(reading)
