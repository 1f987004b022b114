"""A name that is typed at once goes to the find box, wherever the last sitting ended."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.console import RenderableType
from textual.events import Key, Paste
from textual.screen import Screen

from agent_tui.domain.values.finding import Found
from agent_tui.services.desk import Desk
from agent_tui.tui.app import DeskApp
from agent_tui.tui.screens.recent import RecentScreen
from tests.builders import StandingClock
from tests.tui.conftest import NOW, Stage

PATIENCE_S = 10.0
ELSEWHERE = ("recent", "relationship")


@pytest.fixture(params=ELSEWHERE)
def kept(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Where the last sitting ended."""
    file = tmp_path / "place"
    file.write_text(f"{request.param}\n")
    return file


@pytest.fixture
def opens() -> Iterator[threading.Event]:
    """The desk opens once this is set."""
    may_open = threading.Event()
    yield may_open
    may_open.set()


@asynccontextmanager
async def begun(
    desk: Desk,
    kept: Path,
    opens: threading.Event,
    *at_once: Key | Paste,
    size: tuple[int, int] = (120, 36),
) -> AsyncIterator[Stage]:
    """A sitting that begins where the last one ended, `at_once` typed before its first frame."""

    def open_desk() -> Desk:
        assert opens.wait(PATIENCE_S)
        return desk

    app = DeskApp(open_desk, place_file=kept)
    for event in at_once:
        app.post_message(event)
    async with app.run_test(size=size) as pilot:
        yield Stage(app, pilot, desk, StandingClock(NOW))
        opens.set()
        await app.action_quit()


def typed(text: str) -> list[Key | Paste]:
    return [Key(letter, letter) for letter in text]


async def is_looked_for(stage: Stage, name: str) -> None:
    """The desk is there, and the name stands in its find box and is answered."""
    screen = stage.app.desk_screen
    await stage.sees(lambda: stage.app.screen is screen)
    await stage.sees(lambda: screen.finder.query_text == name)
    assert stage.app.focused is screen.finder.box
    await stage.sees(lambda: screen.finder.is_answered)


async def test_a_name_typed_before_the_first_frame(
    desk: Desk, kept: Path, opens: threading.Event
) -> None:
    opens.set()
    async with begun(desk, kept, opens, *typed("katherine")) as stage:
        await is_looked_for(stage, "katherine")
        await stage.press("enter")
        await stage.until("Before you speak")


async def test_a_name_typed_while_the_desk_loads(
    desk: Desk, kept: Path, opens: threading.Event
) -> None:
    async with begun(desk, kept, opens) as stage:
        assert stage.app.screen is not stage.app.desk_screen
        await stage.type("kath")
        opens.set()
        await stage.type("erine")
        await is_looked_for(stage, "katherine")


async def test_a_name_that_is_pasted(desk: Desk, kept: Path, opens: threading.Event) -> None:
    opens.set()
    async with begun(desk, kept, opens, Paste("katherine")) as stage:
        await is_looked_for(stage, "katherine")


async def test_it_is_answered_before_anything_else_is_asked(
    desk: Desk, tmp_path: Path, opens: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside: list[set[str]] = []
    find = desk.finding.find

    def watched(query: str, *, limit: int, offset: int) -> Found:
        asking = stage.app.desk_screen.asking
        assert asking is not None
        beside.append(set(asking._lanes))
        return find(query, limit=limit, offset=offset)

    monkeypatch.setattr(desk.finding, "find", watched)
    async with begun(desk, tmp_path / "none", opens, *typed("katherine")) as stage:
        opens.set()
        await is_looked_for(stage, "katherine")
        assert beside[0] == {"find"}
        asking = stage.app.desk_screen.asking
        assert asking is not None
        await stage.sees(lambda: {"today", "lines"} <= set(asking._lanes))


async def test_the_first_frame_is_painted_once(
    desk: Desk, tmp_path: Path, opens: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    display = DeskApp._display

    def watched(app: DeskApp, screen: Screen[None], frame: RenderableType | None) -> None:
        painted.append(type(frame).__name__)
        display(app, screen, frame)

    monkeypatch.setattr(DeskApp, "_display", watched)
    async with begun(desk, tmp_path / "none", opens) as stage:
        await stage.until("Opening the desk")
        await stage.wait()
        assert painted.count("LayoutUpdate") == 1
        stage.app.desk_screen.refresh()
        await stage.sees(lambda: painted.count("LayoutUpdate") == 2)


@pytest.mark.parametrize(
    ("size", "classes"),
    [
        ((80, 24), {"-narrow", "-short"}),
        ((120, 36), {"-normal", "-tall"}),
        ((200, 60), {"-wide", "-tall"}),
    ],
)
async def test_the_first_frame_is_that_of_the_size(
    size: tuple[int, int],
    classes: set[str],
    tmp_path: Path,
    opens: threading.Event,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    styled: list[frozenset[str]] = []
    display = DeskApp._display

    def watched(app: DeskApp, screen: Screen[None], frame: RenderableType | None) -> None:
        styled.append(screen.classes)
        display(app, screen, frame)

    monkeypatch.setattr(DeskApp, "_display", watched)
    async with begun(desk, tmp_path / "none", opens, size=size) as stage:
        await stage.until("Opening the desk")
        assert classes <= styled[0]


async def test_other_keys_leave_one_where_one_was(
    desk: Desk, kept: Path, opens: threading.Event
) -> None:
    async with begun(desk, kept, opens, Key("down", None), Key("ctrl+f", None)) as stage:
        place = kept.read_text().strip()
        await stage.type("mood")
        opens.set()
        await stage.sees(lambda: stage.app.desk is not None)
        assert stage.app.screen is stage.app.places.here
        assert stage.app.places.here is not None
        assert place == stage.app.places.here.NAME


async def test_letters_after_a_place_was_gone_to_are_meant_for_it(
    desk: Desk, tmp_path: Path, opens: threading.Event
) -> None:
    async with begun(desk, tmp_path / "none", opens, Key("f2", None)) as stage:
        await stage.sees(lambda: isinstance(stage.app.screen, RecentScreen))
        await stage.type("/boiler")
        opens.set()
        await stage.sees(lambda: stage.app.desk is not None)
        screen = stage.app.screen
        assert isinstance(screen, RecentScreen)
        await stage.sees(lambda: screen.filter_panel.text == "boiler")


async def test_once_the_desk_is_open_letters_are_keys(
    desk: Desk, tmp_path: Path, opens: threading.Event
) -> None:
    kept = tmp_path / "place"
    kept.write_text("recent")
    opens.set()
    async with begun(desk, kept, opens) as stage:
        await stage.until("newest first", "2 waiting")
        await stage.type("j")
        assert isinstance(stage.app.screen, RecentScreen)
        await stage.sees(lambda: "▸" in stage.shown)
