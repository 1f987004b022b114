"""Places and documents: kept by the database alone, whatever is done to the records."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from agent_tui.domain.tables import Interaction, Message, Note
from agent_tui.storage import schema
from agent_tui.storage.engines import writing_engine
from agent_tui.storage.location import locate
from agent_tui.storage.reader import Reader
from agent_tui.storage.store import Store
from agent_tui.storage.unit import UnitOfWork
from agent_tui.storage.words import PLACE_BITS, first_place, fts_query
from agent_tui.text.words import words_of
from tests.builders import NOON, make_desk
from tests.storage.steps import bring_to

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
VOCABULARY = [
    "boiler",
    "Kessel",
    "Köln",
    "naïve",
    "ÉTÉ",
    "Straße",
    "ΟΔΟΣ",
    "οδος",
    "Москва",
    "Йод",
    "شكرا",
    "שלום",
    "東京",
    "한국",
    "4711",
    "x2",
    "a",
    "b",
    "don't",
    "e-mail",
    "🙂",
    "great🤣",
    "½",
    "₺5",
    "[/x]",
    '"quoted"',
    "AND",
    "NEAR(",
    "*",
    "':*",
    "&",
    "|",
    "!",
]


@pytest.fixture
def store(migrated_url: str) -> Iterator[Store]:
    make_desk(migrated_url).close()
    with closing(Store(locate(migrated_url))) as made:
        yield made


def found(reader: Reader, *words: str, is_beginning: bool = False) -> set[tuple[int, str, int]]:
    """The documents with these words one after the other: interaction, part, number."""
    if reader.is_postgres:
        rows = reader.rows(
            "SELECT interaction_id, part, number FROM words "
            "WHERE vector @@ words_asked(:said, :goes_on)",
            said=" ".join(words),
            goes_on=is_beginning,
        )
        parts = ("agenda", "outcome", "summary", "message", "note")
        return {(row[0], parts[row[1]], row[2]) for row in rows}
    made: set[tuple[int, str, int]] = set()
    for column in ("said", "agenda", "outcome", "summary"):
        for (row,) in reader.rows(
            "SELECT rowid FROM words WHERE words MATCH :asked",
            asked=fts_query(words, column, is_beginning=is_beginning),
        ):
            [[call]] = reader.rows(
                "SELECT id FROM interactions WHERE place = :place", place=row >> PLACE_BITS
            )
            number = row & (1 << PLACE_BITS) - 1
            if column != "said":
                assert number == 0
                made.add((call, column, 0))
            elif number & 1:
                [[note]] = reader.rows(
                    "SELECT id FROM notes WHERE interaction_id = :call AND number = :number",
                    call=call,
                    number=number >> 1,
                )
                made.add((call, "note", note))
            else:
                [[message]] = reader.rows(
                    "SELECT id FROM messages WHERE interaction_id = :call AND sequence = :number",
                    call=call,
                    number=number >> 1,
                )
                made.add((call, "message", message))
    return made


def true_documents(reader: Reader) -> list[tuple[tuple[int, str, int], tuple[str, ...]]]:
    """Every text that is to be found, with its words."""
    texts = [
        ((row[0], part, 0), row[place])
        for row in reader.rows("SELECT id, agenda, outcome, summary FROM interactions")
        for place, part in enumerate(("agenda", "outcome", "summary"), 1)
    ]
    texts += [
        ((row[0], "message", row[1]), row[2])
        for row in reader.rows("SELECT interaction_id, id, text FROM messages")
    ]
    texts += [
        ((row[0], "note", row[1]), row[2])
        for row in reader.rows(
            "SELECT interaction_id, id, text FROM notes "
            "WHERE undone_at IS NULL AND interaction_id IS NOT NULL"
        )
    ]
    return [(key, words_of(text)) for key, text in texts if text]


def holds(words: tuple[str, ...], asked: tuple[str, ...], is_beginning: bool = False) -> bool:
    """Whether the words stand one after the other."""
    spans = (words[at : at + len(asked)] for at in range(len(words) - len(asked) + 1))
    if is_beginning:
        return any(span[:-1] == asked[:-1] and span[-1].startswith(asked[-1]) for span in spans)
    return any(span == asked for span in spans)


def check(reader: Reader, chance: random.Random) -> None:
    """What is found is what is there, for single words, phrases and beginnings."""
    documents = true_documents(reader)
    every = sorted({word for _, words in documents for word in words})
    for word in every:
        assert found(reader, word) == {key for key, words in documents if word in words}, word
    for _, words in chance.sample(documents, min(12, len(documents))):
        if len(words) > 1:
            at = chance.randrange(len(words) - 1)
            asked = words[at : at + 2]
            begun = (asked[0], asked[1][:1])
            assert found(reader, *asked) == {k for k, w in documents if holds(w, asked)}
            assert found(reader, *begun, is_beginning=True) == {
                k for k, w in documents if holds(w, begun, is_beginning=True)
            }


def rows(reader: Reader, sql: str) -> list[Any]:
    return [row[0] for row in reader.rows(sql)]


def some_text(chance: random.Random) -> str:
    return " ".join(chance.choices(VOCABULARY, k=chance.randrange(1, 8)))


def change(unit: UnitOfWork, chance: random.Random) -> None:
    """One of the things that writers do, or somebody with plain SQL."""
    calls, messages, notes = (
        rows(unit.reader, f"SELECT id FROM {table} ORDER BY id")
        for table in ("interactions", "messages", "notes")
    )
    call = chance.choice(calls) if calls else None
    deed = chance.randrange(14) if call else 0
    if deed <= 1:
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(4))
        texts: dict[str, Any] = {
            name: some_text(chance) if chance.random() < 0.5 else None
            for name in ("agenda", "outcome", "summary")
        }
        unit.add(
            Interaction(channel="chat", direction="in", state="talking", opened_at=at, **texts)
        )
    elif deed <= 4:
        last = unit.reader.row(
            "SELECT coalesce(max(sequence), 0) FROM messages WHERE interaction_id = :id", id=call
        )
        unit.insert_many(
            Message,
            [
                {
                    "id": chance.getrandbits(60),
                    "interaction_id": call,
                    "sequence": (last[0] if last else 0) + 1 + more,
                    "speaker": "customer",
                    "text": some_text(chance),
                    "final": True,
                    "delivery": "none",
                }
                for more in range(chance.choice((1, 30)))
            ],
        )
    elif deed <= 6:
        unit.add(Note(interaction_id=call, text=some_text(chance), at=NOON))
    elif deed == 7:
        unit.execute(
            "UPDATE interactions SET agenda = :text, outcome = NULL, opened_at = :at "
            "WHERE id = :id",
            text=some_text(chance),
            at=datetime(1969, 12, 31, 23, 59, 59, 5, tzinfo=UTC)
            + timedelta(seconds=chance.randrange(3)),
            id=call,
        )
    elif deed == 8 and messages:
        unit.execute(
            "UPDATE messages SET text = :text WHERE id = :id",
            text=some_text(chance),
            id=chance.choice(messages),
        )
    elif deed == 9 and notes:
        unit.execute(
            "UPDATE notes SET undone_at = :at, text = :text WHERE id = :id",
            at=chance.choice((None, NOON)),
            text=some_text(chance),
            id=chance.choice(notes),
        )
    elif deed == 10 and notes:
        unit.execute(
            "UPDATE notes SET interaction_id = :call, text = text WHERE id = :id",
            call=chance.choice((call, None)),
            id=chance.choice(notes),
        )
    elif deed == 11 and messages:
        unit.execute("DELETE FROM messages WHERE id = :id", id=chance.choice(messages))
    elif deed == 12:
        for table in ("messages", "notes"):
            unit.execute(f"DELETE FROM {table} WHERE interaction_id = :id", id=call)
        unit.execute("DELETE FROM interactions WHERE id = :id", id=call)
    elif deed == 13:
        unit.execute("UPDATE interactions SET state = 'ended', summary = summary")


@pytest.mark.parametrize("seed", range(4))
def test_what_is_found_is_what_is_there(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(6):
        with store.writing(now=NOON, agent_id=None) as unit:
            for _ in range(12):
                change(unit, chance)
        check(store.reader(), chance)


def test_places_tell_the_time_and_are_nobody_elses(store: Store) -> None:
    days = [datetime(2026, 3, 1, tzinfo=UTC), datetime(1890, 1, 1, tzinfo=UTC)]
    moments = [
        *(days[0] for _ in range(4_200)),
        datetime(2026, 3, 1, 17, 30, 2, tzinfo=UTC),
        *(days[1] for _ in range(3)),
        datetime(2300, 1, 1, tzinfo=UTC),
        *(datetime(2026, 3, 1, 17, 30, 2, n, tzinfo=UTC) for n in range(3)),
        *(days[0] for _ in range(3)),
    ]
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.insert_many(
            Interaction,
            [
                {
                    "id": number,
                    "version": 1,
                    "channel": "visit",
                    "direction": "in",
                    "met": "yes",
                    "state": "wrapped_up",
                    "opened_at": at,
                }
                for number, at in enumerate(moments, 1)
            ],
        )
    listed = store.reader().rows("SELECT place, id FROM interactions ORDER BY id")
    places = [row[0] for row in listed]
    assert len(set(places)) == len(places)
    assert places[:4_096] == [first_place(days[0]) + n for n in range(4_096)]
    assert all(first_place(days[0]) <= place < first_place(NOON) for place in places[:4_201])
    assert places[4_200] == first_place(moments[4_200])
    assert sorted(places[4_200:4_201] + places[4_205:4_208]) == places[4_200:4_201] + [
        places[4_200] + n for n in (1, 2, 3)
    ]
    assert places[4_201:4_204] == [first_place(days[1]) + n for n in range(3)]
    assert max(places) == places[4_204]


def test_what_was_there_before_is_found_after_the_step(database_url: str) -> None:
    chance = random.Random(5)
    bring_to(database_url, "0006")
    engine = writing_engine(locate(database_url))
    day = datetime(2026, 3, 1, tzinfo=UTC)
    calls = [
        {"id": number, "at": day + timedelta(seconds=number % 3 * (number > 5_000))}
        for number in range(1, 5_020)
    ]
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for call in calls:
                call["at"] = (call["at"] - EPOCH) // timedelta(microseconds=1)  # type: ignore[operator]
        connection.execute(
            text(
                "INSERT INTO interactions (id, version, channel, direction, met, state, opened_at) "
                "VALUES (:id, 1, 'chat', 'in', 'yes', 'ended', :at)"
            ),
            calls,
        )
        for number in range(5_000, 5_020):
            call_id, at = number, calls[0]["at"]
            connection.execute(
                text("UPDATE interactions SET agenda = :said, summary = :said WHERE id = :id"),
                {"said": some_text(chance), "id": call_id},
            )
            for sequence in (1, 2):
                connection.execute(
                    text(
                        "INSERT INTO messages (id, interaction_id, sequence, speaker, text, final, "
                        "delivery) VALUES (:id, :call, :sequence, 'agent', :said, true, 'none')"
                    ),
                    {
                        "id": number * 10 + sequence,
                        "call": call_id,
                        "sequence": sequence,
                        "said": some_text(chance),
                    },
                )
                connection.execute(
                    text(
                        "INSERT INTO notes (id, version, interaction_id, text, at, after_sequence, "
                        "undone_at) VALUES (:id, 1, :call, :said, :at, 0, :undone)"
                    ),
                    {
                        "id": number * 10 + sequence,
                        "call": call_id,
                        "said": some_text(chance),
                        "at": at,
                        "undone": at if number % 4 == 0 else None,
                    },
                )
    engine.dispose()
    schema.bring_up(locate(database_url))
    with closing(Store(locate(database_url))) as store:
        check(store.reader(), chance)
        places = rows(store.reader(), "SELECT place FROM interactions ORDER BY place")
        assert None not in places
        assert all(
            first_place(day) <= place < first_place(day) + 86_400 * 4_096 for place in places
        )
        if not store.reader().is_postgres:
            assert len(set(places)) == len(places)
        with store.writing(now=NOON, agent_id=None) as unit:
            unit.execute("DELETE FROM interactions WHERE id < 5000")
            for _ in range(40):
                change(unit, chance)
        check(store.reader(), chance)


def test_only_so_much_of_a_text_is_looked_through(store: Store) -> None:
    long = "x " * 7_998 + "here " + "y" * 300 + " beyond"
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.add(
            Interaction(id=1, channel="email", direction="in", state="ended", opened_at=NOON),
            Message(id=2, interaction_id=1, sequence=1, speaker="customer", text=long),
            Message(id=3, interaction_id=1, sequence=300_000, speaker="customer", text="later"),
        )
    assert found(store.reader(), "here") == {(1, "message", 2)}
    assert found(store.reader(), "beyond") == set()
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.execute("UPDATE messages SET text = 'short'")
    assert found(store.reader(), "here") == set()
    assert (1, "message", 2) in found(store.reader(), "short")


def test_nothing_that_is_asked_is_an_operator(store: Store) -> None:
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.add(
            Interaction(
                id=1,
                channel="email",
                direction="in",
                state="ended",
                opened_at=NOON,
                agenda="NEAR (a b) \"OR\" said:x -y * ^z 'q' & | ! <-> \\",
            )
        )
    for asked in ('NEAR(', '"', '""', '"OR"', "a* OR b", "said:x", "^z", "'q'", "& | !", ":*", "\\",
                  "-y", "*", "()", "a <-> b", "')--", "🙂"):  # fmt: skip
        for is_beginning in (False, True):
            words = words_of(asked)
            there = found(store.reader(), asked, is_beginning=is_beginning)
            if not words:
                assert there == set()
            elif not is_beginning and len(words) == 1:
                assert there == {(1, "agenda", 0)} or words == ("b",)
