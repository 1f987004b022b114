"""What is loaded of Recent: a bounded stretch of rows, newest first, that grows where it is read.

Plain bookkeeping, without a screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from agent_tui.domain.values.recent import RecentPage, RecentPlace, RecentRow

MOST = 360
"""Rows that stay loaded when there are more; the far side is dropped, a page too late so that it is
not done for every page."""
_LATE = 60


@dataclass(slots=True)
class RecentWindow:
    """The rows loaded. `behind` is where reading on into the past begins, which may lie behind the
    last row where nothing was found on the way; `searched_back_to` says how far that was."""

    rows: list[RecentRow] = field(default_factory=list)
    has_newer: bool = False
    has_older: bool = False
    behind: RecentPlace | None = None
    searched_back_to: datetime | None = None
    newest: RecentPlace | None = None
    """The newest place that is known of, loaded or not."""

    @classmethod
    def of(cls, page: RecentPage) -> RecentWindow:
        """A window that holds this page and nothing else."""
        window = cls(list(page.rows), page.has_newer, page.has_older)
        window._end_as(page)
        if window.rows and not window.has_newer:
            window.newest = window.rows[0].place
        return window

    def add_older(self, page: RecentPage) -> None:
        """Take what comes behind the window; too much of its new end goes."""
        self.rows.extend(page.rows)
        if self.newest is None and self.rows:
            self.newest = self.rows[0].place
        self.has_older = page.has_older
        self._end_as(page)
        if len(self.rows) > MOST + _LATE:
            self.rows = self.rows[-MOST:]
            self.has_newer = True

    def add_newer(self, page: RecentPage) -> None:
        """Take what comes before the window; too much of its old end goes."""
        known = {row.interaction.id for row in self.rows}
        self.rows[:0] = [row for row in page.rows if row.interaction.id not in known]
        self.has_newer = page.has_newer
        self._cut_old_end()

    def reread(self, fresh: Iterable[RecentRow]) -> None:
        """Take rows as they read now; one that has moved to another place moves."""
        now = {row.interaction.id: row for row in fresh}
        places = [row.place for row in self.rows]
        self.rows = [now.get(row.interaction.id, row) for row in self.rows]
        if [row.place for row in self.rows] != places:
            self.rows.sort(key=lambda row: row.place, reverse=True)

    def drop(self, gone: Collection[int]) -> None:
        """Take rows out that are no longer among those looked for."""
        self.rows = [row for row in self.rows if row.interaction.id not in gone]

    def put(self, new: Iterable[RecentRow]) -> tuple[int, ...]:
        """Take rows that have come, where the window holds their place; returns the ids of those
        that are newer than all that is known of, loaded or not."""
        found = [row for row in new if not self.holds(row.interaction.id)]
        newer = [row for row in found if self.newest is None or row.place > self.newest]
        self.newest = max((row.place for row in newer), default=self.newest)
        upper = self.rows[0].place if self.rows and self.has_newer else None
        lower = self.rows[-1].place if self.rows and self.has_older else None
        taken = [
            row
            for row in found
            if (upper is None or row.place < upper) and (lower is None or row.place > lower)
        ]
        if self.has_older and not self.rows:
            # What is looked for is still being searched: these would stand before it all.
            taken = newer
        if taken:
            self.rows = sorted([*self.rows, *taken], key=lambda row: row.place, reverse=True)
            self._cut_old_end()
        return tuple(row.interaction.id for row in newer)

    def holds(self, interaction_id: int) -> bool:
        """Whether an interaction is among the rows."""
        return self.position(interaction_id) is not None

    def position(self, interaction_id: int | None) -> int | None:
        """The position of an interaction among the rows, or None."""
        for position, row in enumerate(self.rows):
            if row.interaction.id == interaction_id:
                return position
        return None

    def _end_as(self, page: RecentPage) -> None:
        last = self.rows[-1].place if self.rows else None
        self.behind = page.behind or last
        self.searched_back_to = page.searched_back_to

    def _cut_old_end(self) -> None:
        if len(self.rows) > MOST + _LATE:
            self.rows = self.rows[:MOST]
            self.has_older = True
            self.behind, self.searched_back_to = self.rows[-1].place, None
