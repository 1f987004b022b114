"""Look back: everything that happened with a customer, across channels and years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values.timeline import (
    SHOWN,
    TimelineEntry,
    TimelineFilter,
    TimelinePage,
    TimelinePlace,
)
from agent_tui.errors import BadInput
from agent_tui.storage.queries import timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent_tui.services.desk import Desk

PAGE = 60
"""Entries of a page, unless more are asked for."""
MOST = 500
"""Entries of a page at most."""


class LookingBack:
    """Reads a customer's timeline, newest first, in pages that cost what they show.

    `shown` names the kinds of entries that are wanted, `limit` is how many, 500 at most. Raises
    BadInput for a filter that there is not.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def newest(
        self, customer_id: int, shown: TimelineFilter = "all", *, limit: int = PAGE
    ) -> TimelinePage:
        """What happened last."""
        return self.earlier(customer_id, None, shown, limit=limit)

    def first(
        self, customer_id: int, shown: TimelineFilter = "all", *, limit: int = PAGE
    ) -> TimelinePage:
        """What happened first of all."""
        return self.later(customer_id, None, shown, limit=limit)

    def earlier(
        self,
        customer_id: int,
        before: TimelinePlace | None,
        shown: TimelineFilter = "all",
        *,
        limit: int = PAGE,
    ) -> TimelinePage:
        """What happened before a place."""
        _check(shown)
        return timeline.before(
            self._desk.store.reader(),
            customer_id=customer_id,
            shown=shown,
            place=before,
            limit=min(limit, MOST),
        )

    def later(
        self,
        customer_id: int,
        after: TimelinePlace | None,
        shown: TimelineFilter = "all",
        *,
        limit: int = PAGE,
    ) -> TimelinePage:
        """What happened after a place."""
        _check(shown)
        return timeline.after(
            self._desk.store.reader(),
            customer_id=customer_id,
            shown=shown,
            place=after,
            limit=min(limit, MOST),
        )

    def entries(
        self,
        customer_id: int,
        shown: TimelineFilter = "all",
        *,
        before: TimelinePlace | None = None,
        limit: int,
    ) -> Iterator[TimelineEntry]:
        """So many entries at most before a place, newest first, however many pages they take."""
        while limit > 0:
            page = self.earlier(customer_id, before, shown, limit=limit)
            yield from page.entries
            limit -= len(page.entries)
            before = page.earlier
            if before is None:
                return


def _check(shown: str) -> None:
    if shown not in SHOWN:
        raise BadInput(f"“{shown}” is no part of a timeline: it is {', '.join(SHOWN)}")
