"""Take what channels deliver into interactions and messages; attach a call to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain.rules.contacts import forms_of_peer
from agent_tui.domain.tables import Customer, Interaction, Message, Note
from agent_tui.domain.values import ids
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, MessageSignal, Signal
from agent_tui.errors import BadInput, Refused
from agent_tui.services.registering import add_customer, link_peer
from agent_tui.storage.queries import agents, customers, interactions, messages
from agent_tui.text.hygiene import clean_line, clean_text

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

PEER_LIMIT = 1_000
ID_LIMIT = 1_000
MESSAGE_LIMIT = 1_000_000
"""Characters that one message may have."""


class Conversing:
    """Writes what happens on channels."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, signal: Signal) -> None:
        """Write one signal of a channel; an unknown call opens an interaction.

        Raises BadInput where the signal cannot be taken. The same signal twice is one: the
        second changes nothing and leaves no event.
        """
        signal = _cleaned(signal)
        with self._desk.writing() as unit:
            if isinstance(signal, CallSignal):
                self._call(unit, signal)
            elif isinstance(signal, MessageSignal):
                self._message(unit, signal)
            else:
                self._delivery(unit, signal)

    def attach(self, interaction_id: int, customer_id: int) -> None:
        """Say who is on the line: the interaction, its notes and the number become theirs."""
        with self._desk.writing() as unit:
            call = unit.get(Interaction, interaction_id)
            unit.get(Customer, customer_id)
            self._attach(unit, call, customer_id)

    def attach_to_new(self, interaction_id: int, name: str) -> int:
        """Make a new customer of whoever is on the line; returns the customer's id."""
        with self._desk.writing() as unit:
            call = unit.get(Interaction, interaction_id)
            if call.customer_id is not None:
                raise Refused("this interaction has its customer already")
            customer = add_customer(unit, name=name if name.strip() else call.peer_name or "")
            self._attach(unit, call, customer.id)
            return customer.id

    def _attach(self, unit: UnitOfWork, call: Interaction, customer_id: int) -> None:
        before, call.customer_id = call.customer_id, customer_id
        unit.save(call)
        if before not in (None, customer_id):
            _take_back_touch(unit, before)
        for note_id in messages.notes_of(unit.reader, interaction_id=call.id):
            note = unit.get(Note, note_id)
            note.customer_id = customer_id
            unit.save(note)
        if call.peer:
            link_peer(unit, customer_id=customer_id, peer=call.peer, region=self._desk.region)
        _touch(unit, customer_id, call.opened_at)
        _record(unit, "interaction.attached", call)

    def _call(self, unit: UnitOfWork, signal: CallSignal) -> None:
        at = signal.at or unit.now
        call = self._known(unit, signal) or self._open(unit, signal, at)
        before = call.model_dump()
        if signal.sender and not call.peer:
            self._name_peer(unit, call, signal.sender)
        if call.state not in ("ended", "wrapped_up"):
            self._change(unit, call, signal, at)
        unit.save(call)
        if call.model_dump() != before:
            _record(unit, f"call.{signal.change}", call)

    def _change(
        self, unit: UnitOfWork, call: Interaction, signal: CallSignal, at: datetime
    ) -> None:
        if signal.change == "answered":
            call.state = "talking"
            call.answered_at = call.answered_at or at
            call.agent_id = call.agent_id or self._who_answered(unit, signal)
        elif signal.change == "held":
            call.state = "on_hold"
        elif signal.change == "resumed":
            call.state = "talking"
        elif signal.change == "ended":
            missed = call.state == "ringing" and call.answered_at is None
            call.state = "wrapped_up" if missed else "ended"
            call.outcome = call.outcome or ("not answered" if missed else None)
            call.closed_at = max(at, call.opened_at)

    def _known(self, unit: UnitOfWork, signal: Signal) -> Interaction | None:
        known = interactions.by_call(unit.reader, source=signal.channel, call=signal.call)
        return None if known is None else unit.get(Interaction, known)

    def _open(
        self, unit: UnitOfWork, signal: CallSignal | MessageSignal, at: datetime
    ) -> Interaction:
        sender = signal.sender if isinstance(signal, CallSignal) else None
        name = signal.name if isinstance(signal, CallSignal) else None
        call = Interaction(
            source=signal.channel,
            external_id=signal.call,
            channel=signal.channel,
            direction="in",
            state="ringing",
            peer_name=clean_line(name, PEER_LIMIT) if name else None,
            opened_at=at,
        )
        unit.add(call)
        if sender:
            self._name_peer(unit, call, sender)
        _record(unit, "call.ringing", call)
        return call

    def _name_peer(self, unit: UnitOfWork, call: Interaction, peer: str) -> None:
        """Whoever alone has this number is the customer; several or nobody: a person decides."""
        call.peer = clean_line(peer, PEER_LIMIT)
        if call.customer_id is None:
            forms = forms_of_peer(call.peer, self._desk.region)
            known = customers.behind_contact(unit.reader, normals=forms, limit=2)
            if len(known) == 1:
                call.customer_id = known[0]
                _touch(unit, known[0], call.opened_at)
        unit.save(call)

    def _who_answered(self, unit: UnitOfWork, signal: CallSignal) -> int | None:
        if not signal.receiver:
            return None
        handle = clean_line(signal.receiver, PEER_LIMIT).lower().removeprefix("@")
        known = agents.by_handle(unit.reader, handle=handle)
        return known.id if known else None

    def _message(self, unit: UnitOfWork, signal: MessageSignal) -> None:
        text = clean_text(signal.text, MESSAGE_LIMIT)
        at = signal.at or unit.now
        call = self._known(unit, signal) or self._open(unit, signal, at)
        known = messages.by_external_id(unit.reader, interaction_id=call.id, external_id=signal.id)
        if known is None:
            row = Message(
                interaction_id=call.id,
                sequence=messages.next_sequence(unit.reader, interaction_id=call.id),
                external_id=signal.id,
                at=at,
                speaker=signal.speaker,
                text=text,
                final=signal.final,
            )
            unit.add(row)
        else:
            row = unit.get(Message, known)
            if row.final or (row.text, row.final) == (text, signal.final):
                return
            row.text, row.final = text, signal.final
            unit.save(row)
        _record(unit, "message.added", call, subject=row)

    def _delivery(self, unit: UnitOfWork, signal: DeliverySignal) -> None:
        call = self._known(unit, signal)
        known = call and messages.by_external_id(
            unit.reader, interaction_id=call.id, external_id=signal.id
        )
        if call is None or known is None:
            raise BadInput("no message with that id was sent in that call")
        row = unit.get(Message, known)
        delivery = "delivered" if signal.delivered else "failed"
        if row.delivery == delivery:
            return
        row.delivery = delivery
        unit.save(row)
        _record(unit, f"message.{row.delivery}", call, subject=row)


def _cleaned(signal: Signal) -> Signal:
    """The signal with ids that can be stored and shown. Raises BadInput for empty ones."""
    call = clean_line(signal.call, ID_LIMIT)
    message = "" if isinstance(signal, CallSignal) else clean_line(signal.id, ID_LIMIT)
    if not call or not (message or isinstance(signal, CallSignal)):
        raise BadInput("a call or a message without an id cannot be told from others")
    if isinstance(signal, CallSignal):
        return replace(signal, call=call)
    return replace(signal, call=call, id=message)


def _take_back_touch(unit: UnitOfWork, customer_id: int | None) -> None:
    customer = unit.get(Customer, customer_id)
    customer.last_contact_at = interactions.last_contact(unit.reader, customer_id=customer.id)
    unit.save(customer)


def _touch(unit: UnitOfWork, customer_id: int, at: datetime) -> None:
    customer = unit.get(Customer, customer_id)
    if customer.last_contact_at is None or customer.last_contact_at < at:
        customer.last_contact_at = at
        unit.save(customer)


def _record(
    unit: UnitOfWork, kind: str, call: Interaction, *, subject: Message | None = None
) -> None:
    shown = (
        ids.show(ids.MESSAGE, subject.id)
        if subject is not None
        else ids.show(ids.INTERACTION, call.id)
    )
    unit.record(kind, subject=shown, customer_id=call.customer_id, interaction_id=call.id)
