"""The text in the note line: whom it is about, its journal, its way to the disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.today import DraftText
    from agent_tui.tui.asking import Asking
    from agent_tui.tui.widgets.note_line import NoteLine
    from agent_tui.tui.writing import Writing


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom and which call a note is about."""

    customer_id: int | None
    interaction_id: int | None
    name: str

    @property
    def about(self) -> str:
        """The shown id under which a draft on this subject is kept."""
        if self.interaction_id is not None:
            return ids.show(ids.INTERACTION, self.interaction_id)
        return ids.show(ids.CUSTOMER, self.customer_id or 0)


class NoteKeeper:
    """Journals what is typed, saves what is submitted, and gives back what could not be saved.

    `later` calls a function after so many seconds; the journal is at most `JOURNAL_SECONDS` old.
    """

    JOURNAL_SECONDS = 0.1
    RETRY_SECONDS = 1.0

    def __init__(
        self, note: NoteLine, later: Callable[[float, Callable[[], None]], object]
    ) -> None:
        self._note = note
        self._later = later
        self._asking: Asking | None = None
        self._writing: Writing | None = None
        self._subject: Subject | None = None
        self._note_id = new_id()
        self._unkept: str | None = None
        self._submitted: dict[int, str] = {}

    def connect(self, asking: Asking, writing: Writing) -> None:
        """The desk is open: texts can be kept."""
        self._asking, self._writing = asking, writing

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self._note.text.strip()

    def turn_to(self, subject: Subject | None) -> None:
        """Write about somebody else from now on, with what was left unsaved on them.

        A text on the same customer goes on when their call begins or ends.
        """
        before = self._subject
        if before is not None and subject is not None:
            same_person = before.customer_id == subject.customer_id and (
                before.customer_id is not None or before.interaction_id == subject.interaction_id
            )
            attached = before.interaction_id is not None and (
                before.interaction_id == subject.interaction_id
            )
            if before == subject or ((same_person or attached) and not self.is_empty):
                self._subject = subject
                return
        self.keep()
        self._subject = subject
        self._note_id = new_id()
        self._note.write_about("" if subject is None else subject.name)
        self._note.remark("")
        if subject is not None and self._asking is not None:
            self._asking.draft(subject.about)

    def take_draft(self, about: str, draft: DraftText | None) -> None:
        """What was left unsaved comes back, before what has been typed since."""
        if self._subject is None or self._subject.about != about or draft is None:
            return
        if draft.note_id in self._submitted or draft.note_id == self._note_id:
            return
        typed = self._note.text
        self._note_id = draft.note_id
        self._note.put(f"{draft.text} {typed}".strip() if typed.strip() else draft.text)
        self._note.remark("draft from before")

    def typed(self, text: str) -> None:
        """Journal this soon."""
        waiting = self._unkept is not None
        self._unkept = text
        if not waiting:
            self._later(self.JOURNAL_SECONDS, self.keep)

    def keep(self) -> None:
        """Journal now what is not kept yet."""
        text, self._unkept = self._unkept, None
        if text is not None and self._subject is not None and self._writing is not None:
            self._writing.journal(self._subject.about, text, self._note_id)

    def submit(self, text: str) -> None:
        """Save the note; the line is free for the next one."""
        if self._subject is None or self._writing is None:
            return
        self._unkept = None
        note_id, self._note_id = self._note_id, new_id()
        self._submitted[note_id] = text
        self._note.put("")
        self._note.remark("saving")
        self._writing.note(
            text,
            about=self._subject.about,
            note_id=note_id,
            customer_id=self._subject.customer_id,
            interaction_id=self._subject.interaction_id,
        )

    def kept(self, clock_time: str) -> None:
        """The journal is on disk."""
        if not self.is_empty:
            self._note.remark(f"draft kept {clock_time}")

    def saved(self, note_id: int, clock_time: str) -> None:
        """A note is on disk."""
        self._submitted.pop(note_id, None)
        self._note.remark(f"saved {clock_time}")

    def not_kept(self, why: str) -> None:
        """The journal could not be written: say so at once, and try again soon."""
        self._note.remark(f"NOT KEPT: {why}", urgent=True)
        self._keep_again()

    def not_saved(self, note_id: int, why: str) -> None:
        """A note was not written: its text is back in the line, before what was typed since."""
        text = self._submitted.pop(note_id, "")
        self._note_id = note_id
        self._note.put(f"{text} {self._note.text}".strip())
        self._note.remark(f"NOT SAVED: {why}", urgent=True)
        self._keep_again()

    def _keep_again(self) -> None:
        if self._unkept is None and not self.is_empty:
            self._unkept = self._note.text
            self._later(self.RETRY_SECONDS, self.keep)
