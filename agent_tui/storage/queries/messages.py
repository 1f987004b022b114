"""The small questions that writing a message asks first."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from agent_tui.storage.reader import Reader, build


def by_external_id(reader: Reader, *, interaction_id: int, external_id: str) -> int | None:
    """The message that the channel knows under this id, within its interaction."""
    row = reader.row(
        "SELECT id FROM messages WHERE interaction_id = :interaction AND external_id = :external",
        interaction=interaction_id,
        external=external_id,
    )
    return int(row[0]) if row else None


def next_sequence(reader: Reader, *, interaction_id: int) -> int:
    """The place behind the last message of an interaction, and behind the last that a note knew:
    a message that was taken back leaves its place to none."""
    row = reader.row(
        "SELECT coalesce(max(l.place), 0) + 1 FROM (SELECT max(sequence) AS place FROM messages "
        "WHERE interaction_id = :interaction UNION ALL SELECT max(after_sequence) FROM notes "
        "WHERE interaction_id = :interaction) AS l",
        interaction=interaction_id,
    )
    return int(row[0]) if row else 1


def home(reader: Reader, *, message_id: int) -> tuple[int, int | None] | None:
    """The interaction that a message belongs to, and its customer if known."""
    row = reader.row(
        "SELECT i.id, i.customer_id FROM messages m JOIN interactions i "
        "ON i.id = m.interaction_id WHERE m.id = :message",
        message=message_id,
    )
    return (row[0], row[1]) if row else None


class LastWord(NamedTuple):
    """The customer's last message in an interaction, and when we first answered it."""

    message_id: int
    answered_at: datetime | None


def last_word(reader: Reader, *, interaction_id: int) -> LastWord | None:
    """What the customer wrote last; None where they wrote nothing."""
    row = reader.row(
        "SELECT c.id, (SELECT min(a.at) FROM messages a WHERE a.interaction_id = :call "
        "AND a.speaker = 'agent' AND a.sequence > c.sequence) FROM messages c "
        "WHERE c.interaction_id = :call AND c.speaker = 'customer' "
        "ORDER BY c.sequence DESC LIMIT 1",
        call=interaction_id,
    )
    return build(LastWord, row, 1) if row else None
