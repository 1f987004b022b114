"""Signals are written in order, each before the next; a busy database is asked again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from agent_tui.domain.values.signals import CallSignal, Signal
from agent_tui.errors import AgentTuiError, BadInput, Conflict, Unavailable
from agent_tui.services.desk import Desk
from agent_tui.services.patience import TRIES
from agent_tui.services.receiving import Receiving
from tests.builders import make_desk

RINGING = CallSignal("phone", "7", "ringing")


class Busy:
    """A desk's conversing that fails some times before it works."""

    def __init__(self, *errors: AgentTuiError) -> None:
        self._errors = list(errors)
        self.taken: list[Signal] = []

    def take(self, signal: Signal) -> None:
        if self._errors:
            raise self._errors.pop(0)
        self.taken.append(signal)


@pytest.fixture
def desk(migrated_sqlite_url: str) -> Iterator[Desk]:
    desk = make_desk(migrated_sqlite_url)
    yield desk
    desk.close()


def busy(desk: Desk, *errors: AgentTuiError) -> Busy:
    fake = Busy(*errors)
    desk.__dict__["conversing"] = fake
    return fake


def lines(*events: dict[str, Any]) -> list[bytes]:
    return [json.dumps(event).encode() for event in events]


def test_a_busy_database_is_asked_again_after_growing_pauses(desk: Desk) -> None:
    fake = busy(desk, Unavailable("locked"), Conflict("changed"), Unavailable("locked"))
    pauses: list[float] = []
    Receiving(desk, wait=pauses.append).take(RINGING)
    assert fake.taken == [RINGING]
    assert pauses == [0.05, 0.1, 0.2]


def test_asking_again_ends(desk: Desk) -> None:
    fake = busy(desk, *[Unavailable("locked")] * TRIES)
    with pytest.raises(Unavailable):
        Receiving(desk, wait=lambda _: None).take(RINGING)
    assert fake.taken == []


def test_what_cannot_be_taken_is_not_asked_again(desk: Desk) -> None:
    busy(desk, BadInput("no such message"))
    with pytest.raises(BadInput):
        Receiving(desk, wait=lambda _: pytest.fail("waited")).take(RINGING)


def test_bad_lines_are_numbered_and_the_others_taken(desk: Desk) -> None:
    feed = [
        b"\n",
        *lines({"type": "ringing", "call": "7"}),
        b"nonsense\n",
        *lines(
            {"type": "delivered", "call": "7", "id": "x"},
            {"type": "message", "call": "7", "id": "1", "speaker": "customer", "text": "hello"},
        ),
    ]
    skipped = list(Receiving(desk).read(feed, channel="phone"))
    assert [bad.line for bad in skipped] == [3, 4]
    [passage] = desk.opening.call(desk.opening.live()[0].id).passages
    assert [entry.text for entry in passage.entries] == ["hello"]


def test_a_line_is_on_disk_before_the_next_is_read(desk: Desk) -> None:
    seen: list[int] = []

    def feed() -> Iterator[bytes]:
        for call in ("1", "2", "3"):
            seen.append(len(desk.opening.live()))
            yield json.dumps({"type": "ringing", "call": call}).encode()

    assert list(Receiving(desk).read(feed(), channel="phone")) == []
    assert seen == [0, 1, 2]


def test_a_line_that_cannot_be_written_ends_the_feed_and_is_named(desk: Desk) -> None:
    fake = busy(desk, *[Unavailable("the disk is full")] * TRIES)
    feed = iter(lines({"type": "ringing", "call": "1"}, {"type": "ringing", "call": "2"}))
    with pytest.raises(Unavailable) as caught:
        list(Receiving(desk, wait=lambda _: None).read(feed, channel="phone"))
    assert caught.value.message.startswith("line 1 ")
    assert "the disk is full" in caught.value.message
    assert fake.taken == []
    assert len(list(feed)) == 1
