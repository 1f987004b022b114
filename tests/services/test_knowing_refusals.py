"""Refusals are dated, lifted and restored; consent that was withdrawn is nobody's to override."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import cast

import pytest

from agent_tui.domain.values.kinds import ChannelName, Consent
from agent_tui.domain.values.records import (
    ContactPointRecord,
    CustomerRecord,
    PersonRecord,
    SourceRow,
)
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.errors import BadInput, Conflict, NotFound, Refused
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk
from tests.services.chats import chat, newest, report

CARD = "4111 1111 1111 1111"


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock, role="lead")) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


def state(desk: Desk, refusal: int) -> str:
    return desk.knowing.refusal(refusal).state


def test_a_refusal_is_dated_lifted_and_restored(desk: Desk, ada: int) -> None:
    refusal = desk.knowing.refuse(ada, f"calls at\nwork {CARD}")
    [shown] = desk.knowing.refusals(ada)
    assert shown.what.startswith("calls at work")
    assert CARD not in shown.what
    assert (shown.at, shown.ask_again_after) == (NOON, None)
    day = NOON + timedelta(days=90)
    desk.knowing.ask_again_after(refusal, day)
    assert desk.knowing.refusal(refusal).ask_again_after == day
    desk.knowing.ask_again_after(refusal, None)
    assert desk.knowing.refusal(refusal).ask_again_after is None
    desk.knowing.lift(refusal)
    assert desk.knowing.refusals(ada) == []
    assert desk.opening.customer(ada).dossier.refusals == ()
    assert [one.state for one in desk.knowing.refusals(ada, gone=True)] == ["lifted"]
    for change in (desk.knowing.lift, lambda one: desk.knowing.ask_again_after(one, None)):
        with pytest.raises(Refused, match="stands no longer"):
            change(refusal)
    desk.knowing.restore_refusal(refusal)
    assert [one.id for one in desk.opening.customer(ada).dossier.refusals] == [refusal]
    with pytest.raises(Refused, match="nothing to restore"):
        desk.knowing.restore_refusal(refusal)
    rows = desk.store.reader().rows(
        "SELECT kind FROM events WHERE kind LIKE 'refusal.%' ORDER BY sequence"
    )
    assert [row[0] for row in rows] == [
        f"refusal.{what}" for what in ("made", "dated", "undated", "lifted", "restored")
    ]


def test_a_day_comes_back_though_it_has_passed_meanwhile(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    soon, later = NOON + timedelta(days=1), NOON + timedelta(days=90)
    refusal = desk.knowing.refuse(ada, "offers", soon)
    clock.move(days=2)
    desk.knowing.ask_again_after(refusal, later)
    desk.knowing.put_day_back(refusal, soon)
    assert desk.knowing.refusal(refusal).ask_again_after == soon
    desk.knowing.lift(refusal)
    with pytest.raises(Refused, match="stands no longer"):
        desk.knowing.put_day_back(refusal, None)


def test_what_cannot_be_refused_is_not(desk: Desk, ada: int) -> None:
    with pytest.raises(BadInput):
        desk.knowing.refuse(ada, " ")
    with pytest.raises(Refused, match="passed"):
        desk.knowing.refuse(ada, "offers", NOON - timedelta(days=1))
    with pytest.raises(NotFound):
        desk.knowing.refuse(404, "offers")
    refusal = desk.knowing.refuse(ada, "offers")
    with pytest.raises(Refused, match="passed"):
        desk.knowing.ask_again_after(refusal, NOON - timedelta(days=1))
    desk.knowing.lift(refusal, version=1)
    with pytest.raises(Conflict):
        desk.knowing.restore_refusal(refusal, version=1)
    with pytest.raises(Conflict):
        desk.knowing.lift(refusal, version=1)


def point(desk: Desk, who: int) -> int:
    [one] = desk.opening.customer(who).dossier.customer.contact_points
    return cast(int, one.id)


def withdrawn(desk: Desk, who: int) -> None:
    """A chat of theirs is put to somebody, who does not want to be written to there."""
    desk.conversing.attach(newest(desk).id, who)
    assert desk.knowing.consent(point(desk, who), "withdrawn") == who


def test_consent_is_set_and_told(desk: Desk, ada: int) -> None:
    chat(desk)
    withdrawn(desk, ada)
    desk.knowing.consent(point(desk, ada), "withdrawn")
    [one] = desk.opening.customer(ada).dossier.customer.contact_points
    assert one.consent == "withdrawn"
    rows = desk.store.reader().rows("SELECT kind, customer_id FROM events WHERE kind LIKE 'cons%'")
    assert [tuple(row) for row in rows] == [("consent.withdrawn", ada)]
    with pytest.raises(BadInput):
        desk.knowing.consent(point(desk, ada), cast(Consent, "maybe"))
    with pytest.raises(NotFound):
        desk.knowing.consent(404, "given")


def test_what_they_prefer_comes_first_and_is_told(desk: Desk, ada: int) -> None:
    chat(desk)
    desk.conversing.attach(newest(desk).id, ada)
    one = point(desk, ada)
    assert desk.knowing.prefer(one) == ada
    desk.knowing.prefer(one)
    assert desk.opening.customer(ada).dossier.customer.contact_points[0].preferred
    desk.knowing.prefer(one, preferred=False)
    assert not desk.opening.customer(ada).dossier.customer.contact_points[0].preferred
    rows = desk.store.reader().rows(
        "SELECT kind, customer_id FROM events WHERE kind LIKE 'contact.%' ORDER BY sequence"
    )
    told = [("contact.preferred", ada), ("contact.not_preferred", ada)]
    assert [tuple(row) for row in rows] == told


def test_who_writes_is_answered_and_an_answer_goes_on_for_a_day(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    call = chat(desk)
    withdrawn(desk, ada)
    clock.move(days=3)
    first = desk.sending.send(call, "you asked about your bill")
    clock.move(hours=23)
    desk.sending.send(call, "and here it is")
    clock.move(hours=2)
    with pytest.raises(Refused, match="withdrew their consent"):
        desk.sending.send(call, "by the way, we have a new tariff")
    desk.sending.claim("chat")
    report(desk, first, delivered=False)
    with pytest.raises(Refused, match="withdrew their consent"):
        desk.sending.again(first)
    desk.conversing.take(MessageSignal("chat", "1", "c2", "customer", "one more thing"))
    desk.sending.send(call, "yes?")


def test_no_role_and_no_file_overrides_a_withdrawn_consent(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    call = chat(desk)
    desk.sending.send(call, "hello")
    withdrawn(desk, ada)
    clock.move(days=2)
    with pytest.raises(Refused, match="withdrew their consent"):
        desk.sending.send(call, "hello again")
    desk.knowing.consent(point(desk, ada), "given")
    desk.sending.send(call, "they allow it again")


def test_consent_is_each_persons_own_where_a_number_is_shared(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    call = chat(desk)
    desk.sending.send(call, "hello")
    bo = desk.registering.customer("Bo Lind")
    withdrawn(desk, ada)
    clock.move(days=2)
    desk.conversing.move(call, bo)
    desk.sending.send(call, "hello, Bo")


def test_while_nobody_is_known_anybodys_withdrawal_counts(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    chat(desk)
    bo = desk.registering.customer("Bo Lind")
    withdrawn(desk, ada)
    desk.conversing.take(CallSignal("chat", "2", "ringing", sender="@ada"))
    desk.conversing.move(newest(desk).id, bo)
    desk.conversing.take(CallSignal("chat", "3", "ringing", sender="@ada"))
    assert newest(desk).customer_id is None
    with pytest.raises(Refused, match="withdrew their consent"):
        desk.sending.send(newest(desk).id, "hello?")


@pytest.mark.parametrize(
    ("channel", "sender", "kind"),
    [
        ("email", "ada@example.com", "email"),
        ("sms", "020 7946 0018", "phone"),
        ("sms", "+44 20 7946 0018", "phone"),
    ],
)
def test_consent_holds_in_any_writing_of_an_address(
    desk: Desk, clock: StandingClock, channel: ChannelName, sender: str, kind: str
) -> None:
    take_in(desk, kind, "ada@example.com" if kind == "email" else "(020) 7946-0018", "withdrawn")
    desk.conversing.take(CallSignal(channel, "1", "ringing", sender=sender))
    assert newest(desk).customer == "Ada Hart"
    with pytest.raises(Refused, match="withdrew their consent"):
        desk.sending.send(newest(desk).id, "news")


def test_a_file_withdraws_consent_and_never_gives_it_back(desk: Desk) -> None:
    for said, kept in (("given", "given"), ("withdrawn", "withdrawn"), ("given", "withdrawn")):
        take_in(desk, "email", "ada@example.com", said)
        [row] = desk.store.reader().rows("SELECT consent FROM contact_points")
        assert row[0] == kept


def take_in(desk: Desk, kind: str, value: str, consent: str) -> None:
    """A file that says how Ada may be reached."""
    reached = ContactPointRecord(kind, value, consent=consent)  # type: ignore[arg-type]
    person = PersonRecord(CustomerRecord("Ada Hart", "1", contact_points=(reached,)))
    desk.importing.take([SourceRow(1, "", person)], source="crm", rejected=lambda _: None)
