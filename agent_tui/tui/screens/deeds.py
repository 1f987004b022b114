"""What can be done with a row: a registry by the kind of the row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from agent_tui.domain.values.lines import Asked
    from agent_tui.services.desk import Desk

UNDO_KEY = "u"


class Deed(NamedTuple):
    """One thing that can be done: the key that chooses it, its words, and what begins it.

    A `key` is one character; `u` is kept for undoing the deed before.
    """

    key: str
    words: str
    begin: Callable[[], None]


class Act(NamedTuple):
    """Something to be done with a record, in the thread that writes.

    `said` names it for the agent, once it is done. `undo` takes it back, None where nothing can.
    `typed` are the agent's own words in it, `asked` what they answered. `again` asks once more
    where it was refused: it is handed the reason, and knows what was typed. `then` goes on once it
    is done, `undone` once it was taken back. `asks` tells that `then` asks the next question: what
    is typed meanwhile is for that. `stands` tells whether what was done is still so, and there is
    anything to take back; None where it stays so. `offered` is the shown id of what was offered to
    a colleague by it: once that is answered there is nothing to take back.
    """

    said: str
    work: Callable[[Desk], object]
    undo: Callable[[Desk], object] | None = None
    typed: str = ""
    again: Callable[[str], None] | None = None
    then: Callable[[], None] | None = None
    undone: Callable[[], None] | None = None
    asked: Asked | None = None
    asks: bool = False
    stands: Callable[[], bool] | None = None
    offered: Callable[[], str] | None = None


DeedsOf = Callable[[Any], Sequence[Deed]]
"""What can be done with a record, the likeliest first; nothing where nothing can."""


class Registry:
    """By the kind of a row, what can be done with it. Several parts may add to one kind."""

    def __init__(self) -> None:
        self._makers: dict[str, list[DeedsOf]] = {}

    def add(self, kind: str, deeds_of: DeedsOf) -> None:
        """Offer these with rows of this kind, behind those that were added before."""
        self._makers.setdefault(kind, []).append(deeds_of)

    def __contains__(self, kind: str) -> bool:
        """Whether anything may be done with rows of this kind."""
        return kind in self._makers

    def of(self, kind: str, record: Any) -> tuple[Deed, ...]:
        """What can be done with a record; where two share a key, the first has it."""
        found: dict[str, Deed] = {}
        for deeds_of in self._makers.get(kind, ()):
            for deed in deeds_of(record):
                found.setdefault(deed.key, deed)
        return tuple(found.values())
