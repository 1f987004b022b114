"""A conversation in writing is taken up again when the customer writes on, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from agent_tui.domain.values.kinds import MESSAGE_CHANNELS, ChannelName
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.errors import Refused
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk
from tests.services.chats import kinds


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


def over(desk: Desk, customer_id: int, channel: ChannelName = "chat") -> int:
    """A conversation of mine that was wrapped up."""
    desk.conversing.take(CallSignal(channel, "1", "ringing"))
    say(desk, "c1", channel)
    call = newest(desk).id
    desk.conversing.attach(call, customer_id)
    for change in ("answered", "ended"):
        desk.conversing.take(CallSignal(channel, "1", change, receiver="mira"))
    desk.wrapping_up.finish(call, "yes", outcome="settled", summary="a bill")
    return call


def say(desk: Desk, id: str, channel: ChannelName = "chat", **more: Any) -> None:
    given = {"speaker": "customer", "text": "hello?", **more}
    desk.conversing.take(MessageSignal(channel, "1", id, **given))


def newest(desk: Desk) -> Interaction:
    return desk.browsing.recent(limit=1)[0]


@pytest.mark.parametrize("channel", sorted(MESSAGE_CHANNELS))
def test_whoever_writes_on_waits_again(
    desk: Desk, clock: StandingClock, ada: int, migrated_url: str, channel: ChannelName
) -> None:
    call = over(desk, ada, channel)
    since = clock.move(days=2)
    say(desk, "c2", channel)
    found = newest(desk)
    assert (found.id, found.state, found.closed_at, found.is_live) == (call, "ringing", None, True)
    assert (found.met, found.outcome, found.summary) == ("yes", "settled", "a bill")
    assert desk.store.reader().rows("SELECT wrapped_up_at FROM interactions") == [(None,)]
    assert kinds(desk)[-2:] == ["message.added", "interaction.reopened"]
    clock.move(hours=1)
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as other:
        for today in (desk.opening.today(), other.opening.today()):
            [waits] = today.unanswered
            assert (waits.call.id, waits.since) == (call, since)
            assert (today.counts.waiting, today.waiting) == (1, ())


def test_it_is_answered_ended_and_wrapped_up_anew(desk: Desk, ada: int) -> None:
    call = over(desk, ada)
    say(desk, "c2")
    desk.sending.send(call, "yes?")
    assert newest(desk).state == "talking"
    assert desk.opening.today().counts.waiting == 0
    with pytest.raises(Refused, match="still going on"):
        desk.wrapping_up.finish(call, "no")
    desk.conversing.take(CallSignal("chat", "1", "ended"))
    desk.wrapping_up.finish(call, "partly", outcome="to be seen")
    found = newest(desk)
    assert (found.state, found.met, found.outcome, found.summary) == (
        "wrapped_up",
        "partly",
        "to be seen",
        "a bill",
    )


def test_what_the_records_said_is_said_anew(desk: Desk, ada: int) -> None:
    desk.conversing.take(CallSignal("chat", "1", "answered", receiver="mira"))
    call = newest(desk).id
    desk.conversing.attach(call, ada)
    desk.noting.save("wants: a bill", interaction_id=call)
    desk.conversing.take(CallSignal("chat", "1", "ended"))
    desk.wrapping_up.finish(call, "yes")
    assert newest(desk).summary == "They wanted: a bill."
    say(desk, "c1")
    desk.noting.save("!two bills +1d", interaction_id=call)
    desk.conversing.take(CallSignal("chat", "1", "ended"))
    desk.wrapping_up.finish(call, "yes")
    assert "We promised: two bills" in (newest(desk).summary or "")


def test_one_that_nobody_answered_is_not_over_with_that(desk: Desk, clock: StandingClock) -> None:
    for change in ("ringing", "ended"):
        desk.conversing.take(CallSignal("chat", "1", change))
    assert newest(desk).outcome == "not answered"
    say(desk, "c1")
    found = newest(desk)
    assert (found.state, found.outcome) == ("ringing", None)
    assert [call.id for call in desk.opening.today().waiting] == [found.id]
    desk.conversing.take(CallSignal("chat", "1", "ended"))
    assert newest(desk).outcome == "not answered"


def test_a_parked_wrap_up_is_put_off_no_longer(desk: Desk, ada: int) -> None:
    call = over(desk, ada)
    desk.wrapping_up.reopen(call)
    desk.wrapping_up.park(call)
    say(desk, "c2")
    assert newest(desk).parked_at is None
    desk.conversing.take(CallSignal("chat", "1", "ended"))
    today = desk.opening.today()
    assert ([one.id for one in today.wrap_ups], today.parked) == ([call], ())


@pytest.mark.parametrize(
    "late",
    [
        {"id": "c1"},
        {"id": "c2", "speaker": "agent"},
        {"id": "c2", "speaker": "system"},
    ],
)
def test_what_is_said_twice_or_by_us_reopens_nothing(
    desk: Desk, ada: int, late: dict[str, Any]
) -> None:
    over(desk, ada)
    say(desk, **late)
    assert newest(desk).state == "wrapped_up"
    assert "interaction.reopened" not in kinds(desk)


def test_a_letter_that_was_long_on_its_way_is_not_lost_behind_the_wrap_up(
    desk: Desk, clock: StandingClock, ada: int
) -> None:
    over(desk, ada)
    clock.move(minutes=5)
    say(desk, "c2", at=NOON - timedelta(seconds=1))
    assert newest(desk).state == "ringing"
    assert [one.call.id for one in desk.opening.today().unanswered] == [newest(desk).id]


def test_what_came_late_reopens_nothing_that_is_still_to_be_wrapped_up(
    desk: Desk, ada: int
) -> None:
    desk.wrapping_up.reopen(over(desk, ada))
    say(desk, "c2", at=NOON - timedelta(seconds=1))
    assert newest(desk).state == "ended"


@pytest.mark.parametrize("channel", ["phone", "visit"])
def test_a_late_line_of_a_transcript_reopens_nothing(
    desk: Desk, clock: StandingClock, ada: int, channel: ChannelName
) -> None:
    over(desk, ada, channel)
    clock.move(minutes=1)
    say(desk, "c2", channel)
    assert newest(desk).state == "wrapped_up"
