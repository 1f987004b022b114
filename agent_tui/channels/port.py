"""The port through which the outside talks to the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from agent_tui.domain.values.kinds import ChannelName
from agent_tui.domain.values.outbox import OutMessage
from agent_tui.domain.values.signals import Signal

Outlet = Callable[[OutMessage], None]
"""Where what agents send leaves: when the call returns, the channel has the message.

What it raises means that the channel has it not, and ends the serving of its outbox. The same
message may be handed over twice, under the same id; the outside tells it by that.
"""


class Channel(Protocol):
    """Something that people reach us through: a telephone system, a chat, a recorded call.

    An adapter turns what its outside says into signals, and nothing else: who the caller is and
    what becomes of a call is decided by the services.
    """

    @property
    def name(self) -> ChannelName:
        """The channel that its calls belong to. A call id is unique within it."""
        ...

    def signals(self) -> Iterator[Signal]:
        """What happens, in order, as it happens: the iterator waits, and ends with the channel.

        It is read from one thread, which it may block. Signals of several calls may alternate.
        """
        ...
