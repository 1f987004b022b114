"""Where in an interaction the words of a filter are said or noted first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from agent_tui.domain.rules.filter_truth import SEARCHED
from agent_tui.domain.values.conversation import Place, Whose
from agent_tui.storage.queries.conversations import place_of
from agent_tui.storage.queries.spoken import holding
from agent_tui.storage.reader import Reader
from agent_tui.text.matches import Phrase
from agent_tui.text.words import stand_in, words_of

_AT_A_TIME = 500


def first_said(reader: Reader, interaction_id: int, phrases: Sequence[Phrase]) -> Place | None:
    """The first message or note with one of the phrases in it, or None.

    The database leaves out texts of plain letters that lack a word; the others are looked at here,
    as folding is not the same everywhere.
    """
    sought = [phrase for phrase in phrases if phrase.words]
    if not sought:
        return None
    whose = Whose(interaction_id=interaction_id)
    message = _first_message(reader, interaction_id, sought)
    said = None if message is None else place_of(reader, whose, message_id=message)
    noted = [
        place_of(reader, whose, note_id=number) for number in _noted(reader, interaction_id, sought)
    ]
    return min((place for place in [said, *noted] if place is not None), default=None)


def _first_message(reader: Reader, interaction_id: int, sought: Sequence[Phrase]) -> int | None:
    may, values = _may_hold(reader, "m.text", sought)
    after = -1
    while True:
        rows = reader.rows(
            "SELECT m.id, m.sequence, m.text FROM messages m WHERE m.interaction_id = :whose "
            f"AND m.sequence > :after AND ({may}) ORDER BY m.sequence LIMIT :limit",
            whose=interaction_id,
            after=after,
            limit=_AT_A_TIME,
            **values,
        )
        for number, _sequence, text in rows:
            if _holds(text, sought):
                return int(number)
        if len(rows) < _AT_A_TIME:
            return None
        after = rows[-1][1]


def _noted(reader: Reader, interaction_id: int, sought: Sequence[Phrase]) -> Iterator[int]:
    may, values = _may_hold(reader, "n.text", sought)
    rows = reader.rows(
        "SELECT n.id, n.text FROM notes n WHERE n.interaction_id = :whose "
        f"AND n.undone_at IS NULL AND ({may})",
        whose=interaction_id,
        **values,
    )
    return (int(number) for number, text in rows if _holds(text, sought))


def _holds(text: str, sought: Sequence[Phrase]) -> bool:
    words = words_of(text[:SEARCHED])
    return any(stand_in(one.words, words, is_beginning=one.is_beginning) for one in sought)


def _may_hold(reader: Reader, column: str, sought: Sequence[Phrase]) -> tuple[str, dict[str, Any]]:
    """A condition that every text with one of the phrases meets, and its parameters."""
    size = f"octet_length({column})" if reader.is_postgres else f"length(CAST({column} AS BLOB))"
    parts = [f"{size} > length({column})"]
    values: dict[str, Any] = {}
    for place, phrase in enumerate(sought):
        condition, more = holding(column, phrase.words, f"said{place}_")
        parts.append(condition)
        values |= more
    return " OR ".join(parts), values
