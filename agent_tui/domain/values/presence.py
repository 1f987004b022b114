"""Who else has somebody open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agent_tui.domain.values.kinds import Doing


@dataclass(frozen=True, slots=True)
class Presence:
    """Another desk that has a customer or an interaction open.

    `who` is the agent's name, or says that it is oneself at another desk; `seen_at` is when that
    desk last said so.
    """

    who: str
    agent_id: int
    doing: Doing
    customer_id: int | None
    interaction_id: int | None
    seen_at: datetime
