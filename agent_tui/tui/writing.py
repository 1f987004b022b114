"""The desk's writes: in order, none dropped, each answered with ...Saved, ...Kept or ...Failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.domain.values.ids import new_id
from agent_tui.tui.lanes import WriteLane
from agent_tui.tui.messages import (
    ActDone,
    ActRefused,
    CallAttached,
    DraftKept,
    DraftNotKept,
    MessageNotWritten,
    MessageWritten,
    NoteNotSaved,
    NoteSaved,
    NoteTakenBack,
    NumberCleared,
    OthersArrived,
    WriteFailed,
)
from agent_tui.tui.unkept import Typed, Unkept

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.conversation import Whose
    from agent_tui.domain.values.kinds import Doing, Speaker
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.screens.deeds import Act
    from agent_tui.tui.screens.sheets import Subject


class Writing:
    """Writes in the background and answers to `target` with messages."""

    def __init__(self, desk: Desk, target: MessagePump) -> None:
        self._desk = desk
        self._lane = WriteLane(target)
        self.unkept = Unkept()
        self._is_warm = False

    def warm_up(self) -> None:
        """Load what the first write would have to wait for, and try it with a text of nothing:
        the first words that are typed are then kept as soon as all others."""
        if self._is_warm:
            return
        self._is_warm = True

        def work() -> None:
            self._desk.noting.journal("", "", draft_id=new_id())
            _ = self._desk.conversing

        self._lane.do(work, lambda error: WriteFailed("getting ready to write", error))

    def journal(self, text_id: int, typed: Typed) -> None:
        """Keep what is being typed. Of what waits under one id only the newest is written."""
        self.unkept.ask(text_id, typed)

        def work() -> Message | None:
            newest = self.unkept.newest(text_id)
            if newest is None:
                return None
            self._desk.noting.journal(
                newest.about,
                newest.text,
                draft_id=text_id,
                kind=newest.kind,
                corrects_id=newest.corrects_id,
            )
            self.unkept.done(text_id, newest)
            return DraftKept(text_id)

        self._lane.do(work, lambda error: DraftNotKept(text_id, typed, error))

    def note(
        self,
        text: str,
        *,
        note_id: int,
        customer_id: int | None,
        interaction_id: int | None,
        corrects_id: int | None = None,
    ) -> None:
        """Save a note, its due times as they were shown when this was asked for."""
        typed = Typed("", text, corrects_id=corrects_id)
        self.unkept.ask(note_id, typed)
        shown_at = self._desk.clock()

        def work() -> Message:
            saved = self._desk.noting.save(
                text,
                note_id=note_id,
                customer_id=None if corrects_id else customer_id,
                interaction_id=None if corrects_id else interaction_id,
                corrects_id=corrects_id,
                read_at=shown_at,
            )
            self.unkept.done(note_id, typed)
            return NoteSaved(note_id, saved)

        self._lane.do(work, lambda error: NoteNotSaved(note_id, error))

    def take_back(self, note_id: int, subject: Subject, *, corrects_id: int | None = None) -> None:
        """Undo a note; its text comes back."""

        def work() -> Message:
            return NoteTakenBack(subject, self._desk.noting.undo(note_id), corrects_id)

        self._do("taking the note back", work)

    def not_a_card(self, number: str, reason: str) -> None:
        """Say that a number is no payment card."""

        def work() -> Message:
            self._desk.redacting.not_a_card(number, reason)
            return NumberCleared(number)

        self._do("that this is no card", work)

    def attach(self, interaction_id: int, customer_id: int) -> None:
        """Say who is on the line."""

        def work() -> Message:
            self._desk.conversing.attach(interaction_id, customer_id)
            return CallAttached(interaction_id, customer_id)

        self._do("attaching the call", work)

    def new_person(self, interaction_id: int, name: str) -> None:
        """Make a new person of whoever is on the line."""

        def work() -> Message:
            customer_id = self._desk.conversing.attach_to_new(interaction_id, name)
            return CallAttached(interaction_id, customer_id)

        self._do("the new person", work)

    def act(self, act: Act) -> None:
        """Do something with a record. The words that were typed for it are told, should the
        program end before they are on disk."""
        text_id, typed = new_id(), Typed("", act.typed)
        self.unkept.ask(text_id, typed)

        def work() -> Message:
            try:
                act.work(self._desk)
            finally:
                self.unkept.done(text_id, typed)
            return ActDone(act)

        self._lane.do(work, lambda error: ActRefused(act, error))

    def send(self, text: str, *, message_id: int, interaction_id: int) -> None:
        """Put a message into the outbox of its conversation."""

        def work() -> None:
            self._desk.sending.send(interaction_id, text, message_id=message_id)

        self._say(message_id, text, work)

    def mark_line(
        self, text: str, speaker: Speaker, *, message_id: int, interaction_id: int
    ) -> None:
        """Mark a line that was said on a call, at this moment."""
        said_at = self._desk.clock()

        def work() -> None:
            self._desk.sending.mark_line(
                interaction_id, text, speaker, message_id=message_id, at=said_at
            )

        self._say(message_id, text, work)

    def _say(self, message_id: int, text: str, work: Callable[[], None]) -> None:
        typed = Typed("", text, "message")
        self.unkept.ask(message_id, typed)

        def say() -> Message:
            work()
            self.unkept.done(message_id, typed)
            return MessageWritten(message_id)

        self._lane.do(say, lambda error: MessageNotWritten(message_id, error))

    def be_here(self, whose: Whose, doing: Doing) -> None:
        """Say that this desk has them open; the next beat mends one that was missed."""

        def work() -> None:
            self._desk.attending.be_here(whose.customer_id, whose.interaction_id, doing)

        self._lane.do(work, lambda _error: OthersArrived(whose, None))

    def leave(self, whose: Whose) -> None:
        """Say that this desk has nobody open any more."""
        self._lane.do(
            lambda: self._desk.attending.leave(), lambda _error: OthersArrived(whose, None)
        )

    def begin_to_close(self) -> None:
        """Take nothing more to write."""
        self._lane.begin_to_close()

    @property
    def is_closed(self) -> bool:
        """Whether everything that was asked for is done."""
        return self._lane.is_closed

    def close(self) -> None:
        """Wait until everything is on disk."""
        self._lane.close()

    def _do(self, what: str, work: Callable[[], Message | None]) -> None:
        def failed(error: AgentTuiError) -> Message:
            return WriteFailed(what, error)

        self._lane.do(work, failed)
