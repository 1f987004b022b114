"""Lines that an agent marks on a call are its record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import BadInput, Refused
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk
from tests.services.chats import chat, drafts, entries, newest


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


def test_lines_of_a_call_are_marked_with_their_offset(desk: Desk, clock: StandingClock) -> None:
    call = chat(desk, channel="phone")
    desk.conversing.take(CallSignal("phone", "1", "answered"))
    clock.move(seconds=41)
    message = new_id()
    desk.drafting.journal(ids.show(ids.INTERACTION, call), "nob", draft_id=message, kind="message")
    for _ in range(2):
        desk.sending.mark_line(call, "nobody called me", "customer", message_id=message)
    desk.sending.mark_line(call, "we will", "agent", at=NOON + timedelta(seconds=50))
    [passage] = desk.opening.call(call).passages
    assert [(entry.speaker, entry.offset_s, entry.text) for entry in passage.entries[1:]] == [
        ("customer", 41, "nobody called me"),
        ("agent", 50, "we will"),
    ]
    assert {entry.delivery for entry in passage.entries} == {"none"}
    assert drafts(desk) == []
    assert newest(desk).agent == "Mira"
    assert desk.sending.claim("phone") == ()


def test_a_line_marked_after_the_call_belongs_to_its_end(desk: Desk, clock: StandingClock) -> None:
    call = chat(desk, channel="phone")
    clock.move(seconds=60)
    desk.conversing.take(CallSignal("phone", "1", "answered", at=NOON))
    desk.conversing.take(CallSignal("phone", "1", "ended"))
    clock.move(minutes=10)
    desk.sending.mark_line(call, "they hung up", "agent")
    assert entries(desk, call)[0].offset_s == 60
    with desk.writing() as unit:
        unit.execute("UPDATE interactions SET state = 'wrapped_up'")
    with pytest.raises(Refused, match="write a note"):
        desk.sending.mark_line(call, "more", "agent")


def test_no_line_is_marked_where_text_is_sent(desk: Desk) -> None:
    with pytest.raises(Refused, match="send it"):
        desk.sending.mark_line(chat(desk), "hello", "agent")


def test_an_empty_line_is_not_marked(desk: Desk) -> None:
    with pytest.raises(BadInput):
        desk.sending.mark_line(chat(desk, channel="phone"), " ", "agent")
