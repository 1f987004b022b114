"""What waits to leave: a message of an agent, as its channel is handed it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutMessage:
    """A message that an agent sent. `call` and `id` are what its channel knows them by.

    `to` is the number or address at the other end, where the channel told it. The same `id` may
    come twice, after a channel died with the message in hand; it is the same message then.
    """

    message_id: int
    call: str
    id: str
    text: str
    to: str | None = None
