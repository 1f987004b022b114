"""What a channel tells the desk, one value a happening, as the feed contract spells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agent_tui.domain.values.kinds import ChannelName, Speaker

CallChange = Literal["ringing", "answered", "held", "resumed", "ended"]


@dataclass(frozen=True, slots=True)
class CallSignal:
    """A call began or changed. `call` is the channel's own id of it, `reason` why it was held."""

    channel: ChannelName
    call: str
    change: CallChange
    sender: str | None = None
    receiver: str | None = None
    name: str | None = None
    at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MessageSignal:
    """Something was said or written in a call. `id` is the message's own id within that call.

    While `final` is false the text may still be replaced under the same id.
    """

    channel: ChannelName
    call: str
    id: str
    speaker: Speaker
    text: str
    final: bool = True
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeliverySignal:
    """What became of a message that an agent sent."""

    channel: ChannelName
    call: str
    id: str
    delivered: bool
    reason: str | None = None


Signal = CallSignal | MessageSignal | DeliverySignal
