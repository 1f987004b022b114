"""Who is with a customer now: every desk says so again and again, and is gone when it stops."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.presence import Presence
from agent_tui.errors import Busy
from agent_tui.storage.queries import presences
from agent_tui.storage.reader import moment

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from agent_tui.domain.values.kinds import Doing
    from agent_tui.services.desk import Desk
    from agent_tui.storage.plain_unit import PlainUnit
    from agent_tui.storage.reader import Row

BEAT_SECONDS = 15
"""How often a desk says that it is here, at least."""
QUIET = timedelta(seconds=10)
"""For so long the same need not be written again."""
GONE = timedelta(seconds=45)
"""A desk that has said nothing for so long is gone: it missed three beats."""

_Said = tuple[int | None, int | None, "Doing"]


class Attending:
    """Says what this desk has open, and who else has it open. No event tells of it.

    Both writes are given up where another writer has the database: the next beat mends it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._desk_id = new_id()
        self._lock = threading.Lock()
        self._said: tuple[_Said, datetime] | None = None
        self._begun_at = desk.clock()

    def be_here(
        self, customer_id: int | None, interaction_id: int | None, doing: Doing = "here"
    ) -> None:
        """Say that this desk has them open; may be called at every key.

        What was said within the last ten seconds is not written again.
        """
        saying: _Said = (customer_id, interaction_id, doing)
        now = self._desk.clock()
        with self._lock:
            if self._said is not None:
                said, at = self._said
                if said == saying and timedelta() <= now - at < QUIET:
                    return
            try:
                self._write(saying, now)
            except Busy:
                return
            self._said = saying, now

    def leave(self) -> None:
        """Say that this desk has nobody open any more."""
        with self._lock:
            if self._said is None:
                return
            try:
                with self._writing(self._desk.clock()) as unit:
                    presences.remove(unit, desk_id=self._desk_id)
            except Busy:
                return
            self._said = None

    def others(
        self, customer_id: int | None = None, interaction_id: int | None = None
    ) -> tuple[Presence, ...]:
        """Who else has this customer or interaction open, or, without either, anybody.

        Each agent once, those who type first. This agent at another desk is named as such, once
        that desk has spoken since this one opened: before, it may be the one that was cut off.
        """
        rows = presences.others(
            self._desk.store.reader(),
            desk_id=self._desk_id,
            seen_after=self._desk.clock() - GONE,
            customer_id=customer_id,
            interaction_id=interaction_id,
        )
        found: dict[int, Presence] = {}
        for one in map(self._presence, rows):
            if one.agent_id != self._desk.agent.id or one.seen_at >= self._begun_at:
                found.setdefault(one.agent_id, one)
        return tuple(found.values())

    def _presence(self, row: Row) -> Presence:
        name, agent_id, doing, customer_id, interaction_id, seen_at = row
        who = "you, at another desk" if agent_id == self._desk.agent.id else name
        return Presence(who, agent_id, doing, customer_id, interaction_id, moment(seen_at))

    def _write(self, saying: _Said, now: datetime) -> None:
        customer_id, interaction_id, doing = saying
        with self._writing(now) as unit:
            presences.write(
                unit,
                desk_id=self._desk_id,
                agent_id=self._desk.agent.id,
                customer_id=customer_id,
                interaction_id=interaction_id,
                doing=doing,
            )
            presences.remove_left_behind(unit, seen_before=now - GONE)

    def _writing(self, now: datetime) -> AbstractContextManager[PlainUnit]:
        return self._desk.store.writing_plainly(
            now=now, agent_id=self._desk.agent.id, lasting="passing"
        )
