"""Hand a channel what agents send on it, as soon as they do."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.errors import StorageError
from agent_tui.services.patience import Wait, patiently
from agent_tui.services.sending import LEASE

if TYPE_CHECKING:
    from agent_tui.channels.port import Outlet
    from agent_tui.domain.values.kinds import ChannelName
    from agent_tui.domain.values.outbox import OutMessage
    from agent_tui.services.desk import Desk

LOOK_AGAIN_S = 1.0
"""Seconds after which the outbox is looked at without a word of the change feed: nothing tells
that a claim has run out."""


class Posting:
    """Serves one channel's outbox from one thread, until told to end.

    A message counts as sent when the outlet has taken it. Where the program dies in between, it is
    handed over again under the same id once the claim has run out.
    """

    def __init__(
        self, desk: Desk, channel: ChannelName, outlet: Outlet, *, wait: Wait = time.sleep
    ) -> None:
        self._desk = desk
        self._channel = channel
        self._outlet = outlet
        self._wait = wait
        self._news = threading.Event()
        self._ending = threading.Event()
        self._at_once = False

    def run(self) -> None:
        """Hand over what waits and what comes, until told to end.

        Raises what the outlet raises, and StorageError where the database stays shut; what was not
        handed over waits on.
        """
        stop = threading.Event()
        watch = threading.Thread(
            target=self._desk.watching.run,
            args=(lambda _: self._news.set(), stop, lambda _: self._news.set()),
            name="outbox",
            daemon=True,
        )
        watch.start()
        try:
            while not self._ending.is_set():
                self._hand_over()
                self._news.wait(LOOK_AGAIN_S)
                self._news.clear()
            self._drain()
        finally:
            stop.set()
            watch.join()

    def end(self, *, at_once: bool = False) -> None:
        """End, from another thread: when all that waits at this moment has left, or at once."""
        self._at_once = at_once
        self._ending.set()
        self._news.set()

    def _drain(self) -> None:
        """What others have in hand is waited for: where they died, it is handed over here."""
        left = set() if self._at_once else self._waiting()
        while left and not self._at_once:
            self._hand_over()
            left &= self._waiting()
            if left:
                self._news.wait(LOOK_AGAIN_S)
                self._news.clear()

    def _waiting(self) -> set[int]:
        return set(patiently(lambda: self._desk.sending.waiting(self._channel), self._wait))

    def _hand_over(self) -> None:
        while not self._at_once:
            at = self._desk.clock()
            claimed = self._claim(at)
            if not claimed:
                return
            left = [message.message_id for message in claimed]
            try:
                for message in claimed:
                    # A slow outlet may not use up the claim of what comes behind.
                    if self._at_once or self._desk.clock() - at > LEASE / 2:
                        break
                    self._outlet(message)
                    del left[0]
                    self._sent(message.message_id)
            finally:
                if left:
                    with suppress(StorageError):
                        self._desk.sending.give_back(left, at)

    def _claim(self, at: datetime) -> tuple[OutMessage, ...]:
        return patiently(lambda: self._desk.sending.claim(self._channel, at=at), self._wait)

    def _sent(self, message_id: int) -> None:
        patiently(lambda: self._desk.sending.taken(message_id), self._wait)
