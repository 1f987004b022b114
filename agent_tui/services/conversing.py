"""Take what channels deliver; say whose a call is, and what agents know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules.verification import method_of
from agent_tui.domain.values.kinds import MESSAGE_CHANNELS, Met
from agent_tui.domain.values.people import with_place
from agent_tui.errors import Refused
from agent_tui.services import belonging, call_signals, calling_out
from agent_tui.services.bookkeeping import is_lead, record
from agent_tui.services.call_signals import reason_given
from agent_tui.services.registering import add_customer
from agent_tui.text.hygiene import clean_line

if TYPE_CHECKING:
    from agent_tui.domain.values.signals import Signal
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

VERIFICATION_LIMIT = 100


class Conversing:
    """Writes what happens on channels."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, signal: Signal) -> None:
        """Write one signal of a channel; an unknown call opens an interaction.

        Raises BadInput where the signal cannot be taken. The same signal twice is one: the
        second changes nothing and leaves no event.
        """
        with self._desk.writing() as unit:
            call_signals.take(unit, self._desk, signal)

    def attach(self, interaction_id: int, customer_id: int) -> str:
        """Say who is on the line: the interaction, its notes and the number become theirs;
        returns their name, and where they are from.

        What was noted while nobody was known becomes records. Raises Refused where another
        customer is known, and where a colleague has it, unless a lead says so.
        """
        with self._desk.writing() as unit:
            call = unit.get(tables.Interaction, interaction_id)
            self._check_says_who(unit, call)
            belonging.attach(unit, self._desk, call, customer_id)
            customer = unit.get(tables.Customer, customer_id)
            return with_place(customer.name, customer.city, customer.company)

    def move(self, interaction_id: int, customer_id: int) -> None:
        """The wrong person was opened: move the interaction to the right one.

        Its notes and the records made in it go along, and the number where it was linked by this
        alone. Raises Refused where nobody is known yet.
        """
        with self._desk.writing() as unit:
            belonging.move(
                unit, self._desk, unit.get(tables.Interaction, interaction_id), customer_id
            )

    def move_to_new(self, interaction_id: int, name: str) -> int:
        """The wrong person was opened, and the right one is nobody we know: make a new customer of
        them, as `attach_to_new` does, and move the interaction there; returns the customer's id."""
        with self._desk.writing() as unit:
            call = unit.get(tables.Interaction, interaction_id)
            customer = add_customer(unit, name=name if name.strip() else call.peer_name or "")
            belonging.move(unit, self._desk, call, customer.id)
            return customer.id

    def attach_to_new(self, interaction_id: int, name: str) -> int:
        """Make a new customer of whoever is on the line; returns the customer's id.

        Raises Refused as `attach` does.
        """
        with self._desk.writing() as unit:
            call = unit.get(tables.Interaction, interaction_id)
            self._check_says_who(unit, call)
            if call.customer_id is not None:
                raise Refused("this interaction has its customer already")
            customer = add_customer(unit, name=name if name.strip() else call.peer_name or "")
            belonging.attach(unit, self._desk, call, customer.id)
            return customer.id

    def _check_says_who(self, unit: UnitOfWork, call: tables.Interaction) -> None:
        """Who is on the line says whoever talks with them; a lead may."""
        if call.agent_id not in (None, self._desk.agent.id) and not is_lead(unit):
            raise Refused("a colleague has this one: ask them to say who it is")

    def call_out(self, customer_id: int, verified_how: str | None = None) -> int:
        """Open a call of mine to a customer, where no telephone says that there is one; returns
        the interaction's id. `verified_how` is as in `verify`. Refused where a call with them
        goes on already.
        """
        with self._desk.writing() as unit:
            call_id = calling_out.call_out(unit, self._desk, customer_id)
            if verified_how is not None:
                _verify(unit, unit.get(tables.Interaction, call_id), verified_how)
            return call_id

    def take_over(self, interaction_id: int) -> None:
        """An interaction that is nobody's is mine. Refused for one that is somebody else's."""
        with self._desk.writing() as unit:
            call = unit.get(tables.Interaction, interaction_id)
            if call.agent_id not in (None, self._desk.agent.id):
                raise Refused("a colleague has this one: ask them to hand it over")
            make_own(unit, call, self._desk.agent.id)

    def end(self, interaction_id: int) -> None:
        """Say that a conversation is over, where its channel does not; one that has ended stays
        as it is. Refused where a colleague has it.
        """
        with self._desk.writing() as unit:
            call = unit.get(tables.Interaction, interaction_id)
            if call.state in ("ended", "wrapped_up"):
                return
            if call.agent_id not in (None, self._desk.agent.id):
                raise Refused("a colleague has this one: ask them to end it")
            call.agent_id = self._desk.agent.id
            call.held_at, call.hold_reason = None, None
            call.state, call.closed_at = "ended", max(unit.now, call.opened_at)
            unit.save(call)
            record(unit, "call.ended", call)

    def say_hold_reason(self, interaction_id: int, reason: str) -> None:
        """Say why a call is on hold; an empty reason takes it back. Refused where it is not."""
        with self._desk.writing() as unit:
            call = unit.get(tables.Interaction, interaction_id)
            if call.state != "on_hold":
                raise Refused("nobody is on hold in this call")
            said = reason_given(unit, reason)
            if said != call.hold_reason:
                call.hold_reason = said
                unit.save(call)
                record(unit, "interaction.hold_reason", call)

    def say_met(self, interaction_id: int, met: Met) -> None:
        """Say whether they have what they came for, while it goes on; the wrap-up asks again.

        Refused where it is wrapped up.
        """
        with self._desk.writing() as unit:
            call = unit.get(tables.Interaction, interaction_id)
            if call.state == "wrapped_up":
                raise Refused("this is wrapped up already: reopen it before you change its wrap-up")
            if met != call.met:
                call.met = met
                unit.save(call)
                record(unit, "interaction.met", call, detail=met)

    def verify(self, interaction_id: int, how: str | None) -> None:
        """Say by which method a caller was verified; None takes it back.

        Refused for words that look like an answer: see `domain.rules.verification`.
        """
        with self._desk.writing() as unit:
            _verify(unit, unit.get(tables.Interaction, interaction_id), how)


def _verify(unit: UnitOfWork, call: tables.Interaction, how: str | None) -> None:
    words = clean_line(how, VERIFICATION_LIMIT) if how else ""
    method = method_of(words) if words else None
    if method != call.verified_how:
        call.verified_how = method
        unit.save(call)
        record(unit, "interaction.verified" if method else "interaction.unverified", call)


def make_own(unit: UnitOfWork, call: tables.Interaction, agent_id: int) -> None:
    """An interaction that is nobody's becomes this agent's; where text is sent, that answers it."""
    before = call.agent_id, call.state
    call.agent_id = call.agent_id or agent_id
    if call.state == "ringing" and call.channel in MESSAGE_CHANNELS:
        call.state, call.answered_at = "talking", call.answered_at or unit.now
    unit.save(call)
    if before != (call.agent_id, call.state):
        record(unit, "interaction.taken", call)
