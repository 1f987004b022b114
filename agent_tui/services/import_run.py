"""One import from beginning to end, batch by batch."""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, fields, replace
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from agent_tui.domain.values.records import PersonRecord, RejectedRow, SourceRow
from agent_tui.errors import BadInput, Conflict
from agent_tui.services.entrance import is_no_card
from agent_tui.services.import_batch import Batch, Taken
from agent_tui.services.import_cleaning import Cleaner
from agent_tui.services.import_masking import reject_without_cards, without_cards
from agent_tui.services.import_pace import Pace
from agent_tui.services.import_parts import Person
from agent_tui.services.import_rehearsal import Earlier
from agent_tui.services.import_seen import SeenRows
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
class _Cleaned:
    """A batch without what cannot be taken, and that."""

    people: list[tuple[SourceRow, Person]] = field(default_factory=list)
    rejects: list[tuple[RejectedRow, PersonRecord | None]] = field(default_factory=list)


@dataclass(slots=True)
class _Stored:
    """What one unit of work made of the rows of a batch."""

    taken: list[tuple[SourceRow, Person, Taken]] = field(default_factory=list)
    rejects: list[tuple[RejectedRow, PersonRecord]] = field(default_factory=list)
    late: list[Want] = field(default_factory=list)
    settled: Settled = field(default_factory=lambda: Settled([], []))


@dataclass(slots=True)
class _Committing:
    """A batch that is being committed aside, and what to do it again from."""

    cleaned: _Cleaned
    earlier: list[Person]
    stored: _Stored
    begun: float
    done: Future[float]


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
        progress: Callable[[ImportCounts], None],
        indexed: Callable[[int, int], None],
        pace: Pace,
    ) -> None:
        self._desk = desk
        self._now = desk.clock()
        self._source = source
        self._rejected = rejected
        self._progress = progress
        self._indexed = indexed
        self._pace = pace
        self._committing: _Committing | None = None
        self._collects = False
        self._aside = ThreadPoolExecutor(1, "import")
        self._cleaner = Cleaner(now=self._now, region=desk.region, live=live)
        self._earlier = Earlier() if dry_run else None
        self._ties = Ties(source, self._is_rehearsed if dry_run else None)
        self._seen = SeenRows()
        self._numbers = 0
        self._counted = dict.fromkeys((entry.name for entry in fields(ImportCounts)), 0)

    @property
    def counts(self) -> ImportCounts:
        """What became of the rows so far."""
        return ImportCounts(**self._counted)

    def __enter__(self) -> Self:
        # The rows of a batch point to nothing that points back: looking for circles among them
        # again and again would be a fifth of all the work, and finds none.
        self._collects = gc.isenabled()
        gc.disable()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._aside.shutdown()
        if self._collects:
            gc.enable()
        if self._earlier is not None:
            self._earlier.close()

    def take(self, batch: list[SourceRow | RejectedRow]) -> None:
        """Clean one batch, which keeps nobody waiting, then store it as a whole.

        It is committed aside, while the next one is read and cleaned.
        """
        cleaned = self._clean(batch)
        self._end_commit()
        if not cleaned.people:
            self._count_all(cleaned, _Stored())
            return
        earlier = self._rehearsed_about([person for _, person in cleaned.people])
        begun = monotonic()
        try:
            stored, commit = self._begin(cleaned, earlier)
        except Conflict:
            stored = self._store(cleaned, earlier, _ATTEMPTS - 1)
            self._keep(cleaned, stored, monotonic() - begun)
        else:
            done = self._aside.submit(_ended, commit)
            self._committing = _Committing(cleaned, earlier, stored, begun, done)

    def finish(self) -> None:
        """Tie those who are known by now; say in the events that it is done, safely on disk."""
        self._end_commit()
        late = self._ties.all_waiting()
        if late and self._earlier is None:
            with self._desk.writing(self._now) as unit:
                settled = self._ties.settle(unit, late)
                batch = Batch(unit, [], source=self._source, seen=self._seen)
                _note_updates(batch, settled)
                batch.write_events()
            self._count_all(_Cleaned(), _Stored(late=late, settled=settled))
        if self._earlier is None:
            # Whoever else builds the index at this moment takes these people in too.
            with suppress(Conflict):
                self._desk.reindexing.catch_up(self._indexed)
        created, updated = self._counted["created"], self._counted["updated"]
        if self._earlier is None and created + updated:
            with self._desk.writing(self._now) as unit:
                unit.record("import.finished", detail=f"{created}+{updated}")

    def _clean(self, batch: list[SourceRow | RejectedRow]) -> _Cleaned:
        cleaned = _Cleaned()
        for row in batch:
            if isinstance(row, RejectedRow):
                cleaned.rejects.append((row, None))
                continue
            record = without_cards(row.record, self._is_no_card)
            masked = row if record is row.record else replace(row, record=record)
            try:
                cleaned.people.append((masked, self._cleaner.person(record)))
            except BadInput as error:
                reject = RejectedRow(row.line, error.message, row.raw)
                cleaned.rejects.append((reject, row.record))
        return cleaned

    def _end_commit(self) -> None:
        """Wait until the last batch is on disk, or store it again where another desk was first."""
        last, self._committing = self._committing, None
        if last is None:
            return
        try:
            ended = last.done.result()
        except Conflict:
            last.stored = self._store(last.cleaned, last.earlier, _ATTEMPTS - 1)
            ended = monotonic()
        self._keep(last.cleaned, last.stored, ended - last.begun)

    def _store(self, cleaned: _Cleaned, earlier: list[Person], attempts: int) -> _Stored:
        """Store a batch and wait for it. Raises Conflict where every attempt clashes."""
        while True:
            attempts -= 1
            try:
                stored, commit = self._begin(cleaned, earlier)
                commit()
            except Conflict:
                if not attempts:
                    raise
            else:
                return stored

    def _begin(
        self, cleaned: _Cleaned, earlier: list[Person]
    ) -> tuple[_Stored, Callable[[], None]]:
        """Write a batch; returns what is left to be done for it to be stored."""
        stored = _Stored()
        writing = self._desk.store.writing(
            now=self._now, agent_id=self._desk.agent.id, durability="bulk"
        )
        if self._earlier is not None:
            with suppress(_Undone), writing as unit:
                self._write(unit, stored, earlier, cleaned.people)
                raise _Undone
            return stored, _nothing
        with ExitStack() as stack:
            self._write(stack.enter_context(writing), stored, earlier, cleaned.people)
            commit = stack.pop_all().close
        return stored, commit

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

    def _keep(self, cleaned: _Cleaned, stored: _Stored, seconds: float) -> None:
        self._pace.took(len(cleaned.people), seconds)
        self._count_all(cleaned, stored)

    def _count_all(self, cleaned: _Cleaned, stored: _Stored) -> None:
        """Count and remember, now that a batch is stored."""
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
        rejects = sorted([*cleaned.rejects, *stored.rejects], key=lambda entry: entry[0].line)
        for reject, record in rejects:
            self._reject(reject, record)
        self._counted["unresolved_ties"] = self._ties.unresolved
        self._progress(self.counts)

    def _reject(self, row: RejectedRow, record: PersonRecord | None) -> None:
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


def _ended(commit: Callable[[], None]) -> float:
    """Commit; returns when that ended, by the clock that only measures."""
    commit()
    return monotonic()


def _nothing() -> None:
    """What is left to be done for a dry run."""


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
