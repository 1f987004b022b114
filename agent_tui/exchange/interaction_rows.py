"""What of an interaction leaves the desk: the columns that every export and list has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any, Protocol

from agent_tui.domain.values import ids
from agent_tui.domain.values.people import Interaction

COLUMNS = (
    "id",
    "opened_at",
    "channel",
    "direction",
    "agent",
    "customer_id",
    "customer",
    "agenda",
    "met",
    "outcome",
    "topics",
    "length_s",
)
Write = Callable[[bytes], object]
"""Takes what was written, and may raise OSError."""


class Rows(Protocol):
    """Writes interactions in one format, each as soon as it comes."""

    def begin(self) -> None:
        """Write what stands before the first one."""

    def add(self, one: Interaction) -> None:
        """Write one."""


def as_object(one: Interaction) -> dict[str, Any]:
    """An interaction by its columns: `agent` is a handle, `opened_at` ISO 8601 in UTC, what is
    not known None."""
    customer_id = one.customer_id
    opened_at = one.opened_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return {
        "id": ids.show(ids.INTERACTION, one.id),
        "opened_at": opened_at,
        "channel": one.channel,
        "direction": one.direction,
        "agent": one.agent_handle,
        "customer_id": None if customer_id is None else ids.show(ids.CUSTOMER, customer_id),
        "customer": one.customer,
        "agenda": one.agenda,
        "met": one.met,
        "outcome": one.outcome,
        "topics": list(one.topics),
        "length_s": one.length_s,
    }
