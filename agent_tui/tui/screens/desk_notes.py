"""The desk's note line: from the first key to the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from agent_tui.domain.rules import ages
from agent_tui.tui.screens.connected import ConnectedDesk

if TYPE_CHECKING:
    from agent_tui.tui import messages


class NotesOfDesk(ConnectedDesk):
    """Carries between the note line and its keeper."""

    def __init__(self) -> None:
        super().__init__()
        self.before_note: Widget | None = None
        """Where the agent was before the note line."""

    @property
    def _time(self) -> str:
        return ages.clock_time_exact(self.here.now, self.here.zone)

    def on_note_typed(self, _event: messages.NoteTyped) -> None:
        """Journal it."""
        self.keeper.typed()

    def on_note_submitted(self, event: messages.NoteSubmitted) -> None:
        """Save it."""
        self.keeper.submit(event.text)

    def on_draft_arrived(self, event: messages.DraftArrived) -> None:
        """What was left unsaved comes back."""
        self.keeper.take_draft(event.about, event.draft)

    def on_draft_kept(self, event: messages.DraftKept) -> None:
        """What is typed is on disk; Today lists what was left."""
        self.keeper.kept(event.note_id, self._time)
        if self.asking is not None and not self.someone:
            self.asking.today()

    def on_note_saved(self, event: messages.NoteSaved) -> None:
        """The note is on disk."""
        self.keeper.saved(event.note_id, self._time)

    def on_draft_not_kept(self, event: messages.DraftNotKept) -> None:
        """Say so at once; the journal is tried again."""
        self.keeper.not_kept(event.about, event.text, event.note_id, event.error.message)

    def on_note_not_saved(self, event: messages.NoteNotSaved) -> None:
        """Say so at once; the text is back in the line, or a draft."""
        self.keeper.not_saved(event.note_id, event.error.message)
        self.warn("The note was not saved", event.error)

    def action_note(self) -> None:
        """Go to the note line, and remember where from."""
        if self.note_line.box.disabled:
            self.app.notify("Open somebody first: a note is about a person.", markup=False)
            return
        if self.focused is not self.note_line.box:
            self.before_note = self.focused
        self.note_line.box.focus()
