"""Whom the desk is about, without a screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from agent_tui.domain.values.briefing import Balance, Brief, OpenedCustomer
from agent_tui.domain.values.people import Customer, Dossier, Interaction
from agent_tui.tui.screens.whom import Whom
from tests.builders import NOON

ADA, BEN, MIRA, ASHA = 1, 2, 7, 8


def call(number: int, customer_id: int | None = ADA, state: str = "talking") -> Interaction:
    return Interaction(
        id=number,
        customer_id=customer_id,
        customer=None,
        channel="phone",
        direction="in",
        state=state,  # type: ignore[arg-type]
        opened_at=NOON + timedelta(minutes=number),
        answered_at=None,
        closed_at=None,
        agent_id=MIRA,
        agent="Mira",
        agenda=None,
        met="not_asked",
        outcome=None,
        topics=(),
    )


def records(customer_id: int, *calls: Interaction) -> OpenedCustomer:
    customer = Customer(customer_id, "Ada")
    dossier = Dossier(customer=customer, interactions=calls)
    return OpenedCustomer(dossier, Brief(customer, (), Balance(0, 0)))


def test_what_arrives_for_somebody_else_by_now_is_not_wanted() -> None:
    whom = Whom()
    whom.look_at(ADA)
    whom.look_at(BEN)
    assert not whom.take_records(records(ADA))
    assert whom.take_records(records(BEN))
    assert whom.open(BEN)
    assert not whom.open(BEN)
    assert whom.name == "Ada"
    assert whom.is_opened_shown


def test_a_caller_on_hand_takes_the_place_of_whoever_was_opened() -> None:
    whom = Whom()
    whom.open(ADA)
    whom.take(call(5, None))
    assert whom.someone
    assert whom.opened is None
    whom.refresh((call(5, None, "on_hold"), call(6)))
    assert whom.on_hand is not None
    assert whom.on_hand.state == "on_hold"
    whom.refresh(())
    assert whom.call(MIRA) is whom.on_hand, "a call that ended stays on hand"
    whom.leave()
    assert not whom.someone


def test_the_call_of_the_screen_goes_on_or_was_left_open_by_this_agent() -> None:
    whom = Whom()
    whom.look_at(ADA)
    whom.open(ADA)
    ended = call(3, state="ended")
    whom.take_records(records(ADA, ended, call(2, state="wrapped_up")))
    assert whom.call(MIRA) == ended
    assert whom.call(ASHA) is None, "another agent's wrap-up"
    whom.take_records(records(ADA, ended, call(4)))
    assert whom.call(ASHA) == call(4), "what goes on, whoever talks"
    whom.look_at(BEN)
    assert whom.call(MIRA) is None, "the context is about somebody else"


def test_calls_on_the_screen_are_told_from_those_elsewhere() -> None:
    whom = Whom()
    whom.open(ADA)
    assert whom.is_about(call(1))
    assert not whom.is_about(call(2, BEN))
    assert not whom.is_about(call(3, None))
    whom.take(call(3, None))
    assert whom.is_about(replace(call(3, None), state="on_hold"))


def test_the_interaction_that_somebody_was_opened_for_goes_before_the_others() -> None:
    whom = Whom()
    whom.look_at(ADA)
    missed = replace(call(1, state="ended"), agent_id=None)
    parked = replace(call(2, state="ended"), parked_at=NOON)
    ended = call(3, state="ended")
    whom.open(ADA)
    whom.take_records(records(ADA, ended, parked, missed))
    assert whom.call(MIRA) == ended
    for meant in (parked, missed):
        whom.open(ADA, meant.id)
        assert whom.call(MIRA) == meant
    whom.take_records(records(ADA, ended, parked, replace(missed, state="wrapped_up")))
    assert whom.call(MIRA) == ended
    whom.open(ADA)
    whom.take_records(records(ADA, parked))
    assert whom.call(MIRA) is None, "what was parked waits until it is meant"
