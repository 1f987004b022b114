"""Say that a rule or a tool stands in one's way; leads see which, how often, and the words.

It is about the rule: leads read no names beside the words, and agents read their own alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.values import ids
from agent_tui.domain.values.friction import RULES, FrictionByRule, FrictionRule
from agent_tui.domain.values.friction import Friction as FrictionValue
from agent_tui.errors import BadInput, NotFound, Refused, UsageError
from agent_tui.services.bookkeeping import check_with
from agent_tui.services.entrance import take_line
from agent_tui.storage.queries import agents, frictions

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

TEXT_LIMIT = 500
AGENTS_AT_LEAST = 5
NEWEST = 5
"""How many of each rule a lead reads in words."""


class Frictions:
    """Keeps what stands in agents' way."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def note(
        self,
        rule: str,
        text: str,
        *,
        customer_id: int | None = None,
        interaction_id: int | None = None,
    ) -> int:
        """Something stands in my way; returns its id. `rule` is a code of `RULES`.

        Raises UsageError for another rule, BadInput for no words or too many, NotFound, and Refused
        where the interaction is with somebody else.
        """
        code = _rule(rule)
        with self._desk.writing() as unit:
            words = take_line(unit.reader, text, TEXT_LIMIT)
            if not words:
                raise BadInput("say in a few words what stands in your way")
            if customer_id is not None:
                unit.get(tables.Customer, customer_id)
                check_with(unit, customer_id, interaction_id)
            elif interaction_id is not None:
                unit.get(tables.Interaction, interaction_id)
            row = tables.Friction(
                agent_id=self._desk.agent.id,
                # With whom an interaction is, it knows itself: it may yet be put to another.
                customer_id=customer_id if interaction_id is None else None,
                interaction_id=interaction_id,
                rule=code,
                text=words,
                at=unit.now,
            )
            unit.add(row)
            _record(unit, "friction.noted", row)
            return row.id

    def take_back(self, friction_id: int) -> str:
        """Undo `note`; returns its words. Refused for somebody else's."""
        with self._desk.writing() as unit:
            row = unit.get(tables.Friction, friction_id)
            if row.agent_id != self._desk.agent.id:
                raise Refused("only who noted this takes it back")
            unit.remove(row)
            _record(unit, "friction.taken_back", row)
            return row.text

    def one(self, friction_id: int) -> FrictionValue:
        """Something that I noted. Raises NotFound, for somebody else's too."""
        found = frictions.one(
            self._desk.store.reader(), friction_id=friction_id, agent_id=self._desk.agent.id
        )
        if found is None:
            raise NotFound("you noted nothing under this id")
        return found

    def mine(self, *, limit: int = 50) -> tuple[FrictionValue, ...]:
        """What I noted, newest first."""
        return frictions.of_agent(
            self._desk.store.reader(), agent_id=self._desk.agent.id, limit=limit
        )

    def by_rule(self, since: datetime) -> tuple[FrictionByRule, ...]:
        """What stood in the way from a moment on, by rule, the most often first: for a lead in
        their team, for an admin everywhere. Refused for an agent.

        That a rule stood in the way is told however few say so, since that is what the words are
        written for; how many agents say so only from five on: `1 agent` points to somebody.
        """
        reader = self._desk.store.reader()
        me = agents.by_id(reader, agent_id=self._desk.agent.id)
        if me is None or me.role not in ("lead", "admin"):
            raise Refused("only a lead or an admin sees friction by rule; everybody sees their own")
        team = me.team if me.role == "lead" else None
        found = frictions.by_rule(reader, since=since, team=team, newest=NEWEST)
        return tuple(
            one if (one.agents or 0) >= AGENTS_AT_LEAST else replace(one, agents=None)
            for one in found
        )


def _rule(word: str) -> FrictionRule:
    for rule in RULES:
        if rule == word:
            return rule
    raise UsageError(f"“{word}” is no rule of the desk: {', '.join(RULES)}")


def _record(unit: UnitOfWork, kind: str, row: tables.Friction) -> None:
    unit.record(
        kind,
        subject=ids.show(ids.FRICTION, row.id),
        customer_id=row.customer_id,
        interaction_id=row.interaction_id,
        detail=row.rule,
    )
