"""Hand out what Recent finds: every row that a filter lists, and no other."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Protocol

from agent_tui.domain.values.filters import Filter
from agent_tui.domain.values.people import Interaction
from agent_tui.errors import Interrupted

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

PAGE = 500
"""Rows that are in memory at once."""


class Rows(Protocol):
    """Where the rows go: a format of `exchange`."""

    def begin(self) -> None:
        """Write what stands before the first one."""

    def add(self, one: Interaction) -> None:
        """Write one."""


class Exporting:
    """Hands out interactions, a page at a time, as of the moment at which it began."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def interactions(
        self,
        wanted: Filter,
        into: Rows,
        *,
        progress: Callable[[int], None] | None = None,
        is_given_up: Callable[[], bool] | None = None,
    ) -> int:
        """Write every interaction that the filter lists, newest first, and say how many.

        Before each page `progress` hears how many there are so far, and `is_given_up` is asked.
        However it ends, an event tells how many went out. Raises Interrupted, and whatever `into`
        raises. Use it in a thread of its own, as `browsing.each` wants it.
        """
        count = 0
        try:
            into.begin()
            with closing(self._desk.browsing.each(wanted, page=PAGE)) as rows:
                for row in rows:
                    if not count % PAGE:
                        if progress is not None:
                            progress(count)
                        if is_given_up is not None and is_given_up():
                            raise Interrupted("the export was given up")
                    into.add(row.interaction)
                    count += 1
        finally:
            self._record(count)
        return count

    def _record(self, count: int) -> None:
        desk = self._desk
        with desk.store.writing_plainly(now=desk.clock(), agent_id=desk.agent.id) as unit:
            unit.record("interactions.exported", detail=str(count))
