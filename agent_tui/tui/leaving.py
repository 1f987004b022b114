"""The way out: what was typed is on disk before the program ends, or is handed over."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

from agent_tui.tui.actions import key_name
from agent_tui.tui.wire import ThriftyDriver

if TYPE_CHECKING:
    from agent_tui.tui.app import DeskApp

DATABASE_ENDS_WITHIN_S = 15.0
"""How long a write may wait for a database that others hold, and longer."""
LOOKS_EVERY_S = 0.005
SAYS_AFTER_S = 0.3
"""How long leaving may take before the agent is told what it waits for."""
PAINTS_WITHIN_S = 1.0
TYPED_WITHIN_S = 3.0
"""What was typed before a signal came is dealt with in this time, or not at all."""
CALM_S = 0.05
"""So long nothing has come: what was typed may be on its way through the terminal still."""
ENDED_BY_SIGNAL = 128
"""The exit code of what a signal ended is this and the signal's number, as shells and supervisors
know it."""

LOG = logging.getLogger(__name__)


class Leaving:
    """Ends the app: at a key, when somebody ends the program, or when its terminal is closed."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._task: asyncio.Task[None] | None = None
        self._behind_typed: asyncio.Task[None] | None = None
        self._code = 0
        self.is_hurried = False
        """Whether it waits for no database any more."""

    @property
    def has_begun(self) -> bool:
        """Whether nothing more is taken."""
        return self._task is not None

    def heed_signals(self) -> None:
        """Leave in good order when told to end, or when the terminal is closed."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._told_to_end)
        loop.add_signal_handler(signal.SIGHUP, self._hang_up)

    def begin(self) -> None:
        """Take nothing more, and write what was typed; asked for again, leave at once."""
        if self._task is None:
            self._task = asyncio.create_task(self._leave())
        else:
            self.is_hurried = True

    async def _begin_behind_typed(self) -> None:
        """Begin once all was taken that was typed before: a signal overtakes keys."""
        begun = calm_since = time.monotonic()
        while (now := time.monotonic()) - calm_since < CALM_S and now - begun < TYPED_WITHIN_S:
            self._app.typed_ahead.finish()
            await asyncio.sleep(LOOKS_EVERY_S)
            if self._has_more_typed():
                calm_since = time.monotonic()
        self.begin()

    def _has_more_typed(self) -> bool:
        driver = self._app._driver
        return (
            (isinstance(driver, ThriftyDriver) and driver.has_more())
            or self._app.message_queue_size > 0
            or not self._app.typed_ahead.is_done
        )

    async def end(self) -> None:
        """Wait until the app is told to end."""
        if self._task is not None:
            await self._task

    async def _leave(self) -> None:
        app = self._app
        app.begin_to_close()
        begun = time.monotonic()
        is_said = False
        while not (app.is_closed or self.is_hurried):
            await asyncio.sleep(LOOKS_EVERY_S)
            if not is_said and time.monotonic() - begun > SAYS_AFTER_S:
                is_said = True
                self._say_what_it_waits_for()
        if not self.is_hurried:
            await asyncio.to_thread(app.join_threads)
        app.exit(return_code=1 if app.unkept else self._code)

    def _say_what_it_waits_for(self) -> None:
        key = key_name(self._app.keys.keys["quit"][0])
        self._app.notify(
            f"The database does not answer yet. {key} again leaves at once; "
            "what is not kept is then printed in the terminal.",
            title="Saving what was typed",
            timeout=60,
            markup=False,
        )

    @property
    def is_hung_up(self) -> bool:
        """Whether the terminal was closed: it takes nothing any more."""
        return self._code == ENDED_BY_SIGNAL + signal.SIGHUP

    def _told_to_end(self) -> None:
        """Somebody ends the program: leave as ever, with the exit code that tells so."""
        LOG.info("told to end by SIGTERM")
        self._signalled(signal.SIGTERM)

    def _hang_up(self) -> None:
        """The terminal was closed: leave as ever, but do not wait for it. The signal has its usual
        effect from now on."""
        LOG.info("the terminal was closed: SIGHUP")
        asyncio.get_running_loop().remove_signal_handler(signal.SIGHUP)
        self._signalled(signal.SIGHUP)
        threading.Thread(target=self._end_anyway, name="hang-up", daemon=True).start()

    def _signalled(self, told: signal.Signals) -> None:
        self._code = ENDED_BY_SIGNAL + told
        if self._behind_typed is None:
            self._behind_typed = asyncio.create_task(self._begin_behind_typed())
        else:
            self.begin()

    def _end_anyway(self) -> None:
        """A terminal that is gone takes nothing, and what is left to paint would wait for ever."""
        begun = time.monotonic()
        while not self._app.is_closed and time.monotonic() - begun < DATABASE_ENDS_WITHIN_S:
            time.sleep(LOOKS_EVERY_S)
        time.sleep(PAINTS_WITHIN_S)
        os.kill(os.getpid(), signal.SIGHUP)
