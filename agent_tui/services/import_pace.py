"""How much of a file goes into one unit of work, so that nobody at a desk waits for an import.

The larger a unit is, the fewer pages of the database are written again and again: ten thousand
people at once cost half of what twenty times five hundred do. But nobody else can write meanwhile.
So units are small while somebody at another desk has a customer open, and otherwise grow until
they take as long as a call that comes in may be made to wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from agent_tui.domain.values.records import PersonRecord, RejectedRow, SourceRow

PEOPLE_BESIDE_OTHERS = 500
"""Rows of a unit of work while other desks are at work: they hardly wait for it."""
PARTS_BESIDE_OTHERS = 2_000
"""Messages, notes and other parts of such a unit, unless one customer alone has more."""
CHARACTERS = 8_000_000
"""Of a unit's rows together, unless one row alone has more: memory has to hold them."""
LONGEST_S = 2.0
"""For so long nobody else can write, at most; writers are ready to wait five times that."""

_FIRST = 1_000
_GROWTH = 4


class Pace:
    """Cuts rows into batches. At most `people` rows and `parts` in one."""

    def __init__(self, is_alone: Callable[[], bool], *, people: int, parts: int) -> None:
        self._is_alone = is_alone
        self._most_people = people
        self._most_parts = parts
        self._people = min(people, _FIRST)

    def batches(
        self, rows: Iterable[SourceRow | RejectedRow]
    ) -> Iterator[list[SourceRow | RejectedRow]]:
        """The rows in batches, each as large as is right when it begins."""
        batch: list[SourceRow | RejectedRow] = []
        most_people, most_parts = self._room()
        parts = characters = 0
        for row in rows:
            batch.append(row)
            characters += len(row.raw)
            if isinstance(row, SourceRow) and row.record.interactions:
                parts += _parts(row.record)
            if len(batch) >= most_people or parts >= most_parts or characters >= CHARACTERS:
                yield batch
                batch = []
                most_people, most_parts = self._room()
                parts = characters = 0
        if batch:
            yield batch

    def took(self, rows: int, seconds: float) -> None:
        """Learn how long a unit of work kept others from writing."""
        fitting = int(rows * LONGEST_S / max(seconds, 0.001))
        grown = min(fitting, self._people * _GROWTH, self._most_people)
        self._people = max(1, min(grown, self._most_people))

    def _room(self) -> tuple[int, int]:
        if self._is_alone():
            return self._people, self._most_parts
        return (
            min(self._people, PEOPLE_BESIDE_OTHERS),
            min(self._most_parts, PARTS_BESIDE_OTHERS),
        )


def _parts(record: PersonRecord) -> int:
    return sum(1 + len(talk.messages) + len(talk.notes) for talk in record.interactions)
