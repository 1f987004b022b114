"""The text in the note line: whom it is about, its journal, its way to the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.screens.journal import Journal
from agent_tui.tui.screens.sheets import Sheet, Subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.today import DraftText
    from agent_tui.tui.asking import Asking
    from agent_tui.tui.screens.journal import TextLine
    from agent_tui.tui.writing import Writing


class NoteKeeper(Journal):
    """Journals what is typed, saves what is submitted, and gives back what could not be saved.

    Each text is a sheet of its own: whatever arrives late is for the sheet that it names, and
    never mixed with another. Texts that are put aside are remembered until they are saved, so
    that they come back though the journal could not be written or read.
    """

    def __init__(
        self, line: TextLine, later: Callable[[float, Callable[[], None]], object]
    ) -> None:
        super().__init__(line, later)
        self._asking: Asking | None = None
        self._subject: Subject | None = None
        self._aside: dict[int, tuple[Sheet, str]] = {}

    def connect(self, asking: Asking, writing: Writing) -> None:
        """The desk is open: texts can be kept."""
        self._asking, self._writing = asking, writing

    def submitted(self, text_id: int) -> Sheet:
        """A text that was submitted, and is not answered yet."""
        return self._submitted[text_id][0]

    def turn_to(self, subject: Subject | None) -> None:
        """Write about somebody else from now on, with what was left unsaved on them.

        A text on the same customer goes on when their call begins or ends.
        """
        before, self._subject = self._subject, subject
        sheet = self._sheet
        if before == subject:
            return
        if subject and sheet and not self.is_empty and sheet.subject.comes_back_to(subject):
            sheet.turn_to(subject)
            self._show(sheet)
            self._keep_soon(self.JOURNAL_SECONDS)
            return
        self._put_aside()
        if subject is None:
            self._sheet = None
            self._line.put("")
            self._line.write_about("", "Note")
            self._line.remark("")
        elif not self._take_from_aside(subject):
            self._begin(Sheet(subject))
            if self._asking is not None:
                self._asking.draft(subject.about, subject.customer_id, kind=self.KIND)

    def take_draft(self, about: str, draft: DraftText | None) -> None:
        """What was left unsaved on a subject comes back; where something was typed meanwhile, it
        stays in Today."""
        subject, sheet = self._subject, self._sheet
        if subject is None or sheet is None or draft is None or subject.about != about:
            return
        if draft.id in self._ended or draft.id == sheet.id:
            return
        if not self.is_empty or sheet.corrects_id is not None:
            self._line.remark("another draft on this is in Today")
            return
        if not Sheet.of(draft, subject.name).subject.comes_back_to(subject):
            self._line.remark("a draft of another call is in Today")
            return
        self.take_up(draft)

    def typed(self) -> None:
        """Journal this soon. Where a text of another call stood and nothing is left of it, the next
        one is about whatever goes on now."""
        subject, sheet = self._subject, self._sheet
        is_of_now = subject is None or sheet is None or sheet.about == subject.about
        if not is_of_now and subject and self.is_empty and sheet and sheet.corrects_id is None:
            self.keep()
            self._begin(Sheet(subject))
        super().typed()

    def take_up(self, draft: DraftText) -> None:
        """Go on with a draft; what the line holds is put aside, and is a draft itself."""
        subject = self._subject
        if subject is None or draft.id in self._ended:
            return
        self._put_aside()
        if draft.id in self._aside:
            sheet, text = self._aside.pop(draft.id)
        else:
            sheet, text = Sheet.of(draft, subject.name), draft.text
        if sheet.subject.goes_on_as(subject):
            sheet.turn_to(subject)
        self._begin(sheet, text, "draft from before")

    def rewrite(self, note_id: int, text: str, called: str) -> None:
        """Correct a note that is called so: its text comes into the line, and is saved in its
        place."""
        if self._subject is not None:
            self._put_aside()
            sheet = Sheet(self._subject, corrects_id=note_id, corrects=called, began=text)
            self._begin(sheet, text, "Enter saves the correction")

    def stop_rewriting(self) -> None:
        """Leave a correction: where something was changed in it, it stays as a draft."""
        if self._subject is not None:
            self._put_aside()
            if not self._take_from_aside(self._subject, corrections=False):
                self._begin(Sheet(self._subject))
            self._line.remark("not correcting any more")

    def give(self, subject: Subject, text: str, corrects_id: int | None = None) -> bool:
        """A text that was taken back comes into the line, or is a draft on whomever it is about;
        tells whether it is in the line."""
        sheet = Sheet(subject, corrects_id=corrects_id, kept=None)
        if not subject.goes_on_as(self._subject):
            self._keep_aside(sheet, text)
            return False
        self._put_aside()
        self._begin(sheet, text)
        self.keep()
        return True

    def submit(self) -> None:
        """Save the text; the line is free for the next one."""
        sheet, text = self._sheet, self._line.text
        if sheet is None or self._subject is None or self._writing is None or self.is_empty:
            return
        self._submitted[sheet.id] = (sheet, text)
        self._ended.add(sheet.id)
        self._begin(Sheet(self._subject), "", "saving")
        self.save(sheet, text)
        self._watch()

    def save(self, sheet: Sheet, text: str) -> None:
        """Write a text for good; the answer comes to `saved` or `not_saved`."""
        if self._writing is not None:
            self._writing.note(
                text,
                note_id=sheet.id,
                customer_id=sheet.subject.customer_id,
                interaction_id=sheet.subject.interaction_id,
                corrects_id=sheet.corrects_id,
            )

    def saved(self, text_id: int, said: str) -> bool:
        """A text is on disk: `said` tells when, and what came of it. Tells whether the line still
        is about whomever it is about; what was put aside on them comes back."""
        sheet, _text = self._submitted.pop(text_id)
        if self._subject is None or not sheet.subject.goes_on_as(self._subject):
            return False
        if self.is_empty:
            self._take_from_aside(self._subject, corrections=False)
        self._line.remark(said)
        return True

    def not_saved(self, text_id: int, why: str) -> bool:
        """A text was not written: it is back in the line, or a draft where the line holds another
        one by now; tells whether it is back."""
        sheet, text = self._submitted.pop(text_id)
        self._ended.discard(text_id)
        sheet.kept = None
        if not (self.is_empty and sheet.subject.goes_on_as(self._subject)):
            self._keep_aside(sheet, text)
            return False
        self._begin(sheet, text)
        self._line.remark(f"NOT SAVED: {why}", urgent=True)
        self._keep_soon(self.RETRY_SECONDS)
        return True

    def _begin(self, sheet: Sheet, text: str = "", remark: str = "") -> None:
        """The line is about this sheet from now on."""
        self._sheet = sheet
        self._show(sheet)
        self._line.put(text)
        self._line.remark(remark)
        if sheet.kept is None:
            self._keep_soon(self.JOURNAL_SECONDS)

    def _show(self, sheet: Sheet) -> None:
        self._line.write_about(sheet.subject.name, sheet.title)

    def _put_aside(self) -> None:
        """Remember what the line holds, unless nobody wrote it; it is journalled as well."""
        sheet, text = self._sheet, self._line.text
        if sheet is not None:
            self.keep()
            if text.strip() and text != sheet.began:
                self._aside[sheet.id] = (sheet, text)

    def _keep_aside(self, sheet: Sheet, text: str) -> None:
        self._aside[sheet.id] = (sheet, text)
        self._journal(sheet, text)

    def _take_from_aside(self, subject: Subject, *, corrections: bool = True) -> bool:
        """The newest text that was put aside on a subject comes back; tells whether there is."""
        for sheet, text in reversed(self._aside.values()):
            is_wanted = corrections or sheet.corrects_id is None
            if is_wanted and sheet.subject.comes_back_to(subject):
                del self._aside[sheet.id]
                sheet.turn_to(subject)
                self._begin(sheet, text, "draft from before")
                return True
        return False
