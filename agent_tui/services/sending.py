"""Send what an agent writes, through the outbox of its channel; mark what was said on a call."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from agent_tui.domain import tables
from agent_tui.domain.rules.deliveries import goes_again
from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.kinds import MESSAGE_CHANNELS, Delivery
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.bookkeeping import record_message
from agent_tui.services.call_signals import MESSAGE_LIMIT
from agent_tui.services.consenting import check_consent
from agent_tui.services.conversing import make_own
from agent_tui.services.entrance import take_text
from agent_tui.services.noting import end_draft
from agent_tui.storage.queries import messages, outbox

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import ChannelName, Speaker
    from agent_tui.domain.values.outbox import OutMessage
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

LEASE = timedelta(seconds=30)
"""For how long a claim holds. Whoever has not handed a message over by then counts as dead."""


class Sending:
    """Writes messages into the outbox, and hands them to whoever serves their channel."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def send(self, interaction_id: int, text: str, *, message_id: int | None = None) -> int:
        """Send a text to the other end of a conversation; returns the message's id.

        It waits in the outbox until its channel takes it. A conversation that was nobody's becomes
        this agent's. `message_id` was made when the writing began: the same message sent twice,
        after an answer that was lost, is one message; another text under a saved id is a message
        of its own. The draft ends with it, in one transaction.
        Raises BadInput where there is nothing to send, Refused where nothing can be sent, and where
        who is at the other end withdrew their consent (see `services.consenting`).
        """
        with self._desk.writing() as unit:
            cleaned, message_id, is_saved = _new_text(unit, text, message_id)
            if not is_saved:
                call = unit.get(tables.Interaction, interaction_id)
                _can_be_sent_to(call)
                check_consent(unit, call, self._desk.region)
                make_own(unit, call, self._desk.agent.id)
                row = self._line(unit, call, cleaned, message_id)
                row.external_id = ids.show(ids.MESSAGE, message_id)
                row.delivery = "waiting"
                _add(unit, call, row)
        return message_id

    def mark_line(
        self,
        interaction_id: int,
        text: str,
        speaker: Speaker,
        *,
        message_id: int | None = None,
        at: datetime | None = None,
    ) -> int:
        """Mark a line that was said on a call or a visit, now or `at`; returns its id.

        `message_id` is as in `send`. Raises BadInput for an empty line, and Refused where the
        channel carries text of its own or the call is wrapped up.
        """
        with self._desk.writing() as unit:
            cleaned, message_id, is_saved = _new_text(unit, text, message_id)
            if not is_saved:
                call = unit.get(tables.Interaction, interaction_id)
                if call.channel in MESSAGE_CHANNELS:
                    raise Refused("this conversation has a text of its own: send it or note it")
                if call.state == "wrapped_up":
                    raise Refused("this call is wrapped up: write a note on the customer instead")
                make_own(unit, call, self._desk.agent.id)
                row = self._line(unit, call, cleaned, message_id)
                row.speaker = speaker
                said_at = at or unit.now
                row.at = min(said_at, call.closed_at or said_at)
                _add(unit, call, row)
        return message_id

    def again(self, message_id: int) -> None:
        """Send a message that did not arrive again, as the same message: see `goes_again`.

        Refused for others, for what no channel carries, and where consent was withdrawn.
        """
        with self._desk.writing() as unit:
            call, row = _locked(unit, message_id)
            if row.delivery == "waiting":
                return
            if not goes_again(cast(Delivery, row.delivery), is_ours=row.author_id is not None):
                raise Refused("only a message of ours that did not arrive is sent again")
            _is_carried(call)
            check_consent(unit, call, self._desk.region)
            row.delivery, row.failure = "waiting", None
            row.claimed_at = row.dismissed_at = None
            unit.save(row)
            record_message(unit, "message.again", message_id, call.id, call.customer_id)

    def dismiss(self, message_id: int) -> None:
        """Let a message be that did not arrive: it stands in Today no more, and goes nowhere.

        Refused for others than one's own.
        """
        self._see_to(message_id, is_dismissed=True)

    def undismiss(self, message_id: int) -> None:
        """Undo `dismiss`."""
        self._see_to(message_id, is_dismissed=False)

    def _see_to(self, message_id: int, *, is_dismissed: bool) -> None:
        with self._desk.writing() as unit:
            call, row = _locked(unit, message_id)
            if row.delivery != "failed" or row.author_id != self._desk.agent.id:
                raise Refused("only a message of one's own that did not arrive is let be")
            if (row.dismissed_at is not None) == is_dismissed:
                return
            row.dismissed_at = unit.now if is_dismissed else None
            unit.save(row)
            kind = "message.dismissed" if is_dismissed else "message.undismissed"
            record_message(unit, kind, message_id, call.id, call.customer_id)

    def take_back(self, message_id: int) -> str:
        """Take a message back that nobody has in hand yet; returns its text.

        The text is a draft again, under the same id, in the same transaction. Refused for a
        message that is on its way, and for one that somebody else wrote.
        """
        with self._desk.writing() as unit:
            call, row = _locked(unit, message_id)
            if row.author_id != self._desk.agent.id:
                raise Refused("only who wrote a message takes it back")
            if row.delivery != "waiting" or row.claimed_at is not None:
                raise Refused("this message is on its way already: send another one to mend it")
            unit.remove(row)
            unit.add(
                tables.Draft(
                    id=message_id,
                    agent_id=self._desk.agent.id,
                    kind="message",
                    about=ids.show(ids.INTERACTION, call.id),
                    text=row.text,
                    updated_at=unit.now,
                )
            )
            record_message(unit, "message.taken_back", message_id, call.id, call.customer_id)
            return row.text

    def waiting(self, channel: ChannelName) -> list[int]:
        """The messages that wait on a channel, whoever has them in hand."""
        return outbox.waiting(self._desk.store.reader(), channel=channel)

    def claim(
        self, channel: ChannelName, *, limit: int = 50, at: datetime | None = None
    ) -> tuple[OutMessage, ...]:
        """Take messages in hand that wait on a channel, each call's in order; none for nothing.

        They are this caller's alone for the length of a `LEASE`; each is to be reported by `taken`
        once it was handed over. `at` is the moment by which `give_back` knows the claim again.
        """
        now = at or self._desk.clock()
        span = {"expired": now - LEASE, "ahead": now + LEASE}
        if not outbox.is_free(self._desk.store.reader(), channel=channel, **span):
            return ()
        with self._desk.writing(now) as unit:
            return outbox.claim(unit, channel=channel, limit=limit, **span)

    def taken(self, message_id: int) -> None:
        """The channel has it: the message waits no more."""
        with self._desk.writing() as unit:
            home = messages.home(unit.reader, message_id=message_id)
            row = unit.find(tables.Message, message_id)
            if home is None or row is None or row.delivery != "waiting":
                return
            row.delivery = "sent"
            unit.save(row)
            record_message(unit, "message.sent", message_id, *home)

    def give_back(self, message_ids: list[int], claimed_at: datetime) -> None:
        """Leave messages that were claimed at that moment, and not handed over, to others."""
        with self._desk.writing() as unit:
            outbox.give_back(unit, message_ids=message_ids, claimed_at=claimed_at)

    def _line(
        self, unit: UnitOfWork, call: tables.Interaction, text: str, message_id: int
    ) -> tables.Message:
        return tables.Message(
            id=message_id,
            interaction_id=call.id,
            sequence=messages.next_sequence(unit.reader, interaction_id=call.id),
            at=unit.now,
            speaker="agent",
            author_id=self._desk.agent.id,
            text=text,
        )


def _new_text(unit: UnitOfWork, text: str, message_id: int | None) -> tuple[str, int, bool]:
    """The text as it is kept, the id to keep it under, and whether it is saved there already.

    Its draft is ended.
    """
    cleaned = take_text(unit.reader, text, MESSAGE_LIMIT)
    if not cleaned.strip():
        raise BadInput("there is nothing in it yet: type something first")
    message_id = message_id or new_id()
    end_draft(unit, message_id)
    saved = unit.find(tables.Message, message_id)
    if saved is not None and saved.text != cleaned:
        return cleaned, new_id(), False
    return cleaned, message_id, saved is not None


def _can_be_sent_to(call: tables.Interaction) -> None:
    if call.channel not in MESSAGE_CHANNELS:
        raise Refused("a call has no text of its own: mark a line of what was said")
    if call.state == "wrapped_up":
        raise Refused("this conversation is wrapped up: reopen it, or wait until they write again")
    if call.state == "ended":
        raise Refused("this conversation was ended by its channel: reach them in another way")
    _is_carried(call)


def _is_carried(call: tables.Interaction) -> None:
    if call.source != call.channel or call.external_id is None:
        raise Refused("this conversation came from a file: no channel carries an answer to it")


def _locked(unit: UnitOfWork, message_id: int) -> tuple[tables.Interaction, tables.Message]:
    """A message and its interaction, taken in the order in which everybody takes them."""
    home = messages.home(unit.reader, message_id=message_id)
    if home is None:
        raise NotFound("this message is no longer there")
    return unit.get(tables.Interaction, home[0]), unit.get(tables.Message, message_id)


def _add(unit: UnitOfWork, call: tables.Interaction, row: tables.Message) -> None:
    unit.add(row)
    record_message(unit, "message.added", row.id, call.id, call.customer_id)
