"""Ties between the people of one source, some of whom come later in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from agent_tui.domain.tables import Tie
from agent_tui.domain.values.ids import new_id
from agent_tui.services.import_batch import Taken
from agent_tui.services.import_parts import Values
from agent_tui.storage.queries import imports
from agent_tui.storage.unit import UnitOfWork


@dataclass(frozen=True, slots=True)
class Want:
    """A tie that a row asked for, to whoever has that external id."""

    taken: Taken
    to: str
    kind: str

    @property
    def name(self) -> tuple[str, str, str]:
        """The tie, whether or not the two are stored."""
        return self.taken.who, self.to, self.kind


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of some wants: those that brought a new tie, and those still waiting."""

    added: list[Want]
    waiting: list[Want]


class Ties:
    """The ties of one run.

    `rehearsed` is given in a dry run, which stores nothing: it tells whether an earlier row of
    the file has that external id.
    """

    def __init__(self, source: str, rehearsed: Callable[[str], bool] | None) -> None:
        self._source = source
        self._rehearsed = rehearsed
        self._shown: set[tuple[str, str, str]] = set()
        self._waiting: dict[str, list[Want]] = {}

    @property
    def unresolved(self) -> int:
        """How many ties lead to somebody unknown."""
        return sum(map(len, self._waiting.values()))

    def waiting_for(self, external_ids: Iterable[str]) -> list[Want]:
        """The wants of earlier batches that lead to these people."""
        return [want for name in external_ids for want in self._waiting.get(name, ())]

    def all_waiting(self) -> list[Want]:
        """Every want that leads to somebody unknown so far."""
        return [want for wants in self._waiting.values() for want in wants]

    def settle(self, unit: UnitOfWork, wants: Sequence[Want]) -> Settled:
        """Write the ties whose other end is known, in this unit of work."""
        names = sorted({want.to for want in wants})
        others = imports.customer_ids(unit.reader, source=self._source, external_ids=names)
        owners = sorted({want.taken.customer_id for want in wants})
        known: set[tuple[int, int | None, str]] = set(imports.ties(unit.reader, customers=owners))
        shown = set(self._shown)
        settled = Settled([], [])
        rows: list[Values] = []
        for want in wants:
            other = others.get(want.to)
            if other is None and not (self._rehearsed and self._rehearsed(want.to)):
                settled.waiting.append(want)
                continue
            tie = (want.taken.customer_id, other, want.kind)
            if tie in known or want.name in shown:
                continue
            known.add(tie)
            shown.add(want.name)
            settled.added.append(want)
            rows.append(_row(unit, *tie))
        if self._rehearsed is None:
            unit.insert_many(Tie, rows)
        return settled

    def keep(self, late: Iterable[Want], settled: Settled) -> None:
        """Remember, once the unit of work has ended, what is still waiting."""
        for want in late:
            self._waiting.pop(want.to, None)
        for want in settled.waiting:
            self._waiting.setdefault(want.to, []).append(want)
        if self._rehearsed is not None:
            self._shown.update(want.name for want in settled.added)


def _row(unit: UnitOfWork, customer_id: int, other_id: int | None, kind: str) -> Values:
    return {
        "id": new_id(),
        "import_key": None,
        "customer_id": customer_id,
        "other_id": other_id,
        "kind": kind,
        "created_at": unit.now,
    }
