"""Messages and notes as entries of a conversation: of stretches of it, or one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from agent_tui.domain.values.conversation import (
    MESSAGE_RANK,
    NOTE_RANK,
    Entry,
    Place,
)
from agent_tui.domain.values.people import Interaction
from agent_tui.storage.queries import interactions
from agent_tui.storage.queries.passages import Stretch
from agent_tui.storage.reader import Reader, Row, moment, moment_or_none, one_of

Calls = Mapping[int, Interaction]
"""Interactions by their id."""

_SAID = (
    "m.interaction_id, m.id, m.sequence, m.at, m.speaker, a.name, m.text, m.final, m.delivery, "
    "m.failure"
)
NOTED = "n.interaction_id, n.id, n.after_sequence, n.at, a.name, n.text"
"""The columns of a note, with its author as `a`."""


def calls_by_id(reader: Reader, ids: Iterable[int]) -> dict[int, Interaction]:
    """The interactions with these ids."""
    condition, values = one_of("i.id", sorted(set(ids)))
    if not values:
        return {}
    return {call.id: call for call in interactions.select(reader, condition, **values)}


def said_in(reader: Reader, stretches: Sequence[Stretch], calls: Calls) -> list[Entry]:
    """The messages of these stretches, in no order."""
    spans, values = _spans(
        [
            (place, stretch.head.place.passage_id, stretch.low + 1, stretch.high)
            for place, stretch in enumerate(stretches)
            if stretch.low < stretch.high
        ]
    )
    if not values:
        return []
    rows = reader.rows(
        f"{spans} SELECT {_SAID} FROM span s CROSS JOIN messages m "
        "LEFT JOIN agents a ON a.id = m.author_id WHERE m.interaction_id = s.id "
        "AND m.sequence >= s.low AND m.sequence <= s.high",
        **values,
    )
    return [_message(row, calls[row[0]]) for row in rows]


def noted_in(
    reader: Reader,
    stretches: Sequence[Stretch],
    calls: Calls,
    *,
    edge: Place | None,
    forward: bool,
    limit: int,
) -> list[Entry]:
    """The first `limit` notes of these stretches beyond `edge`, in the direction of reading."""
    spans, values = _spans(
        [
            (place, stretch.head.place.passage_id, stretch.notes_from, stretch.notes_to)
            for place, stretch in enumerate(stretches)
            if stretch.head.note is None
        ]
    )
    if not values:
        return []
    sign, order = (">", "ASC") if forward else ("<", "DESC")
    beyond = ""
    if edge is not None:
        beyond = (
            "AND (n.interaction_id <> :edge OR n.after_sequence <> :edge_sequence "
            f"OR n.id {sign} :edge_note)"
        )
        values |= {"edge": edge.passage_id, "edge_sequence": edge.sequence}
        values["edge_note"] = edge.entry_id if edge.rank == NOTE_RANK else 0
    rows = reader.rows(
        f"{spans} SELECT {NOTED} FROM span s CROSS JOIN notes n "
        "LEFT JOIN agents a ON a.id = n.author_id WHERE n.interaction_id = s.id "
        "AND n.after_sequence >= s.low AND n.after_sequence <= s.high "
        f"AND n.corrects_id IS NULL AND n.undone_at IS NULL {beyond} "
        f"ORDER BY s.rank, n.after_sequence {order}, n.id {order} LIMIT :limit",
        limit=limit,
        **values,
    )
    return [note_entry(row, calls[row[0]]) for row in rows]


def messages_by_id(reader: Reader, ids: Sequence[int], calls: Calls) -> list[Entry]:
    """These messages, as far as they are in interactions among `calls`."""
    condition, values = one_of("m.id", ids)
    if not values:
        return []
    rows = reader.rows(
        f"SELECT {_SAID} FROM messages m LEFT JOIN agents a ON a.id = m.author_id "
        f"WHERE {condition}",
        **values,
    )
    return [_message(row, calls[row[0]]) for row in rows if row[0] in calls]


def _message(row: Row, call: Interaction) -> Entry:
    _call, number, sequence, at, speaker, author, text, final, delivery, failure = row
    when = moment_or_none(at)
    return Entry(
        kind="message",
        id=number,
        place=Place(call.opened_at, call.id, sequence, MESSAGE_RANK, number),
        interaction_id=call.id,
        at=when,
        offset_s=_offset(call, when),
        speaker=speaker,
        author=author,
        text=text,
        final=bool(final),
        delivery=delivery,
        failure=failure,
    )


def note_entry(row: Sequence[Any], call: Interaction | None) -> Entry:
    """A note from the columns `NOTED`, in its interaction or outside any."""
    _call, number, after, at, author, text = row
    when = moment(at)
    passage = Place(when, number) if call is None else Place(call.opened_at, call.id)
    place = Place(passage.opened_at, passage.passage_id, after, NOTE_RANK, number)
    offset = None if call is None else _offset(call, when)
    home = None if call is None else call.id
    return Entry("note", number, place, home, when, offset, "agent", author, text)


def _offset(call: Interaction, at: datetime | None) -> int | None:
    if at is None:
        return None
    return int((at - (call.answered_at or call.opened_at)).total_seconds())


def _spans(rows: Sequence[tuple[int, int, int, int]]) -> tuple[str, dict[str, Any]]:
    """A table of (rank, id, low, high) for a query, and its parameters."""
    values = {
        f"{name}{i}": value
        for i, row in enumerate(rows)
        for name, value in zip("rilh", row, strict=True)
    }
    listed = ", ".join(
        f"({', '.join(f'CAST(:{name}{i} AS bigint)' for name in 'rilh')})" for i in range(len(rows))
    )
    return f"WITH span(rank, id, low, high) AS (VALUES {listed})", values
