"""What became of a sent message: reports in any order, sent again, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.signals import CallSignal, DeliverySignal
from agent_tui.errors import NotFound, Refused
from agent_tui.services.desk import Desk
from agent_tui.text.hygiene import is_clean
from tests.builders import StandingClock, make_desk
from tests.services.chats import chat, delivery, drafts, entries, kinds, newest, report

CARD = "4111 1111 1111 1111"


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


def test_a_failure_keeps_the_text_and_the_reason_and_is_sent_again(desk: Desk) -> None:
    call = chat(desk)
    message = desk.sending.send(call, "Hello.")
    desk.sending.claim("chat")
    desk.sending.taken(message)
    report(desk, message, delivered=False, reason=f"no \x1b[31mroute\nfor {CARD}")
    state, reason = delivery(desk, message)
    assert state == "failed"
    assert reason is not None
    assert reason.startswith("no ")
    assert is_clean(reason)
    assert CARD not in reason
    assert entries(desk, call)[0].text == "Hello."
    desk.sending.again(message)
    desk.sending.again(message)
    assert delivery(desk, message) == ("waiting", None)
    assert [out.message_id for out in desk.sending.claim("chat")] == [message]
    assert kinds(desk).count("message.again") == 1
    assert len(entries(desk, call)) == 1


def test_what_did_not_arrive_stands_in_today_until_it_is_sent_again_or_let_be(
    desk: Desk, clock: StandingClock, migrated_url: str
) -> None:
    call = chat(desk)
    ada = desk.conversing.attach_to_new(call, "Ada Hart")
    first, second = (desk.sending.send(call, text) for text in ("Hello.", "Good bye."))
    desk.sending.claim("chat")
    for message in (first, second):
        desk.sending.taken(message)
    desk.conversing.take(CallSignal("chat", "1", "ended"))
    desk.wrapping_up.finish(call, "yes")
    assert desk.opening.today().counts.waiting == 0
    clock.move(hours=1)
    for message in (first, second):
        report(desk, message, delivered=False, reason="no route")
    today = desk.opening.today()
    assert [(one.message_id, one.text, one.failure) for one in today.undelivered] == [
        (second, "Good bye.", "no route"),
        (first, "Hello.", "no route"),
    ]
    assert today.undelivered[0].call.customer_id == ada
    assert (today.totals.undelivered, today.counts.waiting) == (2, 2)
    assert len(desk.opening.today(limit=1).undelivered) == 1
    with closing(make_desk(migrated_url, handle="asha")) as asha:
        assert asha.opening.today().undelivered == ()
        with pytest.raises(Refused, match="one's own"):
            asha.sending.dismiss(first)
    desk.sending.dismiss(first)
    desk.sending.dismiss(first)
    assert [one.message_id for one in desk.opening.today().undelivered] == [second]
    desk.sending.undismiss(first)
    assert desk.opening.today().totals.undelivered == 2
    desk.sending.dismiss(second)
    assert delivery(desk, second) == ("failed", "no route")
    assert [kind for kind in kinds(desk) if kind.endswith("dismissed")] == [
        "message.dismissed",
        "message.undismissed",
        "message.dismissed",
    ]


def test_what_is_sent_again_stands_in_today_no_more(desk: Desk) -> None:
    message = desk.sending.send(chat(desk), "Hello.")
    desk.sending.claim("chat")
    desk.sending.taken(message)
    report(desk, message, delivered=False)
    desk.sending.dismiss(message)
    desk.sending.again(message)
    assert desk.opening.today().undelivered == ()
    with pytest.raises(Refused):
        desk.sending.dismiss(message)
    desk.sending.claim("chat")
    desk.sending.taken(message)
    report(desk, message, delivered=False)
    assert [one.message_id for one in desk.opening.today().undelivered] == [message]


def test_a_late_report_of_an_earlier_try(desk: Desk) -> None:
    message = desk.sending.send(chat(desk), "Hello.")
    desk.sending.claim("chat")
    desk.sending.taken(message)
    report(desk, message, delivered=False, reason="busy")
    desk.sending.again(message)
    report(desk, message, delivered=False, reason="busy")
    assert delivery(desk, message) == ("waiting", None)
    report(desk, message, delivered=True)
    assert delivery(desk, message) == ("delivered", None)
    assert desk.sending.claim("chat") == ()


def test_reports_that_come_twice_or_out_of_order(desk: Desk) -> None:
    message = desk.sending.send(chat(desk), "Hello.")
    desk.sending.claim("chat")
    # The channel had it, though we died before we could say so.
    report(desk, message, delivered=False, reason="full")
    assert delivery(desk, message) == ("failed", "full")
    for _ in range(2):
        report(desk, message, delivered=True)
    assert delivery(desk, message) == ("delivered", None)
    report(desk, message, delivered=False, reason="full")
    assert delivery(desk, message) == ("delivered", None)
    desk.sending.taken(message)
    assert delivery(desk, message) == ("delivered", None)
    assert kinds(desk)[-2:] == ["message.failed", "message.delivered"]


def test_only_a_failed_message_of_ours_is_sent_again(desk: Desk) -> None:
    call = chat(desk)
    message = desk.sending.send(call, "Hello.")
    desk.sending.claim("chat")
    desk.sending.taken(message)
    theirs = desk.store.reader().row("SELECT id FROM messages WHERE speaker = 'customer'")
    assert theirs is not None
    desk.conversing.take(DeliverySignal("chat", "1", "c1", delivered=False))
    for other in (message, theirs[0]):
        with pytest.raises(Refused, match="did not arrive"):
            desk.sending.again(other)
    with pytest.raises(NotFound):
        desk.sending.again(404)


def test_a_message_taken_back_is_a_draft_again(desk: Desk) -> None:
    call = chat(desk)
    message = desk.sending.send(call, "Helo.")
    assert desk.sending.take_back(message) == "Helo."
    assert entries(desk, call) == []
    assert drafts(desk) == [(message, "Helo.")]
    assert desk.sending.claim("chat") == ()
    assert kinds(desk)[-1] == "message.taken_back"
    desk.sending.send(call, "Hello.", message_id=message)
    assert drafts(desk) == []
    assert [out.text for out in desk.sending.claim("chat")] == ["Hello."]


def test_a_note_stays_where_it_stood_when_a_message_before_it_is_taken_back(desk: Desk) -> None:
    call = chat(desk)
    message = desk.sending.send(call, "Helo.")
    with desk.writing() as unit:
        unit.execute(
            "INSERT INTO notes (id, version, interaction_id, text, at, after_sequence) "
            "VALUES (:id, 1, :call, 'a note', :now, 2)",
            id=new_id(),
            call=call,
            now=unit.now,
        )
    desk.sending.take_back(message)
    desk.sending.send(call, "Hello.")
    assert [entry.text for entry in entries(desk, call)] == ["a note", "Hello."]


def test_what_is_on_its_way_or_anothers_is_not_taken_back(desk: Desk, migrated_url: str) -> None:
    message = desk.sending.send(chat(desk), "Hello.")
    with (
        closing(make_desk(migrated_url, handle="asha")) as other,
        pytest.raises(Refused, match="who wrote"),
    ):
        other.sending.take_back(message)
    desk.sending.claim("chat")
    with pytest.raises(Refused, match="on its way"):
        desk.sending.take_back(message)
    assert delivery(desk, message)[0] == "waiting"


@pytest.mark.parametrize("wrapped_up", [False, True])
def test_what_fails_late_is_sent_again_and_how_it_ended_stands(
    desk: Desk, clock: StandingClock, wrapped_up: bool
) -> None:
    call = chat(desk)
    message = desk.sending.send(call, "The engineer comes at ten.")
    desk.sending.claim("chat")
    desk.sending.taken(message)
    desk.conversing.take(CallSignal("chat", "1", "ended"))
    if wrapped_up:
        desk.wrapping_up.finish(call, "yes", outcome="an engineer comes")
    before = newest(desk)
    clock.move(hours=2)
    report(desk, message, delivered=False, reason="no route")
    desk.sending.again(message)
    assert desk.opening.today().undelivered == ()
    [out] = desk.sending.claim("chat")
    assert (out.message_id, out.call, out.text) == (message, "1", "The engineer comes at ten.")
    desk.sending.taken(message)
    report(desk, message, delivered=True)
    assert delivery(desk, message) == ("delivered", None)
    assert newest(desk) == before
    with pytest.raises(Refused, match="wrapped up" if wrapped_up else "ended by its channel"):
        desk.sending.send(call, "And another thing.")
