"""Whoever is chosen stands on the screen in one frame, and a slow answer holds none back."""

from __future__ import annotations

import threading

import pytest

from agent_tui.domain.values.conversation import Conversation, Whose
from agent_tui.tui import one_frame
from tests.tui.conftest import Open, Stage


def frames(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What each frame from now on shows."""
    painted: list[str] = []
    display = stage.app._display

    def painting(*told: object) -> None:
        if not stage.app._batch_count:
            painted.append(stage.shown)
        display(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(stage.app, "_display", painting)
    return painted


def is_loading(frame: str) -> bool:
    """Whether the conversation, at the left, says that it is read; the timeline may."""
    return any("Loading…" in row[:40] for row in frame.splitlines())


async def choose_katherine(stage: Stage) -> None:
    await stage.type("katherine smith")
    await stage.until("▸ Katherine Smith", "late 6 d")
    await stage.press("enter")


def held_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The newest page of a conversation is read when this is set."""
    go_on, opening = threading.Event(), stage.desk.opening
    newest = opening.newest

    def late(whose: Whose) -> Conversation:
        go_on.wait(30)
        return newest(whose)

    monkeypatch.setattr(opening, "newest", late)
    return go_on


async def test_a_conversation_is_painted_when_it_is_here_and_not_before(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_frame, "AT_MOST_S", 60)
    async with open_app() as stage:
        go_on, painted = held_up(stage, monkeypatch), frames(stage, monkeypatch)
        await choose_katherine(stage)
        go_on.set()
        await stage.until("about Katherine Smith", "Asha is off this")
        assert not any(map(is_loading, painted))
        assert any("Asha is off this" in frame for frame in painted)


async def test_an_answer_that_takes_long_says_that_it_is_under_way(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as stage:
        go_on, painted = held_up(stage, monkeypatch), frames(stage, monkeypatch)
        await choose_katherine(stage)
        await stage.sees(lambda: any(map(is_loading, painted)))
        go_on.set()
        await stage.until("Asha is off this")
