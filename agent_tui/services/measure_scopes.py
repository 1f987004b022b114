"""Whose figures somebody may see, and whose rows these are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain.values.measures import Whose
from agent_tui.errors import NotFound, Refused
from agent_tui.storage.queries import agents, customers
from agent_tui.storage.queries.measures import Scope

if TYPE_CHECKING:
    from agent_tui.domain.values.agents import Agent
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader


class Seen(NamedTuple):
    """Whose rows somebody sees; `is_of_many` where only as figures of five agents and more."""

    scope: Scope
    is_of_many: bool = False


def choices_of(desk: Desk) -> tuple[Whose, ...]:
    """Whose figures somebody may ask for; see `Measuring.choices`."""
    me = _me(desk)
    everybody = agents.everybody(desk.store.reader())
    if me.role == "admin":
        teams = sorted({one.team for one in everybody})
        return (
            Whose("all"),
            *(Whose("team", team) for team in teams),
            *(Whose("agent", one.handle) for one in everybody),
        )
    team = Whose("team", me.team)
    if me.role == "lead":
        mine = (one for one in everybody if one.team == me.team)
        return (team, *(Whose("agent", one.handle) for one in mine))
    return (Whose("agent", me.handle), team)


def seen_by(desk: Desk, whose: Whose) -> Seen:
    """Whose figures those are. Raises Refused where they are not for who asks, and NotFound."""
    reader, me = desk.store.reader(), _me(desk)
    if whose.kind == "customer":
        if customers.customer(reader, customer_id=whose.customer_id or 0) is None:
            raise NotFound("this customer is no longer there")
        return Seen(Scope(customer_id=whose.customer_id))
    if whose.kind == "all":
        if me.role != "admin":
            raise Refused("only an admin sees the figures of everybody: ask for your team's")
        return Seen(Scope())
    if whose.kind == "team":
        return _team(reader, me, whose.name or "")
    return _agent(reader, me, whose.name or "")


def opened_by(desk: Desk, whose: Whose) -> Seen:
    """As `seen_by`, for what opens into single contacts."""
    seen = seen_by(desk, whose)
    if seen.is_of_many:
        raise Refused("what is behind a team's figures is its lead's to read: ask for your own")
    return seen


def _team(reader: Reader, me: Agent, name: str) -> Seen:
    if me.role != "admin" and name != me.team:
        raise Refused(f"the figures of {name} are that team's and its lead's")
    team_id = agents.team_id(reader, name=name)
    if team_id is None:
        raise NotFound(f"there is no team {name}")
    return Seen(Scope(team_id=team_id), is_of_many=me.role == "agent")


def _agent(reader: Reader, me: Agent, handle: str) -> Seen:
    found = agents.by_handle(reader, handle=handle)
    is_led = me.role == "lead" and found is not None and found.team == me.team
    if handle != me.handle and me.role != "admin" and not is_led:
        raise Refused(f"the figures of {handle} are theirs and their lead's")
    if found is None:
        raise NotFound(f"there is no agent {handle}")
    return Seen(Scope(agent_id=found.id))


def _me(desk: Desk) -> Agent:
    """Who asks, in the role and team that they have by now."""
    return agents.by_id(desk.store.reader(), agent_id=desk.agent.id) or desk.agent
