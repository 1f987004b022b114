"""What one agent asks another to do, and what we do not know yet about somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agent_tui.domain.values.kinds import FollowUpState, QuestionState


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something asked of an agent about a customer; `owner` is who is to do it.

    While it is `declined`, it is the asker's turn again.
    """

    id: int
    customer_id: int
    customer: str
    text: str
    asked_by: str | None
    owner: str
    state: FollowUpState
    at: datetime
    closed_at: datetime | None
    interaction_id: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Question:
    """Something that we do not know yet about a customer and want to."""

    id: int
    customer_id: int
    text: str
    state: QuestionState
    at: datetime
    closed_at: datetime | None
    interaction_id: int | None
    version: int
    customer: str | None = None
