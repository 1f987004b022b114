"""A recorded conversation, played as if it happened now. The demo desk is rung up by one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any, get_args

from agent_tui.channels.feed import to_signal
from agent_tui.clock import Clock, utc_now
from agent_tui.domain.values.kinds import ChannelName
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, Signal
from agent_tui.errors import BadInput

SLOWEST, FASTEST = 0.1, 1_000.0
"""How much slower and faster than it was a recording may be played."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A signal and the seconds after the beginning at which it happens."""

    after_s: float
    signal: Signal


@dataclass(frozen=True, slots=True)
class Recording:
    """A conversation: what it is about, the channel it came over, its cues by their times."""

    title: str
    channel: ChannelName
    cues: tuple[Cue, ...]

    @property
    def lasts_s(self) -> float:
        """The seconds from its beginning to its last cue."""
        return self.cues[-1].after_s if self.cues else 0.0


def read_recording(path: Path) -> Recording:
    """The recording in a file of JSON lines.

    A first line `{"title": ..., "channel": "chat"}` may say what it is about and which channel it
    came over; without one it is a telephone call named as its file. Each other line is
    `{"after_s": seconds, "event": {...}}`, the event as the feed contract spells it. Raises
    `BadInput` naming the line, or saying why the file cannot be read.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
    title, cues = path.stem, list[Cue]()
    channel: ChannelName = "phone"
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = _entry(line)
            if number == 1 and "after_s" not in entry:
                title, channel = _heading(entry, title)
            else:
                cues.append(_cue(entry, channel))
        except BadInput as error:
            raise BadInput(f"{path.name}, line {number}: {error.message}") from None
    return Recording(title, channel, tuple(sorted(cues, key=lambda cue: cue.after_s)))


def _entry(line: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError:
        entry = None
    if not isinstance(entry, dict):
        raise BadInput('expected {"after_s": seconds, "event": {...}}')
    return entry


def _heading(entry: dict[str, Any], title: str) -> tuple[str, ChannelName]:
    title, channel = entry.get("title", title), entry.get("channel", "phone")
    if not isinstance(title, str) or channel not in get_args(ChannelName):
        raise BadInput('expected {"title": "...", "channel": "phone"}')
    return title, channel


def _cue(entry: dict[str, Any], channel: ChannelName) -> Cue:
    try:
        after_s, event = float(entry["after_s"]), entry["event"]
    except (ValueError, TypeError, KeyError):
        raise BadInput('expected {"after_s": seconds, "event": {...}}') from None
    return Cue(after_s, to_signal(event, channel=channel, now=utc_now(), zone=UTC))


class Replay:
    """A channel that plays cues. Every play needs its own `play` text, which ends its call ids."""

    def __init__(
        self,
        cues: Sequence[Cue],
        *,
        play: str,
        wait: Callable[[float], bool],
        speed: float = 1.0,
        answered_by: str | None = None,
        clock: Clock = utc_now,
    ) -> None:
        """`wait` sleeps for some seconds and returns True when told to stop, as Event.wait does.

        At a `speed` of 2 it takes half as long. `answered_by` is the handle of the agent who
        takes the call, in place of the one who took it when it was recorded.
        """
        self.name: ChannelName = cues[0].signal.channel if cues else "phone"
        self._cues = cues
        self._play = play
        self._wait = wait
        self._speed = speed
        self._answered_by = answered_by
        self._clock = clock

    def signals(self) -> Iterator[Signal]:
        """Each signal at its time, stamped with the time it is then; ends early when stopped."""
        reached = 0.0
        for cue in self._cues:
            if self._wait(max(0.0, cue.after_s - reached) / self._speed):
                return
            reached = cue.after_s
            yield self._now(cue.signal)

    def _now(self, signal: Signal) -> Signal:
        """The signal of this play."""
        call = f"{signal.call}-{self._play}"
        if isinstance(signal, DeliverySignal):
            return replace(signal, call=call)
        if isinstance(signal, CallSignal) and signal.change == "answered" and self._answered_by:
            signal = replace(signal, receiver=self._answered_by)
        return replace(signal, call=call, at=self._clock())
