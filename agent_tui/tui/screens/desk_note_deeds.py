"""What can be done with a note: correct it, take it back, copy it, say that a number is no card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.values.lines import Asked
from agent_tui.tui.clipboard import copy_text
from agent_tui.tui.screens.deeds import Deed
from agent_tui.tui.screens.desk_deeds import DeedsOfDesk

if TYPE_CHECKING:
    from agent_tui.domain.values.conversation import Entry
    from agent_tui.text.redaction import Masked
    from agent_tui.tui import messages
    from agent_tui.tui.screens.sheets import Sheet


class NoteDeedsOfDesk(DeedsOfDesk):
    """Carries between notes, written and being written, and what can be done with them."""

    def __init__(self) -> None:
        super().__init__()
        self.deeds.add("note", self._deeds_of_note)
        self.last_note: tuple[int, Sheet] | None = None
        """The id of the note that was saved last in this sitting, and what it was written on."""
        self._given_back = ""
        """How it was said that a note taken back is in the line, to be saved again."""
        self._no_cards: set[str] = set()
        self._looked_up: set[str] = set()

    def _deeds_of_note(self, entry: Entry) -> list[Deed]:
        when = "" if entry.at is None else f" of {ages.day_and_month(entry.at, self.here.zone)}"
        return [
            Deed("c", "correct it", lambda: self.correct(entry.id, entry.text, f"the note{when}")),
            Deed("t", "take it back", lambda: self.take_back(entry.id)),
        ]

    def correct(self, note_id: int, text: str, called: str) -> None:
        """A past note of whoever is open, `called` as in "the note of 17 Nov", comes into the
        line; Enter saves the correction in its place."""
        self.keeper.rewrite(note_id, text, called)
        self.note_line.box.focus()

    def take_back(self, note_id: int) -> None:
        """Undo a note of whoever is open; its text comes back into the line."""
        sheet = self.keeper.sheet
        if sheet is not None and self.writing is not None:
            self.writing.take_back(note_id, sheet.subject)

    def take_last_back(self) -> None:
        """Undo the note that was saved last in this sitting."""
        if self.last_note is not None and self.writing is not None:
            note_id, sheet = self.last_note
            self.writing.take_back(note_id, sheet.subject, corrects_id=sheet.corrects_id)

    def would_take_back(self, note_id: int) -> bool:
        """Whether this is the note that would be taken back as the last one."""
        return self.last_note is not None and self.last_note[0] == note_id

    def on_note_taken_back(self, event: messages.NoteTakenBack) -> None:
        """The text of a note that was undone is a draft again."""
        if self.would_take_back(event.note_id):
            self.last_note = None
        title, words = "The note was taken back", "Its text is in the line: Enter saves it again."
        if self.keeper.give(event.subject, event.text, event.corrects_id):
            self.note_line.box.focus()
            self._given_back = f"{title} · {words}"
        else:
            words = f"It is a draft on {event.subject.name} now."
        self.app.notify(words, title=title, markup=False)

    def text_goes_on(self) -> None:
        """The text in the line is another one, or on its way to the disk: what was said of the one
        that was taken back holds no more."""
        if self._given_back:
            self.app.unsay(self._given_back)
            self._given_back = ""

    def action_undo_note(self) -> None:
        """In a text, undo the typing; else take the last note back."""
        line = self.note_line
        if line.is_written_in and line.box.was_typed_in:
            if not line.box.undo_typing():
                self.app.notify("All that was typed is undone.", markup=False)
        elif self.last_note is None:
            words = "No note was saved in this sitting: choose one in the conversation."
            self.app.notify(words, markup=False)
        else:
            self.take_last_back()

    def action_note_menu(self) -> None:
        """What else can be done with the note in the line."""
        box, sheet, cards = self.note_line.box, self.keeper.sheet, self._cards()
        is_correction = sheet is not None and sheet.corrects_id is not None
        card = cards[0] if cards else ""
        can = {
            Deed("c", "copy the text", self._copy_note): bool(self.note_line.text.strip()),
            Deed("n", f"{card} is not a card", lambda: self._not_a_card(card)): bool(cards),
            Deed("s", "stop correcting", self.keeper.stop_rewriting): is_correction,
            Deed("r", "redo the typing", box.redo): bool(box.history.redo_stack),
            Deed("t", "take the last note back", self.take_last_back): bool(self.last_note),
        }
        offered = [deed for deed, works in can.items() if works]
        if offered:
            self.offer("This note", offered)
        else:
            self.app.notify("Nothing is typed in the note.", markup=False)

    def _copy_note(self) -> None:
        copy_text(self.app, self._masked(self.note_line.text).text, "the note")

    # -- numbers that look like cards

    def has_card(self, text: str) -> bool:
        """Whether a number in a text will be masked."""
        return self._masked(text).count > 0

    def _masked(self, text: str) -> Masked:
        from agent_tui.text.redaction import mask_cards

        return mask_cards(text, self._is_no_card)

    def _is_no_card(self, digits: str) -> bool:
        if digits not in self._looked_up and self.asking is not None:
            self._looked_up.add(digits)
            self.asking.number(digits)
        return digits in self._no_cards

    def _cards(self) -> list[str]:
        """The numbers in the line that will be masked, as they were written."""
        text = self.note_line.text
        return [text[start:end] for start, end in self._masked(text).spans]

    def _not_a_card(self, number: str) -> None:
        from agent_tui.tui.screens.note_questions import why_no_card

        writing, sheet = self.writing, self.keeper.sheet
        if writing is None or sheet is None:
            return
        asked = Asked(sheet.subject.about, "no-card")

        def said(reason: str) -> None:
            writing.not_a_card(number, reason, asked, self.lines.begin(asked))

        why_no_card(self.app, number, asked, said)

    def on_number_cleared(self, event: messages.NumberCleared) -> None:
        """The number stays readable from now on."""
        from agent_tui.text.redaction import digits_in

        self.lines.done(event.asked)
        self._no_cards.add(digits_in(event.number))
        self.keeper.keep_again()
        self.note_line.show_again()
