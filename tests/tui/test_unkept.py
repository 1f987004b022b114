"""What is known to be on disk, and what is not."""

from __future__ import annotations

from agent_tui.tui.unkept import Typed, Unkept

ONE, TWO = Typed("c_1", "one"), Typed("c_1", "one two")


def test_a_text_is_unkept_until_its_newest_wording_is_on_disk() -> None:
    unkept = Unkept()
    unkept.ask(1, ONE)
    unkept.ask(1, TWO)
    unkept.done(1, ONE)
    assert list(unkept.texts) == ["one two"]
    assert unkept.newest(1) == TWO
    unkept.done(1, TWO)
    assert list(unkept.texts) == []
    assert unkept.newest(1) is None


def test_an_empty_text_is_nothing_that_could_be_lost() -> None:
    unkept = Unkept()
    unkept.ask(1, Typed("c_1", " \n"))
    assert unkept.texts == ()


def test_it_waits_as_long_as_nothing_under_its_id_was_written() -> None:
    unkept = Unkept()
    assert unkept.waits(1) == 0.0
    unkept.ask(1, ONE)
    first = unkept.waits(1)
    unkept.ask(1, TWO)
    assert unkept.waits(1) >= first > 0.0, "newer keys do not hide that nothing is answered"
    unkept.done(1, TWO)
    assert unkept.waits(1) == 0.0
