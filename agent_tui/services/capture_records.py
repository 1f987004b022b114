"""The records of a note: made of its marks, carried over when it is corrected, taken back.

A record keeps the exact words of its mark, by which it is known again: an unchanged mark keeps its
record, whatever became of it since, and so does a promise or a complaint in other words
(`rewording`). What somebody has changed is never taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from agent_tui.domain import tables
from agent_tui.domain.values import ids
from agent_tui.domain.values.notes import RecordKind
from agent_tui.services import bookkeeping, rewording
from agent_tui.services.capture_marks import Heard, Wanted, hear
from agent_tui.services.complaining import open_complaint
from agent_tui.storage.queries import complaints, notes
from agent_tui.storage.queries.notes import Marked

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

WRITTEN_ANEW = timedelta(days=1)
"""For how long the text of a note that was taken back may be saved as the same complaint."""

_PREFIXES: dict[RecordKind, str] = {
    "promise": ids.PROMISE,
    "fact": ids.FACT,
    "concession": ids.CONCESSION,
    "refusal": ids.REFUSAL,
    "mood": ids.MOOD,
    "complaint": ids.CASE,
    "question": ids.QUESTION,
    "follow_up": ids.FOLLOW_UP,
}


@cache
def _tables() -> dict[RecordKind, type[Any]]:
    """Where the records of each kind of mark are kept."""
    return {
        "promise": tables.Promise,
        "fact": tables.Fact,
        "concession": tables.Concession,
        "refusal": tables.Refusal,
        "mood": tables.Mood,
        "complaint": tables.Case,
        "question": tables.Question,
        "follow_up": tables.FollowUp,
    }


def shown_id(record: Marked) -> str:
    """The id of a record, as people see it."""
    return ids.show(_PREFIXES[record.kind], record.id)


def hear_note(unit: UnitOfWork, desk: Desk, note: tables.Note) -> Heard:
    """What a note asks for. One from a file asks for nothing: its records came with it."""
    if note.import_key is not None:
        return Heard()
    read = desk.capturing.read(note.text, at=note.at)
    return hear(
        unit.reader,
        read,
        author_id=note.author_id,
        at=note.at,
        zone=desk.zone,
        due_times=note.due_times,
    )


def make(unit: UnitOfWork, note: tables.Note, wanted: Iterable[Wanted]) -> None:
    """Make records of a note. While nobody is known there are none: they follow with `give`."""
    if note.customer_id is None:
        return
    for one in wanted:
        origin: dict[str, Any] = {
            "customer_id": note.customer_id,
            "interaction_id": note.interaction_id,
            "note_id": note.id,
            "mark": one.mark,
        }
        if one.kind == "complaint":
            open_complaint(unit, **origin, **one.columns, called=_called_before(unit, note))
        else:
            row = _tables()[one.kind](**origin, **one.columns)
            unit.add(row)
            bookkeeping.record(unit, f"{one.kind}.made", row)


def replace(
    unit: UnitOfWork,
    old: tables.Note,
    new: tables.Note | None,
    *,
    was: Sequence[Wanted],
    now: Sequence[Wanted] = (),
    elsewhere: Sequence[Marked] = (),
) -> list[Marked]:
    """Let `new` take the place of `old`, or nothing; returns what stays though unasked for.

    `was` and `now` are what the two ask for, `elsewhere` the records that stand because of other
    wordings of the same note. Records whose mark is unchanged, or only in other words, go over to
    `new`; those whose mark is gone are taken back unless somebody has changed them; marks that are
    new make new ones.
    """
    held = notes.records_of(unit.reader, note_ids=[old.id])
    asked = _besides(_besides(now, was), _unwanted([*held, *elsewhere], was))
    left = _unwanted(held, _besides(now, elsewhere))
    reworded = rewording.continued(left, _besides(was, now), asked)
    left = [record for record in left if all(record != one.record for one in reworded)]
    gone = [record for record in left if not record.is_touched]
    _take_back(unit, gone, note_id=old.id)
    if new is not None:
        kept = [record for record in held if record not in gone]
        notes.hang(unit.reader, kept, note_id=new.id)
        for one in reworded:
            rewording.reword(unit, one)
        make(unit, new, [one for one in asked if all(one is not pair.now for pair in reworded)])
    return [record for record in left if record.is_touched]


def give(unit: UnitOfWork, desk: Desk, *, interaction_id: int, to: int) -> None:
    """Give the notes of an interaction to a customer, with all that came of them.

    Those written while nobody was known become records now, as of when they were written.
    """
    standing = notes.standing(unit.reader, interaction_id=interaction_id)
    notes.give(unit.reader, interaction_id=interaction_id, to=to)
    for note_id in (note.id for note in standing if note.customer_id is None):
        note = unit.get(tables.Note, note_id)
        make(unit, note, hear_note(unit, desk, note).records)


def _besides(wanted: Iterable[Wanted], held: Iterable[Wanted | Marked]) -> list[Wanted]:
    """What is wanted beyond what is there; two records of the same words are two."""
    left = Counter((one.kind, one.mark) for one in held)
    return [one for one in wanted if not _taken(left, one)]


def _unwanted(held: Iterable[Marked], wanted: Iterable[Wanted]) -> list[Marked]:
    """What is there beyond what is wanted; of records of the same words the newest."""
    left = Counter((one.kind, one.mark) for one in wanted)
    return [one for one in held if not _taken(left, one)]


def _taken(left: Counter[tuple[RecordKind, str]], one: Wanted | Marked) -> bool:
    key = one.kind, one.mark
    if left[key] == 0:
        return False
    left[key] -= 1
    return True


def _take_back(unit: UnitOfWork, records: Iterable[Marked], *, note_id: int) -> None:
    for record in records:
        row = unit.get(_tables()[record.kind], record.id)
        if record.kind == "complaint":
            _retire(unit, row, note_id)
        bookkeeping.record(unit, f"{record.kind}.taken_back", row)
        unit.remove(row)


def _retire(unit: UnitOfWork, case: tables.Case, note_id: int) -> None:
    """The id of a complaint that is taken back may have been said: whose it was is remembered."""
    steps = unit.get(tables.Complaint, case.id)
    unit.remove(steps)
    unit.record(
        "complaint.retired",
        subject=steps.speakable,
        customer_id=case.customer_id,
        interaction_id=case.interaction_id,
        detail=ids.show(ids.NOTE, note_id),
    )


def _called_before(unit: UnitOfWork, note: tables.Note) -> str | None:
    """The id of a complaint that was taken back with another wording of this note, or with a note
    that its author took back a short while ago to write it anew."""
    again = notes.undone_like(unit.reader, note_id=note.id, since=unit.now - WRITTEN_ANEW)
    noted = [*notes.versions(unit.reader, note_id=note.id), *again]
    return next(iter(complaints.retired_of(unit.reader, note_ids=noted)), None)
