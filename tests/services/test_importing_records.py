from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from agent_tui.domain.tables import Promise
from agent_tui.domain.values.kinds import Met
from agent_tui.domain.values.records import (
    CaseRecord,
    ConcessionRecord,
    FactRecord,
    FeedbackRecord,
    InteractionRecord,
    MessageRecord,
    NoteRecord,
    PersonRecord,
    PromiseRecord,
    RefusalRecord,
    TieRecord,
)
from agent_tui.services import importing
from agent_tui.services.importing import ImportCounts
from tests.builders import NOON
from tests.services.importing_desk import Intake, person

MORNING = NOON - timedelta(days=20)


@pytest.fixture
def intake(migrated_url: str) -> Iterator[Intake]:
    intake = Intake(migrated_url)
    yield intake
    intake.desk.close()


def talk(external_id: str | None = None, **fields: Any) -> InteractionRecord:
    return InteractionRecord(**{"channel": "chat", "external_id": external_id, **fields})


def said(*texts: str) -> tuple[MessageRecord, ...]:
    return tuple(MessageRecord(text, "customer") for text in texts)


def everything() -> PersonRecord:
    """One of each, and nothing with a time of its own."""
    return person(
        interactions=(
            talk("t1", messages=said("hello", "hello"), notes=(NoteRecord("asks #refund"),)),
            talk(messages=said("no name, no time")),
        ),
        facts=(FactRecord("likes mornings"), FactRecord("likes mornings")),
        promises=(PromiseRecord("call back", owner="noor"),),
        concessions=(ConcessionRecord("ours", "voucher", Decimal("10.50"), "eur"),),
        refusals=(RefusalRecord("newsletter"),),
        cases=(CaseRecord("order", "Kettle", external_id="#W26-1"), CaseRecord("enquiry", "Tea")),
        feedback=(FeedbackRecord(score=4.0), FeedbackRecord()),
    )


COUNTED = {
    "interactions": 2,
    "messages": 3,
    "notes": 1,
    "interaction_topics": 1,
    "facts": 1,
    "promises": 1,
    "concessions": 1,
    "refusals": 1,
    "cases": 2,
    "feedback": 2,
}


def counted(intake: Intake) -> dict[str, int]:
    return {table: intake.one(f"SELECT count(*) FROM {table}") for table in COUNTED}


def test_every_part_of_a_record_is_stored_once(intake: Intake) -> None:
    assert intake.take(everything()).created == 1
    assert counted(intake) == COUNTED
    assert intake.rows("SELECT amount, currency FROM concessions") == [("10.50", "EUR")]
    assert ("W261",) in intake.rows("SELECT normal FROM cases")
    assert intake.rows("SELECT topic FROM interaction_topics") == [("refund",)]
    before = intake.dump()
    assert intake.take(everything()).unchanged == 1
    assert intake.dump() == before


def test_parts_are_known_again_in_a_row_that_says_more(intake: Intake) -> None:
    intake.take(everything())
    more = everything()
    more = PersonRecord(
        more.customer,
        **{
            part: getattr(more, part)
            for part in (
                "interactions",
                "promises",
                "concessions",
                "refusals",
                "cases",
                "feedback",
            )
        },
        facts=(*more.facts, FactRecord("has a cat")),
    )
    assert intake.take(more).updated == 1
    assert counted(intake) == COUNTED | {"facts": 2}


def test_a_word_of_the_filters_is_no_handle_in_a_file(intake: Intake) -> None:
    counts = intake.take(person(promises=(PromiseRecord("call back", owner="Nobody"),)))
    assert counts.rejected == 1
    assert intake.rejects[0].reason.startswith("promises[0].owner: “nobody” cannot be a handle")
    assert intake.rows("SELECT handle FROM agents") == [("mira",)]


def test_a_promise_closed_at_the_desk_is_not_made_again(intake: Intake) -> None:
    promise = PromiseRecord("call back", due=MORNING)
    intake.take(person(promises=(promise,)))
    with intake.desk.writing() as unit:
        row = unit.get(Promise, intake.one("SELECT id FROM promises"))
        row.text, row.state = "called back", "kept"
        unit.save(row)
    intake.take(person(promises=(promise,), city="York"))
    assert intake.rows("SELECT text, state FROM promises") == [("called back", "kept")]


def test_a_promise_was_made_in_the_last_talk_before_it_fell_due(intake: Intake) -> None:
    talks = tuple(talk(f"t{day}", opened_at=MORNING + timedelta(days=day)) for day in (0, 2, 5))
    due = MORNING + timedelta(days=3)
    intake.take(person(interactions=talks, promises=(PromiseRecord("call back", due=due),)))
    assert intake.one("SELECT created_at FROM promises") == intake.stored_moment(
        MORNING + timedelta(days=2)
    )


def test_what_names_its_interaction_was_made_in_it(intake: Intake) -> None:
    both = (talk("t1", opened_at=MORNING), talk("t2", opened_at=NOON - timedelta(days=3)))
    records: dict[str, Any] = {
        "promises": (PromiseRecord("call back", interaction="t1"), PromiseRecord("call back")),
        "concessions": (ConcessionRecord("ours", "voucher", interaction="t2"),),
        "refusals": (RefusalRecord("newsletter", interaction="t1"),),
        "cases": (
            CaseRecord("complaint", "cold", external_id="k-1", interaction="t1"),
            CaseRecord("enquiry", "Tea", interaction="t2"),
        ),
        "feedback": (FeedbackRecord(score=4, interaction="t2"),),
    }
    intake.take(person(interactions=both, **records))
    tables = ("promises", "concessions", "refusals", "cases", "feedback")
    made = {
        table: intake.rows(
            f"SELECT i.external_id FROM {table} x LEFT JOIN interactions i "
            "ON i.id = x.interaction_id ORDER BY x.id"
        )
        for table in tables
    }
    assert made == {
        "promises": [("t1",), (None,)],
        "concessions": [("t2",)],
        "refusals": [("t1",)],
        "cases": made["cases"],
        "feedback": [("t2",)],
    }
    assert set(made["cases"]) == {("t1",), ("t2",)}
    made_at = intake.one("SELECT created_at FROM promises WHERE interaction_id IS NOT NULL")
    assert made_at == intake.stored_moment(MORNING)
    again = intake.take(person(interactions=both, **records))
    assert (again.unchanged, again.rejected) == (1, 0)
    later = intake.take(person(promises=(PromiseRecord("write", interaction="t2"),)))
    assert later.updated == 1, "what was imported before may be named"


def test_what_names_an_interaction_that_the_customer_never_had_is_refused(intake: Intake) -> None:
    intake.take(person("Bo Lee", "2", interactions=(talk("t1"),)))
    for name in ("t1", "t9"):
        counts = intake.take(person(promises=(PromiseRecord("call back", interaction=name),)))
        assert counts.rejected == 1
    assert intake.rows("SELECT count(*) FROM promises") == [(0,)]


def test_a_promise_from_a_file_was_kept_when_the_file_says(intake: Intake) -> None:
    talks = tuple(talk(f"t{day}", opened_at=MORNING + timedelta(days=day)) for day in (0, 2))
    promise = PromiseRecord(
        "call back",
        due=MORNING + timedelta(days=3),
        state="kept",
        closed_at=MORNING + timedelta(days=1),
    )
    for _ in range(2):
        intake.take(person(interactions=talks, promises=(promise,)))
    assert intake.rows("SELECT state, created_at, closed_at FROM promises") == [
        (
            "kept",
            intake.stored_moment(MORNING),
            intake.stored_moment(MORNING + timedelta(days=1)),
        )
    ]


def test_a_known_interaction_takes_what_is_new(intake: Intake) -> None:
    intake.take(person(interactions=(talk("t1", opened_at=MORNING, messages=said("hello")),)))
    closed = MORNING + timedelta(minutes=9)
    grown = talk(
        "t1",
        opened_at=MORNING,
        closed_at=closed,
        agent="Noor",
        agenda="where is it",
        outcome="on its way",
        met="partly",
        topics=("Delivery",),
        messages=said("hello", "are you there"),
    )
    assert intake.take(person(interactions=(grown,))).updated == 1
    stored = intake.rows(
        "SELECT i.agenda, i.outcome, i.met, i.closed_at, a.handle, i.version "
        "FROM interactions i JOIN agents a ON a.id = i.agent_id"
    )
    assert stored == [
        ("where is it", "on its way", "partly", intake.stored_moment(closed), "noor", 2)
    ]
    assert intake.rows("SELECT sequence, text FROM messages ORDER BY sequence") == [
        (1, "hello"),
        (2, "are you there"),
    ]
    assert intake.rows("SELECT topic FROM interaction_topics") == [("delivery",)]
    silent = talk("t1", opened_at=MORNING)
    assert intake.take(person(interactions=(silent,))).unchanged == 1


def test_what_a_person_answered_at_the_wrap_up_is_no_files_to_change(intake: Intake) -> None:
    ended = talk("t1", opened_at=MORNING, closed_at=MORNING, agent="mira", met="partly")
    intake.take(person(interactions=(ended,)))
    call = intake.one("SELECT id FROM interactions")
    intake.desk.wrapping_up.reopen(call)
    intake.desk.wrapping_up.finish(call, "no", outcome="nobody came", agenda="a visit")
    told = replace(ended, met="yes", outcome="solved", agenda="a bill", agent="noor")
    intake.take(person(interactions=(replace(told, messages=said("thanks")),)))
    assert intake.rows(
        "SELECT i.met, i.outcome, i.agenda, i.state, a.handle FROM interactions i "
        "JOIN agents a ON a.id = i.agent_id"
    ) == [("no", "nobody came", "a visit", "wrapped_up", "mira")]
    assert intake.one("SELECT text FROM messages") == "thanks"


def test_an_interaction_without_an_id_is_known_by_channel_and_opening(intake: Intake) -> None:
    intake.take(person(interactions=(talk(opened_at=MORNING),)))
    later = MORNING + timedelta(hours=1)
    talks = (talk(opened_at=MORNING, outcome="done"), talk(opened_at=later))
    mail = talk(opened_at=MORNING, channel="email")
    intake.take(person(interactions=(*talks, mail)))
    stored = intake.rows("SELECT channel, outcome FROM interactions ORDER BY channel, opened_at")
    assert stored == [("chat", "done"), ("chat", None), ("email", None)]


def test_an_interaction_without_a_time_began_with_what_was_first_said(intake: Intake) -> None:
    messages = tuple(MessageRecord("hi", "customer", at=MORNING + timedelta(m)) for m in (2, 1))
    intake.take(person(interactions=(talk("t1", messages=messages), talk("t2"))))
    opened = intake.rows("SELECT opened_at FROM interactions ORDER BY external_id")
    assert opened == [
        (intake.stored_moment(MORNING + timedelta(days=1)),),
        (intake.stored_moment(intake.clock.now),),
    ]
    assert intake.one("SELECT last_contact_at FROM customers") == intake.stored_moment(
        intake.clock.now
    )


def test_messages_with_ids_are_known_by_them(intake: Intake) -> None:
    first = MessageRecord("hello", "customer", external_id="m1")
    intake.take(person(interactions=(talk("t1", messages=(first,)),)))
    again = MessageRecord("HELLO", "customer", external_id="m1")
    other = MessageRecord("hello", "customer", external_id="m2")
    intake.take(person(interactions=(talk("t1", messages=(again, other, other)),)))
    assert intake.rows("SELECT external_id, text FROM messages ORDER BY sequence") == [
        ("m1", "hello"),
        ("m2", "hello"),
    ]


def test_messages_that_came_in_between_do_not_double_the_others(intake: Intake) -> None:
    intake.take(person(interactions=(talk("t1", messages=said("hi", "yes", "yes")),)))
    grown = talk("t1", messages=said("hi", "well", "yes", "yes", "yes"))
    intake.take(person(interactions=(grown,)))
    texts = intake.rows("SELECT text FROM messages ORDER BY sequence")
    assert texts == [("hi",), ("yes",), ("yes",), ("well",), ("yes",)]


def test_a_note_stands_behind_the_last_message_that_is_not_later(intake: Intake) -> None:
    def at(minute: int | None) -> datetime | None:
        return None if minute is None else MORNING + timedelta(minutes=minute)

    def spoken(*minutes: int | None) -> tuple[MessageRecord, ...]:
        return tuple(
            MessageRecord(f"line {place}", "customer", at=at(minute))
            for place, minute in enumerate(minutes)
        )

    def noted(*minutes: int | None) -> tuple[NoteRecord, ...]:
        return tuple(NoteRecord(f"note at {minute}", at=at(minute)) for minute in minutes)

    first = talk("t1", messages=spoken(1, 5), notes=noted(0, 3, 9, None))
    intake.take(person(interactions=(first,)))
    more = talk("t1", messages=spoken(1, 5, None, 12), notes=noted(0, 4, 7, 12))
    intake.take(person(interactions=(more,)))
    assert dict(intake.rows("SELECT text, after_sequence FROM notes")) == {
        "note at 0": 0,
        "note at 3": 1,
        "note at 9": 2,
        "note at None": 0,
        "note at 4": 3,
        "note at 7": 3,
        "note at 12": 4,
    }


def test_marks_in_a_note_from_a_file_make_no_records(intake: Intake) -> None:
    note = NoteRecord("!call back fri =prefers mornings wants: a visit #boiler", author="mira")
    intake.take(person(interactions=(talk("t1", notes=(note,)),)))
    assert [intake.one(f"SELECT count(*) FROM {table}") for table in ("promises", "facts")] == [
        0,
        0,
    ]
    assert intake.one("SELECT agenda FROM interactions") is None
    assert intake.one("SELECT topic FROM interaction_topics") == "boiler"


def test_topics_of_a_note_from_a_file_are_those_of_a_note(intake: Intake) -> None:
    note = NoteRecord('mood: "it is #broken again" \\#number (#boiler)', author="mira")
    intake.take(person(interactions=(talk("t1", notes=(note,)),)))
    assert intake.rows("SELECT topic FROM interaction_topics") == [("boiler",)]


def test_the_same_note_on_two_interactions_is_two(intake: Intake) -> None:
    notes = (NoteRecord("called", at=MORNING), NoteRecord("called", at=MORNING))
    intake.take(person(interactions=(talk("t1", notes=notes), talk("t2", notes=notes))))
    assert intake.one("SELECT count(*) FROM notes") == 2


def test_an_interaction_stays_with_its_customer(intake: Intake) -> None:
    intake.take(person("Ada Hart", "1", interactions=(talk("t1"),)))
    theirs = person("Bo Lind", "2", interactions=(talk("t1"),))
    assert intake.take(theirs, person("Cy Moss", "3")) == ImportCounts(
        rows=2, created=1, rejected=1
    )
    assert "t1" in intake.rejects[0].reason
    assert intake.rows("SELECT name FROM customers ORDER BY number") == [
        ("Ada Hart",),
        ("Cy Moss",),
    ]


def test_a_case_with_an_id_is_updated(intake: Intake) -> None:
    intake.take(person(cases=(CaseRecord("complaint", "Broken", external_id="K1"),)))
    solved = CaseRecord("complaint", "", external_id="K1", state="solved", remedy="a new one")
    assert intake.take(person(cases=(solved,))).updated == 1
    assert intake.rows("SELECT title, state, remedy, version FROM cases") == [
        ("Broken", "solved", "a new one", 2)
    ]


def test_the_last_contact_only_grows(intake: Intake) -> None:
    intake.take(person(interactions=(talk("t2", opened_at=MORNING + timedelta(days=1)),)))
    intake.take(person(interactions=(talk("t1", opened_at=MORNING),)))
    assert intake.one("SELECT last_contact_at FROM customers") == intake.stored_moment(
        MORNING + timedelta(days=1)
    )


def test_agents_are_made_when_first_named(intake: Intake) -> None:
    note = NoteRecord("called", author="@Noor")
    promise = PromiseRecord("call back", owner="mira")
    talks = (talk("t1", agent="noor", notes=(note,)),)
    intake.take(person(interactions=talks, promises=(promise,)))
    assert intake.rows("SELECT handle, role FROM agents ORDER BY handle") == [
        ("mira", "agent"),
        ("noor", "agent"),
    ]
    joined = "SELECT a.handle FROM {} t JOIN agents a ON a.id = t.{}"
    assert intake.one(joined.format("notes", "author_id")) == "noor"
    assert intake.one(joined.format("promises", "owner_id")) == "mira"


@pytest.mark.parametrize(
    "parts",
    [
        {"ties": (TieRecord("1", "colleague"),)},
        {"concessions": (ConcessionRecord("ours", "voucher", Decimal(1), "euro"),)},
        {"concessions": (ConcessionRecord("ours", "voucher", Decimal("1e-60")),)},
        {"promises": (PromiseRecord("\t"),)},
        {"refusals": (RefusalRecord(""),)},
        {"promises": (PromiseRecord("call back", owner="x" * 65),)},
        {"promises": (PromiseRecord("call back", closed_at=MORNING),)},
        {"promises": (PromiseRecord("x", state="kept", closed_at=NOON + timedelta(days=9_999)),)},
    ],
)
def test_a_part_that_cannot_be_taken_rejects_the_row(
    migrated_sqlite_url: str, parts: dict[str, Any]
) -> None:
    intake = Intake(migrated_sqlite_url)
    assert intake.take(person(**parts)).rejected == 1
    assert next(iter(parts)) in intake.rejects[0].reason
    assert intake.one("SELECT count(*) FROM customers") == 0
    intake.desk.close()


@pytest.mark.parametrize("people", [500, 1])
def test_ties_to_people_further_down_are_made(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, people: int
) -> None:
    monkeypatch.setattr(importing, "BATCH_PEOPLE", people)
    records = [
        person("Ada Hart", "1", ties=(TieRecord("2", "colleague"), TieRecord("9", "sister"))),
        person("Bo Lind", "2", ties=(TieRecord("1", "colleague"),)),
        person("Ada Hart", "1", ties=(TieRecord("2", "colleague"),)),
    ]
    dry = intake.take(*records, dry_run=True)
    counts = intake.take(*records)
    assert counts == dry
    assert (counts.created, counts.unchanged, counts.unresolved_ties) == (2, 1, 1)
    pairs = "SELECT a.name, b.name FROM ties t JOIN customers a ON a.id = t.customer_id "
    pairs += "JOIN customers b ON b.id = t.other_id ORDER BY a.name"
    assert intake.rows(pairs) == [("Ada Hart", "Bo Lind"), ("Bo Lind", "Ada Hart")]
    before = intake.dump()
    assert intake.take(*records) == ImportCounts(rows=3, unchanged=3, unresolved_ties=1)
    assert intake.dump() == before


def test_a_tie_is_made_once_the_other_is_known(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_PEOPLE", 1)
    ada = person("Ada Hart", "1", ties=(TieRecord("2", "colleague"),))
    assert intake.take(ada).unresolved_ties == 1
    records = (ada, person("Bo Lind", "2"))
    assert intake.take(*records, dry_run=True) == ImportCounts(rows=2, created=1, updated=1)
    assert intake.take(*records) == ImportCounts(rows=2, created=1, updated=1)
    assert intake.one("SELECT count(*) FROM ties") == 1


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("opened", "closed", "agent", "met", "state"),
    [
        (HOUR, None, None, "not_asked", "ringing"),
        (HOUR, None, "noor", "not_asked", "talking"),
        (30 * HOUR, None, "noor", "not_asked", "wrapped_up"),
        (2 * HOUR, HOUR, "noor", "not_asked", "ended"),
        (2 * HOUR, HOUR, None, "not_asked", "wrapped_up"),
        (2 * HOUR, HOUR, "noor", "yes", "wrapped_up"),
        (30 * HOUR, 29 * HOUR, "noor", "not_asked", "wrapped_up"),
    ],
)
def test_on_the_demo_desk_the_last_day_is_still_going_on(
    migrated_sqlite_url: str,
    opened: timedelta,
    closed: timedelta | None,
    agent: str | None,
    met: Met,
    state: str,
) -> None:
    intake = Intake(migrated_sqlite_url)
    now = intake.clock.now + timedelta(days=1)
    closed_at = None if closed is None else now - closed
    call = talk("t1", opened_at=now - opened, closed_at=closed_at, agent=agent, met=met)
    intake.take(person("Ada Hart", "1", interactions=(call,)), live=True)
    assert intake.one("SELECT state FROM interactions") == state
    intake.take(
        person("Bo Lind", "2", interactions=(talk("t2", opened_at=now, agent=agent),)),
    )
    assert intake.one("SELECT state FROM interactions WHERE external_id = 't2'") == "wrapped_up"
    intake.desk.close()
