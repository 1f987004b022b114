"""A recorded call, played as if it came in now. The demo desk is rung up by it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

from agent_tui.channels.feed import to_signal
from agent_tui.clock import Clock, utc_now
from agent_tui.domain.values.kinds import ChannelName
from agent_tui.domain.values.signals import DeliverySignal, Signal
from agent_tui.errors import BadInput


@dataclass(frozen=True, slots=True)
class Cue:
    """A signal and the seconds after the beginning at which it happens."""

    after_s: float
    signal: Signal


def read_replay(path: Path, *, channel: ChannelName = "phone") -> list[Cue]:
    """The cues of a recording, in the order of their times.

    Each line is `{"after_s": seconds, "event": {...}}`, the event as the feed contract spells it.
    Raises `BadInput` naming the line.
    """
    cues = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip():
            try:
                cues.append(_cue(line, channel))
            except BadInput as error:
                raise BadInput(f"{path.name}, line {number}: {error.message}") from None
    return sorted(cues, key=lambda cue: cue.after_s)


def _cue(line: bytes, channel: ChannelName) -> Cue:
    try:
        entry = json.loads(line)
        after_s = float(entry["after_s"])
        event = entry["event"]
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
        clock: Clock = utc_now,
    ) -> None:
        """`wait` sleeps for some seconds and returns True when told to stop, as Event.wait does."""
        self.name: ChannelName = cues[0].signal.channel if cues else "phone"
        self._cues = cues
        self._play = play
        self._wait = wait
        self._clock = clock

    def signals(self) -> Iterator[Signal]:
        """Each signal at its time, stamped with the time it is then; ends early when stopped."""
        reached = 0.0
        for cue in self._cues:
            if self._wait(max(0.0, cue.after_s - reached)):
                return
            reached = cue.after_s
            signal = replace(cue.signal, call=f"{cue.signal.call}-{self._play}")
            if not isinstance(signal, DeliverySignal):
                signal = replace(signal, at=self._clock())
            yield signal
