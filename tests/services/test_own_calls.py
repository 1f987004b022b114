"""What an agent says of a call: mine, on hold because, verified by; and the agent's own state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from agent_tui.domain.values.kinds import AgentState
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.domain.values.verification import VERIFICATIONS
from agent_tui.errors import BadInput, Refused
from agent_tui.services.desk import Desk
from agent_tui.services.registering import link_peer
from agent_tui.storage.reader import moment
from agent_tui.text.hygiene import is_clean
from tests.builders import NOON, StandingClock, make_desk
from tests.services.noted import who_calls

CARD = "4111 1111 1111 1111"


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


def ring(desk: Desk, change: Any = "ringing", call: str = "1", **other: Any) -> int:
    desk.conversing.take(CallSignal("phone", call, change, **other))
    return newest(desk).id


def newest(desk: Desk) -> Interaction:
    return desk.browsing.recent(limit=1)[0]


def events(desk: Desk, kind: str) -> int:
    row = desk.store.reader().row("SELECT count(*) FROM events WHERE kind = :kind", kind=kind)
    return int(row[0]) if row else 0


def hold(desk: Desk) -> tuple[object, str | None]:
    return newest(desk).held_at, newest(desk).hold_reason


def test_a_hold_has_its_moment_and_its_reason_until_it_ends(desk: Desk) -> None:
    ring(desk, "answered")
    at = NOON + timedelta(minutes=1)
    ring(desk, "held", at=at, reason="asking\nthe depot")
    assert hold(desk) == (at, "asking the depot")
    ring(desk, "held", at=at + timedelta(minutes=1))
    assert hold(desk) == (at, "asking the depot")
    assert events(desk, "call.held") == 1
    ring(desk, "resumed")
    assert hold(desk) == (None, None)
    ring(desk, "held")
    assert hold(desk) == (NOON, None)
    ring(desk, "ended")
    assert hold(desk) == (None, None)


def test_an_agent_says_why_somebody_holds(desk: Desk) -> None:
    call = ring(desk, "answered")
    with pytest.raises(Refused, match="on hold"):
        desk.conversing.say_hold_reason(call, "asking")
    ring(desk, "held")
    for _ in range(2):
        desk.conversing.say_hold_reason(call, f"checking \x1b[2J {CARD}")
    said = newest(desk).hold_reason
    assert said is not None
    assert said.startswith("checking")
    assert is_clean(said)
    assert CARD not in said
    assert events(desk, "interaction.hold_reason") == 1
    desk.conversing.say_hold_reason(call, " ")
    assert newest(desk).hold_reason is None


@pytest.mark.parametrize("how", [*VERIFICATIONS, "their old\tname"])
def test_a_caller_is_verified_by_a_method(desk: Desk, how: str) -> None:
    call = ring(desk)
    for _ in range(2):
        desk.conversing.verify(call, how)
    assert newest(desk).verified_how == " ".join(how.split())
    told = desk.store.reader().rows(
        "SELECT at, agent_id, interaction_id, detail FROM events "
        "WHERE kind = 'interaction.verified'"
    )
    assert [(moment(row[0]), *row[1:]) for row in told] == [(NOON, desk.agent.id, call, None)]
    desk.conversing.verify(call, None)
    assert newest(desk).verified_how is None
    assert events(desk, "interaction.unverified") == 1


@pytest.mark.parametrize("how", ["born 12.3.1980", "maiden name: Kowalski", "PIN 4", "x" * 41])
def test_an_answer_is_no_method(desk: Desk, how: str) -> None:
    call = ring(desk)
    with pytest.raises(Refused, match="never what they answered"):
        desk.conversing.verify(call, how)
    with pytest.raises(BadInput):
        desk.conversing.verify(call, "x" * 101)
    assert newest(desk).verified_how is None


def test_what_is_nobodys_is_taken_over(desk: Desk, migrated_url: str) -> None:
    call = ring(desk)
    for _ in range(2):
        desk.conversing.take_over(call)
    # A telephone says itself that it was answered.
    assert (newest(desk).agent, newest(desk).state) == ("Mira", "ringing")
    assert events(desk, "interaction.taken") == 1
    with (
        closing(make_desk(migrated_url, handle="asha")) as other,
        pytest.raises(Refused, match="colleague"),
    ):
        other.conversing.take_over(call)


def test_a_chat_that_is_taken_over_is_answered(desk: Desk) -> None:
    desk.conversing.take(MessageSignal("chat", "9", "a", "customer", "hello?"))
    desk.conversing.take_over(newest(desk).id)
    assert (newest(desk).state, newest(desk).answered_at) == ("talking", NOON)


def test_lines_keep_the_order_in_which_they_came_and_the_time_that_they_say(desk: Desk) -> None:
    ring(desk)
    times = [NOON, NOON + timedelta(days=400), NOON - timedelta(days=400), NOON]
    for number, at in enumerate(times):
        desk.conversing.take(MessageSignal("phone", "1", str(number), "customer", "x", at=at))
    desk.conversing.take(MessageSignal("phone", "1", "p", "customer", "hel", final=False))
    desk.conversing.take(MessageSignal("phone", "1", "q", "customer", "after"))
    desk.conversing.take(MessageSignal("phone", "1", "p", "customer", "hello"))
    [passage] = desk.opening.call(newest(desk).id).passages
    assert [entry.at for entry in passage.entries[:4]] == times
    assert [entry.text for entry in passage.entries[4:]] == ["hello", "after"]


def test_my_state_is_what_anybody_said_of_it_last(
    desk: Desk, clock: StandingClock, migrated_url: str
) -> None:
    assert (desk.opening.me().state, desk.opening.me().state_since) == ("ready", None)
    states: tuple[AgentState, ...] = ("after_call", "away", "ready")
    with closing(make_desk(migrated_url, now=clock)) as elsewhere:
        for state in states:
            at = clock.move(minutes=1)
            for _ in range(2):
                elsewhere.staffing.set_state(state)
                clock.move(seconds=1)
            assert (desk.opening.me().state, desk.opening.me().state_since) == (state, at)
    assert events(desk, "agent.state") == 3
    assert desk.staffing.everybody()[0].state == "ready"


def test_nobody_is_ready_again_by_traffic(desk: Desk) -> None:
    desk.staffing.set_state("after_call")
    for change in ("ringing", "answered", "held", "resumed", "ended"):
        ring(desk, change, receiver="mira")
    desk.conversing.attach_to_new(newest(desk).id, "Ada Hart")
    desk.wrapping_up.finish(newest(desk).id, "yes")
    assert desk.opening.me().state == "after_call"


def test_callers_are_known_in_two_questions(desk: Desk) -> None:
    peer = "+44 20 7946 0018"
    for call, sender in (("1", None), ("2", peer), ("3", "07700 900118"), ("4", "anonymous")):
        ring(desk, call=call, sender=sender)
    by_call = {call.peer: call.id for call in desk.opening.live()}
    people = [desk.registering.customer(f"Person {number}") for number in range(12)]
    for number, customer_id in enumerate(people):
        with desk.writing() as unit:
            link_peer(unit, customer_id=customer_id, peer=peer, region="GB")
            unit.execute(
                "UPDATE customers SET last_contact_at = :at WHERE id = :id",
                at=NOON + timedelta(minutes=number),
                id=customer_id,
            )
    live, callers = desk.opening.live_with_callers()
    assert live == desk.opening.live()
    assert set(callers) == {by_call[peer], by_call["07700 900118"], by_call["anonymous"]}
    assert {one.customer_id for one in callers[by_call[peer]]} == set(
        who_calls(desk, "020 7946 0018")
    )
    assert [one.customer_id for one in callers[by_call[peer]]] == people[:1:-1]
    assert callers[by_call["07700 900118"]] == callers[by_call["anonymous"]] == ()


def test_with_nobody_on_the_line_nobody_is_behind_it(desk: Desk) -> None:
    assert desk.opening.live_with_callers() == ((), {})


def test_a_person_ends_a_conversation_that_its_channel_never_ends(
    desk: Desk, clock: StandingClock
) -> None:
    desk.conversing.take(MessageSignal("email", "e1", "m1", "customer", "about my bill"))
    mail = newest(desk).id
    clock.move(minutes=5)
    desk.conversing.end(mail)
    ended = newest(desk)
    assert (ended.state, ended.closed_at, ended.agent) == ("ended", clock.now, "Mira")
    before = events(desk, "call.ended")
    desk.conversing.end(mail)
    assert events(desk, "call.ended") == before == 1
    desk.wrapping_up.finish(mail, "yes", outcome="answered")
    desk.conversing.end(mail)
    assert newest(desk).state == "wrapped_up"


def test_nobody_ends_the_conversation_of_a_colleague(desk: Desk, migrated_url: str) -> None:
    call = ring(desk, "answered", receiver="mira")
    with closing(make_desk(migrated_url, handle="asha")) as asha, pytest.raises(Refused):
        asha.conversing.end(call)
    assert newest(desk).state == "talking"
