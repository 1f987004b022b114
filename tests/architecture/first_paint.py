"""Run in a fresh interpreter by `test_first_paint`: the desk, and what it made Python load.

Prints one JSON object: `painted`, the packages loaded when the first frame was on the screen and
no database had answered, with `ours`, the modules of this program, and `modal`, what opens over the
desk; `importers`, for each database package the threads that began to load it.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen

from agent_tui.errors import StorageError
from agent_tui.tui.app import DeskApp
from agent_tui.tui.widgets.note_line import NoteLine
from agent_tui.tui.widgets.results import Results
from agent_tui.tui.widgets.today import TodayPane

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

OPENING = "Opening the desk…"
PATIENCE_S = 30.0


class Watch(MetaPathFinder):
    """Notes which thread asks for a package, and finds nothing itself."""

    def __init__(self, packages: Sequence[str]) -> None:
        self.importers: dict[str, set[str]] = {package: set() for package in packages}

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Note the thread; leave the finding to the others."""
        if name in self.importers:
            self.importers[name].add(threading.current_thread().name)
        return None


def loaded() -> list[str]:
    """The top packages in `sys.modules`."""
    return sorted({name.split(".")[0] for name in sys.modules})


def ours() -> list[str]:
    """The modules of this program in `sys.modules`, without its name."""
    names = (name.partition(".") for name in sys.modules)
    return sorted(name for program, _, name in names if program == "agent_tui" and name)


def modal(kind: type[ModalScreen[Any]] = ModalScreen) -> list[str]:
    """The screens of this program that are loaded and open over another."""
    own = [kind.__name__] if kind.__module__.startswith("agent_tui.") else []
    return own + [name for below in kind.__subclasses__() for name in modal(below)]


async def until(app: DeskApp, holds: Callable[[], bool]) -> None:
    """Let the app go on until something holds."""

    async def wait() -> None:
        while not holds():
            await asyncio.sleep(0.01)

    await asyncio.wait_for(wait(), PATIENCE_S)


def today(app: DeskApp) -> str:
    """What the panel Today says."""
    shown = app.screen_stack[0].query_one(TodayPane).lines
    return "\n".join(span.text for line in shown for span in line.left)


async def first_paint() -> dict[str, object]:
    """Paint with a database that does not answer."""
    asked, answer = threading.Event(), threading.Event()

    def open_desk() -> Desk:
        asked.set()
        answer.wait()
        raise StorageError("it never answered")

    app = DeskApp(open_desk)
    async with app.run_test(size=(120, 36), notifications=True, tooltips=True):
        await until(app, asked.is_set)
        report: dict[str, object] = {
            "said": today(app),
            "painted": loaded(),
            "ours": ours(),
            "modal": modal(),
        }
        answer.set()
    return report


async def opened(url: str, query: str, watched: Sequence[str]) -> dict[str, object]:
    """Open a desk, read Today, find and open somebody whose note was left unsaved, and leave."""
    watch = Watch(watched)
    sys.meta_path.insert(0, watch)

    def open_desk() -> Desk:
        from agent_tui.bootstrap import build_desk
        from agent_tui.config import Settings

        return build_desk(Settings(db=url, agent="mira", region="GB"))

    app = DeskApp(open_desk)
    async with app.run_test(size=(120, 36), notifications=True, tooltips=True) as pilot:
        await until(app, lambda: today(app) != OPENING)
        said = today(app)
        await pilot.press(*query)
        await until(app, lambda: bool(app.screen.query_one(Results).lines))
        await pilot.press("enter")
        await until(app, lambda: bool(app.screen.query_one(NoteLine).text))
        await until(app, lambda: "sqlmodel" in sys.modules)
        # Leaving waits for the writing thread, and so for all that it loads.
        await app.action_quit()
    importers = {name: sorted(threads) for name, threads in watch.importers.items()}
    if app.desk is not None:
        app.desk.close()
    return {"said": said, "importers": importers}


def main(words: Sequence[str]) -> None:
    """`first-paint`, or `opened URL QUERY PACKAGE...`."""
    report = first_paint() if words[0] == "first-paint" else opened(words[1], words[2], words[3:])
    sys.stdout.write(json.dumps(asyncio.run(report)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
