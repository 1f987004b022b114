"""Fill a desk with made-up people, and with what passed between them and the house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from agent_tui.errors import Refused

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

BATCH = 2_000
"""Customers or interactions of one unit of work."""
_BATCH_OF_CONTACTS = 20_000

Progress = Callable[[int], None]
"""Is told after each batch how many there are by now."""


@dataclass(frozen=True, slots=True)
class Made:
    """How many were asked for, and how many of them were not there yet."""

    wanted: int
    added: int


class Generating:
    """Makes people up. The same seed makes the same ones, the first ones of a larger number.

    Each batch is stored as a whole: a run that was broken off is completed by the same one again,
    and one that is repeated adds nothing. All of it raises StorageError where the desk cannot be
    written.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def people(
        self,
        count: int,
        *,
        seed: int,
        progress: Progress = lambda _done: None,
        indexing: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> Made:
        """Add the first `count` people of a seed, but for those who are there already.

        They are found when all of them are there: `indexing` is told of how many.
        """
        from agent_tui.services.generate_people import add_people

        added = 0
        for numbers in _batches(range(count), BATCH):
            with self._writing() as unit:
                added += add_people(unit, seed=seed, numbers=numbers)
            progress(numbers.stop)
        self._desk.reindexing.catch_up(indexing)
        return Made(count, added)

    def talks(
        self,
        count: int,
        *,
        seed: int,
        until: date | None = None,
        progress: Progress = lambda _done: None,
    ) -> Made:
        """Add `count` interactions of the three years before the day `until`, today by default,
        with the people of that seed who are there.

        Raises Refused where there are none.
        """
        from agent_tui.crowd.calendar import Calendar
        from agent_tui.crowd.people import external_id
        from agent_tui.crowd.traffic import Traffic
        from agent_tui.services.generate_people import SOURCE
        from agent_tui.services.generate_talks import add_talks, place_agents
        from agent_tui.storage.queries import generated

        crowd = generated.crowd(self._desk.store.reader(), source=SOURCE, seed=seed)
        if count and not crowd.people:
            raise Refused(f"there is nobody of seed {seed} to talk with: add --customers N")
        with self._desk.writing() as unit:
            staff = place_agents(unit)
        calendar = Calendar(until or self._desk.clock().date())
        traffic = Traffic(seed, count=count, people=crowd.people, calendar=calendar)
        added = 0
        for places in _batches(range(count), BATCH):
            people = [external_id(seed, traffic.whose(place)) for place in places]
            with self._writing() as unit:
                added += add_talks(unit, traffic, people=people, places=places, staff=staff)
            progress(places.stop)
        for numbers in _batches(range(crowd.first, crowd.last + 1), _BATCH_OF_CONTACTS):
            with self._writing() as unit:
                generated.set_last_contacts(
                    unit, source=SOURCE, first=numbers.start, last=numbers[-1]
                )
        return Made(count, added)

    def _writing(self) -> AbstractContextManager[UnitOfWork]:
        return self._desk.store.writing(
            now=self._desk.clock(), agent_id=self._desk.agent.id, durability="bulk"
        )


def _batches(numbers: range, size: int) -> Iterator[range]:
    for start in range(numbers.start, numbers.stop, size):
        yield range(start, min(numbers.stop, start + size))
