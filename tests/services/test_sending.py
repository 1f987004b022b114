"""Sending: what may be sent, once, with its draft; a conversation becomes whose who answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.kinds import ChannelName
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.desk import Desk
from agent_tui.text.hygiene import is_clean
from tests.builders import NOON, StandingClock, make_desk
from tests.services.chats import chat, drafts, entries, kinds, newest, report
from tests.text.nasty import NASTY

CARD = "4111 1111 1111 1111"


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


def test_what_is_sent_waits_and_its_draft_ends(desk: Desk) -> None:
    call, message = chat(desk), new_id()
    desk.drafting.journal(ids.show(ids.INTERACTION, call), "Hel", draft_id=message, kind="message")
    assert drafts(desk) == [(message, "Hel")]
    assert desk.sending.send(call, "Hello, Ada.\nHow are you?", message_id=message) == message
    assert drafts(desk) == []
    [entry] = entries(desk, call)
    assert (entry.text, entry.delivery, entry.at) == (
        "Hello, Ada.\nHow are you?",
        "waiting",
        NOON,
    )
    row = desk.store.reader().row(
        "SELECT author_id, external_id FROM messages WHERE id > 0 AND speaker = 'agent'"
    )
    assert tuple(row or ()) == (desk.agent.id, ids.show(ids.MESSAGE, message))


def test_who_answers_first_has_the_conversation(desk: Desk) -> None:
    call = chat(desk)
    assert (newest(desk).agent, newest(desk).state) == (None, "ringing")
    desk.sending.send(call, "hello")
    assert (newest(desk).agent, newest(desk).state) == ("Mira", "talking")
    assert newest(desk).answered_at == NOON
    assert "interaction.taken" in kinds(desk)


def test_a_colleague_may_write_in_a_conversation_that_stays_its_agents(
    desk: Desk, migrated_url: str
) -> None:
    call = chat(desk)
    desk.sending.send(call, "hello")
    with closing(make_desk(migrated_url, handle="asha")) as other:
        other.sending.send(call, "and from me")
        with pytest.raises(Refused, match="colleague"):
            other.conversing.take_over(call)
    assert newest(desk).agent == "Mira"
    assert kinds(desk).count("interaction.taken") == 1


def test_the_same_message_sent_twice_is_one(desk: Desk) -> None:
    call, message = chat(desk), new_id()
    for _ in range(2):
        desk.sending.send(call, "Hello.", message_id=message)
    desk.conversing.take(CallSignal("chat", "1", "ended"))
    desk.sending.send(call, "Hello.", message_id=message)
    assert [entry.text for entry in entries(desk, call)] == ["Hello."]
    assert kinds(desk).count("message.added") == 2


def test_another_text_under_a_sent_id_is_a_message_of_its_own(desk: Desk) -> None:
    call = chat(desk)
    first = desk.sending.send(call, "Hello.")
    assert desk.sending.send(call, "Hello again.", message_id=first) != first
    assert [entry.text for entry in entries(desk, call)] == ["Hello.", "Hello again."]


def test_a_refused_message_keeps_its_draft(desk: Desk) -> None:
    call, message = chat(desk), new_id()
    desk.drafting.journal(
        ids.show(ids.INTERACTION, call), "Hello", draft_id=message, kind="message"
    )
    desk.conversing.take(CallSignal("chat", "1", "ended"))
    with pytest.raises(Refused, match="ended by its channel"):
        desk.sending.send(call, "Hello", message_id=message)
    assert drafts(desk) == [(message, "Hello")]
    assert entries(desk, call) == []


@pytest.mark.parametrize("channel", ["email", "sms", "web", "other"])
def test_other_channels_of_messages_send_too(desk: Desk, channel: ChannelName) -> None:
    message = desk.sending.send(chat(desk, channel=channel), "Hello.")
    [out] = desk.sending.claim(channel)
    assert (out.message_id, out.to) == (message, "@ada")


@pytest.mark.parametrize("channel", ["phone", "visit"])
def test_a_call_has_no_text_of_its_own(desk: Desk, channel: ChannelName) -> None:
    with pytest.raises(Refused, match="mark a line"):
        desk.sending.send(chat(desk, channel=channel), "Hello.")


@pytest.mark.parametrize("text", ["", " \n "])
def test_nothing_is_not_sent(desk: Desk, text: str) -> None:
    call = chat(desk)
    with pytest.raises(BadInput, match="type something"):
        desk.sending.send(call, text)
    assert newest(desk).agent is None


def test_what_came_from_a_file_cannot_be_answered(desk: Desk) -> None:
    call = chat(desk)
    with desk.writing() as unit:
        unit.execute("UPDATE interactions SET source = 'crm'")
    with pytest.raises(Refused, match="from a file"):
        desk.sending.send(call, "Hello.")


def test_a_wrapped_up_conversation_is_over(desk: Desk) -> None:
    call = chat(desk)
    with desk.writing() as unit:
        unit.execute("UPDATE interactions SET state = 'wrapped_up'")
    with pytest.raises(Refused, match="reopen it"):
        desk.sending.send(call, "Hello.")


def test_hostile_texts_are_sent_inert_and_without_cards(desk: Desk) -> None:
    call = chat(desk)
    for text in NASTY:
        try:
            desk.sending.send(call, text)
        except BadInput:
            continue
    desk.sending.send(call, f"my card is {CARD}")
    sent = [entry.text for entry in entries(desk, call)]
    assert len(sent) > len(NASTY) / 2
    assert all(is_clean(text) for text in sent)
    assert CARD not in sent[-1]
    assert all(is_clean(one.text) for one in desk.sending.claim("chat", limit=1_000))


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: desk.sending.send(404, "hello"),
        lambda desk: desk.sending.mark_line(404, "hello", "agent"),
        lambda desk: desk.sending.take_back(404),
        lambda desk: desk.conversing.take_over(404),
    ],
)
def test_what_is_not_there_is_not_written_to(desk: Desk, act: Callable[[Desk], object]) -> None:
    with pytest.raises(NotFound):
        act(desk)


def test_no_event_holds_a_word_of_what_was_sent_or_said(desk: Desk) -> None:
    secret = "zanzibar"
    call = chat(desk)
    message = desk.sending.send(call, secret)
    desk.sending.claim("chat")
    report(desk, message, delivered=False, reason=secret)
    desk.sending.again(message)
    desk.sending.take_back(desk.sending.send(call, secret))
    desk.conversing.take(CallSignal("chat", "1", "held", reason=secret))
    desk.conversing.say_hold_reason(call, f"{secret} again")
    desk.conversing.verify(call, secret)
    desk.sending.mark_line(chat(desk, "2", "phone"), secret, "customer")
    rows = desk.store.reader().rows("SELECT * FROM events")
    assert len(rows) >= 12
    assert secret not in repr([tuple(row) for row in rows])
