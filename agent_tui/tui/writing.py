"""The desk's writes: in order, none dropped, each answered with ...Saved, ...Kept or ...Failed."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.errors import AgentTuiError, NotFound, Refused
from agent_tui.tui.lanes import WriteLane, tell
from agent_tui.tui.messages import (
    ActDone,
    ActRefused,
    BriefNotKept,
    BriefSeen,
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
    PromptArrived,
    WriteFailed,
    WritingLoaded,
)
from agent_tui.tui.unkept import Typed, Unkept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agent_tui.domain.values.conversation import Whose
    from agent_tui.domain.values.kinds import Doing, Speaker
    from agent_tui.domain.values.lines import Asked
    from agent_tui.domain.values.receipts import Focus, LineSeen
    from agent_tui.services.desk import Desk
    from agent_tui.tui.screens.deeds import Act
    from agent_tui.tui.screens.sheets import Subject


class Writing:
    """Writes in the background and answers to `target` with messages."""

    def __init__(self, desk: Desk, target: MessagePump) -> None:
        self._desk = desk
        self._target = target
        self._lane = WriteLane(target)
        self.unkept = Unkept()
        self._loading: threading.Thread | None = None
        self._is_closing = False
        self.is_loaded = False
        """Whether all that writes is loaded; what reads with the same libraries waits for that."""

    def warm_up(self) -> None:
        """Get ready for the first draft with a text of nothing, and for the first note."""
        if self._loading is not None:
            return

        def try_it() -> None:
            self._desk.drafting.journal("", "", draft_id=new_id())

        self._lane.do(try_it, lambda error: WriteFailed("getting ready to write", error))
        self._load()

    def _load(self) -> None:
        """Load what the first note waits for: beside the lane, since it takes half a second that
        no draft may wait."""

        def load() -> None:
            self._desk.noting.warm_up(lambda: not self._is_closing)
            if self._is_closing:
                return
            _ = self._desk.conversing, self._desk.receipting, self._desk.knowing
            self.is_loaded = True
            tell(self._target, WritingLoaded())

        if self._loading is None:
            self._loading = threading.Thread(target=load, name="loading", daemon=True)
            self._loading.start()

    def journal(self, text_id: int, typed: Typed) -> None:
        """Keep what is being typed. Of what waits under one id only the newest is written."""
        self.unkept.ask(text_id, typed)

        def work() -> Message | None:
            newest = self.unkept.newest(text_id)
            if newest is None:
                return None
            self._desk.drafting.journal(
                newest.about,
                newest.text,
                draft_id=text_id,
                kind=newest.kind,
                corrects_id=newest.corrects_id,
            )
            self.unkept.done(text_id, newest)
            return DraftKept(text_id)

        self._lane.do(work, lambda error: DraftNotKept(text_id, typed, error))
        self._load()

    def _keep_first(self, text_id: int, typed: Typed) -> None:
        """While what saving waits for is still being loaded, journal the text, which need not
        wait for that."""
        if self._loading is None or self._loading.is_alive():
            self.journal(text_id, typed)

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
        typed = Typed(_about(customer_id, interaction_id), text, corrects_id=corrects_id)
        self._keep_first(note_id, typed)
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
            return NoteTakenBack(note_id, subject, self._desk.noting.undo(note_id), corrects_id)

        self._do("taking the note back", work)

    def not_a_card(self, number: str, reason: str, asked: Asked, line_id: int | None) -> None:
        """Say that a number is no payment card; the reason was `asked` for."""

        def work(desk: Desk) -> Message:
            desk.redacting.not_a_card(number, reason)
            return NumberCleared(number, asked)

        def failed(error: AgentTuiError) -> Message:
            return WriteFailed("that this is no card", error, asked)

        self.do(work, failed, typed=reason, line_id=line_id)

    def attach(self, interaction_id: int, customer_id: int) -> None:
        """Say who is on the line."""

        def work() -> Message:
            name = self._desk.conversing.attach(interaction_id, customer_id)
            return CallAttached(interaction_id, customer_id, name=name)

        self._do("attaching the call", work)

    def new_person(self, interaction_id: int, name: str, asked: Asked, line_id: int | None) -> None:
        """Make a new person of whoever is on the line; the name was `asked` for."""

        def work(desk: Desk) -> Message:
            customer_id = desk.conversing.attach_to_new(interaction_id, name)
            return CallAttached(interaction_id, customer_id, asked, name=name.strip())

        def failed(error: AgentTuiError) -> Message:
            return WriteFailed("the new person", error, asked)

        self.do(work, failed, typed=name, line_id=line_id)

    def act(self, act: Act, line_id: int | None = None) -> None:
        """Do something with a record. The words that were typed for it are told, should the
        program end before they are on disk; the draft of their line ends with that."""

        def work(desk: Desk) -> Message:
            act.work(desk)
            return ActDone(act)

        self.do(work, lambda error: ActRefused(act, error), typed=act.typed, line_id=line_id)

    def do(
        self,
        work: Callable[[Desk], Message],
        failed: Callable[[AgentTuiError], Message],
        *,
        typed: str = "",
        line_id: int | None = None,
    ) -> None:
        """Do something that gives its own answer. The words that were `typed` for it are told,
        should the program end before they are on disk; `line_id` is their draft, which ends where
        it is done."""
        text_id, words = new_id(), Typed("", typed)
        self.unkept.ask(text_id, words)

        def go() -> Message:
            try:
                answer = work(self._desk)
            finally:
                self.unkept.done(text_id, words)
            if line_id is not None:
                # Done it is: a draft that cannot be ended now stands in Today.
                with suppress(AgentTuiError):
                    self._desk.drafting.journal("", "", draft_id=line_id, kind="line")
            return answer

        self._lane.do(go, failed)

    def send(self, text: str, *, message_id: int, interaction_id: int) -> None:
        """Put a message into the outbox of its conversation."""

        def work() -> None:
            self._desk.sending.send(interaction_id, text, message_id=message_id)

        typed = Typed(_about(None, interaction_id), text, "message")
        self._keep_first(message_id, typed)
        self._say(message_id, typed, work)

    def mark_line(
        self, text: str, speaker: Speaker, *, message_id: int, interaction_id: int
    ) -> None:
        """Mark a line that was said on a call, at this moment."""
        said_at = self._desk.clock()

        def work() -> None:
            self._desk.sending.mark_line(
                interaction_id, text, speaker, message_id=message_id, at=said_at
            )

        self._say(message_id, Typed(_about(None, interaction_id), text, "message"), work)

    def _say(self, message_id: int, typed: Typed, work: Callable[[], None]) -> None:
        self.unkept.ask(message_id, typed)

        def say() -> Message:
            work()
            self.unkept.done(message_id, typed)
            return MessageWritten(message_id)

        self._lane.do(say, lambda error: MessageNotWritten(message_id, error))

    def brief_seen(
        self,
        customer_id: int,
        interaction_id: int | None,
        digest: str,
        lines: Sequence[LineSeen],
        focus: Focus,
        *,
        is_whole: bool,
    ) -> None:
        """Keep what was seen of a brief. Where `is_whole`, nothing was left to be seen: it is told
        once the receipt for that is granted."""

        def work() -> Message | None:
            receipting = self._desk.receipting
            try:
                receipt = receipting.seen(customer_id, interaction_id, digest, lines, focus=focus)
            except (Refused, NotFound):
                # The brief is another one by now, or was about somebody else: it will be read anew.
                return None
            is_granted = is_whole and receipt.how is not None
            return BriefSeen(customer_id, interaction_id) if is_granted else None

        self._lane.do(work, lambda error: BriefNotKept(customer_id, error))

    def prompt(self, customer_id: int, interaction_id: int) -> None:
        """What is the one thing that is worth asking? Choosing it is a write."""

        def work() -> Message:
            prompt = self._desk.knowing.prompt(customer_id, interaction_id)
            return PromptArrived(customer_id, interaction_id, prompt)

        def failed(_error: AgentTuiError) -> Message:
            # A call goes without it.
            return PromptArrived(customer_id, interaction_id, None)

        self._lane.do(work, failed)

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

    @property
    def is_busy(self) -> bool:
        """Whether something that was asked for is not done yet."""
        return self._lane.is_busy

    def begin_to_close(self) -> None:
        """Take nothing more to write, and load nothing more for it."""
        self._is_closing = True
        self._lane.begin_to_close()

    @property
    def is_closed(self) -> bool:
        """Whether everything that was asked for is done."""
        is_loading = self._loading is not None and self._loading.is_alive()
        return self._lane.is_closed and not is_loading

    def close(self) -> None:
        """Wait until everything is on disk."""
        self._is_closing = True
        self._lane.close()
        if self._loading is not None:
            self._loading.join()

    def _do(self, what: str, work: Callable[[], Message | None]) -> None:
        def failed(error: AgentTuiError) -> Message:
            return WriteFailed(what, error)

        self._lane.do(work, failed)


def _about(customer_id: int | None, interaction_id: int | None) -> str:
    """The shown id under which a draft is kept."""
    if interaction_id is not None:
        return ids.show(ids.INTERACTION, interaction_id)
    return ids.show(ids.CUSTOMER, customer_id or 0)
