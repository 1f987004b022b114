"""A recorded call, played without waiting."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_tui.channels.port import Channel
from agent_tui.channels.replay import Cue, Replay, read_recording
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, MessageSignal
from agent_tui.errors import BadInput

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
RECORDINGS = sorted((Path(__file__).parents[2] / "data/demo/recordings").glob("*.jsonl"))
CUES = [
    Cue(0.5, CallSignal("phone", "call", "ringing")),
    Cue(2.0, MessageSignal("phone", "call", "u1", "customer", "hi")),
    Cue(2.0, DeliverySignal("phone", "call", "u1", delivered=True)),
]


class Waits:
    """Notes how long it was asked to wait, and says stop at the given turn."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.asked: list[float] = []
        self._stop_at = stop_at

    def __call__(self, seconds: float) -> bool:
        self.asked.append(seconds)
        return len(self.asked) == self._stop_at


def play(
    waits: Waits, name: str = "1", *, speed: float = 1.0, answered_by: str | None = None
) -> Replay:
    return Replay(
        CUES, play=name, wait=waits, speed=speed, answered_by=answered_by, clock=lambda: NOW
    )


def test_each_signal_waits_for_its_time_and_is_stamped_then() -> None:
    waits = Waits()
    channel: Channel = play(waits)
    signals = list(channel.signals())
    assert channel.name == "phone"
    assert waits.asked == [0.5, 1.5, 0.0]
    assert [type(signal) for signal in signals] == [CallSignal, MessageSignal, DeliverySignal]
    assert isinstance(signals[0], CallSignal)
    assert signals[0].at == NOW


def test_two_plays_are_two_calls_of_one_id_each() -> None:
    calls = [{signal.call for signal in play(Waits(), name).signals()} for name in ("1", "2")]
    assert len(calls[0]) == len(calls[1]) == 1
    assert calls[0] != calls[1]


def test_told_to_stop_it_says_nothing_more() -> None:
    assert len(list(play(Waits(stop_at=2)).signals())) == 1


def test_twice_as_fast_takes_half_as_long() -> None:
    waits = Waits()
    assert len(list(play(waits, speed=2.0).signals())) == 3
    assert waits.asked == [0.25, 0.75, 0.0]


def test_whoever_sits_at_the_desk_takes_the_call() -> None:
    cues = [Cue(0.0, CallSignal("phone", "call", "answered", receiver="mira"))]
    for handle in ("noor", None):
        [signal] = Replay(cues, play="1", wait=Waits(), answered_by=handle).signals()
        assert isinstance(signal, CallSignal)
        assert signal.receiver == (handle or "mira")


def test_there_are_calls_a_chat_and_a_text_message() -> None:
    assert len(RECORDINGS) >= 4
    channels = [read_recording(path).channel for path in RECORDINGS]
    assert {"phone", "chat", "sms"} <= set(channels)


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: str(path.stem))
def test_a_recorded_conversation_rings_is_taken_speaks_and_ends(path: Path) -> None:
    recording = read_recording(path)
    signals = [cue.signal for cue in recording.cues]
    changes = [signal.change for signal in signals if isinstance(signal, CallSignal)]
    assert recording.title != path.stem
    assert (changes[:2], changes[-1]) == (["ringing", "answered"], "ended")
    assert {signal.channel for signal in signals} == {recording.channel}
    assert {signal.call for signal in signals} == {"demo-call"}
    said = {one.id: one for one in signals if isinstance(one, MessageSignal)}
    assert {one.speaker for one in said.values()} == {"customer", "agent"}
    assert all(one.final for one in said.values())
    assert [cue.after_s for cue in recording.cues] == sorted(cue.after_s for cue in recording.cues)


def test_without_a_heading_it_is_a_call_named_as_its_file(tmp_path: Path) -> None:
    path = tmp_path / "monday.jsonl"
    path.write_text('{"after_s": 1.5, "event": {"type": "ended", "call": "c"}}\n')
    recording = read_recording(path)
    assert (recording.title, recording.channel, recording.lasts_s) == ("monday", "phone", 1.5)


@pytest.mark.parametrize("line", ['{"channel": "pigeon"}', '{"title": 7}'])
def test_a_heading_that_is_wrong_names_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "call.jsonl"
    path.write_text(line)
    with pytest.raises(BadInput, match=r"call\.jsonl, line 1: expected .*channel"):
        read_recording(path)


def test_a_file_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"call\.jsonl: No such file"):
        read_recording(tmp_path / "call.jsonl")


@pytest.mark.parametrize("line", ["{}", "[]", "x", '{"after_s": 1, "event": {"type": "rings"}}'])
def test_a_recording_that_is_wrong_names_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "call.jsonl"
    path.write_text(f'{{"after_s": 0, "event": {{"type": "ended", "call": "c"}}}}\n\n{line}\n')
    with pytest.raises(BadInput, match=r"call\.jsonl, line 3: "):
        read_recording(path)
