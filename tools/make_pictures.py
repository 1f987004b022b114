"""Pictures of the real screen for the README: the demo desk, driven without a terminal.

    python tools/make_pictures.py [FOLDER]

Every picture is taken at one standing moment of a demo desk in a temporary folder, so that little
but a change of the screen changes a picture. They are painted with a monospaced font of this
machine; no picture refers to anything outside itself.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from textual.pilot import Pilot

from agent_tui.bootstrap import build_desk
from agent_tui.channels.replay import Replay
from agent_tui.config import Settings
from agent_tui.services import demo_callers, demonstrating, replaying
from agent_tui.services.desk import Desk
from agent_tui.tui.app import DeskApp

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 22, 14, 2, 7, tzinfo=UTC)
TOLD_S = 33.0
"""How much of the demo's call has been told in a picture of a call."""
PATIENCE_S = 10.0
WIDTH = 1480
"""Pixels of a picture of 120 columns."""

FONTS = ("DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono", "Menlo", "Consolas")
FONT_FILES = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono*.ttf",
    "/usr/share/fonts/truetype/liberation*/LiberationMono-*.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansMono-*.ttf",
    "/System/Library/Fonts/Menlo.ttc",
    "C:/Windows/Fonts/consola*.ttf",
)


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Picture:
    """One picture: its name, its size in cells, its theme, and what is done before it is taken."""

    name: str
    size: tuple[int, int]
    theme: str
    pose: Callable[[Stage], Awaitable[None]]


class Stage:
    """The app on a demo desk of its own, and whoever calls."""

    def __init__(self, pilot: Pilot[int], caller: Desk, clock: Clock) -> None:
        self.pilot = pilot
        self._caller = caller
        self._clock = clock

    async def until(self, *texts: str) -> None:
        """Wait until the screen shows these texts."""
        end = time.monotonic() + PATIENCE_S
        while not all(text in shown(self.pilot) for text in texts):
            if time.monotonic() > end:
                raise SystemExit(f"the screen never showed {texts}:\n{shown(self.pilot)}")
            await self.pilot.pause(0.02)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text."""
        names = {" ": "space", "#": "number_sign"}
        await self.press(*(names.get(letter, letter) for letter in text))

    async def hear(self, seconds: float) -> None:
        """The demo's call, as far as it is told after so many seconds."""
        cues = [
            cue for cue in replaying.recording(demo_callers.CALLER).cues if cue.after_s <= seconds
        ]

        def wait(length: float) -> bool:
            self._clock.now += timedelta(seconds=length)
            return False

        replay = Replay(cues, play="picture", wait=wait, clock=self._clock)
        for signal in replay.signals():
            await asyncio.to_thread(self._caller.conversing.take, signal)
        self._clock.now = NOW + timedelta(seconds=seconds)


def shown(pilot: Pilot[int]) -> str:
    """The screen as text."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def a_call(stage: Stage) -> None:
    """Katherine Smith is on the line, the agent types a note."""
    await stage.hear(TOLD_S)
    await stage.until("a whole morning", "Before you speak")
    await stage.press("f4")
    await stage.type("stayed home twice #boiler")
    await stage.until("topic boiler", "draft kept")


async def a_search(stage: Stage) -> None:
    """Somebody is open while a half-heard name is typed."""
    await stage.type("katherine smith")
    await stage.until(" of 2,014", "the boiler visit that never came")
    await stage.press("enter")
    await stage.until("about Katherine Smith")
    await stage.press("ctrl+f")
    await stage.type("kathrin smth")
    await stage.until("kathrin smth", " of 2,014", "▸ Katherine Smith", "Kathryn Smyth")
    await stage.press("down")
    await stage.until("Kathryn Smyth   Enter opens")


PICTURES = (
    Picture("desk-120x36", (120, 36), "agent-tui-dark", a_call),
    Picture("desk-80x24", (80, 24), "agent-tui-dark", a_call),
    Picture("desk-light", (120, 36), "agent-tui-light", a_call),
    Picture("find-120x36", (120, 36), "agent-tui-dark", a_search),
)


async def take(picture: Picture, home: Path) -> str:
    """The picture as SVG."""
    path = home / f"{picture.name}.sqlite"
    clock = Clock()
    settings = Settings(
        db=f"sqlite:///{path}",
        agent=demonstrating.AGENT,
        region=demonstrating.REGION,
        theme=picture.theme,
    )

    def open_desk() -> Desk:
        return build_desk(settings, clock=clock, zone=ZONE)

    demonstrating.prepare(
        path, open_desk, now=NOW.astimezone(ZONE), fresh=True, building=lambda: None
    )
    caller = build_desk(settings._replace(agent="exchange"), clock=clock, zone=ZONE)
    app = DeskApp(open_desk, settings=settings)
    async with app.run_test(size=picture.size) as pilot:
        stage = Stage(pilot, caller, clock)
        await stage.until("Mira", "Promised by me")
        await picture.pose(stage)
        await pilot.pause()
        image = app.export_screenshot(title="agent-tui")
        await app.action_quit()
    caller.close()
    return image


def closed_in_itself(svg: str, font: str) -> str:
    """The SVG without the web font that Textual names; the font is one of this machine."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family:\s*[^;]+;", f'font-family: "{font}", monospace;', svg)


def monospaced() -> tuple[str, list[str]]:
    """The first monospaced font of this machine with its files; leaves with a sentence if none."""
    for name, pattern in zip(FONTS, FONT_FILES, strict=True):
        root, _, rest = pattern.partition("/")
        files = sorted(str(file) for file in Path(f"{root}/").glob(rest))
        if files:
            return name, files
    sys.exit(f"no monospaced font was found: install one of {', '.join(FONTS)}")


def paint(svg: str, font: str, files: list[str], columns: int) -> bytes:
    """The SVG as PNG."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=WIDTH * columns // 120,
            font_files=files,
            font_family=font,
            monospace_family=font,
            skip_system_fonts=True,
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    font, files = monospaced()
    with tempfile.TemporaryDirectory() as home:
        os.environ["AGENT_TUI_HOME"] = home
        for picture in PICTURES:
            svg = closed_in_itself(asyncio.run(take(picture, Path(home))), font)
            target = folder / f"{picture.name}.png"
            target.write_bytes(paint(svg, font, files, picture.size[0]))
            print(f"{target}  {target.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main()
