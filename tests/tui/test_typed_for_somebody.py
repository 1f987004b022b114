"""What is typed behind Enter in the find box is for whoever that opens."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.message_pump import MessagePump

from agent_tui.domain.values.finding import Found
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.tui import typed_ahead
from tests.tui.conftest import Open, Stage
from tests.tui.test_find import Held

ASKED = "liam smith"
NOBODY = "xqzzv"
ENDLESS_S = 60.0


def burst(stage: Stage, *keys: str) -> None:
    """Press keys as fast as a terminal hands them over; a text is typed letter by letter."""
    driver = stage.app._driver
    assert driver is not None
    for key in keys:
        pressed = [(key, None)] if key in ("enter", "f4", "escape") else [(one, one) for one in key]
        for name, letter in pressed:
            event = Key({" ": "space", "!": "exclamation_mark"}.get(name, name), letter)
            event.set_sender(stage.app)
            driver.send_message(event)


def note(stage: Stage) -> str:
    return stage.app._desk_screen.note_line.text


def query(stage: Stage) -> str:
    return stage.app._desk_screen.finder.query_text


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, nobody is waited for too long."""
    monkeypatch.setattr(typed_ahead, "SOMEBODY_WITHIN_S", ENDLESS_S)


async def test_find_open_and_note_in_one_burst(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as stage:
        held = Held(stage.desk, monkeypatch, ASKED)
        burst(stage, ASKED, "enter", "f4", "!ring him mon")
        await stage.sees(lambda: ASKED in held.asked)
        await stage.pilot.pause()
        assert (note(stage), query(stage)) == ("", ASKED)
        held.let_go(ASKED)
        await stage.sees(lambda: note(stage) == "!ring him mon")
        assert query(stage) == ASKED
        await stage.until("Timeline", "promise: ring him")
        assert "Open somebody first" not in stage.shown


async def test_the_answer_is_there_already(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.type(ASKED)
        await stage.until("▸ Liam Smith")
        burst(stage, "enter", "f4", "!ring him mon")
        await stage.sees(lambda: note(stage) == "!ring him mon")
        assert query(stage) == ASKED


async def test_where_nobody_answers_the_keys_go_on(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as stage:
        held = Held(stage.desk, monkeypatch, NOBODY)
        burst(stage, NOBODY, "enter", "f4", "y")
        await stage.sees(lambda: NOBODY in held.asked)
        await stage.pilot.pause()
        assert query(stage) == NOBODY
        held.let_go(NOBODY)
        await stage.until("Open somebody first")
        await stage.sees(lambda: query(stage) == f"{NOBODY}y")


async def test_where_there_is_no_answer_the_keys_go_on(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_query: str, **_window: object) -> Found:
        raise Unavailable("the disk is full")

    async with open_app() as stage:
        monkeypatch.setattr(stage.desk.finding, "find", refuse)
        burst(stage, ASKED, "enter", "y")
        await stage.until("the disk is full")
        await stage.sees(lambda: query(stage) == f"{ASKED}y")


async def test_esc_waits_for_nobody(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app() as stage:
        held = Held(stage.desk, monkeypatch, ASKED)
        burst(stage, ASKED, "enter", "escape", "olena")
        await stage.sees(lambda: query(stage) == "olena")
        held.let_go(ASKED)
        await stage.until("▸ Олена")


async def test_nobody_is_waited_for_for_ever(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_ahead, "SOMEBODY_WITHIN_S", 0.1)
    async with open_app() as stage:
        held = Held(stage.desk, monkeypatch, ASKED)
        burst(stage, ASKED, "enter", "y")
        await stage.sees(lambda: query(stage) == f"{ASKED}y")
        held.let_go(ASKED)


async def test_no_word_follows_a_letter_into_a_text(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as stage:
        ahead = stage.app.typed_ahead
        sent: list[object] = []
        send = ahead._send

        def told(*to: MessagePump) -> None:
            sent.append(to)
            send(*to)

        monkeypatch.setattr(ahead, "_send", told)
        await stage.type("liam")
        await stage.sees(lambda: query(stage) == "liam")
        await stage.type(" smith")
        await stage.sees(lambda: query(stage) == ASKED)
        assert sent == []
        burst(stage, "enter")
        await stage.until("about Liam Smith")
        assert sent
