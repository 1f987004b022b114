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
    What the line holds is compared with what was kept of it, so that words which arrive late,
    after the line has turned to somebody else, are never taken for a text about them.
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
        self._kept: str | None = ""
        self._waiting = False
        self._submitted: dict[int, tuple[Subject, str]] = {}
        self._ended: set[int] = set()

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
        if before == subject:
            return
        if not (self._goes_on(before, subject) and not self.is_empty):
            self.keep()
            self._note_id, self._kept = new_id(), ""
            self._note.put("")
            self._note.remark("")
        elif before is not None and subject is not None and before.about != subject.about:
            self._kept = None
            self._keep_soon(self.JOURNAL_SECONDS)
        self._subject = subject
        self._note.write_about("" if subject is None else subject.name)
        if subject is not None and self._asking is not None:
            self._asking.draft(subject.about, subject.customer_id)

    @staticmethod
    def _goes_on(before: Subject | None, after: Subject | None) -> bool:
        """Whether a text on one subject is a text on the other, too."""
        if before is None or after is None:
            return False
        if before.interaction_id is not None and before.interaction_id == after.interaction_id:
            return True
        return before.customer_id is not None and before.customer_id == after.customer_id

    def take_draft(self, about: str, draft: DraftText | None) -> None:
        """What was left unsaved comes back, before what has been typed since."""
        if self._subject is None or self._subject.about != about or draft is None:
            return
        if draft.id in self._ended or draft.id == self._note_id:
            return
        if not self.is_empty and self._writing is not None:
            # What was typed goes on in the draft, and is kept there only.
            self._writing.journal(about, "", self._note_id)
        self._note_id, self._kept = draft.id, draft.text
        self._put_before(draft.text)
        self._note.remark("draft from before")
        self.keep()

    def _put_before(self, text: str) -> None:
        typed = self._note.text
        self._note.put(f"{text} {typed}".strip() if typed.strip() else text)

    def typed(self) -> None:
        """Journal this soon."""
        self._keep_soon(self.JOURNAL_SECONDS)

    def _keep_soon(self, seconds: float) -> None:
        if not self._waiting:
            self._waiting = True
            self._later(seconds, self.keep)

    def keep(self) -> None:
        """Journal now what is not kept yet."""
        self._waiting = False
        text = self._note.text
        if text != self._kept and self._subject is not None and self._writing is not None:
            self._kept = text
            self._writing.journal(self._subject.about, text, self._note_id)

    def submit(self, text: str) -> None:
        """Save the note; the line is free for the next one, which may have been begun.

        A text that the line does not hold any more is left alone: it was submitted before, or it
        was kept as a draft on whomever it is about when the line turned to somebody else.
        """
        line = self._note.text
        if self._subject is None or self._writing is None or not line.startswith(text):
            return
        note_id, self._note_id = self._note_id, new_id()
        self._submitted[note_id] = (self._subject, text)
        self._ended.add(note_id)
        self._kept = ""
        self._note.put(line[len(text) :])
        self._note.remark("saving")
        self._writing.note(
            text,
            note_id=note_id,
            customer_id=self._subject.customer_id,
            interaction_id=self._subject.interaction_id,
        )
        if not self.is_empty:
            self._keep_soon(self.JOURNAL_SECONDS)

    def kept(self, note_id: int, clock_time: str) -> None:
        """The journal is on disk."""
        if note_id == self._note_id and not self.is_empty:
            self._note.remark(f"draft kept {clock_time}")

    def saved(self, note_id: int, clock_time: str) -> None:
        """A note is on disk."""
        subject, _text = self._submitted.pop(note_id)
        if self._goes_on(subject, self._subject):
            self._note.remark(f"saved {clock_time}")

    def not_kept(self, about: str, text: str, note_id: int, why: str) -> None:
        """The journal could not be written: say so at once, and try again soon."""
        if note_id == self._note_id:
            self._note.remark(f"NOT KEPT: {why}", urgent=True)
            self._kept = None
            self._keep_soon(self.RETRY_SECONDS)
        elif note_id not in self._ended:
            self._later(self.RETRY_SECONDS, lambda: self._keep_elsewhere(about, text, note_id))

    def _keep_elsewhere(self, about: str, text: str, note_id: int) -> None:
        """Journal a text that the line does not hold any more."""
        if self._writing is not None and note_id not in self._ended:
            self._writing.journal(about, text, note_id)

    def not_saved(self, note_id: int, why: str) -> None:
        """A note was not written: its text is back in the line, before what was typed since; or
        it is a draft on whomever it is about, where the line is about somebody else by now."""
        subject, text = self._submitted.pop(note_id)
        self._ended.discard(note_id)
        if not self._goes_on(subject, self._subject):
            self._keep_elsewhere(subject.about, text, note_id)
            return
        self._note_id, self._kept = note_id, None
        self._put_before(text)
        self._note.remark(f"NOT SAVED: {why}", urgent=True)
        self._keep_soon(self.RETRY_SECONDS)
