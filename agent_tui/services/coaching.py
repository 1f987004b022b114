"""What agent and lead might talk about: what the records show again and again, with the
conversations behind it.

A lead reads it of the agents of their team, an admin of everybody, every agent of themselves: both
sides see the same list, but for friction: leads read its words by rule and are never told who wrote
them, so that a rule that stood in somebody's way is on their list only where it did for five agents
and more. An agent sees all of their own, and may bring it. How long anybody looked at a line is no
part of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain.rules.coaching import AT_LEAST, COMES_BACK, OPEN_FOR, in_order, sentence
from agent_tui.domain.values.coaching import CoachingEntry
from agent_tui.errors import Refused
from agent_tui.services.friction import AGENTS_AT_LEAST
from agent_tui.storage.queries import agents, coaching

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

CITED = 20
"""Interactions that an entry names, the newest ones."""


class Coaching:
    """Gathers what happened again and again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def mine(self, since: datetime) -> tuple[CoachingEntry, ...]:
        """What happened again and again in my interactions, in those opened from a moment on."""
        return self._found(since, agent_id=self._desk.agent.id)

    def team(self, since: datetime) -> tuple[CoachingEntry, ...]:
        """The same of the agents of my team, and for an admin of everybody, without myself.

        Refused for an agent, who has `mine`.
        """
        me = agents.by_id(self._desk.store.reader(), agent_id=self._desk.agent.id)
        if me is None or me.role not in ("lead", "admin"):
            raise Refused("only a lead or an admin reads a team's list; everybody reads their own")
        return self._found(since, team=me.team if me.role == "lead" else None, but=me.id)

    def _found(
        self,
        since: datetime,
        *,
        agent_id: int | None = None,
        team: str | None = None,
        but: int | None = None,
    ) -> tuple[CoachingEntry, ...]:
        found = coaching.found(
            self._desk.store.reader(),
            coaching.Period(since, self._desk.clock(), COMES_BACK, OPEN_FOR),
            agent_id=agent_id,
            team=team,
            but=but,
            least=AT_LEAST,
            cited=CITED,
            friction_of=1 if agent_id is not None else AGENTS_AT_LEAST,
        )
        return in_order(
            CoachingEntry(*one, sentence(one.kind, one.about, one.times, one.out_of))
            for one in found
        )
