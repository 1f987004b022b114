"""Recorded people answer what they are sent, without anybody waiting."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

import pytest

from agent_tui.channels.answering import Answer, Answering, read_answers
from agent_tui.channels.port import Channel
from agent_tui.domain.values.outbox import OutMessage
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, MessageSignal, Signal
from agent_tui.errors import BadInput

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
ANSWERS = Path(__file__).parents[2] / "data" / "demo" / "answers.jsonl"
PATIENCE_S = 20.0


def said(text: str, *, final: bool = True, id: str = "a1") -> MessageSignal:
    return MessageSignal("chat", "1", id, "customer", text, final)


RECORDED = [
    Answer(2, 9.0, CallSignal("chat", "1", "ended")),
    Answer(1, 4.0, said("thank", final=False)),
    Answer(1, 6.0, said("thank you")),
    Answer(2, 8.0, said("bye", id="a2")),
]
FAILING = [Answer(1, 2.0, DeliverySignal("chat", "1", "-", False, "no connection"))]


def message(number: int = 1, call: str = "1") -> OutMessage:
    return OutMessage(number, call, f"m_{number}", "hello")


def answering(answers: list[Answer], handed_over: dict[str, int] | None = None) -> Answering:
    """One for which an hour has passed whenever it looks."""
    hours = count(step=3_600)
    return Answering(
        answers,
        channel="chat",
        handed_over=handed_over,
        clock=lambda: NOW,
        now=lambda: float(next(hours)),
    )


def taken(channel: Answering, number: int) -> list[Signal]:
    """The next signals."""
    return list(islice(channel.signals(), number))


def take(signals: Iterator[Signal], number: int) -> list[tuple[str, object]]:
    """The next signals: what each is, and what it says."""
    found: list[tuple[str, object]] = []
    for _ in range(number):
        signal = next(signals)
        if isinstance(signal, MessageSignal):
            found.append(("said", signal.text))
        elif isinstance(signal, DeliverySignal):
            found.append((signal.id, signal.reason or signal.delivered))
        else:
            found.append(("call", signal.change))
    return found


def test_each_message_is_delivered_and_has_its_own_answers() -> None:
    channel = answering(RECORDED)
    port: Channel = channel
    signals = port.signals()
    channel.take(message(1))
    assert take(signals, 3) == [("m_1", True), ("said", "thank"), ("said", "thank you")]
    channel.take(message(2))
    assert take(signals, 3) == [("m_2", True), ("said", "bye"), ("call", "ended")]
    channel.take(message(3))
    channel.take(message(4, call="other"))
    assert take(signals, 2) == [("m_3", True), ("m_4", True)]


def test_what_is_said_is_stamped_with_the_time_it_is_then() -> None:
    channel = answering(RECORDED)
    channel.take(message())
    signals = channel.signals()
    next(signals)
    spoken = next(signals)
    assert isinstance(spoken, MessageSignal)
    assert spoken.at == NOW


def test_a_message_that_failed_arrives_when_it_is_sent_again() -> None:
    channel = answering(FAILING)
    signals = channel.signals()
    channel.take(message())
    assert take(signals, 1) == [("m_1", "no connection")]
    channel.take(message())
    assert take(signals, 1) == [("m_1", True)]


def test_on_a_later_visit_nobody_says_the_same_again() -> None:
    channel = answering(RECORDED, {"1": 1})
    channel.take(message(2))
    assert take(channel.signals(), 2) == [("m_2", True), ("said", "bye")]


def test_who_gets_no_answer_asks_whether_somebody_is_there() -> None:
    asking = Answer(0, 60.0, said("hello?"), if_silent=True)
    assert take(answering([asking]).signals(), 1) == [("said", "hello?")]


def test_who_was_answered_before_does_not_ask() -> None:
    asking = Answer(0, 60.0, said("hello?"), if_silent=True)
    channel = answering([asking, *RECORDED], {"1": 1})
    channel.take(message(2))
    assert take(channel.signals(), 2) == [("m_2", True), ("said", "bye")]


def test_who_is_answered_in_time_does_not_ask() -> None:
    asking = [
        Answer(0, 60.0, said("hello?"), if_silent=True),
        Answer(1, 70.0, said("still there?", id="a3"), if_silent=True),
    ]
    channel = answering([*asking, *RECORDED])
    for number in (1, 2):
        channel.take(message(number))
    heard = [signal.text for signal in taken(channel, 6) if isinstance(signal, MessageSignal)]
    assert heard == ["thank", "thank you", "bye"]


def test_closing_ends_it_while_it_waits() -> None:
    channel = Answering(RECORDED, channel="chat")
    heard: list[Signal] = []
    thread = threading.Thread(target=lambda: heard.extend(channel.signals()), daemon=True)
    thread.start()
    channel.take(message())
    channel.close()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    assert list(channel.signals()) == []


def test_the_demos_recording_fails_once_answers_and_ends() -> None:
    answers = read_answers(ANSWERS, channel="chat")
    failed = [one for one in answers if isinstance(one.signal, DeliverySignal)]
    assert [(one.to, one.signal.call) for one in failed] == [(1, "t152-now")]
    for call in ("t066-now", "t152-now"):
        own = [one for one in answers if one.signal.call == call]
        last = max(own, key=lambda one: (one.to, one.after_s)).signal
        assert isinstance(last, CallSignal)
        assert last.change == "ended"
        spoken = {one.signal.id: one.signal for one in own if isinstance(one.signal, MessageSignal)}
        assert len(spoken) >= 4
        assert all(signal.final for signal in spoken.values())
        assert any(one.if_silent for one in own if one.to == 0)


@pytest.mark.parametrize(
    "line", ["{}", "[]", "x", '{"to": 1, "after_s": 1, "event": {"type": "says"}}']
)
def test_a_recording_that_is_wrong_names_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(
        f'{{"to": 1, "after_s": 0, "event": {{"type": "ended", "call": "c"}}}}\n\n{line}\n'
    )
    with pytest.raises(BadInput, match=r"answers\.jsonl, line 3: "):
        read_answers(path, channel="chat")
