"""The desk's writes: in order, none dropped, each answered with ...Saved, ...Kept or ...Failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.tui.lanes import WriteLane
from agent_tui.tui.messages import (
    CallAttached,
    DraftKept,
    DraftNotKept,
    NoteNotSaved,
    NoteSaved,
    WriteFailed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.kinds import Met
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk


class Writing:
    """Writes in the background and answers to `target` with messages."""

    def __init__(self, desk: Desk, target: MessagePump) -> None:
        self._desk = desk
        self._lane = WriteLane(target)

    def warm_up(self) -> None:
        """Load what the first write would have to wait for."""

        def work() -> None:
            _ = self._desk.noting, self._desk.conversing

        self._lane.do(work, lambda error: WriteFailed("getting ready to write", error))

    def journal(self, about: str, text: str, note_id: int) -> None:
        """Keep what is being typed."""

        def work() -> Message:
            self._desk.noting.journal(about, text, draft_id=note_id)
            return DraftKept(note_id)

        self._lane.do(work, lambda error: DraftNotKept(about, text, note_id, error))

    def note(
        self,
        text: str,
        *,
        note_id: int,
        customer_id: int | None,
        interaction_id: int | None,
    ) -> None:
        """Save a note."""

        def work() -> Message:
            self._desk.noting.save(
                text, customer_id=customer_id, interaction_id=interaction_id, note_id=note_id
            )
            return NoteSaved(note_id)

        self._lane.do(work, lambda error: NoteNotSaved(note_id, error))

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

    def wrap_up(self, interaction_id: int, met: Met) -> None:
        """Close an interaction; the change feed tells the screen."""

        def work() -> None:
            self._desk.wrapping_up.finish(interaction_id, met)

        self._do("the wrap-up", work)

    def close(self) -> None:
        """Wait until everything is on disk."""
        self._lane.close()

    def _do(self, what: str, work: Callable[[], Message | None]) -> None:
        def failed(error: AgentTuiError) -> Message:
            return WriteFailed(what, error)

        self._lane.do(work, failed)
