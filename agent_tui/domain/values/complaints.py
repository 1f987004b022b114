"""How far a complaint has come, as services hand it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agent_tui.domain.values.kinds import Reaction

Step = Literal["acknowledge", "assess", "answer", "decide", "tell", "react", "close"]
"""What is done about a complaint, in the order of ISO 10002:2018, 8.4 to 8.9. `answer` is what was
found out, `tell` says the decision to the customer, `react` is what they make of it."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """The steps that were taken, each with its moment; beside the case that it belongs to.

    `speakable` is the id that people say. `escalated_to` is where it went, where the customer did
    not accept the decision. `closed_by` is the agent who closed it, which is known of the last one
    that was closed, where a brief is made.
    """

    speakable: str
    acknowledged_at: datetime | None = None
    assessed_at: datetime | None = None
    assessment: str | None = None
    answered_at: datetime | None = None
    answer: str | None = None
    decided_at: datetime | None = None
    decision: str | None = None
    decision_reason: str | None = None
    told_at: datetime | None = None
    reaction: Reaction | None = None
    reacted_at: datetime | None = None
    escalated_to: str | None = None
    closed_at: datetime | None = None
    version: int = 1
    closed_by: int | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next about a complaint, in words, and by when, if that is said."""

    step: Step
    words: str
    due_at: datetime | None
