"""The Textual app: opens the desk in the background, holds the threads, restores the terminal."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Protocol

from textual.app import App, SystemCommand
from textual.events import Event, Key, Paste
from textual.screen import Screen

from agent_tui.clock import Ticks, ticks
from agent_tui.config import Settings
from agent_tui.errors import AgentTuiError, BadInput, NotFound, StorageError
from agent_tui.tui import keymap
from agent_tui.tui.actions import ACTIONS, is_letter
from agent_tui.tui.browser import browse
from agent_tui.tui.clipboard import Clipboard, TerminalClipboard
from agent_tui.tui.lanes import tell
from agent_tui.tui.leaving import Leaving
from agent_tui.tui.messages import ChangesHeard, DeskFailed, DeskOpened, ReadFailed
from agent_tui.tui.outgoing import served
from agent_tui.tui.screens.desk import DeskScreen
from agent_tui.tui.theme import DARK, LIGHT, own_colours

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from agent_tui.domain.values.changes import Change
    from agent_tui.domain.values.friction import FrictionRule
    from agent_tui.domain.values.signals import Signal
    from agent_tui.services.desk import Desk

THREADS_END_WITHIN_S = 0.3


class Channel(Protocol):
    """How words arrive: something that hands out signals until it is closed."""

    def signals(self) -> Iterable[Signal]:
        """The signals as they come; ends when the channel is closed."""

    def close(self) -> None:
        """End the signals."""


class DeskApp(App[int]):
    """The screen that a support agent keeps open all day.

    `open_desk` is called in a thread once the first frame is painted; `channels` run for as long
    as the app does; `clipboard` takes what is copied, `browse` opens an address; `ticks` tell how
    long somebody has been reading. `failure` says, after the app has ended, why the desk could not
    be opened.
    """

    TITLE = "agent-tui"
    CSS_PATH = "screens/desk.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        *,
        settings: Settings | None = None,
        channels: Sequence[Channel] = (),
        clipboard: Clipboard | None = None,
        browse: Callable[[str], Awaitable[bool]] = browse,
        ticks: Ticks = ticks,
    ) -> None:
        self.settings = settings or Settings()
        super().__init__()
        self.animation_level = "none"
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.desk: Desk | None = None
        self.failure: AgentTuiError | None = None
        self.keys = keymap.resolve(self.settings.keys)
        self._open_desk = open_desk
        self._channels = channels
        self._stop = threading.Event()
        self._held: list[Key | Paste] | None = []
        self._threads: list[threading.Thread] = []
        self.leaving = Leaving(self)
        self.clipboard_outside = clipboard or TerminalClipboard(self)
        self.browse = browse
        self.ticks = ticks
        self._desk_screen = DeskScreen()
        """Whatever is asked over it: what threads have to say, they say to this screen."""
        self.set_keymap(_textual_keymap(self.keys))
        if self.settings.theme in self.available_themes:
            self.theme = self.settings.theme
        else:
            self.theme = DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours, for themes that do not name them."""
        return own_colours(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        """The desk."""
        return self._desk_screen

    async def on_event(self, event: Event) -> None:
        """Hold what is typed before the first frame until somebody can take it."""
        if self._held is not None and isinstance(event, (Key, Paste)):
            self._held.append(event)
        elif self.leaving.has_begun and isinstance(event, (Key, Paste)):
            # What is typed now would not be kept: only leaving at once is taken.
            if isinstance(event, Key) and event.key in self.keys.keys["quit"]:
                self.leave()
        else:
            await super().on_event(event)

    def on_app_focus(self) -> None:
        """The terminal tells that it has the focus."""
        self._desk_screen.terminal_focused(True)

    def on_app_blur(self) -> None:
        """The terminal tells that it has not."""
        self._desk_screen.terminal_focused(False)

    def on_ready(self) -> None:
        """The first frame is painted and the find box has the focus: give it what was typed."""
        held, self._held = self._held or [], None
        for event in held:
            self.post_message(event)

    def on_mount(self) -> None:
        """Open the desk behind the first frame; from now on whoever ends the program, or closes
        its terminal, waits until what was typed is on disk."""
        if not self.is_headless:
            self.leaving.heed_signals()
        self.call_after_refresh(self._start, self._open, "open")

    def _start(self, run: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _open(self) -> None:
        try:
            desk = self._open_desk()
        except AgentTuiError as error:
            tell(self._desk_screen, DeskFailed(error))
            return
        except Exception as error:
            tell(
                self._desk_screen,
                DeskFailed(StorageError(f"{type(error).__name__}: the desk could not be opened")),
            )
            return
        self.desk = desk
        tell(self._desk_screen, DeskOpened(desk))

    def start_listening(self, desk: Desk) -> None:
        """Hear of changes from any process, and let the channels speak."""

        def heard(changes: list[Change]) -> None:
            tell(self._desk_screen, ChangesHeard(changes))

        def lost(error: StorageError) -> None:
            tell(self._desk_screen, ReadFailed("changes", error))

        self._start(lambda: desk.watching.run(heard, self._stop, lost), "changes")
        for channel in self._channels:
            self._start(partial(self._receive, desk, channel), "channel")

    def _receive(self, desk: Desk, channel: Channel) -> None:
        def lost(error: AgentTuiError) -> None:
            tell(self._desk_screen, ReadFailed("channel", error))

        try:
            with served(desk, channel, lost):
                for signal in channel.signals():
                    if self._stop.is_set():
                        return
                    try:
                        desk.receiving.take(signal)
                    except (BadInput, NotFound) as error:
                        # This one cannot be taken; those behind it can.
                        lost(error)
        except AgentTuiError as error:
            lost(error)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every action that works right now, from the action table."""
        for action in ACTIONS:
            if action.scope in ("desk", "caller") and action.id != "palette":
                run = getattr(screen, f"action_{action.id}", None)
                if run is not None and screen.check_action(action.id, ()):
                    yield SystemCommand(action.title, action.help, run)

    async def action_quit(self) -> None:
        """Leave; what was typed is on disk before the program ends."""
        self.leave()
        await self.leaving.end()

    def leave(self) -> None:
        """Begin to leave; asked for again, it waits for no database any more."""
        self.leaving.begin()

    def begin_to_close(self) -> None:
        """Take nothing more, and ask that what was typed be written."""
        self._stop.set()
        for channel in self._channels:
            channel.close()
        self._desk_screen.begin_to_close()

    @property
    def is_closed(self) -> bool:
        """Whether every write that was asked for is done."""
        return self._desk_screen.is_closed

    @property
    def unkept(self) -> tuple[str, ...]:
        """The texts that no database has: to be printed once the terminal is given back."""
        return self._desk_screen.unkept

    def finish_writes(self) -> None:
        """Wait until every write asked for is done, however the screen ended."""
        if not self.leaving.is_hurried:
            self._desk_screen.finish_writes()

    def join_threads(self) -> None:
        """Wait a moment for what listens and receives."""
        for thread in self._threads:
            thread.join(THREADS_END_WITHIN_S)

    def say_friction(self, rule: FrictionRule) -> None:
        """Something stands in the way of this agent, wherever they are: most likely this rule."""
        self._desk_screen.say_friction(rule)

    def action_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_palette(self) -> None:
        """Choose any action by its name."""
        self.action_command_palette()


def _textual_keymap(keys: keymap.Keymap) -> dict[str, str]:
    """Our keys in Textual's terms: keys that type a letter act only where no text has the focus,
    so that each action has two bindings, of which the second holds its letters."""
    found = {}
    for action_id, own in keys.keys.items():
        if own != _defaults(action_id):
            found[action_id] = ",".join(key for key in own if not is_letter(key)) or "unbound"
            found[f"{action_id}.letter"] = ",".join(filter(is_letter, own)) or "unbound"
    return found


def _defaults(action_id: str) -> tuple[str, ...]:
    return next(action.keys for action in ACTIONS if action.id == action_id)
