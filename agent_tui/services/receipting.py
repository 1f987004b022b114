"""Receipts of read briefs: the gate before a script, and the evidence that it leaves.

A script opens where this agent has had every line of the customer's brief in front of them within
seven days, under the same key; where nothing is new it opens at once, also where lines that were
cut before have come up behind those that folded away (`brief.to_read`). Partial readings are kept
and add up, line by line. An override with its reason opens it too, for an hour and as long as the
brief stays as it is. A receipt stays with the customer and the interaction that it was written
for: whoever else is on the call then needs one of their own.

How long a line stood in front of an agent is the agent's own. A lead sees it on single interactions
of their team, for coaching, and nobody after thirty days: then it is dropped, at the first reading
of a day that a desk keeps, and never shown where no desk has been open to drop it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.rules.brief import to_read
from agent_tui.domain.rules.known import KNOWN_FOR
from agent_tui.domain.rules.weeks import whole_weeks
from agent_tui.domain.values.receipts import (
    OVERRIDES,
    Focus,
    Gate,
    Granted,
    LineSeen,
    Override,
    Receipt,
    TeamFigures,
)
from agent_tui.errors import Conflict, NotFound, Refused, Unavailable, UsageError
from agent_tui.services.bookkeeping import check_with
from agent_tui.services.entrance import take_line
from agent_tui.services.receipt_figures import TEAM_AT_LEAST, team_figures
from agent_tui.services.receipt_records import known, opens, seen_how, write, write_known
from agent_tui.storage.queries import agents, interactions, receipts

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import Brief, BriefLine
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader
    from agent_tui.storage.unit import UnitOfWork

TIMES_KEPT = timedelta(days=30)
REASON_LIMIT = 500
_DIGEST = re.compile("[0-9a-f]{64}")
LONGEST_MS = 86_400_000
"""A day: nobody looks at a line for longer, whatever a clock says."""


class Receipting:
    """Says whether a script may open, and keeps what that rests on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._dropped_on: date | None = None

    def gate(self, customer_id: int, interaction_id: int | None) -> Gate:
        """Whether a script may open now. Raises NotFound; Refused where that interaction is with
        somebody else."""
        reader = self._desk.store.reader()
        call = interactions.one(reader, interaction_id=interaction_id) if interaction_id else None
        if interaction_id is not None and (call is None or call.customer_id != customer_id):
            raise Refused("that interaction is with somebody else")
        return self._gate(reader, self._brief(customer_id, interaction_id), interaction_id)

    def seen(
        self,
        customer_id: int,
        interaction_id: int | None,
        digest: str,
        lines: Sequence[LineSeen],
        *,
        focus: Focus = "unknown",
    ) -> Receipt:
        """Keep what of a brief was seen; the receipt is granted where nothing is left unseen.

        `digest` is that of the brief which was read: where it has changed meanwhile, the lines that
        are the same still count. `viewed` counts where the line stood long enough to be read.
        Raises NotFound, UsageError for what is no digest, and Refused where no line of the brief as
        it is now was seen.
        """
        if not _DIGEST.fullmatch(digest):
            raise UsageError("that is no digest of a brief")
        self._drop_times_today()
        brief = self._brief(customer_id, interaction_id)
        said = {one.key: one for one in lines}
        now_seen = {line.key: seen_how(line, said.get(line.key)) for line in brief.lines}
        hows = {line.key: now_seen[line.key] or known(line) for line in brief.lines}
        left = [line for line in brief.lines if hows[line.key] is None]
        if left and not any(now_seen.values()):
            raise Refused(f"no line of this brief was read yet: {_in_words(left)}")
        how: Granted | None = None if left else "seen" if any(now_seen.values()) else "known"
        with self._desk.writing() as unit:
            receipt_id = write(
                unit,
                replace(brief, digest=digest),
                interaction_id,
                hows,
                times={key: min(max(0, one.ms), LONGEST_MS) for key, one in said.items()},
                focus=focus,
                how=how,
            )
        return self._one(receipt_id)

    def override(
        self, customer_id: int, interaction_id: int | None, code: str, reason: str | None = None
    ) -> Receipt:
        """Open the gate before the brief was seen, for a reason of `OVERRIDES`.

        Where it is open already there is nothing to override: the receipt says so. Raises
        UsageError for another code, NotFound, and Refused for `system_wrong` without words.
        """
        known_code = _override(code)
        self._drop_times_today()
        with self._desk.writing() as unit:
            words = take_line(unit.reader, reason, REASON_LIMIT) if reason else ""
            if known_code == "system_wrong" and not words:
                raise Refused("say in a few words what the system has wrong")
            check_with(unit, customer_id, interaction_id)
            brief = self._brief(customer_id, interaction_id)
            gate = self._gate(unit.reader, brief, interaction_id)
            if gate.is_open:
                receipt_id = gate.receipt_id or write_known(unit, brief, interaction_id)
            else:
                receipt_id = write(
                    unit,
                    brief,
                    interaction_id,
                    {line.key: known(line) for line in brief.lines},
                    how="override",
                    override=known_code,
                    reason=words or None,
                )
        return self._one(receipt_id)

    def grant(self, unit: UnitOfWork, customer_id: int, interaction_id: int | None) -> int:
        """The receipt for a run that begins in this unit, written here where nothing is new.

        Raises NotFound, and Refused, naming what has to be read first.
        """
        brief, gate = self._held(unit, customer_id, interaction_id)
        return gate.receipt_id or write_known(unit, brief, interaction_id)

    def hold(self, unit: UnitOfWork, customer_id: int, interaction_id: int | None) -> None:
        """Hold a run that is taken up again in this unit to what one that begins is held to.

        Raises as `grant` does; writes nothing.
        """
        self._held(unit, customer_id, interaction_id)

    def _held(
        self, unit: UnitOfWork, customer_id: int, interaction_id: int | None
    ) -> tuple[Brief, Gate]:
        check_with(unit, customer_id, interaction_id)
        brief = self._brief(customer_id, interaction_id)
        gate = self._gate(unit.reader, brief, interaction_id)
        if not gate.is_open:
            unread = [line for line in brief.lines if line.key in gate.unseen]
            raise Refused(f"read the brief first, or override with a reason: {_in_words(unread)}")
        return brief, gate

    def of_interaction(self, interaction_id: int) -> tuple[Receipt, ...]:
        """An interaction's receipts, newest first: one's own; for a lead also their team's."""
        reader = self._desk.store.reader()
        me = agents.by_id(reader, agent_id=self._desk.agent.id)
        team = me.team if me is not None and me.role in ("lead", "admin") else None
        found = receipts.of_interaction(
            reader, interaction_id=interaction_id, agent_id=self._desk.agent.id, team=team
        )
        return self._without_old_times(found)

    def mine(self, *, limit: int = 50) -> tuple[Receipt, ...]:
        """One's own receipts, newest first."""
        found = receipts.of_agent(
            self._desk.store.reader(), agent_id=self._desk.agent.id, limit=limit
        )
        return self._without_old_times(found)

    def team_figures(self, team: str, since: datetime, until: datetime) -> TeamFigures:
        """How a team's script runs were opened, in the whole weeks of UTC between `since` and
        `until` that are over and in which five of its agents and more ran scripts.

        Of shorter or running times nothing is told: the figures of two that differ by a minute
        would differ by one person's deed. For leads, of their own team, and admins. Refused for
        others, and where no week has five agents; UsageError where no whole week lies between.
        Raises NotFound where there is no such team.
        """
        reader = self._desk.store.reader()
        me = agents.by_id(reader, agent_id=self._desk.agent.id)
        if me is None or ((me.role, me.team) != ("lead", team) and me.role != "admin"):
            raise Refused("only an admin, or a lead of that team, may see its figures")
        members = receipts.members(reader, team=team)
        if members is None:
            raise NotFound(f"there is no team {team}")
        weeks = whole_weeks(since, min(until, self._desk.clock()))
        if weeks is None:
            raise UsageError(
                "figures are of whole weeks that are over, Monday to Sunday in UTC: "
                "name a time with one in it"
            )
        found, most = team_figures(reader, team, *weeks)
        if found is None:
            raise Refused(
                f"figures are for {TEAM_AT_LEAST} agents and more in a week, so that they tell of "
                f"nobody alone: of the {members} in this team at most {most} ran scripts in one"
            )
        return found

    def forget_times(self) -> int:
        """Drop how long lines stood in front of people more than thirty days ago; returns of how
        many lines."""
        with self._desk.writing() as unit:
            dropped = receipts.drop_times(unit.reader, before=unit.now - TIMES_KEPT)
            if dropped:
                unit.record("receipts.times_dropped", detail=str(dropped))
        return dropped

    def _drop_times_today(self) -> None:
        """Drop old times, once a day; where somebody is writing, it can wait for the next time."""
        today = self._desk.clock().date()
        if self._dropped_on != today:
            with suppress(Conflict, Unavailable):
                self.forget_times()
                self._dropped_on = today

    def _brief(self, customer_id: int, interaction_id: int | None) -> Brief:
        opening = self._desk.opening
        if interaction_id is None:
            return opening.at_the_desk(customer_id).brief
        return opening.customer(customer_id, interaction_id).brief

    def _gate(self, reader: Reader, brief: Brief, interaction_id: int | None) -> Gate:
        now = self._desk.clock()
        unseen = tuple(line.key for line in to_read(brief))
        receipt = receipts.standing(
            reader,
            agent_id=self._desk.agent.id,
            customer_id=brief.customer.id,
            interaction_id=interaction_id,
            since=now - KNOWN_FOR,
        )
        if receipt is not None and opens(receipt, brief, is_known=not unseen, now=now):
            return Gate(True, unseen, receipt.id)
        return Gate(not unseen, unseen)

    def _one(self, receipt_id: int) -> Receipt:
        found = receipts.one(self._desk.store.reader(), receipt_id=receipt_id)
        assert found is not None, "it was written just now"
        return found

    def _without_old_times(self, found: Sequence[Receipt]) -> tuple[Receipt, ...]:
        since = self._desk.clock() - TIMES_KEPT
        return tuple(
            one
            if one.begun_at >= since
            else replace(one, lines=tuple(replace(line, ms=None) for line in one.lines))
            for one in found
        )


def _in_words(lines: Sequence[BriefLine]) -> str:
    return "; ".join(f"{line.label}: {line.text}" for line in lines)


def _override(code: str) -> Override:
    for one in OVERRIDES:
        if one == code:
            return one
    raise UsageError(f"“{code}” is no reason for an override: {', '.join(OVERRIDES)}")
