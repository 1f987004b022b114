"""Keys that are typed faster than they are answered: each goes where the one before it led.

A key passes from panel to panel, and what it sets off goes the same way behind it. So the next key
waits until a word sent after the first has come back from there twice while nothing changed, and
until the window that opens meanwhile has the keys. A letter that is typed into a text sets nothing
off: it goes there at once, and a word is sent behind it when a key of another kind comes.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from textual.events import Key, Paste
from textual.message import Message

from agent_tui.text.cells import cut

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.message_pump import MessagePump
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.widget import Widget

    from agent_tui.tui.app import DeskApp

OPENS_WITHIN_S = 2.0
"""So long keys wait for a window that something is read or written for."""
SOMEBODY_WITHIN_S = 10.0
"""So long keys wait until somebody is found and opened; Esc waits no longer."""
_LOOK_EVERY_S = 0.05
_ANSWERED_WITHIN_S = 1.0
"""Whatever holds a key up longer: those behind it go on without it."""
_SAID = 60


class Turn(Message):
    """A word that follows a key: back at the app, it tells that the key was dealt with."""

    def __init__(self, number: int, app: DeskApp) -> None:
        super().__init__()
        self.number = number
        # A word goes up to whoever sent it and no further.
        self.set_sender(app)


class TypedAhead:
    """Hands one key after the other to the app; `deal` does with one what an app does with it."""

    def __init__(self, app: DeskApp, deal: Callable[[Key | Paste], Awaitable[None]]) -> None:
        self._app = app
        self._deal = deal
        self._waiting: deque[Key | Paste] = deque()
        self._number = 0
        self._sent_to: MessagePump | None = None
        """Where the last word went, while it is under way."""
        self._looks = 0
        self._seen: tuple[object, object] | None = None
        self._watch: Timer | None = None
        self._expects: Screen[object] | None = None
        """The screen over which a window is to open, once something is read or written for it."""
        self._until: Timer | None = None
        self._opens_somebody = False
        """Whether somebody is being found and opened: what is typed is meant for them."""
        self._typed_into: MessagePump | None = None
        """The text into which letters went since the last word."""

    async def take(self, event: Key | Paste) -> None:
        """Somebody typed: deal with it at once, or in its turn."""
        is_free = self._sent_to is None and not self._is_held and not self._waiting
        box = self._app.focused
        if is_free and box is not None and _only_types(box, event):
            self._typed_into = box
            await self._deal(event)
            return
        self._waiting.append(event)
        if self._opens_somebody and _gives_up(event):
            self.somebody_known()
        elif is_free and self._typed_into is not None:
            self._seen = None
            self._send(self._typed_into)
        elif is_free:
            await self._next()
        else:
            self._begin_to_watch()

    @property
    def is_done(self) -> bool:
        """Whether all that was typed so far was dealt with."""
        return self._sent_to is None and not self._waiting and self._typed_into is None

    def finish(self) -> None:
        """Send a word behind letters that went straight to their text."""
        if self._sent_to is None and not self._waiting and self._typed_into is not None:
            self._seen = None
            self._send(self._typed_into)

    @property
    def _is_held(self) -> bool:
        """Whether keys wait for more than the one before them."""
        return self._expects is not None or self._opens_somebody

    async def turn(self, word: Turn) -> None:
        """A word has come back."""
        if word.number != self._number or self._sent_to is None:
            return
        self._sent_to = None
        app = self._app
        if self._is_held:
            return
        now = (app.screen, app.focused)
        if now == self._seen and app.screen.is_mounted:
            await self._next()
        else:
            self._seen = now
            self._send()

    # -- windows that open late

    def heed_windows(self) -> None:
        """The app is mounted: from now on know of every window that opens."""
        self._app.screen_change_signal.subscribe(self._app, lambda _: self._changed(), True)

    def _changed(self) -> None:
        if self._expects is not None and self._app.screen is not self._expects:
            self.go_on()

    def expect(self) -> None:
        """A window will open once something is read or written: what is typed is meant for it."""
        self._expects = self._app.screen
        self._stop_waiting()
        self._until = self._app.set_timer(OPENS_WITHIN_S, self.go_on)

    def go_on(self) -> None:
        """It has opened. Where it has not, what was typed for it is for nothing else: say so."""
        under, self._expects = self._expects, None
        self._stop_waiting()
        if under is None:
            return
        if self._app.screen is under:
            self._drop()
        self._seen = None
        self._send()

    # -- somebody who is opened late

    def expect_somebody(self) -> None:
        """Somebody is about to be found and opened: what is typed is meant for them."""
        if any(_gives_up(event) for event in self._waiting):
            return
        self._opens_somebody = True
        self._stop_waiting()
        self._until = self._app.set_timer(SOMEBODY_WITHIN_S, self.somebody_known)

    def somebody_known(self) -> None:
        """They are opened, or it is known that nobody will be: the keys go on."""
        if not self._opens_somebody:
            return
        self._opens_somebody = False
        self._stop_waiting()
        self._seen = None
        self._send()

    def _stop_waiting(self) -> None:
        if self._until is not None:
            self._until.stop()
            self._until = None

    def _drop(self) -> None:
        text = "".join(
            one.text if isinstance(one, Paste) else (one.character or "")
            for one in self._waiting
            if isinstance(one, Paste) or one.is_printable
        )
        self._waiting.clear()
        if text.strip():
            words = cut(" ".join(text.split()), _SAID)
            self._app.notify(f"Nothing opened for what you typed: {words}", markup=False)

    # -- one after the other

    async def _next(self) -> None:
        if not self._waiting:
            self._stop_watching()
            return
        event = self._waiting.popleft()
        if self._app.leaving.has_begun:
            self._waiting.clear()
            return
        goes_to = self._app.focused or self._app.screen
        self._seen = None
        await self._deal(event)
        self._send(goes_to)

    def _send(self, to: MessagePump | None = None) -> None:
        """Send a word after the key, the way that it went or, later, to where keys go now."""
        app = self._app
        self._number += 1
        self._looks = 0
        self._typed_into = None
        here = app.focused or app.screen
        if to is None or not to.post_message(Turn(self._number, app)):
            to = here
            to.post_message(Turn(self._number, app))
        self._sent_to = to
        if self._waiting:
            self._begin_to_watch()

    def _begin_to_watch(self) -> None:
        if self._watch is None:
            self._watch = self._app.set_interval(_LOOK_EVERY_S, self._look)

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    async def _look(self) -> None:
        """A word is lost with the panel that had it: send another."""
        sent_to = self._sent_to
        if sent_to is None:
            return
        self._looks += 1
        if not (sent_to.is_running and sent_to.is_attached):
            self._send()
        elif self._looks * _LOOK_EVERY_S >= _ANSWERED_WITHIN_S:
            self._sent_to = None
            await self._next()


def _gives_up(event: Key | Paste) -> bool:
    return isinstance(event, Key) and event.key == "escape"


def _only_types(box: Widget, event: Key | Paste) -> bool:
    """Whether this is a box to type in, and the key does nothing there but write its letter."""
    only_types = getattr(box, "only_types", None)
    return only_types is not None and bool(only_types(event))
