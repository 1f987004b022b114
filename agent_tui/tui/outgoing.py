"""What agents send leaves by those channels of this program that take it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from agent_tui.errors import AgentTuiError

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import ChannelName
    from agent_tui.domain.values.outbox import OutMessage
    from agent_tui.services.desk import Desk
    from agent_tui.services.posting import Posting

BEGINS_AFTER_S = 2.0
"""When the outbox is first looked at: what that loads would hold up the first keys."""


@runtime_checkable
class Outbound(Protocol):
    """A channel that takes what agents send on it."""

    name: ChannelName

    def take(self, message: OutMessage) -> None:
        """Send a message. The channel has it when this returns."""


@contextmanager
def served(desk: Desk, channel: object, lost: Callable[[AgentTuiError], None]) -> Iterator[None]:
    """Hand a channel what agents send on it while the block runs, if it takes that.

    What was not handed over waits on. `lost` is told why where the serving ends before the block.
    """
    if not isinstance(channel, Outbound):
        yield
        return
    serving = _Serving(desk, channel, lost)
    try:
        yield
    finally:
        serving.end()


class _Serving:
    """A thread that serves one channel's outbox."""

    def __init__(
        self, desk: Desk, channel: Outbound, lost: Callable[[AgentTuiError], None]
    ) -> None:
        self._desk = desk
        self._channel = channel
        self._lost = lost
        self._ended = threading.Event()
        self._posting: Posting | None = None
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """End at once."""
        self._ended.set()
        if self._posting is not None:
            self._posting.end(at_once=True)
        self._thread.join()

    def _run(self) -> None:
        if self._ended.wait(BEGINS_AFTER_S):
            return
        from agent_tui.services.posting import Posting

        self._posting = Posting(
            self._desk, self._channel.name, self._channel.take, wait=self._ended.wait
        )
        if self._ended.is_set():
            return
        try:
            self._posting.run()
        except AgentTuiError as error:
            self._lost(error)
