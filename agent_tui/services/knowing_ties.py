"""The people around somebody, and what matters with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules.ties import written
from agent_tui.domain.values import ids
from agent_tui.domain.values.knowing import Circle, TieShown
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.entrance import take_line
from agent_tui.storage.queries import knowing

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

KIND_LIMIT = 100


class Ties:
    """Who belongs to whom."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def circle(self, customer_id: int, *, limit: int = knowing.PEOPLE_SHOWN) -> Circle:
        """The people around a customer, those with something open first; how many there are."""
        return knowing.circle(
            self._desk.store.reader(),
            customer_id=customer_id,
            now=self._desk.clock(),
            limit=limit,
        )

    def one_tie(self, tie_id: int, customer_id: int) -> TieShown:
        """A tie as it reads from that customer, without what matters. Raises NotFound."""
        reader = self._desk.store.reader()
        found = knowing.one_tie(reader, tie_id=tie_id, customer_id=customer_id)
        if found is None:
            raise NotFound("this tie is no longer there")
        return found

    def tie(self, customer_id: int, other_id: int, kind: str) -> int:
        """Tie two people, as the first of them would say it: `cares for` the other; returns the
        tie's id.

        Raises BadInput for no words, Refused for somebody with themselves, and where the two are
        tied like this already, whoever said it.
        """
        with self._desk.writing() as unit:
            words = written(take_line(unit.reader, kind, KIND_LIMIT))
            if not words:
                raise BadInput("say what they are to one another: household, cares for, ...")
            if customer_id == other_id:
                raise Refused("nobody is tied to themselves: choose somebody else")
            for one in sorted((customer_id, other_id)):
                unit.get(tables.Customer, one)
            known = knowing.tie_between(unit.reader, one_id=customer_id, other_id=other_id)
            if words.casefold() in {kind.casefold() for _, kind in known}:
                raise Refused("the two are tied like this already")
            row = tables.Tie(
                customer_id=customer_id, other_id=other_id, kind=words, created_at=unit.now
            )
            unit.add(row)
            _record(unit, "tie.made", row)
            return row.id

    def untie(self, tie_id: int) -> None:
        """Take a tie away, told by whichever side; undone by `tie` with the same words."""
        with self._desk.writing() as unit:
            row = unit.get(tables.Tie, tie_id)
            ends = {"one_id": row.customer_id, "other_id": row.other_id}
            kind = written(row.kind).casefold()
            for same_id, seen in knowing.tie_between(unit.reader, **ends):
                if seen.casefold() == kind:
                    same = unit.get(tables.Tie, same_id)
                    _record(unit, "tie.removed", same)
                    unit.remove(same)


def _record(unit: UnitOfWork, kind: str, row: tables.Tie) -> None:
    """Both ends hear of it."""
    for customer_id in (row.customer_id, row.other_id):
        unit.record(kind, subject=ids.show(ids.TIE, row.id), customer_id=customer_id)
