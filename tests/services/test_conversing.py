"""Conversing: what channels deliver, once each, and whose it becomes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, MessageSignal
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.desk import Desk
from agent_tui.services.receiving import Receiving
from agent_tui.services.registering import add_customer, link_peer
from agent_tui.text.hygiene import is_clean
from tests.builders import NOON, make_desk
from tests.services.noted import who_calls
from tests.text.nasty import NASTY

PEER = "+44 20 7946 0018"


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


def ring(desk: Desk, change: Any = "ringing", call: str = "1", **other: Any) -> None:
    desk.conversing.take(CallSignal("phone", call, change, **other))


def say(desk: Desk, id: str, text: str, *, final: bool = True, call: str = "1") -> None:
    desk.conversing.take(MessageSignal("phone", call, id, "customer", text, final))


def newest(desk: Desk) -> Interaction:
    return desk.browsing.recent(limit=1)[0]


def said(desk: Desk) -> list[tuple[str, bool]]:
    [passage] = desk.opening.call(newest(desk).id).passages
    return [(entry.text, entry.final) for entry in passage.entries]


def kinds(desk: Desk) -> list[str]:
    rows = desk.store.reader().rows(
        "SELECT kind FROM events WHERE kind LIKE 'call.%' OR kind LIKE 'message.%' "
        "OR kind LIKE 'interaction.%' ORDER BY sequence"
    )
    return [row[0] for row in rows]


def known(desk: Desk, name: str, peer: str = PEER) -> int:
    """A customer with a number, of whom nothing else is known."""
    with desk.writing() as unit:
        customer = add_customer(unit, name=name)
        link_peer(unit, customer_id=customer.id, peer=peer, region="GB")
    return customer.id


def test_a_call_from_ringing_to_its_end(desk: Desk) -> None:
    at = [NOON + timedelta(minutes=minute) for minute in range(5)]
    ring(desk, sender="07700 900118", name="A. Caller", at=at[0])
    call = newest(desk)
    assert (call.state, call.peer, call.peer_name, call.customer_id) == (
        "ringing",
        "07700 900118",
        "A. Caller",
        None,
    )
    states = []
    for change, when in zip(("answered", "held", "resumed", "ended"), at[1:], strict=True):
        ring(desk, change, receiver="@Mira", at=when)
        states.append(newest(desk).state)
    assert states == ["talking", "on_hold", "talking", "ended"]
    call = newest(desk)
    assert (call.opened_at, call.answered_at, call.closed_at) == (at[0], at[1], at[4])
    assert (call.agent, call.length_s) == ("Mira", 180)
    assert kinds(desk) == [
        "call.ringing",
        "call.answered",
        "call.held",
        "call.resumed",
        "call.ended",
    ]


def test_the_same_signal_twice_is_one(desk: Desk) -> None:
    for change in ("ringing", "answered", "held", "resumed", "ended"):
        ring(desk, change, sender=PEER)
        ring(desk, change, sender=PEER)
    say(desk, "m", "hello", final=False)
    say(desk, "m", "hello", final=False)
    for _ in range(2):
        desk.conversing.take(DeliverySignal("phone", "1", "m", delivered=True))
    assert kinds(desk) == [
        "call.ringing",
        "call.answered",
        "call.held",
        "call.resumed",
        "call.ended",
        "message.added",
        "message.delivered",
    ]
    ring(desk, "answered")
    assert newest(desk).state == "ended"


def test_a_call_that_nobody_answered_ends_and_is_nobodys(desk: Desk) -> None:
    ring(desk, at=NOON)
    ring(desk, "ended", at=NOON - timedelta(minutes=1))
    call = newest(desk)
    assert (call.state, call.outcome, call.closed_at) == ("ended", "not answered", NOON)
    assert call.agent is None


@pytest.mark.parametrize(
    ("change", "state"),
    [("answered", "talking"), ("held", "on_hold"), ("resumed", "talking"), ("ended", "ended")],
)
def test_whatever_is_told_first_of_a_call_opens_an_interaction_with_nobody_known(
    desk: Desk, change: str, state: str
) -> None:
    ring(desk, change)
    call = newest(desk)
    assert (call.state, call.customer_id, call.peer) == (state, None, None)


def test_a_call_whose_end_is_told_before_its_ring_rings_no_more(desk: Desk) -> None:
    ring(desk, "ended", at=NOON)
    ring(desk, at=NOON - timedelta(minutes=1), sender=PEER)
    assert desk.opening.live() == ()
    [missed] = desk.opening.today().missed
    assert (missed.call.state, missed.call.peer, missed.times) == ("ended", PEER, 1)


def test_what_is_no_number_is_no_telephone_number_of_whoever_used_it(desk: Desk) -> None:
    ring(desk, sender="banana")
    ada = desk.conversing.attach_to_new(newest(desk).id, "Ada Hart")
    rows = desk.store.reader().rows(
        "SELECT kind, value FROM contact_points WHERE customer_id = :ada", ada=ada
    )
    assert rows == [("handle", "banana")]


def test_who_alone_has_the_number_is_on_the_line(desk: Desk) -> None:
    ada = known(desk, "Ada Hart")
    ring(desk, call="2", sender="020 7946 0018")
    assert newest(desk).customer_id == ada
    assert desk.opening.today().recent[0].customer_id == ada


def test_of_several_with_the_number_nobody_is_guessed(desk: Desk) -> None:
    both = {known(desk, "Ada Hart"), known(desk, "Ben Hart")}
    ring(desk, call="2", sender=PEER)
    assert newest(desk).customer_id is None
    assert set(who_calls(desk, PEER)) == both


def test_a_number_that_is_told_later_still_names_the_caller(desk: Desk) -> None:
    ada = known(desk, "Ada Hart")
    say(desk, "m", "hello?", call="2")
    assert newest(desk).state == "ringing"
    ring(desk, call="2", sender=PEER)
    assert newest(desk).customer_id == ada
    assert kinds(desk)[-1] == "call.ringing"


def test_a_text_is_replaced_until_it_is_final(desk: Desk) -> None:
    say(desk, "a", "hel", final=False)
    say(desk, "b", "meanwhile")
    say(desk, "a", "hello", final=False)
    assert said(desk) == [("hello", False), ("meanwhile", True)]
    say(desk, "a", "Hello.")
    say(desk, "a", "something else")
    say(desk, "a", "partial again", final=False)
    assert said(desk) == [("Hello.", True), ("meanwhile", True)]


def test_a_delivery_belongs_to_a_message_that_is_there(desk: Desk) -> None:
    say(desk, "m", "hello")
    desk.conversing.take(DeliverySignal("phone", "1", "m", delivered=False, reason="full"))
    [passage] = desk.opening.call(newest(desk).id).passages
    assert passage.entries[0].delivery == "failed"
    for call, message in (("1", "x"), ("404", "m")):
        with pytest.raises(BadInput, match="no message with that id"):
            desk.conversing.take(DeliverySignal("phone", call, message, delivered=True))


def test_an_attached_call_takes_its_notes_and_links_its_number(desk: Desk) -> None:
    ada = desk.registering.customer("Ada Hart")
    ring(desk, sender=PEER)
    call = newest(desk)
    desk.noting.save("stayed home", interaction_id=call.id)
    desk.conversing.attach(call.id, ada)
    assert newest(desk).customer_id == ada
    [passage] = desk.opening.conversation(ada).passages
    assert [entry.text for entry in passage.entries] == ["stayed home"]
    rows = desk.store.reader().rows("SELECT customer_id FROM notes")
    assert [row[0] for row in rows] == [ada]
    assert [hit.customer_id for hit in desk.finding.find("7946 0018").hits] == [ada]
    assert who_calls(desk, "02079460018") == [ada]
    desk.conversing.attach(call.id, ada)
    assert len(desk.opening.customer(ada).dossier.customer.contact_points) == 1


def test_a_call_put_to_the_wrong_person_becomes_that_of_a_new_one(desk: Desk) -> None:
    ring(desk, sender=PEER)
    with pytest.raises(Refused):
        desk.conversing.move_to_new(newest(desk).id, "Nora Bly")
    assert desk.finding.find("nora bly").hits == ()
    ada = desk.registering.customer("Ada Hart", city="Leeds")
    assert desk.conversing.attach(newest(desk).id, ada) == "Ada Hart, Leeds"
    nora = desk.conversing.move_to_new(newest(desk).id, "Nora Bly")
    assert newest(desk).customer_id == nora
    assert who_calls(desk, PEER) == [nora]
    assert desk.opening.conversation(ada).passages == ()


def test_a_call_put_to_the_wrong_person_moves_on(desk: Desk) -> None:
    ada, ben = (desk.registering.customer(name) for name in ("Ada Hart", "Ben Moss"))
    ring(desk)
    desk.conversing.attach(newest(desk).id, ada)
    assert [one.customer_id for one in desk.opening.today().recent] == [ada]
    desk.conversing.move(newest(desk).id, ben)
    assert [one.customer_id for one in desk.opening.today().recent] == [ben]
    assert desk.opening.conversation(ada).passages == ()


@pytest.mark.parametrize(
    ("typed", "told", "name"),
    [
        ("Ada Hart", "A. H.", "Ada Hart"),
        ("  ", "A. H.", "A. H."),
        ("", None, "Name not known"),
    ],
)
def test_whoever_calls_becomes_a_customer_with_what_is_known(
    migrated_sqlite_url: str, typed: str, told: str | None, name: str
) -> None:
    with closing(make_desk(migrated_sqlite_url)) as desk:
        ring(desk, sender=PEER, name=told)
        customer_id = desk.conversing.attach_to_new(newest(desk).id, typed)
        assert desk.opening.customer(customer_id).dossier.customer.name == name
        assert newest(desk).customer_id == customer_id
        with pytest.raises(Refused):
            desk.conversing.attach_to_new(newest(desk).id, "Somebody Else")
        ring(desk, call="2", sender=PEER)
        assert newest(desk).customer_id == customer_id


def test_a_withheld_number_is_linked_to_nobody(desk: Desk) -> None:
    ring(desk, sender="anonymous")
    desk.conversing.attach_to_new(newest(desk).id, "Ada Hart")
    ring(desk, call="2", sender="anonymous")
    assert newest(desk).customer_id is None


def test_a_handle_of_a_chat_is_known_the_next_time(desk: Desk) -> None:
    desk.conversing.take(CallSignal("chat", "1", "ringing", sender="@Ada_H"))
    ada = desk.conversing.attach_to_new(newest(desk).id, "Ada Hart")
    desk.conversing.take(CallSignal("chat", "2", "ringing", sender="ada_h"))
    assert newest(desk).customer_id == ada


def test_nobody_is_attached_to_nothing(desk: Desk) -> None:
    ada = desk.registering.customer("Ada Hart")
    with pytest.raises(NotFound):
        desk.conversing.attach(404, ada)
    ring(desk)
    with pytest.raises(NotFound):
        desk.conversing.attach(newest(desk).id, 404)
    assert newest(desk).customer_id is None


def test_hostile_texts_are_kept_and_inert(desk: Desk) -> None:
    for number, text in enumerate(NASTY):
        say(desk, f"m{number}", text)
        line = text[:900]
        ring(desk, call=f"call {line} {number}", sender=line, name=line, receiver=line)
    assert all(is_clean(text) for text, _ in said_in_first(desk))
    for call in desk.browsing.recent(limit=100):
        assert is_clean(f"{call.peer or ''}{call.peer_name or ''}")
    assert len(desk.browsing.recent(limit=100)) == len(NASTY) + 1


def said_in_first(desk: Desk) -> list[tuple[str, bool]]:
    first = desk.browsing.recent(limit=1_000)[-1]
    [passage] = desk.opening.call(first.id).passages
    return [(entry.text, entry.final) for entry in passage.entries]


def test_what_is_too_large_or_has_no_id_is_refused_and_leaves_nothing(desk: Desk) -> None:
    say(desk, "m", "x" * 1_000_000)
    for text, id, call in (("x" * 1_000_001, "n", "2"), ("x", "n" * 1_001, "2"), ("x", "", "2")):
        with pytest.raises(BadInput):
            say(desk, id, text, call=call)
    with pytest.raises(BadInput):
        ring(desk, call="\t")
    assert len(desk.browsing.recent()) == 1


def test_two_feeds_that_tell_the_same_call_make_one(migrated_url: str) -> None:
    desks = [make_desk(migrated_url, handle=handle) for handle in ("mira", "asha")]
    start = threading.Barrier(2)
    failed: list[Exception] = []

    def work(desk: Desk) -> None:
        receiving = Receiving(desk, wait=lambda _: None)
        start.wait()
        try:
            for number in range(8):
                receiving.take(CallSignal("phone", str(number), "ringing", sender=PEER))
                receiving.take(MessageSignal("phone", str(number), "m", "customer", "hello"))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    reader = desks[0].store.reader()
    assert reader.rows("SELECT count(*) FROM interactions") == [(8,)]
    assert reader.rows("SELECT count(*) FROM messages") == [(8,)]
    assert sorted(kinds(desks[0])) == ["call.ringing"] * 8 + ["message.added"] * 8
    for desk in desks:
        desk.close()


def test_who_is_called_is_verified_in_a_call_of_ones_own(desk: Desk) -> None:
    ada = known(desk, "Ada Hart")
    call_id = desk.conversing.call_out(ada, "known voice")
    call = desk.browsing.one(call_id)
    assert (call.direction, call.channel, call.state) == ("out", "phone", "talking")
    assert (call.customer_id, call.agent_id, call.peer) == (ada, desk.agent.id, PEER)
    assert call.verified_how == "known voice"
    assert kinds(desk)[-2:] == ["call.dialled", "interaction.verified"]
    with pytest.raises(Refused, match="goes on already"):
        desk.conversing.call_out(ada)
    desk.conversing.end(call_id)
    assert desk.conversing.call_out(ada) != call_id
    with pytest.raises(NotFound):
        desk.conversing.call_out(5)


def test_a_method_that_is_refused_leaves_no_call(desk: Desk) -> None:
    ada = known(desk, "Ada Hart")
    with pytest.raises(Refused, match="never what they answered"):
        desk.conversing.call_out(ada, "her code is 4711")
    assert desk.opening.live() == ()
