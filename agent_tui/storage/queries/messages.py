"""The small questions that writing a message asks first."""

from __future__ import annotations

from agent_tui.storage.reader import Reader


def by_external_id(reader: Reader, *, interaction_id: int, external_id: str) -> int | None:
    """The message that the channel knows under this id, within its interaction."""
    row = reader.row(
        "SELECT id FROM messages WHERE interaction_id = :interaction AND external_id = :external",
        interaction=interaction_id,
        external=external_id,
    )
    return int(row[0]) if row else None


def next_sequence(reader: Reader, *, interaction_id: int) -> int:
    """The place behind the last message of an interaction."""
    row = reader.row(
        "SELECT coalesce(max(sequence), 0) + 1 FROM messages WHERE interaction_id = :interaction",
        interaction=interaction_id,
    )
    return int(row[0]) if row else 1


def notes_of(reader: Reader, *, interaction_id: int) -> list[int]:
    """The notes written on an interaction."""
    rows = reader.rows(
        "SELECT id FROM notes WHERE interaction_id = :interaction", interaction=interaction_id
    )
    return [int(row[0]) for row in rows]
