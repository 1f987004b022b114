"""What is answered when a note was saved: what stands because of it, what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.domain.values.notes import MadeRecord
from agent_tui.services.capture_marks import Heard, Wanted
from agent_tui.services.capture_records import shown_id
from agent_tui.storage.queries import agents, notes

if TYPE_CHECKING:
    from agent_tui.domain.tables import Note
    from agent_tui.storage.reader import Reader


def records_shown(reader: Reader, note: Note, said: Heard) -> tuple[MadeRecord, ...]:
    """The records of a note in the order in which they were made, then topics and the agenda."""
    asked = {(one.kind, one.mark): _asked(reader, one) for one in said.records}
    made = [
        MadeRecord(
            one.kind,
            shown_id(one),
            one.words,
            one.due_at,
            one.side,
            asked.get((one.kind, one.mark)),
        )
        for one in notes.records_of(reader, note_ids=[note.id])
    ]
    if note.interaction_id is not None:
        call = ids.show(ids.INTERACTION, note.interaction_id)
        made += [MadeRecord("topic", call, topic) for topic in said.topics]
        if said.agenda is not None:
            made.append(MadeRecord("agenda", call, said.agenda))
    return tuple(made)


def _asked(reader: Reader, wanted: Wanted) -> str | None:
    """The name of the colleague to whom a promise is offered, or of whom something is asked."""
    field = "owner_id" if wanted.kind == "follow_up" else "offered_to_id"
    agent_id = wanted.columns.get(field)
    colleague = None if agent_id is None else agents.by_id(reader, agent_id=agent_id)
    return None if colleague is None else colleague.name


def warnings_about(note: Note, said: Heard) -> tuple[str, ...]:
    """What the writer of a note should know of its marks."""
    warnings = list(said.warnings)
    if said.agenda is not None and note.interaction_id is None:
        warnings.append("no conversation is open: what they want is in the note alone")
    if said.records and note.customer_id is None:
        warnings.append("the marks become records when it is known who this is")
    return tuple(warnings)
