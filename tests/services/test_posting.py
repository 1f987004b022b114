"""Posting: what agents send is handed over as it comes, and none of it is lost on the way."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from agent_tui.domain.values.outbox import OutMessage
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.services.posting import Posting
from agent_tui.services.sending import LEASE
from tests.builders import StandingClock, make_desk

PATIENCE_S = 20.0


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


def chat(desk: Desk, call: str = "1") -> int:
    desk.conversing.take(CallSignal("chat", call, "ringing"))
    return desk.browsing.recent(limit=1)[0].id


class Served:
    """A channel that is being served in a thread."""

    def __init__(self, desk: Desk, outlet: Callable[[OutMessage], None] | None = None) -> None:
        self.out: queue.Queue[str] = queue.Queue()
        self.error: BaseException | None = None
        self.posting = Posting(desk, "chat", outlet or self.take, wait=lambda _: None)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def take(self, message: OutMessage) -> None:
        self.out.put(message.text)

    def next(self) -> str:
        return self.out.get(timeout=PATIENCE_S)

    def ended(self) -> None:
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self.posting.run()
        except BaseException as error:
            self.error = error


@contextmanager
def served(desk: Desk) -> Iterator[Served]:
    running = Served(desk)
    try:
        yield running
    finally:
        running.posting.end()
        running.ended()
    assert running.error is None


def test_what_waits_and_what_comes_is_handed_over_in_order(desk: Desk, migrated_url: str) -> None:
    call = chat(desk)
    for text in ("one", "two"):
        desk.sending.send(call, text)
    with served(desk) as channel, closing(make_desk(migrated_url, handle="asha")) as other:
        assert [channel.next(), channel.next()] == ["one", "two"]
        other.sending.send(call, "three")
        assert channel.next() == "three"
    assert desk.sending.waiting("chat") == []


def test_all_that_waits_at_the_end_leaves_before_it(desk: Desk) -> None:
    call = chat(desk)
    for number in range(120):
        desk.sending.send(call, str(number))
    with served(desk) as channel:
        pass
    assert [channel.out.get_nowait() for _ in range(120)] == [str(each) for each in range(120)]
    assert desk.sending.waiting("chat") == []


def test_what_a_dead_channel_had_in_hand_leaves_when_its_claim_has_run_out(
    desk: Desk, clock: StandingClock
) -> None:
    desk.sending.send(chat(desk), "one")
    desk.sending.claim("chat")
    channel = Served(desk)
    channel.posting.end()
    assert channel.out.empty()
    clock.now += LEASE
    assert channel.next() == "one"
    channel.ended()
    assert desk.sending.waiting("chat") == []


def test_told_to_end_at_once_it_waits_for_nobody(desk: Desk) -> None:
    desk.sending.send(chat(desk), "one")
    desk.sending.claim("chat")
    channel = Served(desk)
    channel.posting.end(at_once=True)
    channel.ended()
    assert channel.error is None
    assert len(desk.sending.waiting("chat")) == 1


def test_what_the_outlet_would_not_take_waits_for_the_next_one(desk: Desk) -> None:
    call = chat(desk)
    for text in ("one", "two", "three"):
        desk.sending.send(call, text)
    taken: list[str] = []

    def breaks(message: OutMessage) -> None:
        if message.text == "two":
            raise BrokenPipeError
        taken.append(message.text)

    channel = Served(desk, breaks)
    channel.ended()
    assert isinstance(channel.error, BrokenPipeError)
    assert taken == ["one"]
    assert [out.text for out in desk.sending.claim("chat")] == ["two", "three"]


def test_a_slow_outlet_never_hands_over_what_another_may_have(
    desk: Desk, clock: StandingClock
) -> None:
    call = chat(desk)
    for text in ("one", "two"):
        desk.sending.send(call, text)
    claims: list[int] = []
    claim = desk.sending.claim

    def counted(*words: object, **more: object) -> tuple[OutMessage, ...]:
        found = claim(*words, **more)  # type: ignore[arg-type]
        claims.extend([len(found)] if found else [])
        return found

    desk.sending.claim = counted  # type: ignore[method-assign]
    said: list[str] = []

    def slow(message: OutMessage) -> None:
        said.append(message.text)
        clock.move(seconds=LEASE.total_seconds() - 1)

    channel = Served(desk, slow)
    channel.posting.end()
    channel.ended()
    assert said == ["one", "two"]
    assert claims == [2, 1]


def test_a_message_that_could_not_be_marked_is_not_given_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.sending.send(chat(desk), "one")
    asked: list[int] = []

    def refuse(message_id: int) -> None:
        asked.append(message_id)
        raise Unavailable("the disk is full")

    monkeypatch.setattr(desk.sending, "taken", refuse)
    channel = Served(desk)
    channel.ended()
    assert isinstance(channel.error, Unavailable)
    assert len(asked) == 5
    assert channel.out.qsize() == 1
    assert desk.sending.claim("chat") == ()


def test_two_that_serve_one_channel_hand_each_message_over_once(
    desk: Desk, migrated_url: str
) -> None:
    calls = [chat(desk, str(number)) for number in range(4)]
    with closing(make_desk(migrated_url, handle="asha")) as other:
        channels = [Served(desk), Served(other)]
        for number in range(10):
            for call in calls:
                desk.sending.send(call, f"{call} {number}")
        for channel in channels:
            channel.posting.end()
        for channel in channels:
            channel.ended()
            assert channel.error is None
    said = [one for channel in channels for one in channel.out.queue]
    assert sorted(said) == sorted(f"{call} {number}" for call in calls for number in range(10))
