"""What a note says of its interaction: topics, and what the customer wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.services.bookkeeping import record
from agent_tui.storage.queries import notes

if TYPE_CHECKING:
    from collections.abc import Collection

    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

TOPIC_LIMIT = 200
"""Characters of a topic."""


def add_topics(unit: UnitOfWork, note: tables.Note, topics: Collection[str]) -> None:
    """Put the topics of a note to its interaction, if it has one."""
    if note.interaction_id is None or not topics:
        return
    call = unit.get(tables.Interaction, note.interaction_id)
    for topic in topics:
        key = (call.id, topic[:TOPIC_LIMIT])
        if unit.find(tables.InteractionTopic, key) is None:
            unit.add(
                tables.InteractionTopic(
                    interaction_id=call.id,
                    topic=key[1],
                    note_id=note.id,
                    opened_at=call.opened_at,
                    customer_id=call.customer_id,
                )
            )


def drop_topics(unit: UnitOfWork, desk: Desk, note: tables.Note) -> None:
    """A note stands no longer: its topics go, but for those that another note has too."""
    if note.interaction_id is None:
        return
    brought = notes.topics_of(unit.reader, note_id=note.id, interaction_id=note.interaction_id)
    if not brought:
        return
    others = [
        (other.id, {topic[:TOPIC_LIMIT] for topic in desk.capturing.read(other.text).topics})
        for other in notes.standing(unit.reader, interaction_id=note.interaction_id)
        if other.id != note.id
    ]
    for topic in brought:
        row = unit.get(tables.InteractionTopic, (note.interaction_id, topic))
        row.note_id = next((other for other, topics in others if topic in topics), None)
        if row.note_id is None:
            unit.remove(row)
        else:
            unit.save(row)


def set_agenda(unit: UnitOfWork, note: tables.Note, agenda: str | None) -> None:
    """Say what the customer wants, as a new note has it."""
    if agenda is None or note.interaction_id is None:
        return
    call = unit.get(tables.Interaction, note.interaction_id)
    note.agenda_before = call.agenda
    unit.save(note)
    _write(unit, call, agenda)


def replace_agenda(
    unit: UnitOfWork,
    note: tables.Note,
    agenda: str | None,
    *,
    by: tables.Note | None = None,
    instead: str | None = None,
) -> None:
    """What a note said that they want counts no longer, but what the note that replaces it says.

    Without one, what was said before stands again. A newer note, or whoever wrote another agenda
    since, keeps the last word.
    """
    if note.interaction_id is None:
        return
    if agenda is None:
        if by is not None:
            set_agenda(unit, by, instead)
        return
    left = instead or note.agenda_before
    if by is not None:
        by.agenda_before = note.agenda_before if instead else None
        unit.save(by)
    newer = _next_over(unit, note, agenda)
    call = unit.get(tables.Interaction, note.interaction_id)
    if newer is not None:
        row = unit.get(tables.Note, newer)
        row.agenda_before = left
        unit.save(row)
    elif call.agenda == agenda:
        _write(unit, call, left)


def _next_over(unit: UnitOfWork, note: tables.Note, agenda: str) -> int | None:
    """The note that put another agenda over this note's; a correction has its note's place."""

    def place(note_id: int) -> tuple[int, int]:
        return min(notes.versions(unit.reader, note_id=note_id)), note_id

    assert note.interaction_id is not None
    over = notes.agenda_over(unit.reader, interaction_id=note.interaction_id, agenda=agenda)
    here = place(note.id)
    return min((one for one in over if place(one) > here), key=place, default=None)


def _write(unit: UnitOfWork, call: tables.Interaction, agenda: str | None) -> None:
    if call.agenda == agenda:
        return
    call.agenda = agenda
    unit.save(call)
    record(unit, "agenda.set", call)
