"""Interactions for tests of Recent that need no database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.recent import RecentPlace, RecentRow


def talked(number: int, at: datetime, **more: Any) -> RecentRow:
    """A row; `mood` and `marks` are the row's, everything else its interaction's."""
    own = {name: more.pop(name) for name in ("mood", "marks") if name in more}
    told: dict[str, Any] = {
        "id": number,
        "customer_id": 1,
        "customer": "Ada Bell",
        "channel": "phone",
        "direction": "in",
        "state": "wrapped_up",
        "opened_at": at,
        "answered_at": None,
        "closed_at": None,
        "agent_id": 1,
        "agent": "Mira Okafor",
        "agenda": "the boiler",
        "met": "not_asked",
        "outcome": None,
        "topics": (),
    }
    call = Interaction(**{**told, **more})
    return RecentRow(call, RecentPlace(int(at.timestamp()) * 4096, number), **own)
