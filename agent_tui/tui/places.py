"""The places of the app, one key each: the desk, and what lies over it while one reads there.

The desk stays below with its calls, notes and drafts, untouched. A place is loaded when it is gone
to for the first time, and stays as it was left when it is come back to. Recent, which is gone to
most, is made ready behind the desk some time after the first paint.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from textual.events import Key, Paste
from textual.widget import AwaitMount

from agent_tui.paths import PRIVATE_FILE, private

if TYPE_CHECKING:
    from pathlib import Path

    from agent_tui.domain.values.changes import Change
    from agent_tui.services.desk import Desk
    from agent_tui.tui.app import DeskApp
    from agent_tui.tui.screens.away import AwayFromDesk


PREPARES_ON_S = 0.05


class Place(NamedTuple):
    """A place: its name, what it is called, and the key that leads there from another one."""

    name: str
    title: str
    key: str


PLACES = (
    Place("desk", "Desk", "F1"),
    Place("recent", "Recent", "F2"),
    Place("relationship", "Relationship", "F3"),
)
"""All of them, in the order of the header."""


class Places:
    """Goes from place to place, and passes on to those over the desk what the desk hears.

    The file `kept` holds the name of the last place, at which the next sitting begins; without one
    it begins at the desk.
    """

    def __init__(self, app: DeskApp, kept: Path | None = None) -> None:
        self._app = app
        self._kept = kept
        self._loaded: dict[str, AwayFromDesk] = {}
        self._connected: set[str] = set()
        self._has_begun_elsewhere = False
        """Whether a sitting began over the desk, and nothing was typed in it so far."""

    @property
    def here(self) -> AwayFromDesk | None:
        """The place that lies over the desk, None at the desk."""
        stack = self._app.screen_stack
        return next((one for one in self._loaded.values() if one in stack), None)

    def go(self, name: str) -> None:
        """Go to a place; what lies over the present one is to be closed before."""
        before = self.here
        if before is not None and name == before.NAME:
            return
        while before is not None and self.here is before:
            self._app.pop_screen()
        if name != "desk":
            place = self._place(name)
            if self._app.desk is not None:
                self._connect(place, self._app.desk)
            self._app.push_screen(place)
        self._keep(name)

    def begin(self) -> None:
        """Begin where the last sitting ended."""
        if self._kept is None:
            return
        with suppress(OSError, UnicodeError):
            name = self._kept.read_text(encoding="utf-8").strip()
            if name in {place.name for place in PLACES} - {"desk"}:
                self.go(name)
                self._has_begun_elsewhere = True

    async def heed_first_key(self, event: Key | Paste, *, is_open: bool) -> None:
        """Before the desk is open and read there is nothing yet that a letter could act on: a
        sitting that begins with one begins at the desk, whose find box it is meant for."""
        was_begun, self._has_begun_elsewhere = self._has_begun_elsewhere, False
        if was_begun and not is_open and _begins_words(event):
            self.go("desk")
            desk = self._app.desk_screen
            if not desk.is_mounted:
                await AwaitMount(desk, [desk])
            # It gets its focus with a message, which would come behind the key.
            desk.set_focus(desk.finder.box)

    def _keep(self, name: str) -> None:
        if self._kept is None:
            return
        # Where it cannot be kept, the next sitting begins elsewhere: nobody need hear of that.
        with suppress(OSError):
            private(self._kept.parent)
            self._kept.write_text(f"{name}\n", encoding="utf-8")
            self._kept.chmod(PRIVATE_FILE)

    def _place(self, name: str) -> AwayFromDesk:
        place = self._loaded.get(name)
        if place is None:
            place = self._loaded[name] = _loaded(name)
            # One that is installed stays when it is left.
            self._app.install_screen(place, name)
        return place

    def _connect(self, place: AwayFromDesk, desk: Desk) -> None:
        """Hand the desk to a place, once: it may have been gone to just when the desk opened."""
        if place.NAME not in self._connected:
            self._connected.add(place.NAME)
            place.connect(desk)

    def warm_up(self) -> None:
        """Load what a place is made of and reads with, in a thread of its own."""
        import agent_tui.tui.screens.recent
        import agent_tui.tui.screens.relationship

        del agent_tui
        if self._app.desk is not None:
            _ = self._app.desk.browsing

    def prepare(self) -> None:
        """Read the style of Recent, once what it is made of is loaded; a moment later, so that a
        key goes between, lay it out behind the desk. It asks nothing until it is gone to."""
        app = self._app
        if "recent" in self._loaded:
            return
        app._load_screen_css(self._place("recent"))
        app.set_timer(PREPARES_ON_S, self._lay_out_recent)

    def _lay_out_recent(self) -> None:
        place = self._loaded["recent"]
        if not place.is_running and not self._app.leaving.has_begun:
            self._app._get_screen(place)

    def desk_opened(self, desk: Desk) -> None:
        """The database answered: whoever has gone to a place before that waits for it there. One
        that was left again asks nothing until it is gone to."""
        if (here := self.here) is not None:
            self._connect(here, desk)

    def hear(self, changes: list[Change]) -> None:
        """Something was committed, here or in another process."""
        for place in self._loaded.values():
            if place.NAME in self._connected:
                place.hear(changes)

    def show_edges(self) -> None:
        """What the desk counts, or the calls that go on, are others now."""
        if self._loaded and (here := self.here) is not None:
            here.show_edges()

    def close(self) -> None:
        """Ask nothing more."""
        for place in self._loaded.values():
            place.close()


def _begins_words(event: Key | Paste) -> bool:
    """Whether this is how a name, a number or an address begins."""
    first = event.text.lstrip()[:1] if isinstance(event, Paste) else event.character or ""
    return first.isalnum() or first == "+"


def _loaded(name: str) -> AwayFromDesk:
    """A place over the desk, which is loaded now."""
    if name == "relationship":
        from agent_tui.tui.screens.relationship import RelationshipScreen

        return RelationshipScreen()
    from agent_tui.tui.screens.recent import RecentScreen

    return RecentScreen()
