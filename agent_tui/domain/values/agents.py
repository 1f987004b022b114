"""Who works at the desk, as services hand it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.kinds import AgentState, Role


class Agent(NamedTuple):
    """Somebody who works at the desk."""

    id: int
    handle: str
    name: str
    role: Role
    team: str
    state: AgentState = "ready"
    state_since: datetime | None = None
