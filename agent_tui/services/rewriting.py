"""A note in the place of another: corrected, or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.errors import Refused
from agent_tui.services import capture_calls, capture_records
from agent_tui.services.bookkeeping import is_lead
from agent_tui.services.capture_marks import Heard
from agent_tui.services.capture_records import hear_note
from agent_tui.storage.queries import notes
from agent_tui.storage.queries.notes import Marked

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork


def check_correction(unit: UnitOfWork, note: tables.Note, old: tables.Note) -> None:
    """Whether `note` may be written instead of `old`. Raises Refused."""
    if old.author_id != unit.agent_id and not is_lead(unit):
        raise Refused("only its author or a lead corrects a note: write another one")
    if old.undone_at is not None:
        raise Refused("this note was taken back: write it as a new one")
    given = (note.customer_id, old.customer_id), (note.interaction_id, old.interaction_id)
    if any(wanted not in (None, known) for wanted, known in given):
        raise Refused("that note is about somebody or something else: look at its id")


def correct(
    unit: UnitOfWork, desk: Desk, note: tables.Note, old: tables.Note, *, was: Heard, now: Heard
) -> list[str]:
    """Let `note` stand instead of `old`; returns what its writer should know.

    Where somebody else has corrected `old`, that correction keeps its records and its topics.
    """
    rivals = [one for one in notes.corrections(unit.reader, note_id=old.id) if one[0] != note.id]
    versions = notes.versions(unit.reader, note_id=old.id) if rivals else []
    changed = capture_records.replace(
        unit,
        old,
        note,
        was=was.records,
        now=now.records,
        elsewhere=notes.records_of(unit.reader, note_ids=versions),
    )
    capture_calls.add_topics(unit, note, now.topics)
    if rivals:
        capture_calls.set_agenda(unit, note, now.agenda)
    else:
        capture_calls.drop_topics(unit, desk, old)
        capture_calls.replace_agenda(unit, old, was.agenda, by=note, instead=now.agenda)
    warnings = [_both_stand(author) for _, author in rivals]
    if changed:
        warnings.append(f"{_named(changed)} was changed since, and stays")
    return warnings


def take_back(unit: UnitOfWork, desk: Desk, note: tables.Note) -> None:
    """Let a note stand no longer, and what it corrected stand again.

    Raises Refused where a record of it was changed since, or a correction stands on it.
    """
    if notes.corrections(unit.reader, note_id=note.id):
        raise Refused("this note was corrected since: take the correction back first")
    was = hear_note(unit, desk, note)
    note.undone_at = unit.now
    unit.save(note)
    heir = _heir(unit, note)
    now = hear_note(unit, desk, heir) if heir is not None else Heard()
    changed = capture_records.replace(
        unit,
        note,
        heir,
        was=was.records,
        now=now.records,
        elsewhere=notes.records_of(unit.reader, note_ids=[heir.id]) if heir is not None else (),
    )
    if changed:
        raise Refused(
            f"{_named(changed)} was changed since this was noted: correct the note instead, what "
            "was changed stays"
        )
    capture_calls.drop_topics(unit, desk, note)
    capture_calls.replace_agenda(unit, note, was.agenda, by=heir, instead=now.agenda)
    if heir is not None:
        capture_calls.add_topics(unit, heir, now.topics)


def _heir(unit: UnitOfWork, note: tables.Note) -> tables.Note | None:
    """Who takes over from a correction: another one of the same note, or that note."""
    if note.corrects_id is None:
        return None
    rivals = notes.corrections(unit.reader, note_id=note.corrects_id)
    return unit.get(tables.Note, rivals[-1][0] if rivals else note.corrects_id)


def _named(records: Sequence[Marked]) -> str:
    """Records as a sentence names them, without a word of the customer's."""
    shown = (f"{one.kind.replace('_', ' ')} {capture_records.shown_id(one)}" for one in records)
    return " and ".join(shown)


def _both_stand(author: str | None) -> str:
    return f"{author or 'Somebody'} has corrected this note too: both texts stand, look at them"
