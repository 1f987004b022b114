"""Conversations that agents pass to one another, and what such a conversation holds."""

from __future__ import annotations

from typing import Any

from agent_tui.domain.values.conversation import Entry, Whose
from agent_tui.domain.values.hand_overs import HandOver, Happened
from agent_tui.domain.values.people import Interaction
from agent_tui.storage.queries import prompts, wrap_ups
from agent_tui.storage.queries.entries import calls_by_id, messages_by_id
from agent_tui.storage.queries.note_versions import notes_by_id
from agent_tui.storage.reader import Reader, build

OFFERED_TO = "h.to_id = :agent AND h.state = 'open'"
OFFERED_BY = "h.from_id = :agent AND h.state = 'open'"
PASSED_ON = (
    "h.interaction_id = :call AND h.state = 'accepted' AND h.tried IS NOT NULL "
    "ORDER BY h.at DESC, h.id DESC"
)
DECLINED_TO = "h.from_id = :agent AND h.state = 'declined' AND h.dismissed_at IS NULL"

_COLUMNS = (
    "h.id, h.interaction_id, h.from_id, f.name, h.to_id, t.name, h.tried, h.state, h.reason, "
    "h.at, h.closed_at, h.dismissed_at, h.version "
    "FROM hand_overs h JOIN agents f ON f.id = h.from_id JOIN agents t ON t.id = h.to_id"
)


def one(reader: Reader, *, hand_over_id: int) -> HandOver | None:
    """The hand-over, or None."""
    found = select(reader, "h.id = :id", id=hand_over_id)
    return found[0] if found else None


def standing(reader: Reader, *, interaction_id: int) -> HandOver | None:
    """The open offer of an interaction, or None."""
    found = select(reader, "h.interaction_id = :call AND h.state = 'open'", call=interaction_id)
    return found[0] if found else None


def under(reader: Reader, condition: str, *, agent_id: int, limit: int) -> tuple[HandOver, ...]:
    """The hand-overs of an agent under a condition of this module, oldest first."""
    return select(
        reader, f"{condition} ORDER BY h.at, h.id LIMIT :limit", agent=agent_id, limit=limit
    )


def select(reader: Reader, condition: str, **parameters: Any) -> tuple[HandOver, ...]:
    """Hand-overs under an SQL condition of this package (which may end in ORDER BY, LIMIT)."""
    rows = reader.rows(f"SELECT {_COLUMNS} WHERE {condition}", **parameters)
    calls = calls_by_id(reader, [row[1] for row in rows])
    return tuple(build(HandOver, (row[0], calls[row[1]], *row[2:]), 9, 10, 11) for row in rows)


def home(reader: Reader, *, hand_over_id: int) -> int | None:
    """The interaction that was offered, or None."""
    row = reader.row("SELECT interaction_id FROM hand_overs WHERE id = :id", id=hand_over_id)
    return int(row[0]) if row else None


def not_settled(reader: Reader, *, interaction_id: int) -> list[int]:
    """What of an interaction's hand-overs still waits: the open one, and declined ones that their
    giver has not seen to."""
    rows = reader.rows(
        "SELECT id FROM hand_overs WHERE interaction_id = :call "
        "AND (state = 'open' OR state = 'declined' AND dismissed_at IS NULL) ORDER BY id",
        call=interaction_id,
    )
    return [int(row[0]) for row in rows]


def happened(reader: Reader, call: Interaction, *, limit: int) -> Happened:
    """What an interaction holds; of its notes, lines, answers of scripts and hand-overs the
    newest `limit`."""
    left = wrap_ups.left(reader, interaction_id=call.id, customer_id=call.customer_id)
    asked = call.customer_id and prompts.of_interaction(
        reader, customer_id=call.customer_id, interaction_id=call.id
    )
    entries = (*_notes(reader, call, limit), *_lines(reader, call, limit))
    passed_on = select(reader, f"{PASSED_ON} LIMIT :limit", call=call.id, limit=limit)
    return Happened(left, entries, asked[1] if asked else None, passed_on)


def _notes(reader: Reader, call: Interaction, limit: int) -> list[Entry]:
    """The newest notes, as they read now."""
    rows = reader.rows(
        "SELECT n.id FROM notes n WHERE n.interaction_id = :call AND n.corrects_id IS NULL "
        "AND n.undone_at IS NULL ORDER BY n.after_sequence DESC, n.id DESC LIMIT :limit",
        call=call.id,
        limit=limit,
    )
    whose = Whose(interaction_id=call.id)
    entries, _gone = notes_by_id(reader, whose, [row[0] for row in rows], {call.id: call})
    return entries


def _lines(reader: Reader, call: Interaction, limit: int) -> list[Entry]:
    """The newest lines that agents marked, and the newest answers of scripts: what was written
    down, not what a channel brought or was sent on one."""
    found: list[int] = []
    for speaker in ("<> 'action'", "= 'action'"):
        rows = reader.rows(
            "SELECT m.id FROM messages m WHERE m.interaction_id = :call "
            f"AND m.author_id IS NOT NULL AND m.delivery = 'none' AND m.speaker {speaker} "
            "ORDER BY m.sequence DESC LIMIT :limit",
            call=call.id,
            limit=limit,
        )
        found.extend(row[0] for row in rows)
    return messages_by_id(reader, found, {call.id: call})
