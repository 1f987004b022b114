"""Which passages, and which stretches of them, a page of a conversation is made of.

A page is cut by the sequence numbers of messages, of which the last of each passage is looked up
in the index; so a page costs the same whether what it is cut from is short or long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agent_tui.domain.values.conversation import MESSAGE_RANK, NOTE_RANK, Entry, Place, Whose
from agent_tui.storage.reader import Reader, Row, moment

PASSAGES_IN_PAGE = 60
"""At most; a passage without any entry takes a place on a page, too."""
NO_END = 1 << 31
"""Beyond every sequence."""


@dataclass(frozen=True, slots=True)
class Head:
    """A passage as it is found by its key. `last` is the sequence of its last message, `note` the
    only entry of a passage that is no interaction."""

    place: Place
    last: int = 0
    note: Entry | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The messages of a passage after `low` and up to `high`, and its notes behind those from
    `notes_from` to `notes_to`. `begins` and `ends` say whether it reaches to both its ends."""

    head: Head
    low: int
    high: int
    notes_from: int
    begins: bool
    ends: bool

    @property
    def notes_to(self) -> int:
        """The last sequence behind which its notes stand."""
        return NO_END if self.ends else self.high


def heads(
    reader: Reader, whose: Whose, *, edge: Place | None, forward: bool, limit: int
) -> list[Head]:
    """The first `limit` passages from the one of `edge` on (from either end without one)."""
    sign, order = (">=", "ASC") if forward else ("<=", "DESC")
    place: dict[str, Any] = {"whose": whose.customer_id or whose.interaction_id, "limit": limit}
    if edge is not None:
        place |= {"at": edge.opened_at, "id": edge.passage_id}
    owner = "i.customer_id" if whose.customer_id is not None else "i.id"
    here = "" if edge is None else f"AND (i.opened_at, i.id) {sign} (:at, :id)"
    rows = reader.rows(
        "SELECT i.opened_at, i.id, (SELECT max(m.sequence) FROM messages m "
        f"WHERE m.interaction_id = i.id) FROM interactions i WHERE {owner} = :whose {here} "
        f"ORDER BY i.opened_at {order}, i.id {order} LIMIT :limit",
        **place,
    )
    found = [Head(Place(moment(row[0]), row[1]), row[2] or 0) for row in rows]
    if whose.customer_id is not None:
        here = "" if edge is None else f"AND (n.at, n.id) {sign} (:at, :id)"
        rows = reader.rows(
            "SELECT n.at, n.id, a.name, n.text FROM notes n LEFT JOIN agents a "
            "ON a.id = n.author_id WHERE n.customer_id = :whose AND n.interaction_id IS NULL "
            f"AND n.corrects_id IS NULL AND n.undone_at IS NULL {here} "
            f"ORDER BY n.at {order}, n.id {order} LIMIT :limit",
            **place,
        )
        found += map(_loose, rows)
    found.sort(key=lambda head: head.place, reverse=not forward)
    return found[:limit]


def _loose(row: Row) -> Head:
    at = moment(row[0])
    place = Place(at, row[1], 0, NOTE_RANK, row[1])
    note = Entry("note", row[1], place, None, at, None, "agent", row[2], row[3])
    return Head(place.passage, 0, note)


def stretches_back(found: list[Head], before: Place | None, limit: int) -> list[Stretch]:
    """The last `limit` entries of passages (newest first) before a place, newest first."""
    room, cut = limit, []
    for head in found:
        high, ends = head.last, True
        if before is not None and head.place == before.passage:
            if before <= head.place:
                continue
            high, ends = before.sequence - (before.rank == MESSAGE_RANK), False
        low = max(0, high - room)
        cut.append(Stretch(head, low, high, low + 1 if low else 0, low == 0, ends))
        room -= high - low + 1
        if room <= 0:
            break
    return cut


def stretches_on(found: list[Head], after: Place | None, limit: int) -> list[Stretch]:
    """The first `limit` entries of passages (oldest first) after a place, oldest first."""
    room, cut = limit, []
    for head in found:
        low, notes_from, begins = 0, 0, True
        if after is not None and head.place == after.passage:
            low = max(0, after.sequence - (after.rank == MESSAGE_RANK))
            notes_from, begins = after.sequence, after < head.place
        high = min(max(head.last, low), low + room)
        cut.append(Stretch(head, low, high, notes_from, begins, high >= head.last))
        room -= high - low + begins
        if room <= 0:
            break
    return cut
