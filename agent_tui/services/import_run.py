"""One import from beginning to end, batch by batch."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from types import TracebackType
from typing import TYPE_CHECKING, Self

from agent_tui.domain.values.records import PersonRecord, RejectedRow, SourceRow
from agent_tui.errors import BadInput, Conflict
from agent_tui.services.entrance import is_no_card
from agent_tui.services.import_batch import Batch, Taken
from agent_tui.services.import_cleaning import Cleaner
from agent_tui.services.import_masking import reject_without_cards, without_cards
from agent_tui.services.import_parts import Person
from agent_tui.services.import_rehearsal import Earlier
from agent_tui.services.import_ties import Settled, Ties, Want
from agent_tui.services.importing import ImportCounts

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

_ATTEMPTS = 3
"""How often a batch is tried where another desk changes the same people at the same time."""


class _Undone(Exception):
    """Ends the unit of work of a dry run."""


@dataclass(slots=True)
class _Stored:
    """What one unit of work made of the rows of a batch."""

    taken: list[tuple[SourceRow, Person, Taken]] = field(default_factory=list)
    rejects: list[tuple[RejectedRow, PersonRecord]] = field(default_factory=list)
    late: list[Want] = field(default_factory=list)
    settled: Settled = field(default_factory=lambda: Settled([], []))


class Run:
    """Takes batches and keeps count. See `Importing.take`."""

    def __init__(
        self,
        desk: Desk,
        *,
        source: str,
        dry_run: bool,
        live: bool,
        rejected: Callable[[RejectedRow], None],
    ) -> None:
        self._desk = desk
        self._now = desk.clock()
        self._source = source
        self._rejected = rejected
        self._cleaner = Cleaner(now=self._now, region=desk.region, live=live)
        self._earlier = Earlier() if dry_run else None
        self._ties = Ties(source, self._is_rehearsed if dry_run else None)
        self._seen: set[int] = set()
        self._numbers = 0
        self._counted = dict.fromkeys((entry.name for entry in fields(ImportCounts)), 0)

    @property
    def counts(self) -> ImportCounts:
        """What became of the rows so far."""
        return ImportCounts(**self._counted)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._earlier is not None:
            self._earlier.close()

    def take(self, batch: list[SourceRow | RejectedRow]) -> None:
        """Clean one batch, which keeps nobody waiting, then store it as a whole."""
        cleaned: list[tuple[SourceRow, Person]] = []
        for row in batch:
            if isinstance(row, RejectedRow):
                self._reject(row)
                continue
            masked = replace(row, record=without_cards(row.record, self._is_no_card))
            try:
                cleaned.append((masked, self._cleaner.person(masked.record)))
            except BadInput as error:
                self._reject(RejectedRow(row.line, error.message, row.raw), row.record)
        if cleaned:
            self._keep(self._store(cleaned))

    def finish(self) -> None:
        """Tie those who are known by now; say in the events that it is done, safely on disk."""
        late = self._ties.all_waiting()
        if late and self._earlier is None:
            with self._desk.writing(self._now) as unit:
                settled = self._ties.settle(unit, late)
                batch = Batch(unit, [], source=self._source, seen=self._seen)
                _note_updates(batch, settled)
                batch.write_events()
            self._keep(_Stored(late=late, settled=settled))
        created, updated = self._counted["created"], self._counted["updated"]
        if self._earlier is None and created + updated:
            with self._desk.writing(self._now) as unit:
                unit.record("import.finished", detail=f"{created}+{updated}")

    def _store(self, cleaned: list[tuple[SourceRow, Person]]) -> _Stored:
        earlier = self._rehearsed_about([person for _, person in cleaned])
        for attempt in range(1, _ATTEMPTS + 1):
            stored = _Stored()
            try:
                with (
                    suppress(_Undone),
                    self._desk.store.writing(
                        now=self._now, agent_id=self._desk.agent.id, durability="bulk"
                    ) as unit,
                ):
                    self._write(unit, stored, earlier, cleaned)
                    if self._earlier is not None:
                        raise _Undone
            except Conflict:
                if attempt == _ATTEMPTS:
                    raise
            else:
                break
        return stored

    def _write(
        self,
        unit: UnitOfWork,
        stored: _Stored,
        earlier: list[Person],
        cleaned: list[tuple[SourceRow, Person]],
    ) -> None:
        people = [*earlier, *(person for _, person in cleaned)]
        batch = Batch(unit, people, source=self._source, seen=self._seen)
        for person in earlier:
            with suppress(BadInput):
                batch.merge(person)
        for row, person in cleaned:
            try:
                stored.taken.append((row, person, batch.merge(person)))
            except BadInput as error:
                reject = RejectedRow(row.line, error.message, row.raw)
                stored.rejects.append((reject, row.record))
        batch.write_people()
        names = (person.external_id for _, person, _ in stored.taken if person.external_id)
        stored.late = self._ties.waiting_for(dict.fromkeys(names))
        wants = [
            Want(taken, to, kind) for _, person, taken in stored.taken for to, kind in person.ties
        ]
        stored.settled = self._ties.settle(unit, stored.late + wants)
        _note_updates(batch, stored.settled)
        batch.write_events()

    def _keep(self, stored: _Stored) -> None:
        """Count and remember, now that the batch is stored."""
        self._ties.keep(stored.late, stored.settled)
        late = set(map(id, stored.late))
        for want in stored.settled.added:
            if want.taken.outcome == "unchanged":
                want.taken.outcome = "updated"
                if id(want) in late:
                    self._counted["unchanged"] -= 1
                    self._counted["updated"] += 1
        for row, person, taken in stored.taken:
            self._count(taken.outcome)
            if self._earlier is not None:
                self._earlier.keep(self._numbers, _names(person, taken), row.record)
        for reject, record in stored.rejects:
            self._reject(reject, record)
        self._counted["unresolved_ties"] = self._ties.unresolved

    def _reject(self, row: RejectedRow, record: PersonRecord | None = None) -> None:
        self._count("rejected")
        self._rejected(reject_without_cards(row, record, self._is_no_card))

    def _is_no_card(self, digits: str) -> bool:
        return is_no_card(self._desk.store.reader(), digits)

    def _count(self, outcome: str) -> None:
        self._numbers += 1
        self._counted["rows"] += 1
        self._counted[outcome] += 1

    def _is_rehearsed(self, external_id: str) -> bool:
        return self._earlier is not None and self._earlier.knows(f"id {external_id}")

    def _rehearsed_about(self, people: list[Person]) -> list[Person]:
        """The rows of earlier batches that a dry run has to go through again."""
        if self._earlier is None:
            return []
        names = {name for person in people for name in (person.identity, *_talks(person))}
        records = self._earlier.of(sorted(names))
        return [self._cleaner.person(records[number]) for number in sorted(records)]


def _note_updates(batch: Batch, settled: Settled) -> None:
    for want in settled.added:
        if want.taken.outcome == "unchanged":
            batch.note_update(want.taken.customer_id)


def _names(person: Person, taken: Taken) -> set[str]:
    """What a later row may call this one by: its customer, its interactions."""
    names = {person.identity, *_talks(person)}
    if taken.outcome == "created":
        names.add(f"key {person.key}")
    return names


def _talks(person: Person) -> list[str]:
    return [f"talk {talk.external_id}" for talk in person.contacts if talk.external_id]
