"""Read what happened lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values.people import Interaction
from agent_tui.errors import NotFound
from agent_tui.storage.queries import interactions

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk


class Browsing:
    """Reads interactions across customers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def recent(self, *, limit: int = 50) -> tuple[Interaction, ...]:
        """The newest interactions of everybody, newest first."""
        return tuple(interactions.newest(self._desk.store.reader(), limit=limit))

    def one(self, interaction_id: int) -> Interaction:
        """An interaction. Raises NotFound."""
        found = interactions.one(self._desk.store.reader(), interaction_id=interaction_id)
        if found is None:
            raise NotFound("this interaction is no longer there")
        return found
