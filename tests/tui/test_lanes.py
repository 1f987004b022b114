"""Who reads for the panels: newest questions, one crew for all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual.message import Message

from agent_tui.errors import AgentTuiError, Interrupted, Unavailable
from agent_tui.tui.lanes import Crew, ReadLane

PATIENCE_S = 10.0


class Answer(Message):
    """What a question was answered with."""

    def __init__(self, what: object, thread: int) -> None:
        super().__init__()
        self.what, self.thread = what, thread


class Panel:
    """Hears answers."""

    def __init__(self) -> None:
        self.heard: list[Answer] = []
        self._changed = threading.Condition()

    def post_message(self, message: Answer) -> None:
        with self._changed:
            self.heard.append(message)
            self._changed.notify_all()

    def hears(self, count: int) -> list[object]:
        """So many answers, once they are there."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.heard) >= count, PATIENCE_S)
            return [answer.what for answer in self.heard]


@pytest.fixture
def crew() -> Iterator[Crew]:
    crew = Crew()
    yield crew
    crew.dismiss()


@pytest.fixture
def panel() -> Panel:
    return Panel()


def failed(error: AgentTuiError) -> Message:
    return Answer(error, 0)


def says(what: object, after: threading.Event | None = None) -> Callable[[], Message]:
    def work() -> Message:
        if after is not None:
            assert after.wait(PATIENCE_S)
        return Answer(what, threading.get_ident())

    return work


def lane(crew: Crew, panel: Panel, **more: Any) -> ReadLane:
    return ReadLane(crew, panel, **more)  # type: ignore[arg-type]


def at_rest(crew: Crew, count: int) -> None:
    """So many wait for a question."""
    wait = threading.Event()
    for _ in range(int(PATIENCE_S / 0.01)):
        if len(crew._at_rest) == count:
            return
        wait.wait(0.01)
    pytest.fail(f"{len(crew._at_rest)} at rest, not {count}")


def test_panels_that_ask_one_after_the_other_are_served_by_one_thread(
    crew: Crew, panel: Panel
) -> None:
    lanes = [lane(crew, panel) for _ in range(5)]
    for number, each in enumerate(lanes):
        each.ask(says(number), failed)
        panel.hears(number + 1)
        at_rest(crew, 1)
    assert [answer.what for answer in panel.heard] == [0, 1, 2, 3, 4]
    assert len({answer.thread for answer in panel.heard}) == 1


def test_who_served_a_panel_is_called_for_it_again(crew: Crew, panel: Panel) -> None:
    released = threading.Event()
    first, second = lane(crew, panel), lane(crew, panel)
    first.ask(says("first", released), failed)
    second.ask(says("second"), failed)
    panel.hears(1)
    at_rest(crew, 1)
    released.set()
    panel.hears(2)
    at_rest(crew, 2)
    # Who has been at rest longest would be called for another panel; these know whom they had.
    for count, what in enumerate(("first again", "first once more", "second again"), 3):
        (second if "second" in what else first).ask(says(what), failed)
        panel.hears(count)
        at_rest(crew, 2)
    threads = {str(answer.what).split()[0]: set[int]() for answer in panel.heard}
    for answer in panel.heard:
        threads[str(answer.what).split()[0]].add(answer.thread)
    assert [len(each) for each in threads.values()] == [1, 1]
    assert threads["first"] != threads["second"]


def test_a_long_question_keeps_no_other_panel_waiting(crew: Crew, panel: Panel) -> None:
    released = threading.Event()
    lanes = [lane(crew, panel) for _ in range(4)]
    for each in lanes[:3]:
        each.ask(says("late", released), failed)
    lanes[3].ask(says("at once"), failed)
    assert panel.hears(1) == ["at once"]
    assert [each.is_busy for each in lanes[:3]] == [True] * 3
    released.set()
    assert panel.hears(4) == ["at once", "late", "late", "late"]
    at_rest(crew, 4)
    assert not any(each.is_busy for each in lanes)


def test_the_newest_question_interrupts_the_one_under_way_and_drops_those_between(
    crew: Crew, panel: Panel
) -> None:
    begun, given_up = threading.Event(), threading.Event()
    interrupted: list[int] = []

    def interrupt(thread: int) -> None:
        interrupted.append(thread)
        if len(interrupted) == 3:
            given_up.set()

    def long() -> Message:
        begun.set()
        assert given_up.wait(PATIENCE_S)
        raise Interrupted("a newer question took its place")

    asked = lane(crew, panel, interrupt=interrupt)
    asked.ask(long, failed)
    assert begun.wait(PATIENCE_S)
    for what in ("second", "third", "newest"):
        asked.ask(says(what), failed)
    assert panel.hears(1) == ["newest"]
    at_rest(crew, 1)
    assert [answer.what for answer in panel.heard] == ["newest"]
    assert set(interrupted) == {panel.heard[0].thread}


def test_nobody_is_interrupted_who_answers_another_panel(crew: Crew, panel: Panel) -> None:
    interrupted: list[int] = []
    first = lane(crew, panel, interrupt=interrupted.append)
    first.ask(says("first"), failed)
    panel.hears(1)
    at_rest(crew, 1)
    released = threading.Event()
    second = lane(crew, panel)
    second.ask(says("second", released), failed)
    first.ask(says("again"), failed)
    assert panel.hears(2) == ["first", "again"]
    released.set()
    assert panel.hears(3) == ["first", "again", "second"]
    assert interrupted == []


def test_a_failure_is_told_and_the_thread_goes_on(crew: Crew, panel: Panel) -> None:
    asked = lane(crew, panel)
    for error in (Interrupted("nobody asked for that"), ValueError("nobody foresaw it")):

        def fail(error: Exception = error) -> Message:
            raise error

        asked.ask(fail, failed)
        at_rest(crew, 1)
    asked.ask(says("well"), failed)
    told, well = panel.hears(2)
    assert isinstance(told, AgentTuiError)
    assert str(told).startswith("ValueError: this should not happen")
    assert well == "well"


def test_only_a_question_that_failed_and_is_the_newest_is_asked_again(
    crew: Crew, panel: Panel
) -> None:
    left = [Unavailable("the server is away")]

    def answers_at_last() -> Message:
        if left:
            raise left.pop()
        return Answer("at last", 0)

    asked = lane(crew, panel)
    asked.ask_again()
    asked.ask(answers_at_last, failed)
    assert isinstance(panel.hears(1)[0], Unavailable)
    asked.ask_again()
    assert panel.hears(2)[1] == "at last"
    asked.ask_again()
    asked.ask(says("newer"), failed)
    assert panel.hears(3)[2:] == ["newer"]


def test_an_interrupt_that_fails_takes_no_question_with_it(crew: Crew, panel: Panel) -> None:
    begun, released = threading.Event(), threading.Event()

    def interrupt(_thread: int) -> None:
        released.set()
        raise Unavailable("the server does not answer")

    def long() -> Message:
        begun.set()
        assert released.wait(PATIENCE_S)
        return Answer("overtaken", 0)

    asked = lane(crew, panel, interrupt=interrupt)
    asked.ask(long, failed)
    assert begun.wait(PATIENCE_S)
    asked.ask(says("newest"), failed)
    assert panel.hears(1) == ["newest"]


def test_where_no_thread_can_be_had_that_is_said_and_the_next_question_is_answered(
    crew: Crew, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refused)
    asked = lane(crew, panel)
    asked.ask(says("never"), failed)
    assert isinstance(panel.hears(1)[0], AgentTuiError)
    assert not asked.is_busy
    monkeypatch.undo()
    asked.ask(says("well"), failed)
    assert panel.hears(2)[1] == "well"


def test_a_closed_lane_answers_nothing_and_a_dismissed_crew_leaves(
    crew: Crew, panel: Panel
) -> None:
    released = threading.Event()
    closed, other = lane(crew, panel), lane(crew, panel)
    closed.ask(says("too late", released), failed)
    other.ask(says("well"), failed)
    assert panel.hears(1) == ["well"]
    at_rest(crew, 1)
    closed.close()
    running = {thread for thread in threading.enumerate() if thread.name == "read"}
    crew.dismiss()
    released.set()
    for thread in running:
        thread.join(PATIENCE_S)
    assert not any(thread.is_alive() for thread in running)
    assert [answer.what for answer in panel.heard] == ["well"]
    assert not closed.is_busy
