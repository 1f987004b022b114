"""Read what happened lately: Recent below the screen."""

from __future__ import annotations

import heapq
import random
import time
from collections.abc import Generator, Iterable, Iterator
from datetime import datetime, timedelta
from datetime import time as time_of_day
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.domain.values.filters import Asking, Filter, Known, Span, Understood
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.recent import (
    RecentCount,
    RecentPage,
    RecentPlace,
    RecentRow,
    Sample,
)
from agent_tui.errors import NotFound, Refused
from agent_tui.storage.queries import agents, interactions, listenings, recent, vocabulary, walking
from agent_tui.storage.queries.filtering import Compiled, compile_filter
from agent_tui.storage.words import moment_of

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader

PAGE_S = 0.08
"""How long a page looks for its rows before it tells how far back it came: what asks for it goes on
from there, and shows meanwhile how far that is."""
COUNTED_S = 0.5
"""How often it is told how many were counted so far."""
TOPICS = 2_000
"""Topics that a filter's completion knows."""
LATELY = timedelta(days=90)
"""How long a topic counts as in use."""
SEEDS = 1_000_000
"""Seeds that the desk makes up lie below: short enough to be said aloud."""
_KNOWN_FOR_S = 5.0
"""How long the names of the desk are taken from memory while a filter is typed."""


class Browsing:
    """Reads interactions across customers, newest first: an agent and a lead those of their own
    team and of nobody, an admin all, and a lead too where nobody is an admin. What is somebody
    else's is as if it were not there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: tuple[float, Known] | None = None

    def recent(self, *, limit: int = 50) -> tuple[Interaction, ...]:
        """The newest interactions of everybody, newest first."""
        return tuple(interactions.newest(self._desk.store.reader(), limit=limit))

    def one(self, interaction_id: int) -> Interaction:
        """An interaction. Raises NotFound, and Refused where it is another team's."""
        reader = self._desk.store.reader()
        found = interactions.one(reader, interaction_id=interaction_id)
        if found is None:
            raise NotFound("this interaction is no longer there")
        seen = self._seen(reader)
        if seen is not None and found.agent_id is not None and found.agent_id not in seen:
            raise Refused(
                "this conversation is another team's: their lead or an admin reads it, and it "
                "stands in the customer's own history"
            )
        return found

    def read(self, interaction_id: int) -> Interaction:
        """Keep that who asks has read this conversation: an event. Raises as `one` does."""
        found = self.one(interaction_id)
        with self._desk.writing() as unit:
            unit.record(
                "interaction.read",
                subject=ids.show(ids.INTERACTION, found.id),
                customer_id=found.customer_id,
                interaction_id=found.id,
            )
        return found

    def remarks(self, interaction_id: int) -> tuple[str, ...]:
        """What I made of an interaction in my own listening log, newest first."""
        return listenings.remarks(
            self._desk.store.reader(),
            interaction_id=interaction_id,
            agent_id=self._desk.agent.id,
        )

    def known(self) -> Known:
        """The names of this desk that a filter may speak of: topics lately used most come first,
        2,000 at most."""
        if self._known is None or time.monotonic() - self._known[0] > _KNOWN_FOR_S:
            desk, reader = self._desk, self._desk.store.reader()
            names = Known(
                me=desk.agent.handle,
                agents=tuple(one.handle for one in agents.everybody(reader)),
                teams=tuple(str(row[0]) for row in reader.rows(_TEAMS)),
                topics=tuple(vocabulary.topics(reader, since=desk.clock() - LATELY, limit=TOPICS)),
                scripts=tuple(str(row[0]) for row in reader.rows(_SCRIPTS)),
            )
            self._known = time.monotonic(), names
        return self._known[1]

    def understand(self, text: str) -> Understood:
        """What a filter asks for, or the mistakes in it, by this desk's clock, zone, language and
        names. Whatever the text, it is read."""
        from agent_tui.domain.rules import filters

        desk = self._desk
        return filters.read(
            text, now=desk.clock(), zone=desk.zone, language=desk.language, known=self.known()
        )

    def page(
        self,
        wanted: Filter,
        *,
        behind: RecentPlace | None = None,
        before: RecentPlace | None = None,
        limit: int = 50,
    ) -> RecentPage:
        """The newest page; or what is older, from `behind` on; or the newer ones just above
        `before`. Rows come newest first.

        Where the time for a page ran out, `searched_back_to` is set and `behind=page.behind` goes
        on from there; there may be few rows by then, or none.
        """
        reader = self._desk.store.reader()
        with reader.snapshot():
            asked = self._asked(reader, wanted)
            if before is not None:
                return self._upwards(reader, asked, before, limit, has_older=True)
            return self._downwards(reader, asked, behind, limit)

    def oldest(self, wanted: Filter, *, limit: int = 50) -> RecentPage:
        """The last page: the oldest ones, the newest of them first."""
        reader = self._desk.store.reader()
        with reader.snapshot():
            asked = self._asked(reader, wanted)
            return self._upwards(reader, asked, None, limit, has_older=False)

    def around(self, wanted: Filter, interaction_id: int, *, limit: int = 50) -> RecentPage:
        """The page in the middle of which an interaction stands, or would stand. Raises as `one`
        does."""
        self.one(interaction_id)
        reader = self._desk.store.reader()
        with reader.snapshot():
            asked = self._asked(reader, wanted)
            [place] = walking.places_of(reader, [interaction_id])
            above = self._upwards(reader, asked, place, limit // 2, has_older=True)
            itself = RecentPlace(place.rank, place.interaction_id + 1)
            below = self._downwards(reader, asked, itself, limit - len(above.rows))
        return RecentPage(
            above.rows + below.rows,
            above.has_newer,
            below.has_older,
            below.behind,
            below.searched_back_to,
        )

    def count(self, wanted: Filter) -> RecentCount:
        """How many there are. It may take seconds, and can be interrupted."""
        return list(self.counting(wanted))[-1]

    def counting(self, wanted: Filter) -> Generator[RecentCount]:
        """How many there are, as it becomes known: soon, and then twice a second, what was counted
        by then, and at the end the exact number as of the moment in which it began.

        It is gone through in one thread, to the end or until it is closed there.
        """
        reader = self._desk.store.reader()
        total, tell_at = 0, 0.0
        with reader.snapshot():
            for more in walking.count(reader, self._asked(reader, wanted)):
                total += more
                if total and time.monotonic() > tell_at:
                    yield RecentCount(total, is_exact=False)
                    tell_at = time.monotonic() + COUNTED_S
        yield RecentCount(total, is_exact=True)

    def rows(self, interaction_ids: Iterable[int]) -> tuple[RecentRow, ...]:
        """These lines as they are now, newest first; those that one may not see are left out."""
        reader = self._desk.store.reader()
        with reader.snapshot():
            seen = self._among(reader, Filter(), interaction_ids)
            return self._rows(reader, sorted(seen, reverse=True))

    def matches(self, wanted: Filter, interaction_ids: Iterable[int]) -> frozenset[int]:
        """Which of these belong to the list."""
        reader = self._desk.store.reader()
        with reader.snapshot():
            found = self._among(reader, wanted, interaction_ids)
        return frozenset(place.interaction_id for place in found)

    def each(self, wanted: Filter, *, page: int = 500) -> Generator[RecentRow]:
        """Every row, newest first, all as of one moment, `page` of them read at once.

        Until it ends or is closed, the thread that it runs in sees what was there when it began:
        give it a thread of its own.
        """
        reader = self._desk.store.reader()
        with reader.snapshot():
            places: list[RecentPlace] = []
            for stretch in walking.walk(reader, self._asked(reader, wanted)):
                places += stretch.places
                while len(places) >= page:
                    yield from self._rows(reader, places[:page])
                    del places[:page]
            yield from self._rows(reader, places)

    def sample(
        self, wanted: Filter, *, size: int, seed: int | None = None, until: datetime | None = None
    ) -> Sample:
        """A random choice out of what was opened before `until` (now), in the order of the draw.

        The same seed draws the same of the same rows on every desk, and a larger sample begins with
        the smaller one. Without a seed one is made up. The draw is an event.
        """
        desk = self._desk
        chosen_by = random.SystemRandom().randrange(SEEDS) if seed is None else seed
        closed = until or desk.clock()
        reader = desk.store.reader()
        out_of = 0

        def drawn() -> Iterator[tuple[bytes, RecentPlace]]:
            nonlocal out_of
            asked = self._asked(reader, Filter((*wanted.terms, Span(until=closed))))
            for place in chain.from_iterable(s.places for s in walking.walk(reader, asked)):
                out_of += 1
                yield lot(chosen_by, place.interaction_id), place

        with reader.snapshot():
            places = [place for _, place in heapq.nsmallest(size, drawn())]
            rows = self._rows(reader, places)
        with desk.writing() as unit:
            unit.record("sample.drawn", detail=f"{chosen_by} {size}")
        return Sample(chosen_by, closed, out_of, rows)

    def _asked(self, reader: Reader, wanted: Filter) -> Compiled:
        return compile_filter(reader, wanted, self._asking(reader), agents=self._seen(reader))

    def _asking(self, reader: Reader) -> Asking:
        desk = self._desk
        now, me = desk.clock(), agents.by_id(reader, agent_id=desk.agent.id)
        day = now.astimezone(desk.zone).date()
        today, tomorrow = (
            datetime.combine(day + timedelta(days=more), time_of_day.min, desk.zone)
            for more in (0, 1)
        )
        leads = me is not None and me.role != "agent"
        return Asking(desk.agent.id, leads, now, (today, tomorrow))

    def _seen(self, reader: Reader) -> list[int] | None:
        """The agents of the own team as of now; None where one sees everybody's."""
        me = agents.by_id(reader, agent_id=self._desk.agent.id)
        everybody = agents.everybody(reader)
        has_admin = any(one.role == "admin" for one in everybody)
        if me is not None and (me.role == "admin" or (me.role == "lead" and not has_admin)):
            return None
        mine = [one.id for one in everybody if me is not None and one.team == me.team]
        return None if len(mine) == len(everybody) else mine

    def _among(
        self, reader: Reader, wanted: Filter, interaction_ids: Iterable[int]
    ) -> list[RecentPlace]:
        places = walking.places_of(reader, list(dict.fromkeys(interaction_ids)))
        found = walking.among(reader, self._asked(reader, wanted), places)
        return [place for place in places if place.interaction_id in found]

    def _downwards(
        self, reader: Reader, asked: Compiled, behind: RecentPlace | None, limit: int
    ) -> RecentPage:
        began = time.monotonic()
        stop = began + PAGE_S
        found: list[RecentPlace] = []
        reached = None
        for stretch in walking.walk(reader, asked, beyond=behind, at_most=limit + 1):
            found += stretch.places
            reached = stretch.reached
            took, began = time.monotonic() - began, time.monotonic()
            # The next one may take as long.
            if len(found) > limit or began + took > stop:
                break
        rows = self._rows(reader, found[:limit])
        has_newer = behind is not None
        if len(found) > limit:
            return RecentPage(rows, has_newer, has_older=True, behind=found[limit - 1])
        if reached is not None:
            back_to = moment_of(reached.rank)
            return RecentPage(rows, has_newer, True, reached, searched_back_to=back_to)
        return RecentPage(rows, has_newer, False, found[-1] if found else None)

    def _upwards(
        self,
        reader: Reader,
        asked: Compiled,
        before: RecentPlace | None,
        limit: int,
        *,
        has_older: bool,
    ) -> RecentPage:
        stop = time.monotonic() + PAGE_S
        found: list[RecentPlace] = []
        has_newer = False
        stretches = walking.walk(reader, asked, beyond=before, down=False, at_most=limit + 1)
        for stretch in stretches:
            found += stretch.places
            has_newer = stretch.reached is not None
            if len(found) > limit or (found and time.monotonic() > stop):
                break
        places = found[:limit][::-1]
        rows = self._rows(reader, places)
        return RecentPage(
            rows, has_newer or len(found) > limit, has_older, places[-1] if places else before
        )

    def _rows(self, reader: Reader, places: list[RecentPlace]) -> tuple[RecentRow, ...]:
        asking = self._asking(reader)
        return recent.rows(
            reader, places, now=asking.now, agent_id=asking.agent_id, leads=asking.leads
        )


_TEAMS = "SELECT name FROM teams ORDER BY name"
_SCRIPTS = "SELECT DISTINCT slug FROM scripts ORDER BY slug"


def lot(seed: int, interaction_id: int) -> bytes:
    """What an interaction draws under a seed; the lowest are chosen."""
    return blake2b(b"%d %d" % (seed, interaction_id), digest_size=12).digest()
