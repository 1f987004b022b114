"""What is typed before a window has opened goes into it, letter for letter."""

from __future__ import annotations

import threading

import pytest

from agent_tui.domain.values.marks import Vocabulary
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.tui import typed_ahead
from tests.tui.conftest import Open, Stage
from tests.tui.scripted import answered, opened
from tests.tui.test_typed_lines import LATE, to_knows, to_late_promise

PATIENCE_S = 10.0


async def test_a_deed_its_words_and_the_next_question_in_one_burst(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.type(" mtomorrow 9am\ry")
        await stage.until("moved to")
        assert stage.app._desk_screen.finder.query_text == ""
        [late] = [one for one in desk.promising.still_open(mine=True) if one.text == LATE]
        assert late.due_at is not None
        assert late.due_at.strftime("%d %H:%M") == "23 09:00"


async def test_what_is_worth_knowing_in_one_burst(open_app: Open) -> None:
    async with open_app() as stage:
        await to_knows(stage)
        await stage.type("+prefers the side door\r")
        await stage.until("prefers: the side door", gone="What is worth knowing")


async def test_what_is_in_the_way_in_one_burst(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await to_knows(stage)
        await stage.type("Fthe search waits\r")
        await stage.until("noted, in your way: the search waits")
        assert [one.text for one in desk.friction.mine()] == ["the search waits"]


async def test_the_answer_to_a_step_in_one_burst(open_app: Open, desk: Desk) -> None:
    run = opened(desk).run.id
    async with open_app() as stage:
        await stage.until("step 1 of 6")
        await stage.press("f5")
        await stage.type("0a morning\r")
        await stage.until("step 2 of 6")
        assert [one.answer for one in desk.scripting.run(run).log] == ["a morning"]


async def test_two_questions_over_one_another_in_one_burst(open_app: Open, desk: Desk) -> None:
    call = answered(desk)
    async with open_app() as stage:
        await stage.until("about Katherine Smith", "not verified")
        await stage.press("shift+f9")
        await stage.type("v\r")
        await stage.until("verified: ")
        assert desk.browsing.one(call.id).verified_how is not None


def held_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Who works here is read only once this is set."""
    go_on = threading.Event()
    read = stage.desk.capturing.vocabulary

    def read_late() -> Vocabulary:
        assert go_on.wait(PATIENCE_S)
        return read()

    monkeypatch.setattr(stage.desk.capturing, "vocabulary", read_late)
    return go_on


async def test_a_window_that_something_is_read_for_gets_what_was_typed_meanwhile(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_ahead, "OPENS_WITHIN_S", PATIENCE_S)
    async with open_app() as stage:
        await to_late_promise(stage)
        go_on = held_up(stage, monkeypatch)
        await stage.type(" h\r")
        assert "over to whom?" not in stage.shown
        go_on.set()
        await stage.until("is asked: send the plan")


async def test_what_is_typed_for_a_window_that_cannot_open_does_nothing_and_is_said(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> Vocabulary:
        raise Unavailable("the disk is full")

    async with open_app() as stage:
        await to_late_promise(stage)
        monkeypatch.setattr(stage.desk.capturing, "vocabulary", refuse)
        await stage.type(" hkim\r")
        await stage.until("the disk is full", "Nothing opened for what you typed: kim")
        assert stage.app._desk_screen.finder.query_text == ""
        await stage.type("kath")
        await stage.until("kath", "▸ Katherine")


async def test_a_window_that_takes_too_long_holds_no_key_for_ever(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_ahead, "OPENS_WITHIN_S", 0.1)
    async with open_app() as stage:
        await to_late_promise(stage)
        go_on = held_up(stage, monkeypatch)
        await stage.type(" hkim")
        await stage.until("Nothing opened for what you typed: kim")
        await stage.type("olena")
        await stage.until("▸ Олена")
        go_on.set()


async def test_a_key_that_nobody_answers_holds_no_later_one_up(open_app: Open) -> None:
    async with open_app() as stage:
        box = stage.app._desk_screen.finder.box
        post = box.post_message

        def swallow(message: object) -> bool:
            return True if isinstance(message, typed_ahead.Turn) else post(message)  # type: ignore[arg-type]

        box.post_message = swallow  # type: ignore[method-assign]
        await stage.type("o")
        await stage.press("home")
        await stage.type("l")
        await stage.sees(lambda: stage.app._desk_screen.finder.query_text == "lo")
