"""The demo desk at one standing moment, for tests of the screen."""

from __future__ import annotations

import asyncio
import shutil
import string
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from agent_tui.config import Settings
from agent_tui.services import demonstrating
from agent_tui.services.desk import Desk
from agent_tui.storage import schema
from agent_tui.tui.app import DeskApp
from tests.builders import StandingClock, make_desk
from tests.tui.pictures import keep, kept_picture, picture
from tests.tui.settling import know_lanes, paints, settle

NOW = datetime(2026, 11, 22, 14, 2, 7, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")
know_lanes()

PATIENCE_S = 10.0
POLL_S = 0.01
SETTLED_S = 1.0
LOOK_AGAIN_S = 0.2
"""Drawing the screen as text costs more than the test's own keys: it is looked at where something
was painted, and at least so often."""


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo desk, built once."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    url = f"sqlite:///{path}"

    def open_desk() -> Desk:
        schema.upgrade(url)
        return make_desk(url, now=NOW, zone=ZONE)

    demonstrating.prepare(
        path,
        open_desk,
        now=NOW.astimezone(ZONE),
        fresh=True,
        building=lambda: None,
        people=demonstrating.TOWN,
    )
    return path


_KEYS = {letter: _character_to_key(letter) for letter in string.punctuation + " "} | {"\r": "enter"}
"""What the keys are called that are no letters."""


class Stage:
    """One desk under test: the app, its pilot, the desk behind it, the clock that stands."""

    def __init__(self, app: DeskApp, pilot: Pilot[int], desk: Desk, clock: StandingClock) -> None:
        self.app = app
        self.pilot = pilot
        self.desk = desk
        self.clock = clock

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text as fast as a terminal hands it over: no key waits for the one before."""
        driver = self.app._driver
        assert driver is not None
        for letter in text:
            event = Key(_KEYS.get(letter, letter), letter)
            event.set_sender(self.app)
            driver.send_message(event)
        await self.pilot.pause()

    @property
    def shown(self) -> str:
        """The screen as text."""
        return picture(self.app)

    async def wait(self, **length: float) -> None:
        """Let time pass for whoever reads at the screen: `seconds=5`."""
        screen = self.app._desk_screen
        await self.pilot.pause()
        await self.sees(lambda: screen._in_view == screen.sidebar.brief._in_view())
        self.clock.move(**length)
        screen.look_again()
        await self.pilot.pause()

    async def until(self, *texts: str, gone: str | None = None) -> None:
        """Wait until all these texts are on the screen, and `gone` is not."""
        end = time.monotonic() + PATIENCE_S
        while not self._holds(texts, gone):
            assert time.monotonic() < end, f"never saw {texts} (without {gone!r}) in\n{self.shown}"
            await self._until_painted()

    async def sees(self, is_so: Callable[[], object]) -> None:
        """Wait until something is so that does not stand on the screen."""
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < end, "it never was so"
            await self.pilot.pause(POLL_S)

    async def looks_like(self, name: str) -> None:
        """Wait until the screen is the picture of that name, line for line."""
        kept = kept_picture(name)
        if kept is None:
            await self.pilot.pause(SETTLED_S)
            keep(name, self.shown)
            return
        end = time.monotonic() + PATIENCE_S
        while self.shown != kept:
            assert time.monotonic() < end, f"{name} looks different:\n{self.shown}"
            await self._until_painted()

    async def until_attended(self) -> None:
        """Wait until the desk knows what went on before: only what begins after that pops."""
        await self.sees(lambda: self.app._desk_screen.calls._popped is not None)

    async def _until_painted(self) -> None:
        """Wait until something else stands on the screen, or for a while, and until all is calm."""
        end = time.monotonic() + LOOK_AGAIN_S
        painted = paints(self.app)
        while paints(self.app) == painted and time.monotonic() < end:
            await asyncio.sleep(POLL_S)
        await settle()

    def _holds(self, texts: tuple[str, ...], gone: str | None) -> bool:
        shown = self.shown
        return all(text in shown for text in texts) and (gone is None or gone not in shown)


Open = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture
def desk_url(demo_file: Path, tmp_path: Path) -> str:
    """A demo desk of the test's own."""
    copy = tmp_path / "desk.sqlite"
    shutil.copy(demo_file, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def desk(desk_url: str) -> Iterator[Desk]:
    """The desk of Mira, beside the one that the app opens."""
    desk = make_desk(desk_url, now=NOW, zone=ZONE)
    yield desk
    desk.close()


@pytest.fixture
def open_app(desk_url: str) -> Open:
    """Open the app on the demo desk: `async with open_app(size=(120, 36)) as stage`."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (120, 36), url: str = desk_url, **settings: object
    ) -> AsyncIterator[Stage]:
        clock = StandingClock(NOW)
        desk = make_desk(url, now=clock, zone=ZONE)
        app = DeskApp(
            lambda: desk,
            settings=Settings(**settings),  # type: ignore[arg-type]
            ticks=lambda: int(clock.now.timestamp() * 1000),
        )
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            stage = Stage(app, pilot, desk, clock)
            await stage.until("Mira")
            await stage.until_attended()
            yield stage
            await app.action_quit()
        desk.close()

    return opened


@pytest.fixture
def katherine(desk: Desk) -> int:
    return desk.finding.find("katherine smith").hits[0].customer_id
