"""A promise, as services hand it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agent_tui.domain.values.kinds import PromiseState, Side


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment. `owner`, `offered_to`, `offered_by` and `closed_by` are names of agents.

    `told_at` is when the customer heard that it will not be kept as promised, `told_before_due`
    whether that was in time. `offered_to` is asked to take it over; `offered_by` without it says
    that a colleague declined. It took the place of `replaces_id`. `mark` are the words of the note
    that it came from, `contact` a number to call back, `reason` why it was closed.
    """

    id: int
    customer_id: int
    customer: str
    side: Side
    text: str
    due_at: datetime | None
    state: PromiseState
    owner: str | None
    interaction_id: int | None
    created_at: datetime
    owner_id: int | None = None
    mark: str | None = None
    contact: str | None = None
    read_back_at: datetime | None = None
    told_at: datetime | None = None
    told_before_due: bool | None = None
    offered_to: str | None = None
    offered_to_id: int | None = None
    offered_by: str | None = None
    offered_by_id: int | None = None
    replaces_id: int | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    reason: str | None = None
    note_id: int | None = None
    version: int = 1

    def is_offered_to(self, agent_id: int | None) -> bool:
        """Whether this agent is asked to take it over."""
        return self.state == "open" and agent_id is not None and self.offered_to_id == agent_id


@dataclass(frozen=True, slots=True)
class SaidPromise:
    """What is promised, and by when, before it is one."""

    text: str
    due_at: datetime | None
