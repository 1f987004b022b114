"""Who works here, in which team and role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.kinds import AgentState, Role
from agent_tui.errors import NotFound, Refused, UsageError
from agent_tui.services.bookkeeping import is_lead
from agent_tui.services.entrance import take_line
from agent_tui.storage.queries import agents
from agent_tui.text.hygiene import clean_line

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

DEFAULT_TEAM = 1
HANDLE_LIMIT = 64
TEAM_LIMIT = 200


class Staffing:
    """Lists, adds and places agents, and says what the desk's own one is doing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def everybody(self) -> list[Agent]:
        """All agents, by handle."""
        return agents.everybody(self._desk.store.reader())

    def add(
        self, handle: str, *, name: str | None = None, role: Role = "agent", team: str | None = None
    ) -> Agent:
        """A new agent. Refused for an agent without the role of lead or admin."""
        with self._desk.writing() as unit:
            _only_leads(unit)
            handle = new_handle(handle)
            if agents.by_handle(unit.reader, handle=handle) is not None:
                raise Refused(f"there is an agent {handle} already")
            add_agent(unit, handle=handle, name=name, role=role, team_id=team_named(unit, team))
        return self._get(handle)

    def place(self, handle: str, *, role: Role | None = None, team: str | None = None) -> Agent:
        """Give an agent another role or team.

        Refused for an agent who is no lead, and where nobody would be left who is a lead or an
        admin: then nobody could ever be made one again.
        """
        handle = clean_handle(handle)
        with self._desk.writing() as unit:
            _only_leads(unit)
            known = agents.by_handle(unit.reader, handle=handle)
            if known is None:
                raise NotFound(f"there is no agent {handle}")
            row = unit.get(tables.Agent, known.id)
            if role is not None:
                if role == "agent" and _leads(unit) == {handle}:
                    raise Refused(
                        f"{handle} is the last lead here: make somebody else lead or admin first"
                    )
                row.role = role
            if team is not None:
                row.team_id = team_named(unit, team)
            unit.save(row)
            unit.record("agent.placed", subject=handle[:40], detail=role)
        return self._get(handle)

    def set_state(self, state: AgentState) -> Agent:
        """Say whether I am ready, busy after a call, or away; it stays so until I say otherwise."""
        with self._desk.writing() as unit:
            row = unit.get(tables.Agent, self._desk.agent.id)
            if row.state != state:
                row.state, row.state_since = state, unit.now
                unit.save(row)
                unit.record("agent.state", subject=row.handle[:40], detail=state)
        return self._get(row.handle)

    def _get(self, handle: str) -> Agent:
        found = agents.by_handle(self._desk.store.reader(), handle=handle)
        if found is None:
            raise NotFound(f"there is no agent {handle}")
        return found


def _only_leads(unit: UnitOfWork) -> None:
    if not is_lead(unit):
        raise Refused("only a lead or an admin may change who works here")


def _leads(unit: UnitOfWork) -> set[str]:
    everybody = agents.everybody(unit.reader)
    return {agent.handle for agent in everybody if agent.role in ("lead", "admin")}


def clean_handle(handle: str) -> str:
    """A handle in the form in which it is kept. Raises UsageError."""
    cleaned = clean_line(handle, HANDLE_LIMIT).lower().removeprefix("@")
    if not cleaned or any(letter.isspace() for letter in cleaned):
        raise UsageError(f"“{handle}” cannot be a handle: one word of at most 64 letters")
    return cleaned


def new_handle(handle: str) -> str:
    """A handle that somebody new may have, in the form in which it is kept. Raises UsageError for
    what a filter of Recent would take for a word of its own, such as `agent:nobody`."""
    # Most commands make nobody new.
    from agent_tui.domain.rules.filter_fields import ANY, BY_NAME, code_of

    cleaned = clean_handle(handle)
    if cleaned == ANY or code_of(BY_NAME["agent"], cleaned) is not None:
        raise UsageError(
            f"“{cleaned}” cannot be a handle, being a word of the filters: choose another one"
        )
    return cleaned


def add_agent(
    unit: UnitOfWork, *, handle: str, name: str | None, role: Role, team_id: int = DEFAULT_TEAM
) -> tables.Agent:
    """Add an agent within a unit of work."""
    row = tables.Agent(
        handle=handle,
        name=take_line(unit.reader, name) if name else handle.capitalize(),
        role=role,
        team_id=team_id,
        created_at=unit.now,
    )
    unit.add(row)
    unit.record("agent.added", subject=handle[:40], detail=role)
    return row


def team_named(unit: UnitOfWork, name: str | None) -> int:
    """The id of the team of that name, made where there is none; without one the desk's own.

    Raises UsageError for a name without a letter.
    """
    if name is None:
        return DEFAULT_TEAM
    name = take_line(unit.reader, name, TEAM_LIMIT)
    if not name:
        raise UsageError("a team needs a name")
    known = agents.team_id(unit.reader, name=name)
    if known is not None:
        return known
    team = tables.Team(name=name, created_at=unit.now)
    unit.add(team)
    unit.record("team.added")
    return team.id
