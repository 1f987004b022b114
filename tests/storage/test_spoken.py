"""Words looked for within one conversation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from agent_tui.domain.tables import Interaction, Message, Note
from agent_tui.domain.values.conversation import Whose
from agent_tui.domain.values.filters import Words
from agent_tui.services.desk import Desk
from agent_tui.services.registering import add_customer
from tests.builders import NOON, make_desk
from tests.text.nasty import NASTY


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


def person(desk: Desk, *texts: str, minutes_apart: int = 1) -> int:
    """Somebody who said these texts, each in a chat of its own or all in one."""
    with desk.writing() as unit:
        who = add_customer(unit, name="Ada Hart").id
        call = None
        for number, text in enumerate(texts, start=1):
            if call is None or minutes_apart:
                call = Interaction(
                    customer_id=who,
                    channel="chat",
                    direction="in",
                    state="ended",
                    opened_at=NOON + timedelta(minutes=number * minutes_apart),
                )
                unit.add(call)
            sequence = 1 if minutes_apart else number
            said = Message(interaction_id=call.id, sequence=sequence, speaker="customer", text=text)
            unit.add(said)
        return who


def found(desk: Desk, who: int, words: str) -> list[str]:
    return [one.entry.text for one in desk.opening.search(Whose(who), words)]


def test_all_words_are_found_newest_first_whatever_their_case(desk: Desk) -> None:
    who = person(desk, "The Boiler again", "no heating", "BOILER mended again", "boilerplate")
    assert found(desk, who, "boiler") == ["boilerplate", "BOILER mended again", "The Boiler again"]
    assert found(desk, who, " AGAIN  boil ") == ["BOILER mended again", "The Boiler again"]
    assert found(desk, who, "kettle") == found(desk, who, "  ") == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("ÄRGER im Büro", "ärger büro"),
        ("straße", "STRAßE"),
        ("ΟΔΟΣ", "οδος"),
        ("Привет Оленка", "ОЛЕНКА"),
        ("日本語のメモ", "のメ"),
        ("100 % off_peak!", "% _peak! 100"),
        ("a\\b", "\\b"),
    ],
)
def test_letters_of_every_script_are_found(desk: Desk, said: str, words: str) -> None:
    who = person(desk, said, "xxxxx", "a-b 1000 offpeak")
    assert found(desk, who, words) == [said]


@pytest.mark.parametrize("text", NASTY)
def test_any_text_is_found_as_it_is(desk: Desk, text: str) -> None:
    from agent_tui.text.hygiene import clean_text

    cleaned = clean_text(text)
    who = person(desk, cleaned, "something else")
    assert found(desk, who, cleaned) == ([cleaned] if cleaned.split() else [])


def test_hits_say_where_the_words_stand(desk: Desk) -> None:
    who = person(desk, "Gas or gas, no Öl")
    [one] = desk.opening.search(Whose(who), "gas öl")
    assert [one.entry.text[start:end] for start, end in one.hits] == ["Gas", "gas", "Öl"]
    assert one.interaction is not None
    assert one.interaction.channel == "chat"


@pytest.mark.parametrize("minutes_apart", [0, 1])
def test_more_is_read_from_where_the_last_answer_ended(desk: Desk, minutes_apart: int) -> None:
    texts = [f"line {number}" if number % 2 else "…" for number in range(250)]
    who = person(desk, *texts, minutes_apart=minutes_apart)
    with desk.writing() as unit:
        for number in range(20):
            at = NOON + timedelta(minutes=number * 10, seconds=30)
            unit.add(Note(customer_id=who, text=f"line of note {number}", at=at))
    read = list(desk.opening.search(Whose(who), "line", limit=40))
    while page := desk.opening.search(Whose(who), "line", before=read[-1].entry.place, limit=40):
        read += page
    places = [one.entry.place for one in read]
    assert places == sorted(places, reverse=True)
    assert len(places) == len(set(places)) == 145


def test_letters_left_open_do_not_end_the_search_early(desk: Desk) -> None:
    who = person(desk, "über", *["uber, aber ober" for _ in range(150)], minutes_apart=0)
    assert found(desk, who, "ÜBER") == ["über"]


def test_notes_are_found_by_what_they_say_now(desk: Desk) -> None:
    who, other = person(desk), person(desk)
    with desk.writing() as unit:
        wrong = Note(customer_id=who, text="allergic to nuts", at=NOON)
        unit.add(wrong)
        right = Note(customer_id=who, text="allergic to cats", at=NOON, corrects_id=wrong.id)
        undone = Note(customer_id=who, text="likes cats", at=NOON, undone_at=NOON)
        unit.add(right, undone, Note(customer_id=other, text="cats", at=NOON))
    assert found(desk, who, "cats") == ["allergic to cats"]
    assert found(desk, who, "nuts") == []


def test_an_interaction_is_searched_alone(desk: Desk) -> None:
    with desk.writing() as unit:
        one, other = (
            Interaction(channel="chat", direction="in", state="ended", opened_at=NOON)
            for _ in range(2)
        )
        unit.add(one, other)
        for call in (one, other):
            unit.add(
                Message(interaction_id=call.id, sequence=1, speaker="customer", text="the boiler"),
                Note(interaction_id=call.id, text="boiler is old", at=NOON),
            )
    found = desk.opening.search(Whose(interaction_id=one.id), "boiler")
    assert [(hit.entry.kind, hit.entry.interaction_id) for hit in found] == [
        ("message", one.id),
        ("note", one.id),
    ]


def begins(desk: Desk, call: int, *words: str, is_beginning: bool = False) -> str | None:
    """What stands where a filter's words are said first."""
    sought = [Words(tuple(one.split()), is_beginning) for one in words]
    place = desk.opening.first_said(call, sought)
    if place is None:
        return None
    page = desk.opening.around(Whose(interaction_id=call), place)
    entries = [entry for passage in page.passages for entry in passage.entries]
    return next(entry.text for entry in entries if entry.place == place)


def test_a_conversation_begins_where_a_filters_words_are_said_first(desk: Desk) -> None:
    texts = [
        "hello",
        *("…" for _ in range(600)),
        "KÖLN, I stayed home",
        "I stayed home",
        "bye 100%",
    ]
    with desk.writing() as unit:
        call = Interaction(channel="chat", direction="in", state="ended", opened_at=NOON)
        unit.add(call)
        for number, text in enumerate(texts, 1):
            unit.add(
                Message(interaction_id=call.id, sequence=number, speaker="customer", text=text)
            )
        old = Note(interaction_id=call.id, text="a kettle", at=NOON, after_sequence=2)
        unit.add(old)
        unit.add(
            Note(interaction_id=call.id, text="the Öfen", at=NOON, corrects_id=old.id),
            Note(interaction_id=call.id, text="bye", at=NOON, after_sequence=1, undone_at=NOON),
        )
    assert begins(desk, call.id, "stayed home") == "KÖLN, I stayed home"
    assert begins(desk, call.id, "koln") == "KÖLN, I stayed home"
    assert begins(desk, call.id, "stay", is_beginning=True) == "KÖLN, I stayed home"
    assert begins(desk, call.id, "bye", "hello") == "hello"
    assert begins(desk, call.id, "bye") == "bye 100%"
    assert begins(desk, call.id, "ofen", "bye") == "the Öfen"
    assert begins(desk, call.id, "home stayed") is None
    assert begins(desk, call.id) is None


def test_a_page_that_was_pasted_is_looked_for_like_any_word(desk: Desk) -> None:
    page = "a!%" * 40_000
    who = person(desk, page, "a!%" * 400)
    assert found(desk, who, page) == [page]
    assert found(desk, who, page + "b") == []
