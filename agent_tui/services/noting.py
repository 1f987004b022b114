"""Write notes, correct them and take them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.notes import SavedNote
from agent_tui.errors import BadInput, Refused
from agent_tui.services import capture_calls, capture_records, rewriting
from agent_tui.services.bookkeeping import record
from agent_tui.services.capture_marks import Heard, due_times_of, with_due_times_of
from agent_tui.services.capture_records import hear_note
from agent_tui.services.capture_shown import records_shown, warnings_about
from agent_tui.services.drafting import TEXT_LIMIT
from agent_tui.services.entrance import take_note
from agent_tui.storage.queries import messages, notes

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork


class Noting:
    """Saves notes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def save(
        self,
        text: str,
        *,
        customer_id: int | None = None,
        interaction_id: int | None = None,
        note_id: int | None = None,
        corrects_id: int | None = None,
        read_at: datetime | None = None,
    ) -> SavedNote:
        """Save a note on a customer, an interaction, or both, with the records that it makes.

        `note_id` was made when the writing began: the same note saved twice, after an answer that
        was lost, is one note. Another text under a saved id, from a second desk that took the
        draft up, is a note of its own. The draft ends with it, in one transaction. With
        `corrects_id` it takes the place of that note, as `correct` does. Due times count from
        `read_at`, when the writer was shown what they mean, or else from now.
        Raises BadInput for an empty note and Refused for one about nobody.
        """
        if not text.strip():
            raise BadInput("the note is empty: type something first")
        if customer_id is None and interaction_id is None and corrects_id is None:
            raise Refused("a note is about somebody: open a customer or a call first")
        note_id = note_id or new_id()
        with self._desk.writing() as unit:
            taken = take_note(unit.reader, text, TEXT_LIMIT)
            end_draft(unit, note_id)
            note = unit.find(tables.Note, note_id)
            if note is not None and (note.text, note.undone_at) != (taken.text, None):
                note, note_id = None, new_id()
            if note is not None:
                return _answer(unit, note, hear_note(unit, self._desk, note), taken.count)
            note = tables.Note(
                id=note_id,
                customer_id=customer_id,
                interaction_id=interaction_id,
                author_id=self._desk.agent.id,
                corrects_id=corrects_id,
                text=taken.text,
                at=min(read_at or unit.now, unit.now),
            )
            if corrects_id is not None:
                return self._replace(unit, note, _locked(unit, corrects_id), taken.count)
            return self._write(unit, note, taken.count)

    def write(
        self,
        unit: UnitOfWork,
        text: str,
        *,
        customer_id: int | None = None,
        interaction_id: int | None = None,
    ) -> SavedNote:
        """Save a new note, as `save` does, within a unit of work of another service."""
        taken = take_note(unit.reader, text, TEXT_LIMIT)
        note = tables.Note(
            id=new_id(),
            customer_id=customer_id,
            interaction_id=interaction_id,
            author_id=self._desk.agent.id,
            text=taken.text,
            at=unit.now,
        )
        return self._write(unit, note, taken.count)

    def correct(
        self,
        note_id: int,
        text: str,
        *,
        new_note_id: int | None = None,
        read_at: datetime | None = None,
    ) -> SavedNote:
        """Write a note anew: the old text stays, shown as corrected.

        Records whose mark is unchanged are as they were; those whose mark is gone are taken back
        unless somebody has changed them; new marks make new ones. Where two agents correct the
        same note, both corrections stand, and the later one is told so.
        Raises Refused for a note of somebody else, unless a lead corrects it.
        """
        return self.save(text, note_id=new_note_id, corrects_id=note_id, read_at=read_at)

    def undo(self, note_id: int) -> str:
        """Take a note of one's own back, with all that came of it; returns its text.

        The undoing of a correction lets the text before it stand again.
        Raises Refused where a record of it was changed since, or a correction stands on it.
        """
        with self._desk.writing() as unit:
            note = _locked(unit, note_id)
            if note.author_id != self._desk.agent.id or note.import_key is not None:
                raise Refused("only its author takes a note back: correct it, or write another")
            if note.undone_at is None:
                rewriting.take_back(unit, self._desk, note)
                record(unit, "note.undone", note)
            return note.text

    def warm_up(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Prepare what the first note would otherwise wait for, as long as that `is_wanted`. May be
        done in the background."""
        self._desk.store.warm_up(is_wanted)

    def last(self) -> int | None:
        """The newest note of one's own that stands, for taking it back."""
        return notes.last_of(self._desk.store.reader(), agent_id=self._desk.agent.id)

    def _write(self, unit: UnitOfWork, note: tables.Note, masked: int) -> SavedNote:
        if note.interaction_id is not None:
            call = unit.get(tables.Interaction, note.interaction_id)
            if note.customer_id is not None and call.customer_id not in (None, note.customer_id):
                raise Refused("that interaction is with somebody else")
            note.customer_id = call.customer_id or note.customer_id
            note.after_sequence = messages.next_sequence(unit.reader, interaction_id=call.id) - 1
            if call.agent_id is None:
                call.agent_id = self._desk.agent.id
                unit.save(call)
        if note.customer_id is not None:
            unit.get(tables.Customer, note.customer_id)
        said = hear_note(unit, self._desk, note)
        note.due_times = due_times_of(said)
        unit.add(note)
        record(unit, "note.added", note)
        capture_records.make(unit, note, said.records)
        capture_calls.add_topics(unit, note, said.topics)
        capture_calls.set_agenda(unit, note, said.agenda)
        return _answer(unit, note, said, masked)

    def _replace(
        self, unit: UnitOfWork, note: tables.Note, old: tables.Note, masked: int
    ) -> SavedNote:
        rewriting.check_correction(unit, note, old)
        was = hear_note(unit, self._desk, old)
        if note.text == old.text:
            return _answer(unit, old, was, masked)
        note.customer_id, note.interaction_id = old.customer_id, old.interaction_id
        note.after_sequence = old.after_sequence
        now = with_due_times_of(hear_note(unit, self._desk, note), was)
        note.due_times = due_times_of(now)
        unit.add(note)
        record(unit, "note.corrected", note, detail=ids.show(ids.NOTE, old.id))
        warnings = rewriting.correct(unit, self._desk, note, old, was=was, now=now)
        return _answer(unit, note, now, masked, warnings)


def _locked(unit: UnitOfWork, note_id: int) -> tables.Note:
    """A note, behind its interaction: in the order in which everybody takes them."""
    interaction_id = notes.interaction_of(unit.reader, note_id=note_id)
    if interaction_id is not None:
        unit.get(tables.Interaction, interaction_id)
    return unit.get(tables.Note, note_id)


def _answer(
    unit: UnitOfWork, note: tables.Note, said: Heard, masked: int, warnings: Sequence[str] = ()
) -> SavedNote:
    return SavedNote(
        id=note.id,
        customer_id=note.customer_id,
        interaction_id=note.interaction_id,
        records=records_shown(unit.reader, note, said),
        masked=masked,
        warnings=(*warnings, *warnings_about(note, said)),
    )


def end_draft(unit: UnitOfWork, draft_id: int) -> None:
    """The text is saved: its draft ends in the same transaction."""
    draft = unit.find(tables.Draft, draft_id)
    if draft is not None:
        unit.remove(draft)
