"""Who works here."""

from __future__ import annotations

from agent_tui.domain.values.agents import Agent
from agent_tui.storage.reader import Reader, Row, build

_SELECT = (
    "SELECT a.id, a.handle, a.name, a.role, t.name, a.state, a.state_since "
    "FROM agents a JOIN teams t ON t.id = a.team_id "
)


def _agent(row: Row) -> Agent:
    return build(Agent, row, 6)


def by_handle(reader: Reader, *, handle: str) -> Agent | None:
    """The agent with that handle."""
    row = reader.row(_SELECT + "WHERE a.handle = :handle", handle=handle)
    return _agent(row) if row else None


def by_id(reader: Reader, *, agent_id: int) -> Agent | None:
    """The agent with that id."""
    row = reader.row(_SELECT + "WHERE a.id = :id", id=agent_id)
    return _agent(row) if row else None


def everybody(reader: Reader) -> list[Agent]:
    """All agents, by handle."""
    return [_agent(row) for row in reader.rows(_SELECT + "ORDER BY a.handle")]


def team_id(reader: Reader, *, name: str) -> int | None:
    """The team of that name."""
    row = reader.row("SELECT id FROM teams WHERE name = :name", name=name)
    return int(row[0]) if row else None


def server_login(reader: Reader) -> str | None:
    """Who the PostgreSQL server says that we are; None on SQLite, which knows nobody."""
    if not reader.is_postgres:
        return None
    row = reader.row("SELECT session_user")
    return str(row[0]) if row else None
