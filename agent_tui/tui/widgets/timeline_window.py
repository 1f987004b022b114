"""What is loaded of a timeline: a bounded stretch that grows where it is read on.

Plain bookkeeping, without a screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent_tui.domain.values.timeline import TimelineEntry, TimelinePage, TimelinePlace

MOST = 360
"""Entries that stay loaded when there are more; the far side is dropped, a page too late so that
it is not done for every page."""
_LATE = 60


@dataclass(slots=True)
class TimelineWindow:
    """The entries loaded, newest first. More stands below `earlier` and above `later`."""

    entries: list[TimelineEntry] = field(default_factory=list)
    earlier: TimelinePlace | None = None
    later: TimelinePlace | None = None

    @classmethod
    def of(cls, page: TimelinePage) -> TimelineWindow:
        """A window that holds this page and nothing else."""
        return cls(list(page.entries), page.earlier, page.later)

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing that is not loaded."""
        return self.earlier is None and self.later is None

    def add_earlier(self, page: TimelinePage) -> None:
        """Take what happened before the window; too much of its new end goes."""
        self.entries.extend(page.entries)
        self.earlier = page.earlier
        if len(self.entries) > MOST + _LATE:
            self.entries = self.entries[-MOST:]
            self.later = self.entries[0].place

    def add_later(self, page: TimelinePage) -> None:
        """Take what happened after the window; too much of its old end goes."""
        self.entries[:0] = page.entries
        self.later = page.later
        if len(self.entries) > MOST + _LATE:
            self.entries = self.entries[:MOST]
            self.earlier = self.entries[-1].place

    def merge_newest(self, page: TimelinePage) -> None:
        """Take the newest page as it reads now: what it holds takes the place of what was loaded
        of that stretch. A window that does not reach so far is left alone: what is new is read
        when it is gone up to."""
        if self.later is not None:
            return
        end = page.earlier
        if end is None:
            self.entries, self.earlier = list(page.entries), None
        elif self.entries and self.entries[0].place < end:
            self.later = self.entries[0].place
        else:
            below = [entry for entry in self.entries if entry.place < end]
            self.entries = [*page.entries, *below]
            self.earlier = self.earlier if below else end
