"""The outbox: nothing is lost, sent by two at once, or overtaken within its call."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.services.desk import Desk
from agent_tui.services.sending import LEASE
from agent_tui.storage.queries import outbox
from agent_tui.storage.reader import Row, SqliteReader
from tests.builders import NOON, StandingClock, make_desk
from tests.processes import run_python
from tests.services.chats import chat, delivery, kinds


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


def test_a_channel_takes_what_waits_on_it_and_nothing_else(desk: Desk) -> None:
    first, mail = chat(desk), chat(desk, "9", "email")
    messages = [desk.sending.send(first, text) for text in ("one", "two")]
    desk.sending.send(mail, "by mail")
    out = desk.sending.claim("chat")
    assert [(one.call, one.text, one.message_id) for one in out] == [
        ("1", "one", messages[0]),
        ("1", "two", messages[1]),
    ]
    assert [one.id for one in out] == [ids.show(ids.MESSAGE, message) for message in messages]
    for message in messages:
        assert delivery(desk, message)[0] == "waiting"
        desk.sending.taken(message)
        desk.sending.taken(message)
        assert delivery(desk, message)[0] == "sent"
    assert kinds(desk).count("message.sent") == 2
    assert desk.sending.waiting("chat") == []


def test_what_is_claimed_is_nobody_elses_until_the_claim_runs_out(
    desk: Desk, clock: StandingClock
) -> None:
    message = desk.sending.send(chat(desk), "Hello.")
    assert len(desk.sending.claim("chat")) == 1
    clock.now = NOON + LEASE - timedelta(microseconds=1)
    assert desk.sending.claim("chat") == ()
    clock.now = NOON + LEASE
    assert [one.message_id for one in desk.sending.claim("chat")] == [message]
    clock.now = NOON + 2 * LEASE - timedelta(microseconds=1)
    assert desk.sending.claim("chat") == ()


def test_a_clock_that_was_set_back_does_not_hold_messages_up(
    desk: Desk, clock: StandingClock
) -> None:
    desk.sending.send(chat(desk), "Hello.")
    assert len(desk.sending.claim("chat")) == 1
    clock.move(hours=-1)
    assert len(desk.sending.claim("chat")) == 1


def test_a_claim_that_is_given_back_is_free_at_once(desk: Desk, clock: StandingClock) -> None:
    call = chat(desk)
    for text in ("one", "two", "three"):
        desk.sending.send(call, text)
    out = desk.sending.claim("chat", at=NOON)
    desk.sending.taken(out[0].message_id)
    left = [one.message_id for one in out[1:]]
    desk.sending.give_back(left, NOON - timedelta(seconds=1))
    assert desk.sending.claim("chat") == ()
    desk.sending.give_back(left, NOON)
    assert [one.text for one in desk.sending.claim("chat")] == ["two", "three"]


def test_a_later_message_waits_for_one_of_its_call_in_other_hands(
    desk: Desk, clock: StandingClock
) -> None:
    first, second = chat(desk), chat(desk, "2")
    one = desk.sending.send(first, "one")
    assert [out.text for out in desk.sending.claim("chat")] == ["one"]
    desk.sending.send(first, "two")
    desk.sending.send(second, "elsewhere")
    clock.move(seconds=1)
    assert [out.text for out in desk.sending.claim("chat")] == ["elsewhere"]
    desk.sending.taken(one)
    assert [out.text for out in desk.sending.claim("chat")] == ["two"]


def test_a_small_bite_takes_the_beginning_of_a_call(desk: Desk) -> None:
    call = chat(desk)
    # Ids are made when the writing begins: the second text was begun first.
    later, earlier = new_id(), new_id()
    desk.sending.send(call, "first", message_id=earlier)
    desk.sending.send(call, "second", message_id=later)
    assert [out.text for out in desk.sending.claim("chat", limit=1)] == ["first"]


def test_channels_that_claim_at_once_share_without_doubling_or_overtaking(
    migrated_url: str,
) -> None:
    desks = [make_desk(migrated_url, handle=handle) for handle in ("mira", "asha", "tom")]
    for number in range(4):
        call = chat(desks[0], str(number))
        for text in range(6):
            desks[0].sending.send(call, str(text))
    handed: list[tuple[str, str]] = []
    start = threading.Barrier(len(desks))

    def serve(desk: Desk) -> None:
        start.wait()
        while desk.sending.waiting("chat"):
            for message in desk.sending.claim("chat", limit=3):
                handed.append((message.call, message.text))
                desk.sending.taken(message.message_id)

    threads = [threading.Thread(target=serve, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(4):
        mine = [text for call, text in handed if call == str(number)]
        assert mine == [str(text) for text in range(6)]
    for desk in desks:
        desk.close()


DIES = """
import os, signal, sys
from tests.builders import make_desk
desk = make_desk(sys.argv[1], handle="asha")
[message] = desk.sending.claim("chat")
sys.stdout.write(message.id)
sys.stdout.flush()
if os.fork() == 0:
    os.kill(os.getppid(), signal.SIGKILL)
    os._exit(0)
signal.pause()
"""


def test_a_channel_that_dies_with_a_message_in_hand_loses_nothing(
    desk: Desk, clock: StandingClock, migrated_url: str
) -> None:
    message = desk.sending.send(chat(desk), "Hello.")
    with pytest.raises(AssertionError):
        run_python(DIES, migrated_url)
    assert delivery(desk, message)[0] == "waiting"
    assert desk.sending.claim("chat") == ()
    clock.now += LEASE
    [again] = desk.sending.claim("chat")
    assert (again.message_id, again.id) == (message, ids.show(ids.MESSAGE, message))


class Explained(SqliteReader):
    """Keeps how the database means to answer each question about what waits."""

    def __init__(self, path: str) -> None:
        super().__init__(sqlite3.connect(path))
        self.plans: list[list[str]] = []

    def rows(self, sql: str, /, **parameters: Any) -> list[Row]:
        self._explain(sql, parameters)
        return super().rows(sql, **parameters)

    def row(self, sql: str, /, **parameters: Any) -> Row | None:
        self._explain(sql, parameters)
        return super().row(sql, **parameters)

    def _explain(self, sql: str, parameters: dict[str, Any]) -> None:
        if "'waiting'" in sql:
            steps = super().rows(f"EXPLAIN QUERY PLAN {sql}", **parameters)
            self.plans.append([step[3] for step in steps])


def test_looking_for_what_waits_costs_the_same_whatever_was_said(migrated_sqlite_url: str) -> None:
    with closing(make_desk(migrated_sqlite_url)) as desk:
        desk.sending.send(chat(desk), "Hello.")
    span = {"expired": NOON - LEASE, "ahead": NOON + LEASE}
    with closing(Explained(migrated_sqlite_url.removeprefix("sqlite:///"))) as reader:
        unit: Any = SimpleNamespace(reader=reader, now=NOON)
        assert outbox.waiting(reader, channel="chat")
        assert outbox.is_free(reader, channel="chat", **span)
        assert outbox.claim(unit, channel="chat", limit=5, **span)
    assert len(reader.plans) == 3
    for plan in reader.plans:
        walked = [step for step in plan if step.startswith("SCAN")]
        assert walked
        assert all(step.endswith("messages_waiting") for step in walked), plan
