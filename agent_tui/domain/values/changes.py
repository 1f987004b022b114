"""What the change feed says: something was committed, and whom it concerns."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Change(NamedTuple):
    """One committed event. Ids only: what changed is read afresh by whoever shows it."""

    at: datetime
    agent_id: int | None
    kind: str
    customer_id: int | None
    interaction_id: int | None
    subject: str | None
