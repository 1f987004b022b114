"""Pages of a customer's timeline, read by key in both directions at the cost of what they show.

First the places: of each kind so many as a page holds, each from its own index, and of these the
first ones. Then the records of these places alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent_tui.domain.values import ids
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.timeline import (
    RANKS,
    SHOWN,
    TimelineEntry,
    TimelineFilter,
    TimelineKind,
    TimelinePage,
    TimelinePlace,
)
from agent_tui.storage.queries import interactions
from agent_tui.storage.queries.entries import note_entry
from agent_tui.storage.queries.note_versions import corrected
from agent_tui.storage.queries.timeline_sources import SOURCES
from agent_tui.storage.reader import Reader, moment, moment_or_none, one_of

_BY_RANK: dict[int, TimelineKind] = {rank: kind for kind, rank in RANKS.items()}
_BELOW_ALL, _ABOVE_ALL = -1, (1 << 63) - 1
"""Below and above every id."""

_WORDS = {
    ids.FACT: ("facts", "text", "interaction_id"),
    ids.REFUSAL: ("refusals", "what", "interaction_id"),
    ids.CONCESSION: ("concessions", "kind", "interaction_id"),
    ids.PROMISE: ("promises", "text", "interaction_id"),
    ids.CASE: ("cases", "title", "interaction_id"),
    ids.QUESTION: ("questions", "text", "interaction_id"),
    ids.INTERACTION: ("interactions", "agenda", "id"),
}
"""Of what may be called wrong: its table, its words, and where it happened."""


def before(
    reader: Reader,
    *,
    customer_id: int,
    shown: TimelineFilter,
    place: TimelinePlace | None = None,
    limit: int,
) -> TimelinePage:
    """What happened last before a place, or the newest of all."""
    with reader.snapshot():
        places = _places(reader, customer_id, shown, place, forward=False, limit=limit + 1)
        entries = _entries(reader, places[:limit])
    earlier = places[limit - 1] if len(places) > limit else None
    return TimelinePage(customer_id, shown, entries, earlier, place and place.just_below)


def after(
    reader: Reader,
    *,
    customer_id: int,
    shown: TimelineFilter,
    place: TimelinePlace | None = None,
    limit: int,
) -> TimelinePage:
    """What happened next after a place, or the first of all."""
    with reader.snapshot():
        places = _places(reader, customer_id, shown, place, forward=True, limit=limit + 1)
        entries = _entries(reader, places[:limit][::-1])
    later = places[limit - 1] if len(places) > limit else None
    return TimelinePage(customer_id, shown, entries, place and place.just_above, later)


def give(reader: Reader, *, interaction_id: int, to: int) -> None:
    """Give what was handed over in an interaction to whose it is now."""
    reader.rows(
        "UPDATE hand_overs SET customer_id = :to WHERE interaction_id = :id RETURNING id",
        to=to,
        id=interaction_id,
    )


def _places(
    reader: Reader,
    customer_id: int,
    shown: TimelineFilter,
    edge: TimelinePlace | None,
    *,
    forward: bool,
    limit: int,
) -> list[TimelinePlace]:
    """The first `limit` places from an edge on, in the direction of reading."""
    order = "ASC" if forward else "DESC"
    reads = [_read(kind, edge, order) for kind in SHOWN[shown]]
    rows = reader.rows(
        f"{' UNION ALL '.join(reads)} ORDER BY 1 {order}, 2 {order}, 3 {order} LIMIT :limit",
        customer=customer_id,
        limit=limit,
        **({} if edge is None else {"at": edge.at, "id": edge.id}),
    )
    return [TimelinePlace(moment(at), rank, number) for at, rank, number in rows]


def _read(kind: TimelineKind, edge: TimelinePlace | None, order: str) -> str:
    """The places of one kind: a range of its index."""
    source, rank = SOURCES[kind], RANKS[kind]
    conditions = [f"{source.whose} = :customer"]
    conditions += [condition for condition in (source.only, source.joined) if condition]
    if edge is not None:
        # At the moment of the edge, other kinds stand as a whole below or above it.
        number = ":id"
        if rank != edge.rank:
            number = str(_ABOVE_ALL if rank < edge.rank else _BELOW_ALL)
        sign = ">" if order == "ASC" else "<"
        conditions.append(f"({source.at}, {source.id}) {sign} (:at, {number})")
    return (
        f"SELECT at, kind_rank, id FROM (SELECT {source.at} AS at, {rank} AS kind_rank, "
        f"{source.id} AS id FROM {source.table} WHERE {' AND '.join(conditions)} "
        f"ORDER BY {source.at} {order}, {source.id} {order} LIMIT :limit) AS of_{kind}"
    )


def _entries(reader: Reader, places: Sequence[TimelinePlace]) -> tuple[TimelineEntry, ...]:
    """What stands at these places, in their order."""
    numbers: dict[TimelineKind, list[int]] = {}
    for place in places:
        numbers.setdefault(_BY_RANK[place.rank], []).append(place.id)
    found = {}
    for kind, wanted in numbers.items():
        if kind == "interaction":
            entries = _contacts(reader, wanted)
        else:
            entries = _records(reader, kind, wanted)
        if kind == "note":
            entries = _as_they_read_now(reader, entries)
        elif kind == "wrong":
            entries = _with_what_was_wrong(reader, entries)
        found.update({entry.place: entry for entry in entries})
    return tuple(found[place] for place in places)


def _records(reader: Reader, kind: TimelineKind, numbers: Sequence[int]) -> list[TimelineEntry]:
    source = SOURCES[kind]
    names = [name for name, _column in source.fields]
    columns = ", ".join(["", *(column for _name, column in source.fields)])
    condition, values = one_of(source.id, numbers)
    rows = reader.rows(
        f"SELECT {source.id}, {source.at}{columns} FROM {source.table} {source.joins} "
        f"WHERE {' AND '.join(filter(None, (condition, source.joined)))}",
        **values,
    )
    entries = []
    for number, at, *words in rows:
        fields = dict(zip(names, words, strict=True))
        if "due_at" in fields:
            fields["due_at"] = moment_or_none(fields["due_at"])
        entries.append(TimelineEntry(kind, number, moment(at), **fields))
    return entries


def _contacts(reader: Reader, numbers: Sequence[int]) -> list[TimelineEntry]:
    condition, values = one_of("i.id", numbers)
    return [_contact(call) for call in interactions.select(reader, condition, **values)]


def _contact(call: Interaction) -> TimelineEntry:
    return TimelineEntry(
        "interaction",
        call.id,
        call.opened_at,
        text=call.agenda or "",
        reason=call.outcome,
        state=call.state if call.is_live else call.met,
        label=call.channel,
        who=call.agent,
        direction=call.direction,
        length_s=call.length_s,
        topics=call.topics,
        interaction_id=call.id,
        interaction=call,
    )


def _as_they_read_now(reader: Reader, notes: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Notes with the newest text of each, at the place of the first."""
    first = {
        note.place: note_entry((None, note.id, 0, note.at, note.who, note.text), None)
        for note in notes
    }
    newest = corrected(reader, first.values())
    return [
        replace(note, text=now.text, who=now.author)
        for note, now in zip(notes, newest, strict=True)
    ]


def _with_what_was_wrong(reader: Reader, marks: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Marks with the words of the records that they were set on, and where these come from."""
    found: dict[str, tuple[str, int | None]] = {}
    for prefix, (table, words, origin) in _WORDS.items():
        numbers = {ids.parse(prefix, mark.label) for mark in marks} - {None}
        condition, values = one_of("id", list(numbers))
        if values:
            rows = reader.rows(
                f"SELECT id, {words}, {origin} FROM {table} WHERE {condition}", **values
            )
            found |= {ids.show(prefix, row[0]): (row[1] or "", row[2]) for row in rows}
    entries = []
    for mark in marks:
        text, origin_id = found.get(mark.label, ("", None))
        entries.append(replace(mark, text=text, interaction_id=origin_id or mark.interaction_id))
    return entries
