"""Windows on a conversation, paged by key in both directions, each at the cost of what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from agent_tui.domain.values.conversation import (
    Conversation,
    Entry,
    Fresh,
    Passage,
    Place,
    Whose,
)
from agent_tui.domain.values.touched import Touched
from agent_tui.storage.queries.entries import (
    Calls,
    calls_by_id,
    messages_by_id,
    noted_in,
    said_in,
)
from agent_tui.storage.queries.handed_on import handed_on
from agent_tui.storage.queries.note_versions import (
    corrected,
    first_versions,
    interactions_of,
    notes_by_id,
)
from agent_tui.storage.queries.passages import (
    PASSAGES_IN_PAGE,
    Head,
    Stretch,
    heads,
    stretches_back,
    stretches_on,
)
from agent_tui.storage.reader import Reader

ENTRIES_IN_PAGE = 120


def before(
    reader: Reader, whose: Whose, *, place: Place | None = None, limit: int = ENTRIES_IN_PAGE
) -> Conversation:
    """The last entries before a place, or the newest of all, at most about `limit`."""
    with reader.snapshot():
        found = heads(reader, whose, edge=place, forward=False, limit=PASSAGES_IN_PAGE + 1)
        cut = stretches_back(found[:PASSAGES_IN_PAGE], place, limit)
        passages, stop = _read(reader, cut, edge=place, forward=False, limit=limit)
    return Conversation(passages, stop or _beyond_first(found, cut), place)


def after(
    reader: Reader, whose: Whose, *, place: Place | None = None, limit: int = ENTRIES_IN_PAGE
) -> Conversation:
    """The first entries after a place, or the first of all, at most about `limit`."""
    with reader.snapshot():
        return _after(reader, whose, place, limit)


def _after(reader: Reader, whose: Whose, place: Place | None, limit: int) -> Conversation:
    found = heads(reader, whose, edge=place, forward=True, limit=PASSAGES_IN_PAGE + 1)
    cut = stretches_on(found[:PASSAGES_IN_PAGE], place, limit)
    passages, stop = _read(reader, cut, edge=place, forward=True, limit=limit)
    return Conversation(passages, place, stop or _beyond_last(found, cut))


def around(
    reader: Reader, whose: Whose, *, place: Place, limit: int = ENTRIES_IN_PAGE
) -> Conversation:
    """A place with about as much before it as from it on."""
    above = before(reader, whose, place=place, limit=limit // 2)
    below = after(reader, whose, place=place.just_before, limit=limit // 2)
    return Conversation(joined(above.passages, below.passages), above.earlier, below.later)


def place_of(
    reader: Reader,
    whose: Whose,
    *,
    interaction_id: int | None = None,
    message_id: int | None = None,
    note_id: int | None = None,
) -> Place | None:
    """Where an interaction, a message or a note stands; None where it is not in there."""
    touched = Touched(
        frozenset() if message_id is None else frozenset({message_id}),
        frozenset() if note_id is None else frozenset({note_id}),
        frozenset() if interaction_id is None else frozenset({interaction_id}),
    )
    with reader.snapshot():
        passages, _gone = _touched(reader, whose, touched)
    if not passages:
        return None
    return next((entry.place for entry in passages[0].entries), passages[0].place)


def fresh(
    reader: Reader, whose: Whose, *, place: Place | None, touched: Touched, limit: int
) -> Fresh:
    """What is new after a place (at all, without one), and how what was touched reads now."""
    with reader.snapshot():
        new = _after(reader, whose, place, limit)
        passages, gone = _touched(reader, whose, touched)
    return Fresh(joined(passages, new.passages), gone, new.later)


def _touched(
    reader: Reader, whose: Whose, touched: Touched
) -> tuple[tuple[Passage, ...], frozenset[Place]]:
    messages, notes = sorted(touched.messages), first_versions(reader, touched.notes)
    homes = interactions_of(reader, messages=messages, notes=notes)
    calls = {
        number: call
        for number, call in calls_by_id(reader, [*touched.interactions, *homes]).items()
        if number == whose.interaction_id or call.customer_id == whose.customer_id is not None
    }
    noted, gone = notes_by_id(reader, whose, notes, calls)
    passages = _in_passages([*messages_by_id(reader, messages, calls), *noted], calls)
    return _with_turns(reader, passages), gone


def _with_turns(reader: Reader, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages with those who had their interactions before."""
    turns = handed_on(reader, [one.interaction.id for one in passages if one.interaction])
    return tuple(
        replace(one, handed_on=turns.get(one.interaction.id, ())) if one.interaction else one
        for one in passages
    )


def _in_passages(entries: Iterable[Entry], calls: Calls) -> tuple[Passage, ...]:
    """Single entries as pieces of their passages."""
    found = {
        place: Passage(place, call, (), begins=True)
        for call in calls.values()
        for place in [Place(call.opened_at, call.id)]
    }
    for entry in sorted(entries, key=lambda entry: entry.place):
        place = entry.place.passage
        passage = found.get(place) or Passage(place, None, ())
        found[place] = replace(passage, entries=(*passage.entries, entry))
    return tuple(found[place] for place in sorted(found))


def joined(first: Sequence[Passage], second: Sequence[Passage]) -> tuple[Passage, ...]:
    """Passages of two windows as one; where both have a piece of one, the pieces are put
    together, and what is in both is taken from the second."""
    found = {passage.place: passage for passage in first}
    for passage in second:
        other = found.get(passage.place)
        if other is not None:
            entries = {entry.place: entry for entry in (*other.entries, *passage.entries)}
            passage = replace(
                passage,
                entries=tuple(entries[place] for place in sorted(entries)),
                begins=other.begins or passage.begins,
            )
        found[passage.place] = passage
    return tuple(found[place] for place in sorted(found))


def _read(
    reader: Reader, cut: Sequence[Stretch], *, edge: Place | None, forward: bool, limit: int
) -> tuple[tuple[Passage, ...], Place | None]:
    """The passages of these stretches, and where reading had to stop short of their end."""
    calls = calls_by_id(reader, [one.head.place.passage_id for one in cut if one.head.note is None])
    notes = noted_in(reader, cut, calls, edge=edge, forward=forward, limit=limit + 1)
    stop = notes[limit - 1].place if len(notes) > limit else None
    loose = [one.head.note for one in cut if one.head.note is not None]
    entries = corrected(reader, [*said_in(reader, cut, calls), *notes, *loose])

    def is_in(place: Place) -> bool:
        if forward:
            return (edge is None or place > edge) and (stop is None or place <= stop)
        return (edge is None or place < edge) and (stop is None or place >= stop)

    within: dict[Place, list[Entry]] = {}
    for entry in entries:
        if is_in(entry.place):
            within.setdefault(entry.place.passage, []).append(entry)
    passages = [
        Passage(
            one.head.place,
            calls.get(one.head.place.passage_id),
            tuple(sorted(within.get(one.head.place, ()), key=lambda entry: entry.place)),
            begins=one.begins and is_in(one.head.place),
        )
        for one in cut
    ]
    shown = _with_turns(reader, [one for one in passages if one.begins or one.entries])
    return shown if forward else shown[::-1], stop


def _beyond_first(found: Sequence[Head], cut: Sequence[Stretch]) -> Place | None:
    """Where a window ends above, its stretches newest first; None at the beginning of all."""
    if not cut:
        return None
    last = cut[-1]
    if not last.begins:
        return replace(last.head.place, sequence=last.low + 1)
    return last.head.place if last.head != found[-1] else None


def _beyond_last(found: Sequence[Head], cut: Sequence[Stretch]) -> Place | None:
    """Where a window ends below, its stretches oldest first; None at the end of all."""
    if not cut:
        return None
    last = cut[-1]
    if not last.ends:
        return replace(last.head.place, sequence=last.high + 1).just_before
    following = found[found.index(last.head) + 1 :]
    return following[0].place.just_before if following else None
