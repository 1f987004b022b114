"""The Textual app: opens the desk in the background, holds the threads, restores the terminal."""

from __future__ import annotations

import gc
import os
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.events import CursorPosition, Event, Key, Paste, Resize
from textual.notifications import Notify
from textual.screen import Screen

from agent_tui.clock import Ticks, ticks
from agent_tui.config import Settings
from agent_tui.errors import AgentTuiError, BadInput, NotFound, StorageError
from agent_tui.tui import keymap
from agent_tui.tui.actions import ACTIONS, BY_ID, is_letter
from agent_tui.tui.browser import browse
from agent_tui.tui.clipboard import Clipboard, TerminalClipboard
from agent_tui.tui.lanes import Crew, tell
from agent_tui.tui.leaving import Leaving
from agent_tui.tui.messages import ChangesHeard, DeskFailed, DeskOpened, PlacesLoaded, ReadFailed
from agent_tui.tui.outgoing import served
from agent_tui.tui.places import Places
from agent_tui.tui.screens.desk import DeskScreen
from agent_tui.tui.theme import DARK, LIGHT, OTHER, PLAIN, TERMINAL_DARK, own_colours
from agent_tui.tui.toasts import Toasts
from agent_tui.tui.typed_ahead import Turn, TypedAhead
from agent_tui.tui.wire import ThriftyDriver, thrifty

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from textual.actions import ActionParseResult
    from textual.await_complete import AwaitComplete
    from textual.dom import DOMNode
    from textual.driver import Driver
    from textual.geometry import Size
    from textual.message_pump import MessagePump
    from textual.notifications import Notification

    from agent_tui.domain.values.changes import Change
    from agent_tui.domain.values.friction import FrictionRule
    from agent_tui.domain.values.signals import Signal
    from agent_tui.services.desk import Desk
    from agent_tui.tui.screens.typed_lines import Lines

THREADS_END_WITHIN_S = 0.3
SCREEN_SCOPES = ("everywhere", "desk", "away", "recent", "relationship", "caller")
"""The scopes of what is done on a whole screen, whichever of its parts has the focus."""
F3_WITH = {1: "f15", 4: "ctrl+f3"}
"""shift+F3 and ctrl+F3, as Textual names them. Most terminals send the same bytes for them as for
where their cursor stands, which Textual takes them for, and which is never asked for here."""
LOADED_WITHIN_S = 5.0
"""After which garbage is looked for again, loaded or not, in seconds."""


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
    long somebody has been reading; `taken` are the keys that this terminal keeps for itself: others
    are shown; `place_file` remembers the last place. `failure` says, after the app has ended, why
    the desk could not be opened.
    """

    TITLE = "agent-tui"
    CSS_PATH = "screens/desk.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "pause", "Back to the shell for a while", show=False, priority=True)
    ]

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        *,
        settings: Settings | None = None,
        channels: Sequence[Channel] = (),
        clipboard: Clipboard | None = None,
        browse: Callable[[str], Awaitable[bool]] = browse,
        ticks: Ticks = ticks,
        taken: Collection[str] = (),
        place_file: Path | None = None,
    ) -> None:
        self.settings = settings or Settings()
        # Where no colours are wanted, none are written: with its own colours instead of the
        # terminal's, Textual would write shades of grey.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.animation_level = "none"
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.desk: Desk | None = None
        self.failure: AgentTuiError | None = None
        self.keys = keymap.resolve(self.settings.keys, self.settings.lines_of_keys, taken)
        self._open_desk = open_desk
        self._channels = channels
        self._stop = threading.Event()
        self._held: list[Key | Paste] | None = []
        self.typed_ahead = TypedAhead(self, self._deal)
        self._toasts = Toasts(self)
        self.crew = Crew()
        self._threads: list[threading.Thread] = []
        self.leaving = Leaving(self)
        self.clipboard_outside = clipboard or TerminalClipboard(self)
        self.browse = browse
        self.ticks = ticks
        self._desk_screen = DeskScreen()
        """Whatever is asked over it: what threads have to say, they say to this screen."""
        self.places = Places(self, place_file)
        self.set_keymap(_textual_keymap(self.keys))
        self.not_taken = self.keys.problems
        """What of the settings cannot be used."""
        if self.settings.theme in self.available_themes:
            self.theme = self.settings.theme
        else:
            self.theme = DARK.name
            self.not_taken = (*self.not_taken, f"there is no theme “{self.settings.theme}”")
        if self.no_color:
            self.theme = TERMINAL_DARK

    def heed_terminal(self) -> None:
        """Take the terminal's own colours where it has but sixteen: ours would fall together."""
        if self.console.color_system == "standard":
            self.theme = PLAIN.get(self.theme, self.theme)

    def get_driver_class(self) -> type[Driver]:
        """The way to the terminal."""
        return thrifty(super().get_driver_class())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours, for themes that do not name them."""
        return own_colours(self.current_theme)

    def refresh_css(self, animate: bool = True) -> None:
        """The colours have changed. Before anything stands on the screen there is nothing to style
        anew: all rules would be read twice."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def unsay(self, words: str) -> None:
        """Something that was said holds no more: it need not stand any longer."""
        self._toasts.unsay(words)

    def on_notify(self, event: Notify) -> None:
        """Something is said."""
        self._toasts.say(event.notification)

    def uncover_frame(self) -> None:
        """The frame of the note says something urgent."""
        self._toasts.uncover_frame()

    def stop_saying(self, said: Notification) -> None:
        """It stands no longer."""
        self._unnotify(said)

    @property
    def said(self) -> Iterable[Notification]:
        """What stands there, as it was said."""
        return self._notifications

    @property
    def desk_screen(self) -> DeskScreen:
        """The desk, in sight or below another place."""
        return self._desk_screen

    def get_default_screen(self) -> Screen[None]:
        """The desk."""
        self._desk_screen.fit(self.size)
        return self._desk_screen

    def pop_screen(self) -> AwaitComplete:
        """Close the topmost window. What others wanted done after the next frame waits with the
        window, whoever asked for it, and Textual drops it there: it goes to the screen below."""
        gone = self.screen
        popped = super().pop_screen()
        waiting, gone._callbacks = gone._callbacks, []
        for callback, sender in waiting:
            # Its own stay with it: a place that is left is come back to.
            screen = gone if _is_part(sender, gone) else self.screen
            screen._invoke_later(callback, sender)
        return popped

    async def on_event(self, event: Event) -> None:
        """Hold what is typed before the first frame until somebody can take it."""
        if isinstance(event, Resize):
            self._heed_size(event.size)
        if isinstance(event, CursorPosition) and event.x in F3_WITH:
            event = Key(F3_WITH[event.x], None)
            event.set_sender(self)
        if self._held is not None and isinstance(event, (Key, Paste)):
            self._held.append(event)
        elif self.leaving.has_begun and isinstance(event, (Key, Paste)):
            # What is typed now would not be kept: only leaving at once is taken.
            if isinstance(event, Key) and event.key in self.keys.keys["quit"]:
                self.leave()
        elif isinstance(event, (Key, Paste)) and not event.is_forwarded:
            is_open = self._desk_screen.today_now is not None
            await self.places.heed_first_key(event, is_open=is_open)
            await self.typed_ahead.take(event)
        else:
            await super().on_event(event)

    async def _deal(self, event: Key | Paste) -> None:
        """Its turn has come: what an app does with it, and with what nothing here could take."""
        if isinstance(event, Paste):
            from agent_tui.tui.pasting import paste_elsewhere, takes_text

            if not takes_text(self.focused):
                paste_elsewhere(self, event.text)
                return
        await super().on_event(event)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key stands for; where that does not work right now, say what it needs."""
        if await super().run_action(action, default_namespace, namespaces):
            return True
        around = self if default_namespace is None else default_namespace
        target, name, parameters = self._parse_action(action, around, namespaces)
        screen = self.places.here or self._desk_screen
        if target is not screen or screen.check_action(name, parameters):
            return False
        from agent_tui.tui.needs import words_for

        words = words_for(screen, name)
        if words is not None:
            self.notify(words, title=BY_ID[name].title, markup=False)
        return words is not None

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Do what a key stands for; away from the desk, say of one of the desk's where it works,
        once nothing there has taken it."""
        if await super()._check_bindings(key, priority):
            return True
        place = self.places.here
        if priority or place is None or self.screen is not place:
            return False
        from agent_tui.tui.needs import action_at_desk, words_away

        action = action_at_desk(place, key)
        if action is not None:
            self.notify(words_away(place), title=action.title, markup=False)
        return action is not None

    def _heed_size(self, size: Size) -> None:
        """The terminal has this size now, and may show anything."""
        if isinstance(self._driver, ThriftyDriver):
            self._driver.resized(size.width, size.height)
        if self.screen_stack and self.screen.outer_size == size:
            # It had another one for a moment: Textual would take it that nothing has changed.
            self.screen.refresh()

    async def on_turn(self, event: Turn) -> None:
        """What was typed last is dealt with."""
        await self.typed_ahead.turn(event)

    def on_app_focus(self) -> None:
        """The terminal tells that it has the focus."""
        self._desk_screen.terminal_focused(True)

    def on_app_blur(self) -> None:
        """The terminal tells that it has not."""
        self._desk_screen.terminal_focused(False)

    async def on_ready(self) -> None:
        """The first frame is painted and the find box has the focus: give it what was typed,
        before anything that was typed since."""
        held, self._held = self._held or [], None
        if held:
            await self.places.heed_first_key(held[0], is_open=False)
        for event in held:
            await self.on_event(event)

    def on_mount(self) -> None:
        """Open the desk behind the first frame; from now on whoever ends the program, or closes
        its terminal, waits until what was typed is on disk."""
        if not self.is_headless:
            self.leaving.heed_signals()
        self.typed_ahead.heed_windows()
        self.places.begin()
        self.set_timer(LOADED_WITHIN_S, self.look_for_garbage)
        # The screen paints its first frame when it is resumed, which already stands in its queue:
        # what it is to call later stands behind that, and not behind all that follows.
        screen = self._desk_screen
        screen.call_later(screen.call_later, self._start, self._open, "open")

    def look_for_garbage(self) -> None:
        """Everything is loaded: garbage is looked for again, if that was put off."""
        if not gc.isenabled():
            from agent_tui import garbage

            garbage.look_seldom()

    def _start(self, run: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=run, name=name, daemon=True)
        thread.start()
        # Whoever leaves meanwhile waits only for what has begun.
        self._threads.append(thread)

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

    def warm_up_places(self) -> None:
        """Load in a thread what lies over the desk when another place is gone to."""

        def load() -> None:
            self.places.warm_up()
            tell(self._desk_screen, PlacesLoaded())

        self._start(load, "places")

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
            if action.scope in SCREEN_SCOPES and action.id != "palette":
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
        self.places.close()
        self.crew.dismiss()

    def _fatal_error(self) -> None:
        """Something failed as nobody foresaw: keep what was typed, give the terminal back, end.

        Textual would print the values of all variables, which are what customers said.
        """
        with suppress(Exception):
            self.begin_to_close()
        self._close_messages_no_wait()

    def panic(self, *_said: object) -> None:
        """As above; what the error would say of itself is not printed."""
        self._fatal_error()

    @property
    def fault(self) -> Exception | None:
        """What nobody foresaw and ended the app, if anything did."""
        return self._exception

    def keep_typed(self) -> None:
        """Ask that what is typed be written."""
        self._desk_screen.keep_typed()

    @property
    def is_writing(self) -> bool:
        """Whether something that was asked for is not on disk yet."""
        return self._desk_screen.is_writing

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

    @property
    def lines(self) -> Lines:
        """What was typed for the short questions and is not done."""
        return self._desk_screen.lines

    async def action_pause(self) -> None:
        """Back to the shell for a while."""
        from agent_tui.tui.pausing import pause

        await pause(self)

    def action_theme(self) -> None:
        """Change between dark and light."""
        self.theme = OTHER.get(self.theme, DARK.name)

    def action_palette(self) -> None:
        """Choose any action by its name."""
        self.action_command_palette()

    def action_command_palette(self) -> None:
        """The palette as a window of ours."""
        from agent_tui.tui.screens.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))


def _is_part(pump: MessagePump | None, screen: Screen[object]) -> bool:
    """Whether it is this screen or something on it."""
    while pump is not None and pump is not screen:
        pump = pump._parent
    return pump is screen


def _textual_keymap(keys: keymap.Keymap) -> dict[str, str]:
    """Our keys in Textual's terms: keys that type a letter act only where no text has the focus,
    so that each action has two bindings, of which the second holds its letters."""
    found = {}
    for action_id, own in keys.keys.items():
        if set(own) != set(_defaults(action_id)):
            found[action_id] = ",".join(key for key in own if not is_letter(key)) or "unbound"
            found[f"{action_id}.letter"] = ",".join(filter(is_letter, own)) or "unbound"
    return found


def _defaults(action_id: str) -> tuple[str, ...]:
    return next(action.keys for action in ACTIONS if action.id == action_id)
