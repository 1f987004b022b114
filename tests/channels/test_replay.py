"""A recorded call, played without waiting."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_tui.channels.port import Channel
from agent_tui.channels.replay import Cue, Replay, read_replay
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, MessageSignal
from agent_tui.errors import BadInput

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
CALL = Path(__file__).parents[2] / "data" / "demo" / "call.jsonl"
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


def play(waits: Waits, name: str = "1") -> Replay:
    return Replay(CUES, play=name, wait=waits, clock=lambda: NOW)


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


def test_the_demo_call_rings_first_and_speaks() -> None:
    cues = read_replay(CALL)
    assert isinstance(cues[0].signal, CallSignal)
    assert cues[0].signal.change == "ringing"
    assert any(isinstance(cue.signal, MessageSignal) for cue in cues)
    assert [cue.after_s for cue in cues] == sorted(cue.after_s for cue in cues)


@pytest.mark.parametrize("line", ["{}", "[]", "x", '{"after_s": 1, "event": {"type": "rings"}}'])
def test_a_recording_that_is_wrong_names_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "call.jsonl"
    path.write_text(f'{{"after_s": 0, "event": {{"type": "ended", "call": "c"}}}}\n\n{line}\n')
    with pytest.raises(BadInput, match=r"call\.jsonl, line 3: "):
        read_replay(path)
