"""Recent from memory: the desk's own rows, filtered in plain Python, slow or failing on demand."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable
from dataclasses import replace
from datetime import datetime

from agent_tui.domain.rules import filters
from agent_tui.domain.values.filters import Choice, Filter, Known, Understood, Words
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.recent import RecentCount, RecentPage, RecentPlace, RecentRow
from agent_tui.errors import AgentTuiError
from agent_tui.services.browsing import Browsing
from agent_tui.services.desk import Desk


class BrowsingFromMemory(Browsing):
    """Holds all rows. `gate` is waited for before a page is read where it is set, and `count_gate`
    before it is told how many there are exactly; `error` is raised;
    `stops_after` makes a page end after so many rows looked at, as if its time had run out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.all = list(self._every())
        self.gate: threading.Event | None = None
        self.count_gate: threading.Event | None = None
        self.error: AgentTuiError | None = None
        self.stops_after: int | None = None
        self.was_read: list[int] = []
        self.pages = 0

    def _every(self) -> Iterable[RecentRow]:
        page = super().page(Filter(), limit=500)
        while True:
            yield from page.rows
            if not page.has_older:
                return
            page = super().page(Filter(), behind=page.behind, limit=500)

    def put(self, *calls: Interaction) -> None:
        """These happened, or read so now."""
        for call in calls:
            known = next((row for row in self.all if row.interaction.id == call.id), None)
            rank = int(call.opened_at.timestamp() * 1_000_000)
            row = RecentRow(call, RecentPlace(rank, call.id))
            if known is not None:
                row = replace(known, interaction=call)
                self.all.remove(known)
            self.all.append(row)
        self.all.sort(key=lambda row: row.place, reverse=True)

    def known(self) -> Known:
        """The names of the demo desk."""
        return Known("mira", ("asha", "mira", "tom"), ("everyone",), ("boiler", "meter"), ())

    def understand(self, text: str) -> Understood:
        """What the language says."""
        return filters.read(
            text,
            now=self.desk.clock(),
            zone=self.desk.zone,
            language="en",
            known=self.known(),
        )

    def page(
        self,
        wanted: Filter,
        *,
        behind: RecentPlace | None = None,
        before: RecentPlace | None = None,
        limit: int = 50,
    ) -> RecentPage:
        """A page; waits, fails or stops early where that is wanted."""
        if self.gate is not None:
            self.gate.wait(20)
        if self.error is not None:
            raise self.error
        self.pages += 1
        if before is not None:
            newer = [row for row in self.all if row.place > before and holds(wanted, row)]
            return RecentPage(tuple(newer[-limit:]), len(newer) > limit, True)
        rest = [row for row in self.all if behind is None or row.place < behind]
        looked = rest[: self.stops_after]
        found = [row for row in looked if holds(wanted, row)]
        if len(looked) < len(rest) and len(found) < limit:
            last = looked[-1]
            at: datetime = last.interaction.opened_at
            return RecentPage(tuple(found), behind is not None, True, last.place, at)
        older = len(found) > limit
        end = found[limit - 1].place if older else None
        return RecentPage(tuple(found[:limit]), behind is not None, older, end)

    def oldest(self, wanted: Filter, *, limit: int = 50) -> RecentPage:
        """The last page."""
        found = [row for row in self.all if holds(wanted, row)]
        return RecentPage(tuple(found[-limit:]), len(found) > limit, False)

    def counting(self, wanted: Filter) -> Generator[RecentCount]:
        """How many there are: some of them first."""
        count = sum(holds(wanted, row) for row in self.all)
        if count > 1:
            yield RecentCount(count // 2, is_exact=False)
        if self.count_gate is not None:
            self.count_gate.wait(20)
        yield RecentCount(count, is_exact=True)

    def rows(self, interaction_ids: Iterable[int]) -> tuple[RecentRow, ...]:
        """Lines as they are now."""
        by_id = {row.interaction.id: row for row in self.all}
        return tuple(by_id[one] for one in interaction_ids if one in by_id)

    def matches(self, wanted: Filter, interaction_ids: Iterable[int]) -> frozenset[int]:
        """Which of these belong to the list."""
        rows = self.rows(interaction_ids)
        return frozenset(row.interaction.id for row in rows if holds(wanted, row))

    def read(self, interaction_id: int) -> Interaction:
        """Remembers what was read."""
        self.was_read.append(interaction_id)
        return self.rows((interaction_id,))[0].interaction


def holds(wanted: Filter, row: RecentRow) -> bool:
    """Whether a row is looked for: agents, channels, met, states, and words of the agenda."""
    call = row.interaction
    for term in wanted.terms:
        if isinstance(term, Choice):
            value = {
                "agent": call.agent_handle or "nobody",
                "channel": call.channel,
                "met": call.met,
                "state": call.state,
            }[term.field]
            is_so = value in term.values
        else:
            assert isinstance(term, Words)
            is_so = all(word.lower() in (call.agenda or "").lower() for word in term.words)
        if is_so == term.is_not:
            return False
    return True
