"""Saved views of Recent, and with which of them it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values.recent import SavedView
from agent_tui.storage.reader import Reader, Row

if TYPE_CHECKING:
    from agent_tui.domain.values.agents import Agent

_SELECT = (
    "SELECT b.id, b.name, b.text, o.name, b.owner_id, b.is_shared, d.view_id, b.version "
    "FROM views b JOIN agents o ON o.id = b.owner_id "
    "LEFT JOIN default_views d ON d.view_id = b.id AND d.agent_id = :me "
)
_SEEN = (
    "(b.owner_id = :me OR (b.is_shared AND o.team_id = "
    "(SELECT t.id FROM teams t WHERE t.name = :team)))"
)


def seen_by(reader: Reader, *, me: Agent) -> tuple[SavedView, ...]:
    """An agent's own views, then those shared with their team; each by name."""
    rows = reader.rows(f"{_SELECT} WHERE {_SEEN}", me=me.id, team=me.team)
    views = [_view(row, me) for row in rows]
    return tuple(sorted(views, key=lambda one: (not one.is_mine, one.name.casefold(), one.id)))


def one(reader: Reader, *, view_id: int, me: Agent) -> SavedView | None:
    """The view, or None where there is none that this agent sees."""
    row = reader.row(f"{_SELECT} WHERE b.id = :id AND {_SEEN}", id=view_id, me=me.id, team=me.team)
    return _view(row, me) if row else None


def names_of(reader: Reader, *, owner_id: int) -> dict[int, str]:
    """The names of an agent's own views by their ids."""
    rows = reader.rows("SELECT b.id, b.name FROM views b WHERE b.owner_id = :owner", owner=owner_id)
    return {int(view_id): str(name) for view_id, name in rows}


def forget_default(reader: Reader, *, view_id: int, keep_for: int | None = None) -> int:
    """Let a view be nobody's default, or nobody's but one agent's; returns of how many it was."""
    rows = reader.rows(
        "DELETE FROM default_views WHERE view_id = :view AND agent_id <> :kept RETURNING 1",
        view=view_id,
        kept=keep_for or 0,
    )
    return len(rows)


def _view(row: Row, me: Agent) -> SavedView:
    view_id, name, text, owner, owner_id, is_shared, default_id, version = row
    return SavedView(
        view_id,
        name,
        text,
        owner,
        is_mine=owner_id == me.id,
        is_shared=bool(is_shared),
        is_my_default=default_id is not None,
        version=version,
    )
