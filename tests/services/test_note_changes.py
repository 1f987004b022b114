"""A note is corrected and taken back: what it made follows, what somebody has changed stays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from functools import partial

import pytest

from agent_tui.domain.tables import Interaction, InteractionTopic, Note
from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.notes import SavedNote
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk
from tests.services.noted import EVERY_MARK, a_call, agenda, counts, rows, topics


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    make_desk(migrated_url, handle="asha").close()
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def asha(migrated_url: str, desk: Desk, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, handle="asha", role="lead", now=clock)) as made:
        yield made


@pytest.fixture
def call(desk: Desk) -> int:
    interaction_id = a_call(desk)
    desk.conversing.attach(interaction_id, desk.registering.customer("Ada Hart"))
    return interaction_id


def promises(desk: Desk) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in rows(desk, "SELECT text, state FROM promises ORDER BY id")]


def made(saved: SavedNote, kind: str = "promise") -> list[int]:
    """The ids of the records of a kind that stand because of a note."""
    prefix = {"promise": ids.PROMISE, "complaint": ids.CASE}[kind]
    found = [ids.parse(prefix, one.id) for one in saved.records if one.kind == kind]
    return [number for number in found if number is not None]


def shown(desk: Desk, call: int) -> list[tuple[str, list[str]]]:
    """The notes of a call as the conversation shows them, each with what it read before."""
    [passage] = desk.opening.call(call).passages
    return [
        (entry.text, [wording.text for wording in entry.corrected]) for entry in passage.entries
    ]


def test_a_correction_keeps_makes_and_takes_back(
    desk: Desk, call: int, clock: StandingClock
) -> None:
    first = desk.noting.save(
        "!call back fri 10am =prefers mornings #boiler wants: a visit", interaction_id=call
    )
    clock.move(days=1)
    second = desk.noting.correct(
        first.id, "!call back fri 10am !send the form +1d #gas wants: a refund"
    )
    assert made(second)[0] == made(first)[0]
    assert [(one.kind, one.words) for one in second.records] == [
        ("promise", "call back"),
        ("promise", "send the form"),
        ("topic", "gas"),
        ("agenda", "a refund"),
    ]
    assert [one.due_at for one in second.records[:2]] == [
        NOON.replace(day=13, hour=10),
        clock.now.replace(day=12),
    ]
    assert counts(desk) == {"promises": 2, "interaction_topics": 1}
    assert (topics(desk, call), agenda(desk, call)) == (["gas"], "a refund")
    assert {row[0] for row in rows(desk, "SELECT note_id FROM promises")} == {second.id}
    [(old, new)] = shown(desk, call)[0:1]
    assert old == "!call back fri 10am !send the form +1d #gas wants: a refund"
    assert new == ["!call back fri 10am =prefers mornings #boiler wants: a visit"]


def test_a_correction_stands_where_the_note_stood(desk: Desk, call: int) -> None:
    first = desk.noting.save("stayed hom", interaction_id=call)
    desk.sending.mark_line(call, "hello", "customer")
    desk.noting.correct(first.id, "stayed home")
    assert [text for text, _ in shown(desk, call)] == ["stayed home", "hello"]


def test_a_record_that_was_changed_outlives_its_mark(desk: Desk, call: int) -> None:
    first = desk.noting.save("!call back !refund complaint: nobody came", interaction_id=call)
    kept = made(first)[0]
    desk.promising.keep(kept)
    [case] = made(first, "complaint")
    desk.complaining.acknowledge(case)
    second = desk.noting.correct(first.id, "nothing was promised")
    assert promises(desk) == [("call back", "kept")]
    assert counts(desk) == {"promises": 1, "cases": 1, "complaints": 1}
    assert ids.show(ids.PROMISE, kept) in second.warnings[0]
    third = desk.noting.correct(second.id, "!call back after all")
    again = desk.noting.correct(third.id, "!call back")
    assert promises(desk) == [("call back", "kept")]
    assert made(again) == [kept]


def test_a_promise_with_a_new_due_time_outlives_corrections(
    desk: Desk, call: int, clock: StandingClock
) -> None:
    first = desk.noting.save("!call back fri", interaction_id=call)
    moved = desk.promising.renegotiate(made(first)[0], clock.now + timedelta(days=9), told=True)
    second = desk.noting.correct(first.id, "!call back fri, of course")
    third = desk.noting.correct(second.id, "nothing was promised")
    assert ids.show(ids.PROMISE, made(first)[0]) in third.warnings[0]
    assert ("call back", "renegotiated") in promises(desk)
    assert rows(desk, "SELECT state FROM promises WHERE id = :id", id=moved) == [("open",)]
    with pytest.raises(Refused):
        desk.noting.undo(first.id)


def test_only_the_author_or_a_lead_corrects(
    desk: Desk, asha: Desk, call: int, migrated_url: str
) -> None:
    note = desk.noting.save("!call back", interaction_id=call)
    with closing(make_desk(migrated_url, handle="tom")) as tom, pytest.raises(Refused):
        tom.noting.correct(note.id, "!never")
    assert promises(desk) == [("call back", "open")]


def test_a_lead_corrects_and_the_promise_stays_its_owners(
    desk: Desk, call: int, migrated_url: str
) -> None:
    note = desk.noting.save("!call back #boler", interaction_id=call)
    with closing(make_desk(migrated_url, handle="lea", role="lead")) as lead:
        newer = lead.noting.correct(note.id, "!call back #boiler")
    assert made(newer) == made(note)
    [(owner,)] = rows(desk, "SELECT a.handle FROM promises p JOIN agents a ON a.id = p.owner_id")
    assert owner == "mira"
    assert topics(desk, call) == ["boiler"]


def test_two_corrections_of_one_note_both_stand(desk: Desk, call: int, migrated_url: str) -> None:
    base = desk.noting.save("!call back #boiler", interaction_id=call)
    with closing(make_desk(migrated_url, handle="lea", role="lead")) as lead:
        hers = lead.noting.correct(base.id, "!call back !send the form #boiler")
        mine = desk.noting.correct(base.id, "!send the form !refund fri #boiler")
        assert hers.warnings == ()
        assert "Lea has corrected this note too" in mine.warnings[0]
        assert promises(desk) == [
            ("call back", "open"),
            ("send the form", "open"),
            ("refund", "open"),
        ]
        [(text, before)] = shown(desk, call)
        assert {text, *before} == {
            "!call back #boiler",
            "!call back !send the form #boiler",
            "!send the form !refund fri #boiler",
        }
        lead.noting.undo(hers.id)
    assert promises(desk) == [("send the form", "open"), ("refund", "open")]
    desk.noting.undo(mine.id)
    assert promises(desk) == [("call back", "open")]
    assert topics(desk, call) == ["boiler"]
    desk.noting.undo(base.id)
    assert counts(desk) == {}


def test_two_agents_correct_at_once_and_nothing_is_lost(
    migrated_url: str, desk: Desk, call: int
) -> None:
    base = desk.noting.save("!call back", interaction_id=call)
    desks = [make_desk(migrated_url, handle=handle, role="lead") for handle in ("lea", "liz")]
    start = threading.Barrier(2)
    told: list[SavedNote] = []

    def work(one: Desk) -> None:
        start.wait()
        told.append(one.noting.correct(base.id, f"!call back !{one.agent.handle} writes"))

    threads = [threading.Thread(target=work, args=(one,)) for one in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in desks:
        one.close()
    assert sorted(len(saved.warnings) for saved in told) == [0, 1]
    assert sorted(text for text, _ in promises(desk)) == ["call back", "lea writes", "liz writes"]
    assert len(rows(desk, "SELECT * FROM notes")) == 3


@pytest.mark.parametrize("change", ["correct", "undo"])
def test_a_note_is_changed_while_its_call_is_moved(
    desk: Desk, asha: Desk, call: int, change: str
) -> None:
    customers = [asha.registering.customer(name) for name in ("Ben Moss", "Cy Fox")]
    for place in range(6):
        note = desk.noting.save("wants: a visit !call back", interaction_id=call).id
        changes: dict[str, Callable[[], object]] = {
            "correct": partial(desk.noting.correct, note, "wants: a call !call back"),
            "undo": partial(desk.noting.undo, note),
        }
        moves: Callable[[], object] = partial(asha.conversing.move, call, customers[place % 2])
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(changes[change]), pool.submit(moves)]:
                done.result()
    of = rows(desk, "SELECT DISTINCT customer_id FROM notes UNION SELECT customer_id FROM promises")
    assert of == [(customers[1],)]


def test_a_correction_saved_twice_is_one(desk: Desk, call: int) -> None:
    base = desk.noting.save("!call back", interaction_id=call)
    new = new_id()
    first = desk.noting.correct(base.id, "!call back !refund", new_note_id=new)
    again = desk.noting.correct(base.id, "!call back !refund", new_note_id=new)
    assert again == first
    assert first.id == new
    assert counts(desk) == {"promises": 2}


def test_a_correction_that_changes_nothing_is_the_note(desk: Desk, call: int) -> None:
    base = desk.noting.save("!call back", interaction_id=call)
    assert desk.noting.correct(base.id, "!call back ") == base
    assert len(rows(desk, "SELECT * FROM notes")) == 1


def test_what_cannot_be_corrected_is_refused(desk: Desk, call: int) -> None:
    note = desk.noting.save("!call back", interaction_id=call)
    ben = desk.registering.customer("Ben Moss")
    with pytest.raises(Refused, match="somebody or something else"):
        desk.noting.save("!call", customer_id=ben, corrects_id=note.id)
    with pytest.raises(BadInput, match="empty"):
        desk.noting.correct(note.id, "  ")
    with pytest.raises(NotFound):
        desk.noting.correct(404, "text")
    desk.noting.undo(note.id)
    with pytest.raises(Refused, match="taken back"):
        desk.noting.correct(note.id, "again")


def test_a_note_from_a_file_is_corrected_without_making_its_records_again(
    desk: Desk, call: int
) -> None:
    note_id = new_id()
    with desk.writing() as unit:
        unit.add(
            Note(
                id=note_id,
                interaction_id=call,
                customer_id=rows(desk, "SELECT id FROM customers")[0][0],
                author_id=desk.agent.id,
                text="!call bak #boiler",
                at=NOON,
                import_key="from a file",
            )
        )
    saved = desk.noting.correct(note_id, "!call back !refund #boiler")
    assert len(made(saved)) == 2
    desk.noting.undo(saved.id)
    assert promises(desk) == []
    with pytest.raises(Refused):
        desk.noting.undo(note_id)


def test_undo_takes_everything_back_and_gives_the_text(desk: Desk, call: int) -> None:
    desk.noting.save("#boiler wants: a visit", interaction_id=call)
    before = counts(desk)
    saved = desk.noting.save(EVERY_MARK, interaction_id=call)
    assert desk.noting.last() == saved.id
    assert desk.noting.undo(saved.id) == EVERY_MARK
    assert counts(desk) == before
    assert (agenda(desk, call), topics(desk, call)) == ("a visit", ["boiler"])
    assert [text for text, _ in shown(desk, call)] == ["#boiler wants: a visit"]
    assert desk.noting.undo(saved.id) == EVERY_MARK
    assert desk.noting.last() != saved.id


def test_undo_of_what_was_changed_since_is_refused(desk: Desk, call: int) -> None:
    saved = desk.noting.save("!call back !refund #boiler", interaction_id=call)
    first, _ = made(saved)
    desk.promising.keep(first)
    with pytest.raises(Refused, match=ids.show(ids.PROMISE, first)):
        desk.noting.undo(saved.id)
    assert promises(desk) == [("call back", "kept"), ("refund", "open")]
    assert topics(desk, call) == ["boiler"]


def test_undo_of_a_correction_brings_the_text_before_back(
    desk: Desk, call: int, clock: StandingClock
) -> None:
    first = desk.noting.save("!call back +1h !refund #boiler wants: a visit", interaction_id=call)
    due = first.records[0].due_at
    clock.move(days=1)
    second = desk.noting.correct(first.id, "!refund !send the form #gas wants: money")
    with pytest.raises(Refused, match="take the correction back first"):
        desk.noting.undo(first.id)
    assert desk.noting.undo(second.id) == "!refund !send the form #gas wants: money"
    found = rows(desk, "SELECT text, note_id FROM promises ORDER BY text")
    assert found == [("call back", first.id), ("refund", first.id)]
    again = desk.noting.save(
        "!call back +1h !refund #boiler wants: a visit", note_id=first.id, interaction_id=call
    )
    assert {one.due_at for one in again.records} == {due, None}
    assert (agenda(desk, call), topics(desk, call)) == ("a visit", ["boiler"])
    assert desk.noting.last() == first.id


def test_only_the_author_takes_a_note_back(desk: Desk, asha: Desk, call: int) -> None:
    note = desk.noting.save("!call back", interaction_id=call)
    with pytest.raises(Refused, match="only its author"):
        asha.noting.undo(note.id)
    assert asha.noting.last() is None
    assert promises(desk) == [("call back", "open")]


def test_a_note_taken_back_is_written_anew_under_another_id(desk: Desk, call: int) -> None:
    saved = desk.noting.save("!call back", interaction_id=call)
    desk.noting.undo(saved.id)
    again = desk.noting.save("!call back", interaction_id=call, note_id=saved.id)
    assert again.id != saved.id
    assert promises(desk) == [("call back", "open")]


def test_the_agenda_goes_back_step_by_step(desk: Desk, call: int) -> None:
    said = [desk.noting.save(f"wants: {what}", interaction_id=call) for what in "abca"]
    desk.noting.undo(said[1].id)
    assert agenda(desk, call) == "a"
    desk.noting.undo(said[3].id)
    assert agenda(desk, call) == "c"
    newer = desk.noting.correct(said[0].id, "wants: x")
    assert agenda(desk, call) == "c"
    desk.noting.undo(said[2].id)
    assert agenda(desk, call) == "x"
    desk.noting.undo(newer.id)
    assert agenda(desk, call) == "a"
    desk.noting.undo(said[0].id)
    assert agenda(desk, call) is None


def test_an_agenda_of_somebody_else_is_left_alone(desk: Desk, call: int) -> None:
    note = desk.noting.save("wants: a visit", interaction_id=call)
    with desk.writing() as unit:
        row = unit.get(Interaction, call)
        row.agenda = "written at the wrap-up"
        unit.save(row)
    desk.noting.undo(note.id)
    assert agenda(desk, call) == "written at the wrap-up"


def test_a_topic_from_elsewhere_outlives_the_note(desk: Desk, call: int) -> None:
    with desk.writing() as unit:
        unit.add(InteractionTopic(interaction_id=call, topic="boiler"))
    note = desk.noting.save("#boiler #gas", interaction_id=call)
    desk.noting.undo(note.id)
    assert topics(desk, call) == ["boiler"]
