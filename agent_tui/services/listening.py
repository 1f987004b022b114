"""A lead's own listening log: what they read or heard, and what they make of it.

Nobody else reads it, no admin either: no query of the program asks for another's, and its events
name no interaction. On a desk in a file that holds as far as the file does: whoever opens the file
with another program reads all of it. On a server it holds for everybody who comes through this
program; who administers the server reads its tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules.samples import LARGEST_SEED
from agent_tui.domain.values import ids
from agent_tui.domain.values.reviews import Listened
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.bookkeeping import check_version, is_lead
from agent_tui.services.entrance import take_text
from agent_tui.storage.queries import listenings

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader
    from agent_tui.storage.unit import UnitOfWork

REMARK_LIMIT = 10_000
LISTED = 100


class ListeningLog:
    """Keeps what this lead listened to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self, interaction_id: int, *, remark: str | None = None, seed: int | None = None
    ) -> Listened:
        """I read or heard an interaction; `seed` is that of the sample that it was drawn in.

        Raises Refused for an agent, NotFound, BadInput for too many words or no such seed.
        """
        if seed is not None and not 0 <= seed <= LARGEST_SEED:
            raise BadInput(f"a seed is a whole number from 0 to {LARGEST_SEED}")
        with self._desk.writing() as unit:
            if not is_lead(unit):
                raise Refused("the listening log is for leads and admins")
            unit.get(tables.Interaction, interaction_id)
            row = tables.Listening(
                agent_id=self._desk.agent.id,
                interaction_id=interaction_id,
                at=unit.now,
                seed=seed,
                remark=_remark(unit, remark),
            )
            unit.add(row)
            _record(unit, "listening.added", row)
            return self._in(unit.reader, row.id)

    def remark(self, listening_id: int, text: str, *, version: int | None = None) -> Listened:
        """Say what I make of it, in place of what I said before; without words, nothing.

        Raises NotFound, for somebody else's too, and Conflict for another version.
        """
        with self._desk.writing() as unit:
            row = self._own(unit, listening_id)
            check_version(row, version)
            row.remark = _remark(unit, text)
            unit.save(row)
            _record(unit, "listening.remarked", row)
            return self._in(unit.reader, row.id)

    def remove(self, listening_id: int) -> Listened:
        """Strike an entry; returns what it was. Raises NotFound, for somebody else's too."""
        with self._desk.writing() as unit:
            row = self._own(unit, listening_id)
            found = self._in(unit.reader, listening_id)
            unit.remove(row)
            _record(unit, "listening.removed", row)
            return found

    def mine(self, *, limit: int = LISTED) -> tuple[Listened, ...]:
        """My log, newest first."""
        return listenings.of_agent(
            self._desk.store.reader(), agent_id=self._desk.agent.id, limit=limit
        )

    def one(self, listening_id: int) -> Listened:
        """An entry of mine. Raises NotFound, for somebody else's too."""
        return self._in(self._desk.store.reader(), listening_id)

    def _own(self, unit: UnitOfWork, listening_id: int) -> tables.Listening:
        self._in(unit.reader, listening_id)
        return unit.get(tables.Listening, listening_id)

    def _in(self, reader: Reader, listening_id: int) -> Listened:
        found = listenings.one(reader, listening_id=listening_id, agent_id=self._desk.agent.id)
        if found is None:
            raise NotFound("your log has no entry under this id")
        return found


def _remark(unit: UnitOfWork, text: str | None) -> str | None:
    return (take_text(unit.reader, text, REMARK_LIMIT).strip() or None) if text else None


def _record(unit: UnitOfWork, kind: str, row: tables.Listening) -> None:
    """An event without the interaction: leads read all events, and this log is one lead's own."""
    unit.record(kind, subject=ids.show(ids.LISTENING, row.id))
