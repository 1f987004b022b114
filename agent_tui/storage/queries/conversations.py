"""Windows on all that was said with a customer, paged by key from the newest backwards."""

from __future__ import annotations

from datetime import datetime

from agent_tui.domain.values.conversation import Conversation, Entry, Mark, Passage
from agent_tui.domain.values.people import Interaction
from agent_tui.storage.queries import interactions
from agent_tui.storage.reader import Reader, moment, moment_or_none, one_of

PASSAGES_IN_WINDOW = 12
ENTRIES_IN_PASSAGE = 2_000


def of_customer(
    reader: Reader,
    *,
    customer_id: int,
    before: Mark | None = None,
    limit: int = PASSAGES_IN_WINDOW,
) -> Conversation:
    """The last `limit` passages before a mark (or the newest), oldest first.

    Notes that belong to no interaction are passages of their own.
    """
    here = "" if before is None else "AND (i.opened_at < :at OR (i.opened_at = :at AND i.id < :id))"
    note_here = "" if before is None else "AND (n.at < :at OR (n.at = :at AND n.id < :id))"
    place = {} if before is None else {"at": before.opened_at, "id": before.id}
    with reader.snapshot():
        calls = interactions.select(
            reader,
            f"i.customer_id = :customer {here} ORDER BY i.opened_at DESC, i.id DESC LIMIT :limit",
            customer=customer_id,
            limit=limit + 1,
            **place,
        )
        loose = reader.rows(
            "SELECT n.id, n.at, a.name, n.text FROM notes n LEFT JOIN agents a ON a.id = "
            "n.author_id WHERE n.customer_id = :customer AND n.interaction_id IS NULL "
            f"{note_here} ORDER BY n.at DESC, n.id DESC LIMIT :limit",
            customer=customer_id,
            limit=limit + 1,
            **place,
        )
        places = sorted(
            [(call.opened_at, call.id) for call in calls] + [(moment(n[1]), n[0]) for n in loose]
        )
        shown = set(places[-limit:])
        calls = [call for call in calls if (call.opened_at, call.id) in shown]
        entries = _entries(reader, calls)
    passages = [Passage(call, tuple(entries.get(call.id, ())), call.opened_at) for call in calls]
    for note_id, at, author, text in loose:
        when = moment(at)
        if (when, note_id) in shown:
            entry = Entry("note", note_id, None, when, None, "agent", author, text)
            passages.append(Passage(None, (entry,), when))
    passages.sort(key=_place)
    earlier = Mark(*places[-limit]) if len(places) > limit else None
    return Conversation(tuple(passages), earlier)


def of_interaction(reader: Reader, *, interaction_id: int) -> Conversation:
    """The one passage of an interaction whose customer is not known yet."""
    with reader.snapshot():
        call = interactions.one(reader, interaction_id=interaction_id)
        if call is None:
            return Conversation((), None)
        entries = _entries(reader, [call])
    return Conversation((Passage(call, tuple(entries.get(call.id, ())), call.opened_at),), None)


def _place(passage: Passage) -> tuple[datetime, int]:
    if passage.interaction is not None:
        return passage.opened_at, passage.interaction.id
    return passage.opened_at, passage.entries[0].id


def _entries(reader: Reader, calls: list[Interaction]) -> dict[int, list[Entry]]:
    begun = {call.id: call.answered_at or call.opened_at for call in calls}
    condition, values = one_of("m.interaction_id", list(begun))
    found: dict[int, list[Entry]] = {}
    for row in reader.rows(
        "SELECT m.id, m.interaction_id, m.at, m.speaker, m.text, m.final, m.delivery "
        f"FROM messages m WHERE {condition} ORDER BY m.interaction_id, m.sequence LIMIT :limit",
        limit=ENTRIES_IN_PASSAGE * max(1, len(calls)),
        **values,
    ):
        at = moment_or_none(row[2])
        offset = None if at is None else int((at - begun[row[1]]).total_seconds())
        entry = Entry(
            "message", row[0], row[1], at, offset, row[3], None, row[4], bool(row[5]), row[6]
        )
        found.setdefault(row[1], []).append(entry)
    condition, values = one_of("n.interaction_id", list(begun))
    for row in reader.rows(
        "SELECT n.id, n.interaction_id, n.at, a.name, n.text FROM notes n "
        f"LEFT JOIN agents a ON a.id = n.author_id WHERE {condition} ORDER BY n.at, n.id",
        **values,
    ):
        at = moment(row[2])
        offset = int((at - begun[row[1]]).total_seconds())
        note = Entry("note", row[0], row[1], at, offset, "agent", row[3], row[4])
        entries = found.setdefault(row[1], [])
        entries.insert(_place_of_note(entries, at), note)
    return found


def _place_of_note(entries: list[Entry], at: datetime) -> int:
    """Behind the last entry that is not later; messages without a time keep their order."""
    place = len(entries)
    while place and (before := entries[place - 1].at) is not None and before > at:
        place -= 1
    return place
