"""Take what a channel delivers, one signal after the other, each on disk before the next."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from agent_tui.channels.feed import BadLine, UnknownField, read_feed
from agent_tui.errors import BadInput, Conflict, NotFound, Unavailable
from agent_tui.services.patience import Wait, patiently

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import ChannelName
    from agent_tui.domain.values.signals import Signal
    from agent_tui.services.desk import Desk


class Receiving:
    """Writes signals, and tries again where the database was only busy."""

    def __init__(self, desk: Desk, *, wait: Wait = time.sleep) -> None:
        self._desk = desk
        self._wait = wait

    def take(self, signal: Signal) -> None:
        """Write one signal; the same signal twice is one.

        Where the database is busy it is tried again, see `patience`. Raises BadInput where the
        signal cannot be taken, Unavailable or Conflict where the last try failed as well.
        """
        patiently(lambda: self._desk.conversing.take(signal), self._wait)

    def read(
        self, lines: Iterable[bytes], *, channel: ChannelName
    ) -> Iterator[BadLine | UnknownField]:
        """Take every line of a feed as it arrives; gives those that had to be skipped, and why, and
        the fields of those that were taken which nobody reads.

        A line is committed before the next is read. Raises Unavailable or Conflict, naming the
        line, where one could not be written: nothing behind it was read.
        """
        number = 0

        def counted() -> Iterator[bytes]:
            nonlocal number
            for line in lines:
                number += 1
                yield line

        feed = read_feed(counted(), channel=channel, clock=self._desk.clock, zone=self._desk.zone)
        for event in feed:
            if isinstance(event, (BadLine, UnknownField)):
                yield event
                continue
            try:
                self.take(event)
            except (BadInput, NotFound) as error:
                yield BadLine(number, error.message)
            except (Conflict, Unavailable) as error:
                raise type(error)(
                    f"line {number} and what follows was not taken: {error.message}"
                ) from error
