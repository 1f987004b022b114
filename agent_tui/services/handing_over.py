"""Hand a conversation to a colleague, who reads what matters of it and accepts or declines it.

An offer changes nothing but itself: until it is accepted the conversation stays where it is, and
then it has another agent, and that is all. What its giver wrote, promised, drafted and read stays
theirs. Of one conversation at most one offer is open. It stands where the conversation ends (who
accepts it wraps it up), and where it is put to the right person (what is read is then about them);
where it is wrapped up, the offer lapses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules import ages
from agent_tui.domain.rules.hand_over import TRIED_AT_MOST, hand_over_brief, said_in_note
from agent_tui.domain.values.hand_overs import (
    HandOver as HandOverValue,
)
from agent_tui.domain.values.hand_overs import (
    HandOverBrief,
    HandOversWaiting,
    Offered,
)
from agent_tui.errors import NotFound, Refused
from agent_tui.services.bookkeeping import is_lead, leads, record
from agent_tui.services.entrance import take_line, take_text
from agent_tui.services.hand_over_changes import close, dismiss, settle, take
from agent_tui.services.promise_changes import colleague
from agent_tui.storage.queries import hand_overs
from agent_tui.storage.queries.entries import calls_by_id

if TYPE_CHECKING:
    from agent_tui.domain.values.agents import Agent
    from agent_tui.domain.values.people import Interaction as InteractionValue
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader
    from agent_tui.storage.unit import UnitOfWork

TRIED_LIMIT = 2_000
REASON_LIMIT = 500
SHOWN = 100
"""How many hand-overs a list holds at most."""

_WRAPPED_UP = "this is wrapped up: there is nothing to hand over"


class HandingOver:
    """Offers conversations, and answers offers.

    Answers take the `version` that was on the screen, if any, and raise Conflict where the
    hand-over has changed since. What was answered in the same way already stays as it is.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def one(self, hand_over_id: int) -> HandOverValue:
        """A hand-over, whatever became of it. Raises NotFound."""
        found = hand_overs.one(self._desk.store.reader(), hand_over_id=hand_over_id)
        if found is None:
            raise NotFound("this hand-over is no longer there")
        return found

    def standing(self, interaction_id: int) -> HandOverValue | None:
        """The open offer of a conversation, or None."""
        return hand_overs.standing(self._desk.store.reader(), interaction_id=interaction_id)

    def waiting(self) -> HandOversWaiting:
        """What is offered to me; what I offered that is open, or was declined and is my turn."""
        reader, me = self._desk.store.reader(), self._desk.agent.id
        with reader.snapshot():
            to_me, declined, offered = (
                hand_overs.under(reader, condition, agent_id=me, limit=SHOWN)
                for condition in (
                    hand_overs.OFFERED_TO,
                    hand_overs.DECLINED_TO,
                    hand_overs.OFFERED_BY,
                )
            )
        return HandOversWaiting(to_me, (*declined, *offered))

    def brief(self, hand_over_id: int) -> HandOverBrief:
        """What matters of the conversation to whoever takes it over, as of now. Raises NotFound."""
        return self._brief(self.one(hand_over_id))

    def preview(self, interaction_id: int, note: str = "") -> HandOverBrief:
        """What a colleague would read of a conversation if I offered it now; nothing is written.

        What was tried are my own words: those of the `note` that I am writing beside its marks, or
        else those of my newest note in it. Raises NotFound and Refused as `offer` does.
        """
        desk, reader = self._desk, self._desk.store.reader()
        call = calls_by_id(reader, [interaction_id]).get(interaction_id)
        if call is None:
            raise NotFound("this conversation is no longer there")
        self._check_given(reader, call)
        entries = hand_overs.happened(reader, call, limit=TRIED_AT_MOST).entries
        mine = [one for one in entries if one.kind == "note" and one.author == desk.agent.name]
        texts = [note, *(one.text for one in sorted(mine, key=lambda one: one.place, reverse=True))]
        said = (said_in_note(text, desk.clock(), desk.zone) for text in texts[:2])
        tried = next((words for words in said if words), None)
        me, now = desk.agent, desk.clock()
        return self._brief(
            HandOverValue(0, call, me.id, me.name, 0, "", tried, "open", None, now, None, None, 0)
        )

    def _brief(self, found: HandOverValue) -> HandOverBrief:
        desk, reader, call = self._desk, self._desk.store.reader(), found.call
        opened = desk.opening.customer(call.customer_id, call.id) if call.customer_id else None
        with reader.snapshot():
            happened = hand_overs.happened(reader, call, limit=TRIED_AT_MOST)
        return hand_over_brief(found, opened, happened, desk.clock(), desk.zone)

    def offer(self, interaction_id: int, handle: str, tried: str | None = None) -> Offered:
        """Ask a colleague to take a conversation over; `tried` is what was done so far, in words.

        An offer that was open takes its place. Raises NotFound for an unknown agent, and Refused
        where it is nobody's or a colleague's (a lead may), wrapped up, or offered to who has it.
        """
        with self._desk.writing() as unit:
            call = unit.get(tables.Interaction, interaction_id)
            self._check_given(unit.reader, call)
            to = colleague(unit, handle)
            if to.id == self._desk.agent.id:
                raise Refused("a conversation is handed to somebody else")
            if to.id == call.agent_id:
                raise Refused(f"{to.name} has it already")
            before = settle(unit, call.id, "taken_back", detail="replaced")
            row = tables.HandOver(
                interaction_id=call.id,
                customer_id=call.customer_id,
                from_id=self._desk.agent.id,
                to_id=to.id,
                tried=take_text(unit.reader, tried, TRIED_LIMIT).strip() or None if tried else None,
                at=unit.now,
            )
            unit.add(row)
            record(unit, "hand_over.offered", row)
            return Offered(row.id, tuple(self._remarks(unit, to, before)))

    def accept(self, hand_over_id: int, *, version: int | None = None) -> None:
        """Take the conversation over that was offered to me. Refused for anybody else's offer, and
        where it is not open any more."""
        with self._desk.writing() as unit:
            call, row = take(unit, hand_over_id, version)
            self._only_asked(row)
            if row.state == "accepted":
                return
            _check_open(row)
            if call.state == "wrapped_up":
                raise Refused(_WRAPPED_UP)
            call.agent_id = self._desk.agent.id
            unit.save(call)
            close(unit, row, "accepted")

    def decline(
        self, hand_over_id: int, reason: str | None = None, *, version: int | None = None
    ) -> None:
        """Not take it over: it stays where it is, and who offered it sees that, and why."""
        with self._desk.writing() as unit:
            _call, row = take(unit, hand_over_id, version)
            self._only_asked(row)
            if row.state == "declined":
                return
            _check_open(row)
            row.reason = take_line(unit.reader, reason, REASON_LIMIT) or None if reason else None
            close(unit, row, "declined")

    def take_back(self, hand_over_id: int, *, version: int | None = None) -> None:
        """Nobody is asked any more; also puts away that somebody declined.

        Who offered it says so, who has the conversation, or a lead.
        """
        with self._desk.writing() as unit:
            call, row = take(unit, hand_over_id, version)
            if self._desk.agent.id not in (row.from_id, call.agent_id) and not is_lead(unit):
                raise Refused("only who offered it, who has it, or a lead takes it back")
            if row.state == "declined":
                if row.dismissed_at is None:
                    dismiss(unit, row)
            elif row.state != "taken_back":
                _check_open(row)
                close(unit, row, "taken_back")

    def _check_given(self, reader: Reader, call: tables.Interaction | InteractionValue) -> None:
        if call.state == "wrapped_up":
            raise Refused(_WRAPPED_UP)
        if call.agent_id is None:
            raise Refused("nobody has this one yet: take it, then hand it over")
        if call.agent_id != self._desk.agent.id and not leads(reader, self._desk.agent.id):
            raise Refused("only who has a conversation, or a lead, hands it over")

    def _only_asked(self, row: tables.HandOver) -> None:
        if row.to_id != self._desk.agent.id:
            raise Refused("this conversation was not offered to you")

    def _remarks(self, unit: UnitOfWork, to: Agent, before: tables.HandOver | None) -> list[str]:
        """What the giver should know of an offer, in sentences."""
        remarks = []
        if before is not None:
            asked = "them" if before.to_id == to.id else "a colleague"
            remarks.append(f"this takes the place of the offer to {asked} that was open")
        if to.state == "away":
            since = to.state_since
            age = f" since {ages.ago(since, unit.now, self._desk.zone)} ago" if since else ""
            remarks.append(f"{to.name} is away{age}: they may not see it")
        return remarks


def _check_open(row: tables.HandOver) -> None:
    if row.state != "open":
        closed = row.state.replace("_", " ")
        raise Refused(f"this offer is not open any more ({closed}): ask for a new one")
