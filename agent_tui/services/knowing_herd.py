"""Others who came with the same matter this week."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain.rules.herd import WEEK, herd, week_starts
from agent_tui.domain.values.knowing import Herd
from agent_tui.domain.values.people import Interaction
from agent_tui.storage.queries import herd as queries

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

BEHIND_SHOWN = 50
TOPICS_LOOKED_AT = 20
"""Topics of one interaction that are looked at: more than anybody writes by hand."""


class SameMatter:
    """Looks whether somebody is one of many."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def herd(self, customer_id: int, interaction_id: int | None = None) -> tuple[Herd, ...]:
        """The topics of an interaction with which more others than usual came this week, those
        with the most others first.

        Without an interaction, that of the customer which is live, or else their last.
        """
        reader = self._desk.store.reader()
        now = self._desk.clock()
        starts = week_starts(now)
        with reader.snapshot():
            call = interaction_id or queries.last_with_topics(reader, customer_id=customer_id)
            if call is None:
                return ()
            found = []
            for topic in queries.topics_of(reader, interaction_id=call)[:TOPICS_LOOKED_AT]:
                weeks = queries.people_by_week(
                    reader, topic=topic, but=customer_id, now=now, starts=starts
                )
                if (one := herd(topic, weeks)) is not None:
                    behind = queries.newest(
                        reader,
                        topic=topic,
                        but=customer_id,
                        now=now,
                        since=starts[0],
                        limit=BEHIND_SHOWN,
                    )
                    found.append(replace(one, interactions=tuple(id for _, id in behind)))
        return tuple(sorted(found, key=lambda one: (-one.others, one.topic)))

    def herd_behind(
        self,
        customer_id: int,
        topic: str,
        *,
        before: tuple[datetime, int] | None = None,
        limit: int = BEHIND_SHOWN,
    ) -> tuple[Interaction, ...]:
        """The interactions of others with a topic this week, newest first.

        `before` is the opening and the id of the last one that was shown: what follows it.
        """
        reader = self._desk.store.reader()
        now = self._desk.clock()
        with reader.snapshot():
            newest = queries.newest(
                reader,
                topic=topic,
                but=customer_id,
                now=now,
                since=now - WEEK,
                before=before,
                limit=limit,
            )
            return queries.shown(reader, ids=[id for _, id in newest])
