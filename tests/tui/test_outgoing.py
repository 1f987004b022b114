"""What an agent sends leaves by the channel of the program that takes it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing

import pytest

from agent_tui.domain.values.kinds import ChannelName
from agent_tui.domain.values.outbox import OutMessage
from agent_tui.domain.values.signals import CallSignal, Signal
from agent_tui.errors import AgentTuiError, Unavailable
from agent_tui.services.desk import Desk
from agent_tui.tui import outgoing
from agent_tui.tui.app import DeskApp
from agent_tui.tui.outgoing import served
from tests.builders import make_desk
from tests.tui.conftest import PATIENCE_S


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "BEGINS_AFTER_S", 0.0)


@pytest.fixture
def desk(migrated_sqlite_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_sqlite_url)) as made:
        yield made


class Chat:
    """A chat that keeps what it is handed."""

    name: ChannelName = "chat"

    def __init__(self) -> None:
        self.out: queue.Queue[str] = queue.Queue()
        self.closed = threading.Event()

    def take(self, message: OutMessage) -> None:
        self.out.put(message.text)

    def signals(self) -> Iterable[Signal]:
        self.closed.wait(PATIENCE_S)
        return iter(())

    def close(self) -> None:
        self.closed.set()


def waiting(desk: Desk) -> None:
    """Somebody writes, and is answered."""
    desk.conversing.take(CallSignal("chat", "1", "ringing"))
    desk.sending.send(desk.opening.live()[0].id, "hello")


def no_end(error: AgentTuiError) -> None:
    raise error


async def test_the_app_serves_the_outbox_of_its_channels(
    desk: Desk, migrated_sqlite_url: str
) -> None:
    waiting(desk)
    channel = Chat()
    app = DeskApp(lambda: make_desk(migrated_sqlite_url), channels=[channel])
    async with app.run_test() as pilot:
        while channel.out.empty():
            await pilot.pause(0.01)
        await app.action_quit()
    assert channel.out.get_nowait() == "hello"
    assert channel.closed.is_set()


def test_it_is_served_while_the_block_runs(desk: Desk) -> None:
    channel = Chat()
    with served(desk, channel, no_end):
        waiting(desk)
        assert channel.out.get(timeout=PATIENCE_S) == "hello"
    desk.sending.send(desk.opening.live()[0].id, "too late")
    assert len(desk.sending.waiting("chat")) == 1


def test_a_channel_that_only_speaks_is_left_alone(desk: Desk) -> None:
    waiting(desk)
    before = threading.active_count()
    with served(desk, object(), no_end):
        assert threading.active_count() == before
    assert len(desk.sending.waiting("chat")) == 1


def test_a_database_that_stays_shut_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(*_: object, **__: object) -> None:
        raise Unavailable("no database")

    monkeypatch.setattr(desk.sending, "claim", shut)
    lost: queue.Queue[AgentTuiError] = queue.Queue()
    with served(desk, Chat(), lost.put):
        assert lost.get(timeout=PATIENCE_S).message == "no database"
