"""What the signals of channels make of interactions and messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from agent_tui.domain import tables
from agent_tui.domain.rules.contacts import forms_of_peer
from agent_tui.domain.rules.deliveries import after_report
from agent_tui.domain.values.kinds import MESSAGE_CHANNELS, Delivery
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, MessageSignal, Signal
from agent_tui.errors import BadInput
from agent_tui.services import belonging
from agent_tui.services.bookkeeping import record, record_message
from agent_tui.services.entrance import take_line, take_text, take_typing
from agent_tui.services.wrap_up_records import forget_composed
from agent_tui.storage.queries import agents, customers, interactions, messages
from agent_tui.text.hygiene import clean_line

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

PEER_LIMIT = 1_000
ID_LIMIT = 1_000
REASON_LIMIT = 1_000
MESSAGE_LIMIT = 1_000_000
"""Characters that one message may have."""
NOT_ANSWERED = "not answered"
"""The outcome of a call that ended before anybody took it."""


def take(unit: UnitOfWork, desk: Desk, signal: Signal) -> None:
    """Write one signal. Raises BadInput where it cannot be taken; the same one twice is one."""
    signal = _cleaned(signal)
    if isinstance(signal, CallSignal):
        _take_change(unit, desk, signal)
    elif isinstance(signal, MessageSignal):
        _take_message(unit, desk, signal)
    else:
        _take_report(unit, signal)


def reason_given(unit: UnitOfWork, text: str | None) -> str | None:
    """Why, in one clean line; None for no words."""
    return take_line(unit.reader, text, REASON_LIMIT) or None if text else None


def _cleaned(signal: Signal) -> Signal:
    """The signal with ids that can be stored and shown. Raises BadInput for empty ones."""
    call = clean_line(signal.call, ID_LIMIT)
    message = "" if isinstance(signal, CallSignal) else clean_line(signal.id, ID_LIMIT)
    if not call or not (message or isinstance(signal, CallSignal)):
        raise BadInput("a call or a message without an id cannot be told from others")
    if isinstance(signal, CallSignal):
        return replace(signal, call=call)
    return replace(signal, call=call, id=message)


def _take_change(unit: UnitOfWork, desk: Desk, signal: CallSignal) -> None:
    at = signal.at or unit.now
    call = _known(unit, signal) or _open(unit, desk, signal, at)
    before = _fields(call)
    if signal.sender and not call.peer:
        _name_peer(unit, desk, call, signal.sender)
    if not _is_over(call):
        _change(unit, call, signal, at)
    unit.save(call)
    if _fields(call) != before:
        record(unit, f"call.{signal.change}", call)


def _fields(call: tables.Interaction) -> list[object]:
    return [getattr(call, name) for name in type(call).model_fields]


def _change(unit: UnitOfWork, call: tables.Interaction, signal: CallSignal, at: datetime) -> None:
    if signal.change == "answered":
        call.state = "talking"
        call.answered_at = call.answered_at or at
        call.agent_id = call.agent_id or _who_answered(unit, signal)
    elif signal.change == "held":
        call.state = "on_hold"
        call.held_at = call.held_at or at
        call.hold_reason = reason_given(unit, signal.reason) or call.hold_reason
    elif signal.change == "resumed":
        call.state, call.held_at, call.hold_reason = "talking", None, None
    elif signal.change == "ended":
        call.held_at, call.hold_reason = None, None
        missed = call.state == "ringing" and call.answered_at is None
        call.state = "ended"
        call.outcome = call.outcome or (NOT_ANSWERED if missed else None)
        call.closed_at = max(at, call.opened_at)


def _known(unit: UnitOfWork, signal: Signal) -> tables.Interaction | None:
    known = interactions.by_call(unit.reader, source=signal.channel, call=signal.call)
    return None if known is None else unit.get(tables.Interaction, known)


def _open(
    unit: UnitOfWork, desk: Desk, signal: CallSignal | MessageSignal, at: datetime
) -> tables.Interaction:
    sender = signal.sender if isinstance(signal, CallSignal) else None
    name = signal.name if isinstance(signal, CallSignal) else None
    call = tables.Interaction(
        source=signal.channel,
        external_id=signal.call,
        channel=signal.channel,
        direction="in",
        state="ringing",
        peer_name=take_line(unit.reader, name, PEER_LIMIT) if name else None,
        opened_at=at,
    )
    unit.add(call)
    if sender:
        _name_peer(unit, desk, call, sender)
    record(unit, "call.ringing", call)
    return call


def _name_peer(unit: UnitOfWork, desk: Desk, call: tables.Interaction, peer: str) -> None:
    """Whoever alone has this number is the customer; several or nobody: a person decides."""
    call.peer = clean_line(peer, PEER_LIMIT)
    if call.customer_id is None:
        forms = forms_of_peer(call.peer, desk.region)
        known = customers.behind_contact(unit.reader, normals=forms, limit=2)
        if len(known) == 1:
            belonging.belong(unit, desk, call, known[0])
    unit.save(call)


def _who_answered(unit: UnitOfWork, signal: CallSignal) -> int | None:
    if not signal.receiver:
        return None
    handle = clean_line(signal.receiver, PEER_LIMIT).lower().removeprefix("@")
    known = agents.by_handle(unit.reader, handle=handle)
    return known.id if known else None


def _take_message(unit: UnitOfWork, desk: Desk, signal: MessageSignal) -> None:
    clean = take_text if signal.final else take_typing
    text = clean(unit.reader, signal.text, MESSAGE_LIMIT)
    at = signal.at or unit.now
    call = _known(unit, signal) or _open(unit, desk, signal, at)
    known = messages.by_external_id(unit.reader, interaction_id=call.id, external_id=signal.id)
    if known is None:
        row = tables.Message(
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
        row = unit.get(tables.Message, known)
        if row.final or (row.text, row.final) == (text, signal.final):
            return
        row.text, row.final = text, signal.final
        unit.save(row)
    record_message(unit, "message.added", row.id, call.id, call.customer_id)
    if signal.speaker == "customer" and call.channel in MESSAGE_CHANNELS and _is_unseen(call, at):
        _reopen(unit, desk, call)


def _is_over(call: tables.Interaction) -> bool:
    return call.state in ("ended", "wrapped_up")


def _is_unseen(call: tables.Interaction, at: datetime) -> bool:
    """Whether words of that moment would wait unseen: who wraps up sees what was said before."""
    if call.state == "ended":
        return call.closed_at is None or at >= call.closed_at
    return call.state == "wrapped_up"


def _reopen(unit: UnitOfWork, desk: Desk, call: tables.Interaction) -> None:
    """The customer writes on: they wait again. Whether it was met, and how it ended, stands until
    the next wrap-up says so anew."""
    forget_composed(unit, desk, call)
    call.state = "ringing"
    call.closed_at = call.wrapped_up_at = call.parked_at = None
    if call.outcome == NOT_ANSWERED:
        call.outcome = None
    unit.save(call)
    record(unit, "interaction.reopened", call)


def _take_report(unit: UnitOfWork, signal: DeliverySignal) -> None:
    call = _known(unit, signal)
    known = call and messages.by_external_id(
        unit.reader, interaction_id=call.id, external_id=signal.id
    )
    if call is None or known is None:
        raise BadInput("no message with that id was sent in that call")
    row = unit.get(tables.Message, known)
    delivery = after_report(
        cast(Delivery, row.delivery),
        delivered=signal.delivered,
        in_hand=row.claimed_at is not None,
    )
    if row.delivery == delivery:
        return
    row.delivery = delivery
    row.failure = reason_given(unit, signal.reason) if delivery == "failed" else None
    unit.save(row)
    record_message(unit, f"message.{row.delivery}", row.id, call.id, call.customer_id)
