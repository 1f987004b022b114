"""Windows on a conversation: paged in both directions without gap or overlap, at any size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any, cast

import pytest

from agent_tui.domain.tables import Interaction, Message, Note
from agent_tui.domain.values.conversation import (
    MESSAGE_RANK,
    NOTE_RANK,
    Conversation,
    Fresh,
    Place,
    Whose,
)
from agent_tui.domain.values.touched import Touched
from agent_tui.services.desk import Desk
from agent_tui.services.registering import add_customer
from agent_tui.storage.queries import conversations
from agent_tui.storage.reader import moment
from tests.builders import NOON, make_desk


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


def person(desk: Desk) -> int:
    with desk.writing() as unit:
        return add_customer(unit, name="Ada Hart").id


def call(desk: Desk, customer_id: int | None, minute: int, messages: int, notes: list[int]) -> int:
    """A call with so many messages, and notes behind those with these sequences."""
    at = NOON + timedelta(minutes=minute)
    with desk.writing() as unit:
        row = Interaction(
            customer_id=customer_id, channel="chat", direction="in", state="ended", opened_at=at
        )
        unit.add(row)
        for sequence in range(1, messages + 1):
            said = Message(
                interaction_id=row.id, sequence=sequence, speaker="customer", text=f"{sequence}"
            )
            unit.add(said)
        for after in notes:
            unit.add(
                Note(
                    customer_id=customer_id,
                    interaction_id=row.id,
                    author_id=desk.agent.id,
                    text=f"behind {after}",
                    at=at,
                    after_sequence=after,
                )
            )
        return row.id


def lone_note(desk: Desk, customer_id: int, minute: int) -> int:
    with desk.writing() as unit:
        row = Note(customer_id=customer_id, text="alone", at=NOON + timedelta(minutes=minute))
        unit.add(row)
        return row.id


def all_places(desk: Desk) -> list[Place]:
    """Every place there is, read without any paging."""
    reader = desk.store.reader()
    rows = reader.rows(
        "SELECT opened_at, id, 0, 0, 0 FROM interactions UNION ALL "
        "SELECT at, id, 0, 0, 0 FROM notes WHERE interaction_id IS NULL UNION ALL "
        "SELECT i.opened_at, i.id, m.sequence, 0, m.id FROM messages m "
        "JOIN interactions i ON i.id = m.interaction_id UNION ALL "
        "SELECT coalesce(i.opened_at, n.at), coalesce(i.id, n.id), n.after_sequence, 1, n.id "
        "FROM notes n LEFT JOIN interactions i ON i.id = n.interaction_id"
    )
    return sorted(Place(moment(row[0]), *row[1:]) for row in rows)


def places(window: Conversation | Fresh) -> list[Place]:
    """The places in a window, in the order in which it holds them."""
    found = []
    for passage in window.passages:
        found += [passage.place] if passage.begins else []
        found += [entry.place for entry in passage.entries]
    return found


def mixed(desk: Desk, seed: int, customer_id: int | None = None) -> int:
    """A customer with passages of all kinds, several of them begun in the same minute."""
    random, who = Random(seed), customer_id or person(desk)
    for _ in range(14):
        minute = random.randrange(6)
        if random.random() < 0.3:
            lone_note(desk, who, minute)
            continue
        messages = random.choice([0, 0, 1, 3, 9])
        notes = [random.randint(0, messages) for _ in range(random.choice([0, 0, 1, 4]))]
        call(desk, who, minute, messages, notes)
    return who


@pytest.mark.parametrize("limit", [2, 3, 7, 400])
def test_pages_backwards_hold_everything_once(desk: Desk, limit: int) -> None:
    who, reader = Whose(mixed(desk, limit)), desk.store.reader()
    window = conversations.before(reader, who, limit=limit)
    read = places(window)
    assert window.later is None
    while window.earlier is not None:
        window = conversations.before(reader, who, place=window.earlier, limit=limit)
        assert places(window), "a page must get on"
        read = places(window) + read
    assert read == all_places(desk)


@pytest.mark.parametrize("limit", [2, 3, 7, 400])
def test_pages_forwards_hold_everything_once(desk: Desk, limit: int) -> None:
    who, reader = Whose(mixed(desk, limit)), desk.store.reader()
    window = conversations.after(reader, who, limit=limit)
    read = places(window)
    assert window.earlier is None
    while window.later is not None:
        window = conversations.after(reader, who, place=window.later, limit=limit)
        assert places(window), "a page must get on"
        read += places(window)
    assert read == all_places(desk)


def test_a_window_around_any_place_has_its_neighbours(desk: Desk) -> None:
    who, reader = Whose(mixed(desk, 3)), desk.store.reader()
    every = all_places(desk)
    for index, place in enumerate(every):
        window = conversations.around(reader, who, place=place, limit=8)
        read = places(window)
        start = every.index(read[0])
        assert read == every[start : start + len(read)]
        assert place in read
        assert (window.earlier is None) == (start == 0)
        assert (window.later is None) == (start + len(read) == len(every))
        assert set(every[max(0, index - 1) : index + 2]) <= set(read)


def test_many_notes_behind_one_message_are_paged_too(desk: Desk) -> None:
    who = person(desk)
    call(desk, who, 0, 1, [1] * 23)
    reader = desk.store.reader()
    back = conversations.before(reader, Whose(who), limit=5)
    on = conversations.after(reader, Whose(who), limit=5)
    earlier, later = places(back), places(on)
    while back.earlier is not None:
        back = conversations.before(reader, Whose(who), place=back.earlier, limit=5)
        earlier = places(back) + earlier
    while on.later is not None:
        on = conversations.after(reader, Whose(who), place=on.later, limit=5)
        later += places(on)
    assert earlier == later == all_places(desk)


def test_a_page_stops_at_its_size_however_long_the_call(desk: Desk) -> None:
    who = person(desk)
    call(desk, who, 0, 300, [])
    for minute in range(1, 90):
        call(desk, who, minute, 0, [])
    reader = desk.store.reader()
    newest = conversations.before(reader, Whose(who), limit=50)
    assert len(places(newest)) == 50
    first = conversations.after(reader, Whose(who), limit=50)
    assert len(places(first)) == 51
    [passage] = first.passages
    assert (passage.begins, [entry.text for entry in passage.entries][-1]) == (True, "50")
    [passage] = conversations.after(reader, Whose(who), place=first.later, limit=50).passages
    assert not passage.begins


def test_other_peoples_words_are_in_no_window(desk: Desk) -> None:
    ada, ben = person(desk), person(desk)
    call(desk, ben, 0, 3, [1])
    theirs = lone_note(desk, ben, 1)
    mine = call(desk, ada, 0, 1, [])
    stray = call(desk, None, 0, 2, [0])
    reader = desk.store.reader()
    assert [one.place.passage_id for one in conversations.before(reader, Whose(ada)).passages] == [
        mine
    ]
    alone = Whose(interaction_id=stray)
    for window in (conversations.before(reader, alone), conversations.after(reader, alone)):
        [passage] = window.passages
        assert (passage.place.passage_id, len(passage.entries)) == (stray, 3)
        assert (window.earlier, window.later) == (None, None)
    touched = Touched(notes=frozenset({theirs}), interactions=frozenset({stray}))
    end = conversations.before(reader, Whose(ada)).last
    assert conversations.fresh(reader, Whose(ada), place=end, touched=touched, limit=9) == Fresh()


def test_entries_know_who_wrote_them_and_whether_they_arrived(desk: Desk) -> None:
    who = person(desk)
    number = call(desk, who, 0, 0, [0])
    with desk.writing() as unit:
        unit.add(
            Message(
                interaction_id=number,
                sequence=1,
                at=NOON + timedelta(seconds=90),
                speaker="agent",
                text="hello",
                delivery="failed",
                failure="no such number",
                author_id=desk.agent.id,
            )
        )
    [passage] = conversations.before(desk.store.reader(), Whose(who)).passages
    note, message = passage.entries
    assert (note.author, note.place.rank, message.place.rank) == ("Mira", NOTE_RANK, MESSAGE_RANK)
    assert (message.author, message.delivery, message.failure, message.offset_s) == (
        "Mira",
        "failed",
        "no such number",
        90,
    )


def test_what_is_fresh_is_what_is_new_or_was_touched(desk: Desk) -> None:
    who = person(desk)
    first = call(desk, who, 0, 5, [])
    second = call(desk, who, 1, 2, [])
    reader = desk.store.reader()
    before = conversations.before(reader, Whose(who))
    changed = before.passages[0].entries[2].id
    with desk.writing() as unit:
        row = unit.get(Message, changed)
        row.text = "settled"
        unit.save(row)
        said = Message(interaction_id=second, sequence=3, speaker="agent", text="new")
        noted = Note(customer_id=who, interaction_id=first, text="late", at=NOON, after_sequence=5)
        unit.add(said, noted)
    touched = Touched(frozenset({changed, said.id}), frozenset({noted.id}))
    fresh = conversations.fresh(reader, Whose(who), place=before.last, touched=touched, limit=9)
    told = [[(entry.id, entry.text) for entry in one.entries] for one in fresh.passages]
    assert told == [[(changed, "settled"), (noted.id, "late")], [(said.id, "new")]]
    assert (fresh.gone, fresh.later) == (frozenset(), None)
    by_place = conversations.fresh(
        reader, Whose(who), place=before.last, touched=Touched(), limit=9
    )
    assert [[entry.id for entry in one.entries] for one in by_place.passages] == [[said.id]]


def test_fresh_says_where_it_stopped(desk: Desk) -> None:
    who = person(desk)
    call(desk, who, 0, 9, [])
    fresh = conversations.fresh(
        desk.store.reader(), Whose(who), place=None, touched=Touched(), limit=4
    )
    assert (len(places(fresh)), fresh.later is None) == (5, False)


def test_a_corrected_note_stands_where_the_first_one_stood(desk: Desk) -> None:
    who = person(desk)
    number = call(desk, who, 0, 2, [1])
    reader = desk.store.reader()
    [note] = [one for one in places(conversations.before(reader, Whose(who))) if one.rank]
    with desk.writing() as unit:
        older = note.entry_id
        for text in ("better", "best", "worst"):
            row = Note(
                customer_id=who,
                interaction_id=number,
                author_id=desk.agent.id,
                corrects_id=older,
                text=text,
                at=NOON,
                after_sequence=2,
                undone_at=NOON if text == "worst" else None,
            )
            unit.add(row)
            older = row.id
    read = conversations.before(reader, Whose(who))
    shown = [(entry.text, entry.place) for entry in read.passages[0].entries]
    assert [text for text, _place in shown] == ["1", "best", "2"]
    entry = read.passages[0].entries[1]
    assert entry.place == note
    assert [one.text for one in entry.corrected] == ["better", "behind 1"]
    assert conversations.place_of(reader, Whose(who), note_id=older) == note
    fresh = conversations.fresh(
        reader, Whose(who), place=read.last, touched=Touched(notes=frozenset({older})), limit=9
    )
    assert [one.entries for one in fresh.passages] == [(entry,)]


def test_a_note_taken_back_is_gone(desk: Desk) -> None:
    who = person(desk)
    call(desk, who, 0, 1, [1])
    lone_note(desk, who, 1)
    reader = desk.store.reader()
    notes = [one for one in places(conversations.before(reader, Whose(who))) if one.rank]
    with desk.writing() as unit:
        for place in notes:
            row = unit.get(Note, place.entry_id)
            row.undone_at = NOON
            unit.save(row)
    assert [one.rank for one in places(conversations.before(reader, Whose(who)))] == [0, 0]
    touched = Touched(notes=frozenset(place.entry_id for place in notes))
    fresh = conversations.fresh(reader, Whose(who), place=notes[-1], touched=touched, limit=9)
    assert fresh.gone == {*notes, notes[-1].passage}


def test_anything_has_its_place(desk: Desk) -> None:
    who = Whose(mixed(desk, 11))
    reader = desk.store.reader()
    for place in all_places(desk):
        if place.rank == NOTE_RANK:
            found = conversations.place_of(reader, who, note_id=place.entry_id)
        elif place.sequence:
            found = conversations.place_of(reader, who, message_id=place.entry_id)
        else:
            found = conversations.place_of(reader, who, interaction_id=place.passage_id)
            if found is None:
                # A note that stands alone begins a passage that is no interaction.
                found = place
        assert found == place
    assert conversations.place_of(reader, who, message_id=404) is None


class Explaining:
    """A reader that asks the database for the plan of each query, too."""

    def __init__(self, desk: Desk) -> None:
        self._reader = desk.store.reader()
        self.is_postgres = self._reader.is_postgres
        self.snapshot = self._reader.snapshot
        self.plans: list[tuple[str, str]] = []

    def rows(self, sql: str, /, **parameters: object) -> list[object]:
        explain = "EXPLAIN" if self.is_postgres else "EXPLAIN QUERY PLAN"
        plan = self._reader.rows(f"{explain} {sql}", **parameters)
        self.plans.append((sql, "\n".join(str(row[-1]) for row in plan)))
        return list(self._reader.rows(sql, **parameters))


LARGE = re.compile(r"(?:Seq Scan on|SCAN) (interactions|messages|notes|i|m|n)\b(?!.*USING)")
"""A plan that reads one of the tables that grow as a whole, and not by an index."""

COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
CALLS = 3_000


def crowd(desk: Desk) -> int:
    """Somebody with many calls and notes, one of them long, among others with as many."""
    who, other = person(desk), person(desk)
    with desk.writing() as unit:
        unit.execute(
            "INSERT INTO interactions (id, version, customer_id, channel, direction, met, state, "
            f"opened_at) {COUNT.format(2 * CALLS)} SELECT i, 1, CASE WHEN i % 2 = 0 THEN "
            "CAST(:who AS bigint) ELSE CAST(:other AS bigint) END, "
            "'chat', 'in', 'yes', 'wrapped_up', :at FROM n",
            who=who,
            other=other,
            at=NOON,
        )
        unit.execute(
            "INSERT INTO messages (id, interaction_id, sequence, speaker, text, final, delivery) "
            f"{COUNT.format(20 * CALLS)} SELECT i, CASE WHEN i <= :long THEN 2 * CAST(:calls AS "
            "bigint) ELSE 1 + i % :calls END, CASE WHEN i <= :long THEN i ELSE 1 + i / :calls END, "
            "'customer', 'x', CAST(1 AS boolean), 'none' FROM n",
            calls=CALLS,
            long=5 * CALLS,
        )
        for home in ("1 + i % 5999", "NULL"):
            unit.execute(
                "INSERT INTO notes (id, version, customer_id, interaction_id, text, at, "
                f"after_sequence) {COUNT.format(4 * CALLS)} SELECT :from_id + i, 1, "
                "CASE WHEN i % 2 = 0 THEN CAST(:other AS bigint) ELSE CAST(:who AS bigint) END, "
                f"CAST({home} AS bigint), 'x', :at, 0 FROM n",
                from_id=0 if home == "NULL" else 1_000_000,
                who=who,
                other=other,
                at=NOON,
            )
    with desk.writing() as unit:
        unit.execute("ANALYZE")
    return who


def test_no_page_reads_or_sorts_more_than_it_shows(desk: Desk) -> None:
    who, reader = Whose(crowd(desk)), cast(Any, Explaining(desk))
    newest = conversations.before(reader, who)
    assert newest.earlier is not None
    conversations.before(reader, who, place=newest.earlier)
    first = conversations.after(reader, who)
    conversations.after(reader, who, place=first.later)
    place = Place(NOON, 2 * CALLS, 1_000)
    long = conversations.around(reader, who, place=place).passages[0]
    assert len(long.entries) > 100
    touched = Touched(
        frozenset({long.entries[0].id}), frozenset({1_000_001}), frozenset({2 * CALLS})
    )
    conversations.fresh(reader, who, place=newest.last, touched=touched, limit=50)
    assert len(reader.plans) > 30
    for sql, plan in reader.plans:
        assert not LARGE.search(plan), f"{sql}\n{plan}"
        if "LIMIT" in sql and "span" not in sql:
            assert not re.search("Sort|TEMP B-TREE", plan), f"{sql}\n{plan}"


def test_places_sort_as_the_conversation_reads() -> None:
    read = [
        Place(NOON, 1),
        Place(NOON, 1, 0, NOTE_RANK, 7),
        Place(NOON, 1, 1, MESSAGE_RANK, 5),
        Place(NOON, 1, 1, NOTE_RANK, 6),
        Place(NOON, 1, 2, MESSAGE_RANK, 4),
        Place(NOON, 2),
    ]
    assert all(one < other for one, other in pairwise(read))
    assert read[2].just_before < read[2]
    assert read[1] < read[2].just_before
