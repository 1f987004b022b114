"""Words looked for in all that was said and noted with one customer, or in one interaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from agent_tui.domain.values.conversation import MESSAGE_RANK, Entry, FoundEntry, Place, Whose
from agent_tui.storage.queries.entries import Calls, calls_by_id, messages_by_id
from agent_tui.storage.queries.note_versions import notes_by_id
from agent_tui.storage.reader import Reader

_AT_A_TIME = 100


def search(
    reader: Reader, *, whose: Whose, words: Sequence[str], before: Place | None, limit: int
) -> tuple[FoundEntry, ...]:
    """The newest entries before a place that hold all words, whatever their case, newest first.

    The database looks for the words with every letter beyond ASCII left open, since what it takes
    for the same letter differs; the answers are looked at again here.
    """
    folded = [_folded(word) for word in words]
    if not folded:
        return ()
    with reader.snapshot():
        found = [
            *islice(_found(reader, whose, folded, before, _messages), limit),
            *islice(_found(reader, whose, folded, before, _notes), limit),
        ]
    found.sort(key=lambda one: one.entry.place, reverse=True)
    return tuple(found[:limit])


_Page = tuple[list[Entry], Calls, bool]
_Read = Callable[[Reader, Whose, list[str], Place | None], _Page]


def _found(
    reader: Reader, whose: Whose, words: list[str], before: Place | None, read: _Read
) -> Iterator[FoundEntry]:
    """All that hold the words, newest first, read a hundred at a time."""
    more = True
    while more:
        entries, calls, more = read(reader, whose, words, before)
        entries.sort(key=lambda entry: entry.place, reverse=True)
        for entry in entries:
            hits = _hits(_folded(entry.text), words)
            if hits:
                yield FoundEntry(entry, calls.get(entry.interaction_id or 0), hits)
        before = entries[-1].place if entries else before


def _messages(reader: Reader, whose: Whose, words: list[str], before: Place | None) -> _Page:
    holds, values = holding("m.text", words)
    owner, values["whose"] = _owner(whose, "i.id", "i.customer_id")
    here = ""
    if before is not None:
        here = (
            "AND (i.opened_at, i.id) <= (:at, :id) "
            "AND (i.opened_at, i.id, m.sequence) < (:at, :id, :sequence)"
        )
        values |= {"at": before.opened_at, "id": before.passage_id}
        values["sequence"] = before.sequence + (before.rank != MESSAGE_RANK)
    rows = reader.rows(
        "SELECT m.id, i.id FROM interactions i CROSS JOIN messages m "
        f"WHERE {owner} = :whose AND m.interaction_id = i.id AND {holds} {here} "
        "ORDER BY i.opened_at DESC, i.id DESC, m.sequence DESC LIMIT :limit",
        limit=_AT_A_TIME,
        **values,
    )
    calls = calls_by_id(reader, [row[1] for row in rows])
    entries = messages_by_id(reader, [row[0] for row in rows], calls)
    return entries, calls, len(rows) == _AT_A_TIME


def _notes(reader: Reader, whose: Whose, words: list[str], before: Place | None) -> _Page:
    """First versions that hold the words or were corrected."""
    holds, values = holding("n.text", words)
    owner, values["whose"] = _owner(whose, "n.interaction_id", "n.customer_id")
    place = ("coalesce(i.opened_at, n.at)", "coalesce(i.id, n.id)", "n.after_sequence", "n.id")
    here = ""
    if before is not None:
        here = f"AND ({', '.join(place)}) < (:at, :id, :sequence, :note)"
        values |= {"at": before.opened_at, "id": before.passage_id, "sequence": before.sequence}
        values["note"] = before.entry_id if before.rank != MESSAGE_RANK else 0
    rows = reader.rows(
        "SELECT n.id, n.interaction_id FROM notes n "
        "LEFT JOIN interactions i ON i.id = n.interaction_id "
        f"WHERE {owner} = :whose AND n.corrects_id IS NULL AND n.undone_at IS NULL "
        f"AND ({holds} OR EXISTS (SELECT 1 FROM notes c WHERE c.corrects_id = n.id)) {here} "
        f"ORDER BY {' DESC, '.join(place)} DESC LIMIT :limit",
        limit=_AT_A_TIME,
        **values,
    )
    calls = calls_by_id(reader, [row[1] for row in rows if row[1] is not None])
    entries, _gone = notes_by_id(reader, whose, [row[0] for row in rows], calls)
    return entries, calls, len(rows) == _AT_A_TIME


def _owner(whose: Whose, interaction: str, customer: str) -> tuple[str, int | None]:
    """The column by which a conversation is found, and its value."""
    if whose.interaction_id is not None:
        return interaction, whose.interaction_id
    return customer, whose.customer_id


SOUGHT = 1_000
"""Letters of a word that a database is asked for: a pattern of a pasted page is none to it."""


def holding(column: str, words: Sequence[str], prefix: str = "word") -> tuple[str, dict[str, Any]]:
    """A condition that every text with all these words meets, and its parameters."""
    conditions = [f"lower({column}) LIKE :{prefix}{i} ESCAPE '!'" for i in range(len(words))]
    values = {f"{prefix}{i}": f"%{_open(word[:SOUGHT])}%" for i, word in enumerate(words)}
    return f"({' AND '.join(conditions)})", values


def _open(word: str) -> str:
    """The word as a pattern: letters beyond ASCII are any letter."""
    return "".join(
        f"!{letter}" if letter in "!%_" else letter if letter.isascii() else "_" for letter in word
    )


def _folded(text: str) -> str:
    """The text without difference of case, letter for letter."""
    if text.isascii():
        return text.lower()
    return "".join(folded if len(folded := letter.casefold()) == 1 else letter for letter in text)


def _hits(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand; nothing where one of them is missing."""
    spans: list[tuple[int, int]] = []
    for word in words:
        start = text.find(word)
        if start < 0:
            return ()
        while start >= 0:
            spans.append((start, start + len(word)))
            start = text.find(word, start + len(word))
    return tuple(sorted(spans))
