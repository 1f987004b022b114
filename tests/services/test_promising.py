"""Promises: closed by people and by nothing else, moved in the open, handed over and accepted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from agent_tui.domain.tables import Promise as Row
from agent_tui.domain.values import ids
from agent_tui.domain.values.promises import Promise
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import BadInput, Conflict, NotFound, Refused
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def asha(migrated_url: str, clock: StandingClock, desk: Desk) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


@pytest.fixture
def promise(desk: Desk, ada: int) -> int:
    return desk.promising.make(ada, "call back", NOON + DAY)


def events(desk: Desk) -> list[str]:
    rows = desk.store.reader().rows(
        "SELECT kind FROM events WHERE kind LIKE 'promise.%' ORDER BY sequence"
    )
    return [row[0] for row in rows]


def test_a_promise_that_is_made_is_open_and_mine(desk: Desk, ada: int, promise: int) -> None:
    made = desk.promising.one(promise)
    assert (made.customer, made.owner, made.side, made.state) == (
        "Ada Hart",
        "Mira",
        "ours",
        "open",
    )
    assert (made.text, made.due_at) == ("call back", NOON + DAY)
    theirs = desk.promising.make(ada, "send the photo", None, "theirs")
    assert desk.promising.one(theirs).owner is None
    assert [one.id for one in desk.promising.still_open()] == [promise, theirs]
    assert [one.id for one in desk.promising.still_open(mine=True)] == [promise]
    assert desk.promising.still_open(late=True) == []
    assert desk.promising.still_open(customer_id=404) == []


@pytest.mark.parametrize("text", ["", " \n", "x" * 2_001])
def test_a_promise_needs_words(desk: Desk, ada: int, text: str) -> None:
    with pytest.raises(BadInput):
        desk.promising.make(ada, text, None)
    assert desk.promising.still_open() == []


def test_a_promise_is_made_for_somebody_and_for_a_time_to_come(desk: Desk, ada: int) -> None:
    with pytest.raises(NotFound):
        desk.promising.make(404, "call back", None)
    with pytest.raises(Refused, match="has passed"):
        desk.promising.make(ada, "call back", NOON - HOUR)
    assert desk.promising.still_open() == []


def test_anybody_keeps_a_promise_since_it_follows_the_customer(
    desk: Desk, asha: Desk, promise: int, clock: StandingClock
) -> None:
    clock.move(hours=2)
    asha.promising.keep(promise, at=NOON + HOUR)
    kept = desk.promising.one(promise)
    assert (kept.state, kept.closed_at, kept.closed_by) == ("kept", NOON + HOUR, "Asha")
    assert desk.promising.still_open() == []
    with pytest.raises(Refused, match="closed"):
        desk.promising.keep(promise)
    assert events(desk) == ["promise.made", "promise.kept"]


def test_a_promise_is_not_kept_in_the_future(desk: Desk, promise: int) -> None:
    with pytest.raises(Refused):
        desk.promising.keep(promise, at=NOON + HOUR)
    assert desk.promising.one(promise).state == "open"


def test_a_promise_that_is_moved_leaves_the_old_one_as_it_was(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    first = desk.promising.make(ada, "call back", NOON + DAY, contact="020 7946 0018")
    clock.move(hours=1)
    second = desk.promising.renegotiate(
        first, NOON + 3 * DAY, told=True, reason="no engineer", text="visit"
    )
    clock.move(days=5)
    third = desk.promising.renegotiate(second, NOON + 9 * DAY, told=False)
    history = desk.promising.history(second)
    assert history == desk.promising.history(third) == desk.promising.history(first)
    assert [(one.id, one.state, one.replaces_id) for one in history] == [
        (first, "renegotiated", None),
        (second, "renegotiated", first),
        (third, "open", second),
    ]
    assert [(one.text, one.due_at) for one in history] == [
        ("call back", NOON + DAY),
        ("visit", NOON + 3 * DAY),
        ("visit", NOON + 9 * DAY),
    ]
    old, late, standing = history
    assert (old.told_at, old.told_before_due, old.reason) == (NOON + HOUR, True, "no engineer")
    assert (late.told_at, late.told_before_due, late.closed_by) == (None, False, "Mira")
    assert (standing.owner, standing.contact, standing.told_at) == ("Mira", "020 7946 0018", None)
    [owed] = desk.opening.customer(ada).dossier.promises[:1]
    assert owed == standing


def test_a_promise_is_not_moved_into_the_past(desk: Desk, promise: int) -> None:
    with pytest.raises(Refused, match="time to come"):
        desk.promising.renegotiate(promise, NOON - HOUR, told=True)
    assert len(desk.promising.history(promise)) == 1


@pytest.mark.parametrize("told", [True, False])
def test_a_promise_is_withdrawn_or_broken_with_a_reason(desk: Desk, ada: int, told: bool) -> None:
    for act, state in (
        (desk.promising.withdraw, "withdrawn"),
        (desk.promising.break_off, "broken"),
    ):
        promise = desk.promising.make(ada, "call back", NOON + DAY)
        with pytest.raises(BadInput, match="why"):
            act(promise, " ", told=told)
        act(promise, "they moved away", told=told)
        closed = desk.promising.one(promise)
        assert (closed.state, closed.reason) == (state, "they moved away")
        assert (closed.told_at, closed.told_before_due) == (NOON if told else None, told)


def test_what_the_customer_heard_first_counts(
    desk: Desk, promise: int, clock: StandingClock
) -> None:
    desk.promising.tell(promise)
    with pytest.raises(Refused, match="told already"):
        desk.promising.tell(promise)
    clock.move(days=2)
    desk.promising.break_off(promise, "nobody was free", told=True)
    broken = desk.promising.one(promise)
    assert (broken.told_at, broken.told_before_due) == (NOON, True)


def test_told_behind_the_due_time_is_late(desk: Desk, promise: int, clock: StandingClock) -> None:
    clock.move(days=2)
    assert [one.id for one in desk.promising.still_open(late=True)] == [promise]
    desk.promising.tell(promise)
    told = desk.promising.one(promise)
    assert (told.state, told.told_before_due) == ("open", False)


def test_a_promise_is_handed_over_when_it_is_accepted(desk: Desk, asha: Desk, promise: int) -> None:
    desk.promising.hand_over(promise, "@Asha")
    offered = desk.promising.one(promise)
    assert (offered.owner, offered.offered_to, offered.offered_by) == ("Mira", "Asha", "Mira")
    with pytest.raises(Refused, match="not offered to you"):
        desk.promising.accept(promise)
    asha.promising.accept(promise)
    accepted = desk.promising.one(promise)
    assert (accepted.owner, accepted.offered_to, accepted.offered_by) == ("Asha", None, None)
    with pytest.raises(Refused):
        asha.promising.accept(promise)
    assert events(desk)[1:] == ["promise.offered", "promise.accepted"]


def test_a_promise_that_is_declined_goes_back_and_who_asked_sees_it(
    desk: Desk, asha: Desk, promise: int
) -> None:
    desk.promising.hand_over(promise, "asha")
    with pytest.raises(Refused):
        desk.promising.decline(promise)
    asha.promising.decline(promise)
    back = desk.promising.one(promise)
    assert (back.owner, back.offered_to, back.offered_by) == ("Mira", None, "Mira")
    desk.promising.take_back(promise)
    assert desk.promising.one(promise).offered_by is None
    with pytest.raises(Refused):
        desk.promising.take_back(promise)


def test_only_the_owner_or_a_lead_hands_over(
    desk: Desk, asha: Desk, ada: int, promise: int, migrated_url: str
) -> None:
    with pytest.raises(Refused, match="or a lead"):
        asha.promising.hand_over(promise, "mira")
    with closing(make_desk(migrated_url, handle="noor", role="lead")) as noor:
        noor.promising.hand_over(promise, "asha")
        with pytest.raises(Refused, match="or a lead"):
            asha.promising.take_back(promise)
        desk.promising.take_back(promise)
    with pytest.raises(Refused, match="somebody else"):
        desk.promising.hand_over(promise, "mira")
    with pytest.raises(NotFound):
        desk.promising.hand_over(promise, "nobody")
    theirs = desk.promising.make(ada, "send the photo", None, "theirs")
    with pytest.raises(Refused, match="customer's promise"):
        desk.promising.hand_over(theirs, "asha")
    desk.promising.keep(promise)
    with pytest.raises(Refused, match="closed"):
        desk.promising.hand_over(promise, "asha")


def test_a_close_is_undone_by_who_closed(desk: Desk, asha: Desk, promise: int) -> None:
    with pytest.raises(Refused, match="nothing to reopen"):
        desk.promising.reopen(promise)
    before = desk.promising.one(promise)
    desk.promising.break_off(promise, "nobody is free", told=True)
    with pytest.raises(Refused, match="only who closed"):
        asha.promising.reopen(promise)
    desk.promising.reopen(promise)
    again = desk.promising.one(promise)
    assert _apart_from_version(again) == _apart_from_version(before)


def test_a_move_is_undone_while_the_new_promise_is_untouched(
    desk: Desk, asha: Desk, promise: int, clock: StandingClock
) -> None:
    desk.promising.tell(promise)
    clock.move(minutes=1)
    before = desk.promising.one(promise)
    desk.promising.renegotiate(promise, NOON + 3 * DAY, told=True)
    desk.promising.reopen(promise)
    [only] = desk.promising.history(promise)
    assert _apart_from_version(only) == _apart_from_version(before)
    new = desk.promising.renegotiate(promise, NOON + 3 * DAY, told=False)
    asha.promising.tell(new)
    with pytest.raises(Refused, match="has changed"):
        desk.promising.reopen(promise)
    assert desk.promising.one(new).state == "open"


def test_a_number_to_call_back_is_kept_and_read_back(desk: Desk, promise: int) -> None:
    with pytest.raises(Refused, match="no number"):
        desk.promising.read_back(promise)
    with pytest.raises(BadInput, match="no telephone number"):
        desk.promising.set_contact(promise, "ask Tom")
    desk.promising.set_contact(promise, " 020 7946 0018 ")
    desk.promising.read_back(promise)
    kept = desk.promising.one(promise)
    assert (kept.contact, kept.read_back_at) == ("020 7946 0018", NOON)
    desk.promising.set_contact(promise, "07700 900118")
    assert desk.promising.one(promise).read_back_at is None
    desk.promising.set_contact(promise, None)
    assert desk.promising.one(promise).contact is None


@pytest.mark.parametrize("number", ["5500 0000 0000 0004", "378282246310005"])
def test_a_card_is_no_number_to_call_back(desk: Desk, ada: int, promise: int, number: str) -> None:
    for keep in (
        lambda: desk.promising.set_contact(promise, number),
        lambda: desk.promising.make(ada, "call back", None, contact=number),
    ):
        with pytest.raises(BadInput, match="no telephone number") as refused:
            keep()
        assert number not in refused.value.message
    assert desk.promising.one(promise).contact is None


def test_who_looks_at_an_old_state_is_told(desk: Desk, asha: Desk, promise: int) -> None:
    seen = desk.promising.one(promise).version
    asha.promising.tell(promise, version=seen)
    with pytest.raises(Conflict):
        desk.promising.keep(promise, version=seen)
    desk.promising.keep(promise, version=desk.promising.one(promise).version)


def test_a_promise_that_is_not_there_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.promising.one(404)
    with pytest.raises(NotFound):
        desk.promising.keep(404)
    assert desk.promising.history(404) == ()


def test_events_of_promises_hold_ids_only(desk: Desk, ada: int) -> None:
    promise = desk.promising.make(ada, "zanzibar", NOON + DAY, contact="020 7946 0018")
    desk.promising.renegotiate(promise, NOON + 2 * DAY, told=True, reason="zanzibar")
    rows = desk.store.reader().rows("SELECT * FROM events WHERE kind LIKE 'promise.%'")
    assert len(rows) == 3
    assert "zanzibar" not in repr([tuple(row) for row in rows])
    subjects = desk.store.reader().rows("SELECT subject FROM events WHERE kind LIKE 'promise.%'")
    assert (ids.show(ids.PROMISE, promise),) in [tuple(row) for row in subjects]


def test_card_numbers_do_not_reach_a_promise(desk: Desk, ada: int) -> None:
    promise = desk.promising.make(ada, "refund to 4111 1111 1111 1111", NOON + DAY)
    desk.promising.break_off(promise, "card 4111111111111111 is closed", told=True)
    closed = desk.promising.one(promise)
    assert "4111" not in f"{closed.text}{closed.reason}"


def test_a_promise_in_a_circle_has_a_history_all_the_same(
    desk: Desk, ada: int, promise: int
) -> None:
    with desk.writing() as unit:
        row = unit.get(Row, promise)
        row.replaces_id = promise
        unit.save(row)
    assert [one.id for one in desk.promising.history(promise)] == [promise]
    assert desk.opening.customer(ada).brief.customer.id == ada


def test_a_promise_that_was_moved_outlives_the_correction_of_its_note(desk: Desk, ada: int) -> None:
    note = desk.noting.save("!call back +1d", customer_id=ada)
    [made] = desk.promising.still_open()
    moved = desk.promising.renegotiate(made.id, NOON + 3 * DAY, told=True)
    assert desk.promising.one(moved).mark == made.mark == "!call back +1d"
    again = desk.noting.correct(note.id, "!call back +1d about the visit")
    assert again.warnings
    desk.noting.correct(again.id, "nothing was promised")
    standing = [(one.id, one.text) for one in desk.promising.still_open()]
    assert (moved, "call back") in standing
    assert desk.promising.one(made.id).state == "renegotiated"


def test_a_note_whose_promise_was_moved_is_not_taken_back(desk: Desk, ada: int) -> None:
    note = desk.noting.save("!call back +1d", customer_id=ada)
    [made] = desk.promising.still_open()
    moved = desk.promising.renegotiate(made.id, NOON + 3 * DAY, told=True)
    with pytest.raises(Refused):
        desk.noting.undo(note.id)
    desk.promising.reopen(made.id)
    with pytest.raises(NotFound):
        desk.promising.one(moved)


def _apart_from_version(promise: Promise) -> dict[str, object]:
    names = set(Promise.__slots__) - {"version"}
    return {name: getattr(promise, name) for name in names}


def test_that_somebody_was_told_can_be_undone(
    desk: Desk, promise: int, clock: StandingClock
) -> None:
    desk.promising.tell(promise)
    desk.promising.untell(promise)
    undone = desk.promising.one(promise)
    assert (undone.told_at, undone.told_before_due, undone.state) == (None, None, "open")
    with pytest.raises(Refused, match="nobody said"):
        desk.promising.untell(promise)
    clock.move(hours=1)
    desk.promising.tell(promise)
    assert desk.promising.one(promise).told_at == NOON + HOUR


def test_what_was_promised_in_a_conversation_is_told_whatever_became_of_it(
    desk: Desk, ada: int, promise: int
) -> None:
    desk.receiving.take(CallSignal("phone", "one", "ringing", sender="020 7946 0000", at=NOON))
    [call] = desk.opening.live()
    desk.conversing.attach(call.id, ada)
    kept = desk.promising.make(ada, "send the form", None, interaction_id=call.id)
    theirs = desk.promising.make(ada, "send a photo", None, "theirs", interaction_id=call.id)
    desk.promising.keep(kept)
    made = desk.promising.made_in(ada, call.id)
    assert [(one.id, one.state) for one in made] == [(kept, "kept"), (theirs, "open")]
    assert desk.promising.made_in(ada, 404) == ()


def test_who_offered_a_promise_last_is_told_what_was_answered(
    desk: Desk, asha: Desk, promise: int
) -> None:
    desk.promising.hand_over(promise, "asha")
    asha.promising.accept(promise)
    [taken] = desk.promising.answered([promise, 404])
    assert (taken.owner, taken.offered_by_id) == ("Asha", None)
    assert asha.promising.answered([promise]) == []
    asha.promising.hand_over(promise, "mira")
    assert desk.promising.answered([promise]) == []


def test_who_offered_a_promise_as_it_was_made_is_told_too(desk: Desk, asha: Desk, ada: int) -> None:
    desk.noting.save("!send the form +1d @asha", customer_id=ada)
    [made] = asha.opening.today().offered
    asha.promising.decline(made.id)
    [declined] = desk.promising.answered([made.id])
    assert (declined.owner, declined.offered_by) == ("Mira", "Mira")
