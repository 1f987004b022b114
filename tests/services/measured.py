"""A small world written row by row, so that every figure of it can be worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from agent_tui.domain.rules.periods import period_of
from agent_tui.domain.tables import (
    Case,
    ContactPoint,
    Feedback,
    Interaction,
    InteractionTopic,
    Promise,
    Prompt,
)
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.measures import BehindLine, BehindPlace, Measure, Part, Period, Whose
from agent_tui.services.desk import Desk


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of the year of these tests."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


WEEK_C = period_of(at(2, 24), "week")
WEEK_B = period_of(at(3, 4), "week")
WEEK_A = period_of(at(3, 10), "week")
"""Three weeks, A being the one that it is now."""


class World:
    """Writes rows as they might have come about; each function returns the id."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def customer(self, name: str) -> int:
        """Somebody."""
        return self._desk.registering.customer(name)

    def contact(
        self,
        opened_at: datetime,
        customer_id: int | None,
        agent_id: int | None,
        *,
        topics: Sequence[str] = (),
        **more: Any,
    ) -> int:
        """A contact: a call of theirs that is wrapped up, where nothing else is said."""
        contact_id = new_id()
        row = {
            "id": contact_id,
            "customer_id": customer_id,
            "agent_id": agent_id,
            "channel": "phone",
            "direction": "in",
            "state": "wrapped_up",
            "met": "not_asked",
            "opened_at": opened_at,
            "version": 1,
        }
        about = [
            {
                "interaction_id": contact_id,
                "topic": topic,
                "opened_at": opened_at,
                "customer_id": customer_id,
            }
            for topic in topics
        ]
        with self._desk.writing() as unit:
            unit.insert_many(Interaction, [row | more])
            unit.insert_many(InteractionTopic, about)
        return contact_id

    def promise(self, customer_id: int, owner_id: int | None, **more: Any) -> int:
        """A promise of ours, open where nothing else is said."""
        return self._add(
            Promise,
            customer_id=customer_id,
            owner_id=owner_id,
            version=1,
            **{"side": "ours", "text": "call back", "state": "open", "created_at": at(1, 5)} | more,
        )

    def way(self, customer_id: int, kind: str, value: str, **more: Any) -> int:
        """A way to reach somebody."""
        forms = {"kind": kind, "value": value, "normal": value, "reversed": value[::-1]}
        known = {"consent": "unknown", "preferred": False, "created_at": at(1, 5)}
        return self._add(ContactPoint, customer_id=customer_id, version=1, **forms | known | more)

    def complaint(self, customer_id: int, opened_at: datetime, **more: Any) -> int:
        """A complaint from a file."""
        row = {"kind": "complaint", "title": "nobody came", "state": "open", "version": 1}
        return self._add(Case, customer_id=customer_id, opened_at=opened_at, **row | more)

    def prompt(self, customer_id: int, agent_id: int, when: datetime, **more: Any) -> int:
        """Something that was to be asked."""
        row = {"what": "field:language", "outcome": None}
        return self._add(Prompt, customer_id=customer_id, agent_id=agent_id, at=when, **row | more)

    def survey(self, customer_id: int, asked_at: datetime, **more: Any) -> int:
        """A survey that was sent."""
        return self._add(Feedback, customer_id=customer_id, asked_at=asked_at, **more)

    def _add(self, table: type[Any], **values: Any) -> int:
        row_id = new_id()
        with self._desk.writing() as unit:
            unit.insert_many(table, [{"id": row_id, **values}])
        return row_id


def figure(desk: Desk, measure: Measure, whose: Whose, period: Period) -> tuple[Any, Any, int]:
    """`count`, `n` and `missing` of a figure."""
    found = desk.measuring.figure(measure, whose, period)
    return found.count, found.n, found.missing


def all_behind(
    desk: Desk, measure: Measure, part: Part, whose: Whose, period: Period, *, page: int = 2
) -> list[BehindLine]:
    """Every line behind a part of a figure, read in small pages."""
    found: list[BehindLine] = []
    before: BehindPlace | None = None
    while True:
        read = desk.measuring.behind(measure, part, whose, period, before=before, limit=page)
        found += read.lines
        if read.behind is None:
            return found
        before = read.behind
