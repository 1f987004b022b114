"""Look after the customer index: build it anew, take in who was left for later, check it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from agent_tui.storage import index_build, index_check
from agent_tui.storage.index_build import Progress, unheard
from agent_tui.storage.index_check import IndexHealth

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork


class Reindexing:
    """Looks after the index by which customers are found."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rebuild(self, progress: Progress = unheard) -> None:
        """Build the index anew; desks find and write meanwhile. Raises Conflict where somebody
        else began the same later; broken off, the old index stays in use."""
        index_build.rebuild(self._writing, self._desk.store.reader(), progress)
        self._record()

    def catch_up(self, progress: Progress = unheard) -> None:
        """Take in the customers that a file brought and that are not in the index yet, if any."""
        index_build.catch_up(self._writing, self._desk.store.reader(), progress)

    def check(self, progress: Progress = unheard) -> IndexHealth:
        """Compare the index with the customers; nothing is changed."""
        return index_check.compare(self._desk.store.reader(), progress)

    def _record(self) -> None:
        with self._desk.writing() as unit:
            unit.record("index.rebuilt")

    def _writing(self) -> AbstractContextManager[UnitOfWork]:
        desk = self._desk
        return desk.store.writing(now=desk.clock(), agent_id=desk.agent.id, durability="bulk")
