"""A mark in other words goes on with its record: the id that a customer was told stays theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from agent_tui.domain.rules.speakable import speakable
from agent_tui.domain.values import ids
from agent_tui.domain.values.notes import RecordKind, SavedNote
from agent_tui.domain.values.people import Case
from agent_tui.errors import NotFound
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk
from tests.services.noted import a_call, counts, rows

FRIDAY_AT_TEN = NOON.replace(day=13, hour=10)


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    make_desk(migrated_url, handle="asha").close()
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


@pytest.fixture
def call(desk: Desk, ada: int) -> int:
    interaction_id = a_call(desk)
    desk.conversing.attach(interaction_id, ada)
    return interaction_id


def made(saved: SavedNote, kind: RecordKind) -> list[int]:
    prefix = ids.PROMISE if kind == "promise" else ids.CASE
    found = [ids.parse(prefix, one.id) for one in saved.records if one.kind == kind]
    return [number for number in found if number is not None]


def cases(desk: Desk) -> list[Case]:
    return desk.complaining.still_open()


def promises(desk: Desk) -> list[tuple[object, ...]]:
    return rows(desk, "SELECT id, text, state FROM promises ORDER BY id")


def kinds(desk: Desk, like: str) -> list[str]:
    found = rows(desk, "SELECT kind FROM events WHERE kind LIKE :l ORDER BY sequence", l=like)
    return [str(row[0]) for row in found]


def test_a_complaint_in_other_words_keeps_its_id_its_case_and_its_steps(
    desk: Desk, call: int
) -> None:
    first = desk.noting.save("complaint: nobody cane on Monday", interaction_id=call)
    [before] = cases(desk)
    desk.complaining.acknowledge(before.id)
    second = desk.noting.correct(first.id, "complaint: nobody came on Monday, nor called")
    [after] = cases(desk)
    assert (after.id, after.called) == (before.id, before.called)
    assert after.title == "nobody came on Monday, nor called"
    assert after.mark == "complaint: nobody came on Monday, nor called"
    assert after.complaint is not None
    assert after.complaint.acknowledged_at == NOON
    assert made(second, "complaint") == [before.id]
    assert second.warnings == ()
    assert kinds(desk, "complaint.%") == [
        "complaint.opened",
        "complaint.acknowledged",
        "complaint.reworded",
    ]
    desk.noting.undo(second.id)
    [again] = cases(desk)
    assert (again.id, again.title) == (before.id, "nobody cane on Monday")
    assert again.complaint == after.complaint


def test_of_two_complaints_each_goes_on_in_the_words_that_are_most_like_its_own(
    desk: Desk, call: int
) -> None:
    first = desk.noting.save(
        "complaint: nobody came\ncomplaint: the bill is wrong", interaction_id=call
    )
    visit, bill = cases(desk)
    second = desk.noting.correct(first.id, "complaint: the bill is all wrong")
    assert [(one.id, one.title) for one in cases(desk)] == [(bill.id, "the bill is all wrong")]
    third = desk.noting.correct(
        second.id, "complaint: they shouted\ncomplaint: the bill is wrong again"
    )
    assert made(third, "complaint")[0] == bill.id
    assert {one.title for one in cases(desk)} == {"they shouted", "the bill is wrong again"}
    assert {one.called for one in cases(desk)} == {visit.called, bill.called}


def test_an_untouched_complaint_goes_on_in_whatever_words(desk: Desk, call: int) -> None:
    first = desk.noting.save("complaint: nobody came", interaction_id=call)
    [before] = cases(desk)
    desk.noting.correct(first.id, "complaint: he was rude to her")
    assert [(one.id, one.called) for one in cases(desk)] == [(before.id, before.called)]


def test_a_complaint_that_was_taken_on_is_not_made_into_another_matter(
    desk: Desk, call: int
) -> None:
    first = desk.noting.save("complaint: nobody came", interaction_id=call)
    [before] = cases(desk)
    desk.complaining.acknowledge(before.id)
    second = desk.noting.correct(first.id, "complaint: she was billed for two")
    assert [one.title for one in cases(desk)] == ["nobody came", "she was billed for two"]
    assert ids.show(ids.CASE, before.id) in second.warnings[0]


def test_a_complaint_written_anew_after_its_note_was_taken_back_has_its_id_again(
    desk: Desk, call: int, clock: StandingClock
) -> None:
    first = desk.noting.save("complaint: nobody came", interaction_id=call)
    [before] = cases(desk)
    desk.noting.undo(first.id)
    assert cases(desk) == []
    clock.move(minutes=10)
    desk.noting.save("complaint: nobody came at all", interaction_id=call)
    [again] = cases(desk)
    assert (again.called, again.external_id) == (before.called, before.called)
    desk.noting.save("complaint: and then the bill", interaction_id=call)
    assert cases(desk)[-1].called != before.called


def test_a_complaint_that_a_correction_dropped_comes_back_under_its_id(
    desk: Desk, call: int
) -> None:
    first = desk.noting.save("complaint: nobody came", interaction_id=call)
    [before] = cases(desk)
    second = desk.noting.correct(first.id, "it was a misunderstanding")
    assert cases(desk) == []
    desk.noting.undo(second.id)
    [again] = cases(desk)
    assert again.called == before.called


@pytest.mark.parametrize("whose", ["another customer", "another agent", "another day"])
def test_an_id_that_was_taken_back_is_given_to_nothing_else(
    desk: Desk, call: int, clock: StandingClock, migrated_url: str, whose: str
) -> None:
    first = desk.noting.save("complaint: nobody came", interaction_id=call)
    desk.noting.undo(first.id)
    text = "complaint: nobody came"
    if whose == "another customer":
        desk.noting.save(text, customer_id=desk.registering.customer("Ben Moss"))
    elif whose == "another agent":
        with closing(make_desk(migrated_url, handle="asha", now=clock)) as asha:
            asha.noting.save(text, interaction_id=call)
    else:
        clock.move(days=2)
        desk.noting.save(text, interaction_id=call)
    assert [one.called for one in cases(desk)] == [speakable(1)]


def test_an_id_that_was_taken_back_says_so_and_finds_the_customer(
    desk: Desk, ada: int, call: int, clock: StandingClock
) -> None:
    first = desk.noting.save("complaint: nobody came", interaction_id=call)
    called = cases(desk)[0].called
    assert called is not None
    desk.noting.undo(first.id)
    clock.move(days=3)
    with pytest.raises(NotFound, match=rf"{called} was taken back on Tue 10 Mar: .* Ada Hart"):
        desk.complaining.choose(f"{called[:2]} {called[2:].lower()}")
    [hit] = desk.finding.find(called).hits
    assert hit.customer_id == ada
    assert desk.finding.choose(called) == ada
    with pytest.raises(NotFound, match="no complaint is called"):
        desk.complaining.choose(speakable(7))


def test_a_promise_in_other_words_keeps_its_row(
    desk: Desk, call: int, clock: StandingClock
) -> None:
    first = desk.noting.save("!call bak fri 10am on 020 7946 0018", interaction_id=call)
    [promise] = made(first, "promise")
    clock.move(days=7)
    second = desk.noting.correct(first.id, "!call back fri 10am on 020 7946 0019")
    assert made(second, "promise") == [promise]
    assert rows(desk, "SELECT text, due_at IS NULL, contact, mark FROM promises") == [
        ("call back", False, "020 7946 0019", "!call back fri 10am on 020 7946 0019")
    ]
    assert second.records[0].due_at == FRIDAY_AT_TEN
    third = desk.noting.correct(second.id, "!call back mon 9am")
    assert (made(third, "promise"), third.records[0].due_at) == (
        [promise],
        NOON.replace(day=23, hour=9),
    )
    assert kinds(desk, "promise.%") == ["promise.made", "promise.reworded", "promise.reworded"]
    desk.noting.undo(third.id)
    desk.noting.undo(second.id)
    assert promises(desk) == [(promise, "call bak", "open")]
    assert desk.promising.one(promise).due_at == FRIDAY_AT_TEN
    assert desk.promising.one(promise).contact == "020 7946 0018"
    desk.noting.undo(first.id)
    assert counts(desk) == {}


def test_a_promise_that_a_colleague_has_taken_over_stays_theirs_in_other_words(
    desk: Desk, call: int, migrated_url: str, clock: StandingClock
) -> None:
    first = desk.noting.save("!call them bak fri @asha", interaction_id=call)
    [promise] = made(first, "promise")
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as asha:
        asha.promising.accept(promise)
    second = desk.noting.correct(first.id, "!call them back mon @asha")
    now = desk.promising.one(promise)
    assert (now.text, now.owner, now.offered_to, now.due_at) == (
        "call them back",
        "Asha",
        None,
        NOON.replace(day=16, hour=17),
    )
    assert made(second, "promise") == [promise]


def test_of_a_closed_promise_only_the_words_change(desk: Desk, call: int) -> None:
    first = desk.noting.save("!call them bak fri 10am", interaction_id=call)
    [promise] = made(first, "promise")
    desk.promising.keep(promise)
    second = desk.noting.correct(first.id, "!call them back mon")
    now = desk.promising.one(promise)
    assert (now.text, now.state, now.due_at) == ("call them back", "kept", FRIDAY_AT_TEN)
    assert promises(desk) == [(promise, "call them back", "kept")]
    desk.noting.correct(second.id, "!refund everything")
    assert [row[1:] for row in promises(desk)] == [
        ("call them back", "kept"),
        ("refund everything", "open"),
    ]


def test_a_promise_of_theirs_is_not_made_into_one_of_ours(desk: Desk, call: int) -> None:
    first = desk.noting.save("theirs: send the form", interaction_id=call)
    second = desk.noting.correct(first.id, "!send the form")
    assert made(second, "promise") != made(first, "promise")
    assert rows(desk, "SELECT side FROM promises") == [("ours",)]


def test_a_due_time_is_read_where_and_when_it_was_written(
    migrated_url: str, clock: StandingClock
) -> None:
    """A colleague far away who says whom it was about, or corrects it, moves nothing."""
    india, york = ZoneInfo("Asia/Kolkata"), ZoneInfo("America/New_York")
    with (
        closing(make_desk(migrated_url, now=clock, zone=india)) as mine,
        closing(make_desk(migrated_url, handle="lea", role="lead", now=clock, zone=york)) as other,
    ):
        ada = other.registering.customer("Ada Hart")
        call = a_call(mine)
        note = mine.noting.save("!call back fri 10am\n!refund +3d", interaction_id=call)
        clock.move(days=1)
        other.conversing.attach(call, ada)
        due = "SELECT text, due_at FROM promises ORDER BY id"
        in_india = FRIDAY_AT_TEN - timedelta(hours=5, minutes=30)
        told = [
            desk_due(mine, number)
            for (number,) in rows(mine, "SELECT id FROM promises ORDER BY id")
        ]
        assert told == [("call back", in_india), ("refund", NOON + timedelta(days=3))]
        before = rows(mine, due)
        newer = other.noting.correct(note.id, "!call back fri 10am\n!refund it +3d")
        assert [row[1] for row in rows(mine, due)] == [row[1] for row in before]
        other.noting.undo(newer.id)
        assert rows(mine, due) == before
        dropped = other.noting.correct(note.id, "nothing of the kind")
        assert rows(mine, due) == []
        clock.move(days=1)
        other.noting.undo(dropped.id)
        assert rows(mine, due) == before


def desk_due(desk: Desk, promise_id: int) -> tuple[str, object]:
    promise = desk.promising.one(promise_id)
    return promise.text, promise.due_at
