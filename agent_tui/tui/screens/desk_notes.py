"""The desk's note line: from the first key to the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from agent_tui.domain.rules import ages
from agent_tui.tui.actions import key_name
from agent_tui.tui.screens.desk_note_deeds import NoteDeedsOfDesk
from agent_tui.tui.widgets.note_line import Help
from agent_tui.tui.widgets.note_preview import Reader

if TYPE_CHECKING:
    from agent_tui.domain.values.marks import Completion
    from agent_tui.domain.values.notes import SavedNote
    from agent_tui.services.desk import Desk
    from agent_tui.tui import messages


LEARNS_WITHIN_S = 30.0
"""How old completion may be after others have noted something."""
_THEIRS = "they gave"
"""What a concession is called that is theirs, as in the ledger."""


class NotesOfDesk(NoteDeedsOfDesk):
    """Carries between the note line and its keeper."""

    def __init__(self) -> None:
        super().__init__()
        self.before_note: Widget | None = None
        """Where the agent was before the note line."""
        self._is_asking_soon = False

    @property
    def _time(self) -> str:
        return ages.clock_time_exact(self.here.now, self.here.zone)

    def help_notes(self, desk: Desk) -> None:
        """The desk is open: what is typed can be read, completed and kept."""

        def complete(text: str, cursor: int) -> Completion | None:
            records = self.whom.records if self.whom.is_opened_shown else None
            customer = records.dossier.customer if records is not None else None
            return desk.capturing.complete(text, cursor, customer)

        def reader() -> Reader:
            agents = desk.capturing.vocabulary().agents if "@" in self.note_line.text else {}
            return Reader(self.here, desk.agent.name, agents)

        def typed() -> None:
            self.text_goes_on()
            self.keeper.typed()

        def submit() -> None:
            self.text_goes_on()
            self.keeper.submit()

        self.note_line.helped_by(
            Help(
                read=lambda text: desk.capturing.read(text),
                reader=reader,
                complete=complete,
                has_card=self.has_card,
                submit=submit,
                typed=typed,
                menu=key_name(self.app.keys.keys["note_menu"][0]),
            )
        )

    def on_draft_arrived(self, event: messages.DraftArrived) -> None:
        """What was left unsaved comes back."""
        if event.kind == "note":
            self.keeper.take_draft(event.about, event.draft)

    def on_draft_kept(self, event: messages.DraftKept) -> None:
        """What is typed is on disk; Today lists what was left."""
        self.keeper.kept(event.text_id, self._time)
        if not self.someone:
            self.ask_today()

    def on_draft_not_kept(self, event: messages.DraftNotKept) -> None:
        """Say so at once; the journal is tried again."""
        if event.typed.kind == "note":
            self.keeper.not_kept(event.text_id, event.typed, event.error.message)

    def on_note_saved(self, event: messages.NoteSaved) -> None:
        """The note is on disk, with what came of it."""
        saved = event.saved
        said = f"saved {self._time}{made_of(saved)}"
        self.last_note = saved.id, self.keeper.submitted(event.note_id)
        if self.keeper.saved(event.note_id, said):
            self.note_line.warn(saved.warnings)
        elif saved.warnings:
            self.app.notify("\n".join(saved.warnings), title=said, markup=False)
        if any(record.kind == "topic" for record in saved.records) and self.asking is not None:
            self.asking.vocabulary()

    def on_note_not_saved(self, event: messages.NoteNotSaved) -> None:
        """Say so at once; the text is back in the line, or a draft."""
        is_back = self.keeper.not_saved(event.note_id, event.error.message)
        what = "The note was not saved" if is_back else "The note was not saved: it is a draft"
        self.warn(what, event.error)

    def on_changes_heard(self, event: messages.ChangesHeard) -> None:
        """Somebody noted something, or somebody new works here: completion learns of it soon."""
        heard = any(change.kind.startswith(("note.", "agent.")) for change in event.changes)
        if heard and not self._is_asking_soon:
            self._is_asking_soon = True
            self.set_timer(LEARNS_WITHIN_S, self._ask_vocabulary)

    def _ask_vocabulary(self) -> None:
        self._is_asking_soon = False
        if self.asking is not None:
            self.asking.vocabulary()

    def on_vocabulary_arrived(self, _event: messages.VocabularyArrived) -> None:
        """Completion knows what there is."""
        self.note_line.show_again()

    def is_offered(self, action_id: str) -> bool:
        """Whether an action stands in the footer; a note is about a person."""
        if action_id == "note":
            return self.keeper.sheet is not None and not self.note_line.is_written_in
        return super().is_offered(action_id)

    def action_note(self) -> None:
        """Go to the note line, and remember where from."""
        if self.keeper.sheet is None:
            self.app.notify("Open somebody first: a note is about a person.", markup=False)
            return
        if not self.note_line.is_written_in:
            self.before_note = self.focused
        self.note_line.box.focus()


def made_of(saved: SavedNote) -> str:
    """What a note made, each kind once: ` · promise, 2 topics, they gave`."""
    counts: dict[str, int] = {}
    for record in saved.records:
        is_theirs = record.kind == "concession" and record.side == "theirs"
        kind = _THEIRS if is_theirs else record.kind.replace("_", "-")
        counts[kind] = counts.get(kind, 0) + 1
    words = [kind if count == 1 else _several(kind, count) for kind, count in counts.items()]
    if saved.masked:
        words.append("card masked")
    return f" · {', '.join(words)}" if words else ""


def _several(kind: str, count: int) -> str:
    return f"{kind} {count}" if kind == _THEIRS else f"{count} {kind}s"
