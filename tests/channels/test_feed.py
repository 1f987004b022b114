"""The feed contract, line by line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_tui.channels.feed import (
    NAMED_AT_MOST,
    BadLine,
    UnknownField,
    decode,
    read_feed,
    to_event,
    to_signal,
)
from agent_tui.domain.values.outbox import OutMessage
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, MessageSignal, Signal
from agent_tui.errors import BadInput

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MESSAGE = {"type": "message", "call": "c", "id": "u1", "speaker": "customer", "text": "hi"}


def parse(event: Any) -> Signal:
    line = event if isinstance(event, bytes | str) else json.dumps(event)
    return to_signal(decode(line), channel="phone", now=NOW, zone=BERLIN)


@pytest.mark.parametrize("change", ["ringing", "answered", "held", "resumed", "ended"])
def test_a_call_changes(change: str) -> None:
    signal = parse({"type": change, "call": "c7"})
    assert isinstance(signal, CallSignal)
    assert (signal.channel, signal.call, signal.change, signal.at) == ("phone", "c7", change, NOW)


def test_who_rings() -> None:
    event = {"type": "ringing", "call": "c", "from": "+44 1", "to": "+44 2", "name": "Ann"}
    signal = parse(event | {"at": "2026-07-01T10:00", "queue": {"beyond": "the contract"}})
    assert signal == CallSignal(
        channel="phone",
        call="c",
        change="ringing",
        sender="+44 1",
        receiver="+44 2",
        name="Ann",
        at=datetime(2026, 7, 1, 8, tzinfo=UTC),
    )


def test_why_a_call_is_held() -> None:
    signal = parse({"type": "held", "call": "c", "reason": "asking the depot"})
    assert isinstance(signal, CallSignal)
    assert signal.reason == "asking the depot"


def test_what_a_channel_is_told_to_send() -> None:
    message = OutMessage(1, "c7", "m_1", "hello\nthere", "@ada")
    assert to_event(message) == {"type": "send", "call": "c7", "id": "m_1", "text": "hello\nthere"}


def test_a_message_is_final_unless_it_says_otherwise() -> None:
    signal = parse(MESSAGE)
    assert signal == MessageSignal("phone", "c", "u1", "customer", "hi", final=True, at=NOW)
    partial = parse(MESSAGE | {"final": False, "text": ""})
    assert isinstance(partial, MessageSignal)
    assert (partial.final, partial.text) == (False, "")


def test_what_became_of_a_message() -> None:
    assert parse({"type": "delivered", "call": "c", "id": "m"}) == DeliverySignal(
        "phone", "c", "m", delivered=True
    )
    assert parse({"type": "failed", "call": "c", "id": "m", "reason": "gone"}) == DeliverySignal(
        "phone", "c", "m", delivered=False, reason="gone"
    )


def test_a_cut_off_emoji_is_no_bad_line() -> None:
    signal = parse('{"type":"message","call":"c","id":"1","speaker":"customer","text":"\\ud83d"}')
    assert isinstance(signal, MessageSignal)
    assert signal.text == "\ud83d"


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ("nonsense", "not JSON: Expecting value at character 1"),
        ("[]", "an event must be an object in braces"),
        (b'{"\xff"}', "byte 3 of the line is not UTF-8 text"),
        ("[" * 100_000, "not usable JSON"),
        ({}, "`type` must be one of ringing, answered, held, resumed, ended, message, "),
        ({"type": "rings"}, "`type` must be one of ringing"),
        ({"type": ["ringing"]}, "`type` must be one of"),
        ({"type": "ringing"}, "`call` is missing"),
        ({"type": "ringing", "call": " "}, "`call` is empty"),
        ({"type": "ringing", "call": 5}, "`call` must be text"),
        ({"type": "ringing", "call": "x" * 201}, "`call` is longer than 200 characters"),
        ({"type": "ringing", "call": "c", "from": 441}, "`from` must be text"),
        ({"type": "held", "call": "c", "reason": ["x"]}, "`reason` must be text"),
        ({"type": "ringing", "call": "c", "at": "noon"}, "`at` must be a time such as"),
        ({"type": "ringing", "call": "c", "at": "9999-12-31T23:59-14:00"}, "`at` must be a time"),
        (MESSAGE | {"id": ""}, "`id` is empty"),
        (MESSAGE | {"text": None}, "`text` is missing"),
        (MESSAGE | {"speaker": "robot"}, "`speaker` must be one of customer, agent, action, "),
        (MESSAGE | {"speaker": ["customer"]}, "`speaker` must be one of"),
        (MESSAGE | {"final": "yes"}, "`final` must be true or false"),
        ({"type": "delivered", "call": "c"}, "`id` is missing"),
    ],
)
def test_bad_lines_say_which_field_and_what_was_expected(event: Any, reason: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(event)
    assert caught.value.message.startswith(reason)


def test_ids_of_200_characters_are_fine() -> None:
    assert parse({"type": "ended", "call": "x" * 200}).call == "x" * 200


def feed(*lines: bytes) -> list[Signal | BadLine | UnknownField]:
    return list(read_feed(lines, channel="chat", clock=lambda: NOW, zone=UTC))


def test_a_bad_line_is_numbered_and_the_next_one_is_read() -> None:
    good = b'{"type":"ended","call":"c"}\r\n'
    found = feed(b"\xef\xbb\xbf" + good, b"\n", b"{}\n", b"  \r\n", good)
    assert [type(item) for item in found] == [CallSignal, BadLine, CallSignal]
    assert isinstance(found[1], BadLine)
    assert found[1].line == 3


def test_a_line_over_two_megabytes_is_bad() -> None:
    event = json.dumps(MESSAGE | {"text": "x" * 2 * 1024 * 1024}).encode()
    assert feed(event) == [BadLine(1, "the line is longer than 2 MB")]


def test_signals_come_as_lines_arrive() -> None:
    arrived = iter([b'{"type":"ended","call":"1"}\n', b'{"type":"ended","call":"2"}\n'])
    signals = read_feed(arrived, channel="chat", clock=lambda: NOW, zone=UTC)
    first = next(signals)
    assert isinstance(first, CallSignal)
    assert first.call == "1"
    assert next(arrived, None) is not None


@given(st.lists(st.binary(max_size=120), max_size=5))
@settings(max_examples=300, deadline=None)
def test_no_bytes_stop_a_feed(lines: list[bytes]) -> None:
    feed(*lines)


def test_a_field_that_nobody_reads_is_named_once_behind_the_event_it_stands_in() -> None:
    slip = b'{"type":"ringing","call":"1","frm":"+44 1","text":"x"}\n'
    bad = b'{"type":"ringing","fram":"x"}\n'
    known = b'{"type":"failed","call":"1","id":"m","reason":"x","at":"2026-07-01T10:00Z"}\n'
    found = feed(slip, bad, known, slip, b'{"type":"ended","call":"1","id":"7"}\n')
    assert isinstance(found[0], CallSignal)
    assert found[1:3] == [UnknownField(1, "frm"), UnknownField(1, "text")]
    assert isinstance(found[3], BadLine)
    assert [type(one) for one in found[4:7]] == [DeliverySignal, CallSignal, CallSignal]
    assert found[7:] == [UnknownField(5, "id")]


def test_names_made_up_without_end_are_named_up_to_a_number() -> None:
    lines = [json.dumps({"type": "ended", "call": "1", f"x{n}": 1}).encode() for n in range(300)]
    found = feed(*lines)
    assert sum(isinstance(one, CallSignal) for one in found) == 300
    assert sum(isinstance(one, UnknownField) for one in found) == NAMED_AT_MOST
