"""Whom an interaction is with: moved away from the wrong person, everything goes along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from agent_tui.domain.tables import ContactPoint, Fact
from agent_tui.domain.values import ids
from agent_tui.domain.values.records import (
    ContactPointRecord,
    CustomerRecord,
    PersonRecord,
    SourceRow,
)
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import NotFound, Refused, Unavailable
from agent_tui.services import belonging
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk
from tests.services.noted import EVERY_MARK, a_call, counts, customers_of, rows, who_calls

PEER = "020 7946 0018"


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    make_desk(migrated_url, handle="asha").close()
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


@pytest.fixture
def ben(desk: Desk) -> int:
    return desk.registering.customer("Ben Moss")


def numbers(desk: Desk) -> list[tuple[int, str]]:
    found = rows(desk, "SELECT customer_id, normal FROM contact_points ORDER BY id")
    return [(row[0], row[1]) for row in found]


def last_contact(desk: Desk) -> dict[int, object]:
    return {one.customer_id: one.last_contact_at for one in desk.opening.today().recent}


def test_all_that_came_of_the_call_goes_along(desk: Desk, ada: int, ben: int) -> None:
    own = a_call(desk, "0")
    desk.conversing.attach(own, ada)
    desk.noting.save("!hers stays", interaction_id=own)
    call = a_call(desk, "1", PEER)
    desk.conversing.attach(call, ada)
    first = desk.noting.save("!call bak", interaction_id=call)
    desk.noting.correct(first.id, "!call back")
    desk.noting.undo(desk.noting.save("!never mind", interaction_id=call).id)
    saved = desk.noting.save(EVERY_MARK, interaction_id=call)
    promise = ids.parse(ids.PROMISE, saved.records[0].id)
    assert promise is not None
    desk.promising.keep(promise)
    made = counts(desk)
    desk.conversing.move(call, ben)
    assert counts(desk) == made
    owners = customers_of(desk)
    assert owners.pop("promises") == {ada, ben}
    assert owners.pop("notes") == {ada, ben}
    assert set(owners) == {
        "facts", "concessions", "refusals", "moods", "cases", "questions", "follow_ups"
    }  # fmt: skip
    assert all(them == {ben} for them in owners.values())
    assert rows(desk, "SELECT text FROM promises WHERE customer_id = :ada", ada=ada) == [
        ("hers stays",)
    ]
    assert rows(desk, "SELECT text FROM notes WHERE customer_id = :ada", ada=ada) == [
        ("!hers stays",)
    ]
    assert rows(desk, "SELECT state FROM promises WHERE id = :id", id=promise) == [("kept",)]


def test_a_move_is_one_event_that_names_both(desk: Desk, ada: int, ben: int) -> None:
    call = a_call(desk)
    desk.conversing.attach(call, ada)
    desk.noting.save(EVERY_MARK, interaction_id=call)
    [(before,)] = rows(desk, "SELECT count(*) FROM events")
    desk.conversing.move(call, ben)
    desk.conversing.move(call, ben)
    events = rows(
        desk,
        "SELECT kind, customer_id, interaction_id, subject, detail FROM events "
        "ORDER BY sequence LIMIT 9 OFFSET :before",
        before=before,
    )
    shown = ids.show(ids.INTERACTION, call)
    assert events == [("interaction.moved", ben, call, shown, ids.show(ids.CUSTOMER, ada))]


def test_who_was_verified_was_the_wrong_person(desk: Desk, ada: int, ben: int) -> None:
    call = a_call(desk)
    desk.conversing.attach(call, ada)
    desk.conversing.verify(call, "known voice")
    desk.conversing.move(call, ada)
    assert desk.browsing.recent(limit=1)[0].verified_how == "known voice"
    desk.conversing.move(call, ben)
    assert desk.browsing.recent(limit=1)[0].verified_how is None


def test_the_last_contact_of_both_is_right_again(
    desk: Desk, clock: StandingClock, ada: int, ben: int
) -> None:
    desk.conversing.attach(a_call(desk, "0"), ada)
    clock.move(days=1)
    call = a_call(desk, "1", PEER)
    desk.conversing.attach(call, ada)
    assert last_contact(desk) == {ada: NOON + timedelta(days=1)}
    desk.conversing.move(call, ben)
    assert last_contact(desk) == {ada: NOON, ben: NOON + timedelta(days=1)}


def test_the_number_goes_along(desk: Desk, ada: int, ben: int) -> None:
    call = a_call(desk, "1", PEER)
    desk.conversing.attach(call, ada)
    desk.conversing.move(call, ben)
    assert numbers(desk) == [(ben, "+442079460018")]
    assert who_calls(desk, PEER) == [ben]
    desk.conversing.move(call, ada)
    assert numbers(desk) == [(ada, "+442079460018")]


def test_a_number_that_was_theirs_before_stays(desk: Desk, ada: int, ben: int) -> None:
    earlier = a_call(desk, "0", PEER)
    desk.conversing.attach(earlier, ada)
    again = a_call(desk, "1", PEER)
    assert rows(desk, "SELECT customer_id FROM interactions WHERE id = :id", id=again) == [(ada,)]
    desk.conversing.move(again, ben)
    assert numbers(desk) == [(ada, "+442079460018"), (ben, "+442079460018")]


def test_a_number_stays_as_long_as_another_call_from_it_does(
    desk: Desk, ada: int, ben: int
) -> None:
    first = a_call(desk, "0", PEER)
    desk.conversing.attach(first, ada)
    second = a_call(desk, "1", "+44 20 7946 0018")
    desk.conversing.move(first, ben)
    assert (ada, "+442079460018") in numbers(desk)
    desk.conversing.move(second, ben)
    assert numbers(desk) == [(ben, "+442079460018")]


def test_a_number_of_which_more_was_said_stays(desk: Desk, ada: int, ben: int) -> None:
    call = a_call(desk, "1", PEER)
    desk.conversing.attach(call, ada)
    [(point,)] = rows(desk, "SELECT id FROM contact_points")
    with desk.writing() as unit:
        row = unit.get(ContactPoint, point)
        row.consent = "withdrawn"
        unit.save(row)
    desk.conversing.move(call, ben)
    assert {owner for owner, _ in numbers(desk)} == {ada, ben}


def test_a_number_that_a_file_names_too_stays(desk: Desk, ben: int) -> None:
    def take(*points: ContactPointRecord) -> None:
        person = PersonRecord(CustomerRecord("Ada Hart", "a1", contact_points=points))
        desk.importing.take([SourceRow(1, "", person)], source="crm", rejected=print)

    take()
    [(ada,)] = rows(desk, "SELECT id FROM customers WHERE external_id = 'a1'")
    call = a_call(desk, "1", PEER)
    desk.conversing.attach(call, ada)
    take(ContactPointRecord("phone", PEER))
    assert numbers(desk) == [(ada, "+442079460018")]
    desk.conversing.move(call, ben)
    assert {owner for owner, _ in numbers(desk)} == {ada, ben}


def test_each_refuses_what_the_other_is_for(desk: Desk, ada: int, ben: int) -> None:
    call = a_call(desk)
    with pytest.raises(Refused, match="attach it"):
        desk.conversing.move(call, ben)
    desk.conversing.attach(call, ada)
    with pytest.raises(Refused, match="move it"):
        desk.conversing.attach(call, ben)
    with pytest.raises(NotFound):
        desk.conversing.move(call, 404)
    with pytest.raises(NotFound):
        desk.conversing.move(404, ben)
    assert rows(desk, "SELECT customer_id FROM interactions") == [(ada,)]


def test_who_has_a_call_says_who_is_on_the_line_or_a_lead(
    mira: Desk, asha: Desk, lena: Desk
) -> None:
    ada = mira.registering.customer("Ada Hart")
    for number in ("1", "2"):
        mira.conversing.take(
            CallSignal("phone", number, "answered", sender=f"{PEER}{number}", receiver="mira")
        )
    first, second = (one.id for one in mira.opening.live())
    for refused in (
        lambda: asha.conversing.attach(first, ada),
        lambda: asha.conversing.attach_to_new(first, "Ben Moss"),
    ):
        with pytest.raises(Refused, match="a colleague has this one: ask them"):
            refused()
    assert rows(mira, "SELECT count(*) FROM customers") == [(1,)]
    assert rows(mira, "SELECT customer_id FROM interactions") == [(None,), (None,)]
    mira.conversing.attach(first, ada)
    lena.conversing.attach(second, ada)
    assert rows(mira, "SELECT customer_id FROM interactions") == [(ada,), (ada,)]


def test_anybody_says_who_is_on_a_line_that_nobody_has(asha: Desk) -> None:
    ada = asha.registering.customer("Ada Hart")
    asha.conversing.take(CallSignal("phone", "1", "ringing", sender=PEER))
    [call] = asha.opening.live()
    assert call.agent_id is None
    asha.conversing.attach(call.id, ada)
    assert numbers(asha) == [(ada, "+442079460018")]


@pytest.mark.parametrize("name", ["_unlink", "_take_back_touch", "_link", "record"])
def test_a_move_that_fails_changes_nothing(
    desk: Desk, ada: int, ben: int, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    call = a_call(desk, "1", PEER)
    desk.conversing.attach(call, ada)
    desk.noting.save(EVERY_MARK, interaction_id=call)
    owners, before = customers_of(desk), numbers(desk)

    def full(*_: object, **__: object) -> None:
        raise Unavailable("disk full")

    monkeypatch.setattr(belonging, name, full)
    with pytest.raises(Unavailable):
        desk.conversing.move(call, ben)
    assert (customers_of(desk), numbers(desk)) == (owners, before)


def test_records_made_in_the_call_without_a_note_go_along(desk: Desk, ada: int, ben: int) -> None:
    call = a_call(desk)
    desk.conversing.attach(call, ada)
    with desk.writing() as unit:
        for interaction_id in (call, None):
            unit.add(
                Fact(
                    customer_id=ada,
                    interaction_id=interaction_id,
                    kind="knows",
                    text="in the call" if interaction_id else "from before",
                    source="stated",
                    stated_at=NOON,
                )
            )
    desk.conversing.move(call, ben)
    assert rows(desk, "SELECT text, customer_id FROM facts ORDER BY text") == [
        ("from before", ada),
        ("in the call", ben),
    ]


def test_the_notes_of_a_ringing_call_wait_for_its_number(desk: Desk, ada: int) -> None:
    desk.conversing.attach(a_call(desk, "0", PEER), ada)
    call = a_call(desk, "1")
    desk.noting.save("!call back", interaction_id=call)
    desk.conversing.take(CallSignal("phone", "1", "held", sender=PEER))
    assert customers_of(desk) == {"notes": {ada}, "promises": {ada}}
