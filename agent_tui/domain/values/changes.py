"""What the change feed says: something was committed, and whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One committed event. Ids only: what changed is read afresh by whoever shows it."""

    at: datetime
    agent_id: int | None
    kind: str
    customer_id: int | None
    interaction_id: int | None
    subject: str | None
