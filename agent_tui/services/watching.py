"""Hear of every change, from any process, soon after it was committed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from agent_tui.domain.values.changes import Change
from agent_tui.errors import StorageError

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

WAIT_SECONDS = 0.1
"""How long one wait lasts at most, and so how soon the feed ends when it is told to."""
RETRY_SECONDS = 2.0


class Watching:
    """Runs the change feed."""

    def __init__(self, desk: Desk, *, retry_seconds: float = RETRY_SECONDS) -> None:
        self._desk = desk
        self._retry_seconds = retry_seconds

    def run(
        self,
        heard: Callable[[list[Change]], None],
        stop: threading.Event,
        lost: Callable[[StorageError], None],
    ) -> None:
        """Call `heard` with changes in order until `stop` is set.

        Where the database cannot be reached, `lost` is told and the feed is opened again where it
        ended, so that what was committed meanwhile is heard too.
        """
        place = None
        while not stop.is_set():
            try:
                with closing(self._desk.store.feed(place)) as feed:
                    place = feed.place
                    while not stop.is_set():
                        changes = feed.wait(WAIT_SECONDS)
                        place = feed.place
                        if changes:
                            heard(changes)
            except StorageError as error:
                lost(error)
                stop.wait(self._retry_seconds)
