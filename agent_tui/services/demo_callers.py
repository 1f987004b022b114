"""Who comes to the demo desk while it is open: somebody who rings, and the people in its chats."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from agent_tui import paths
from agent_tui.channels.replay import Recording, Replay
from agent_tui.clock import Clock, utc_now
from agent_tui.domain.values.kinds import ChannelName
from agent_tui.domain.values.signals import CallSignal, Signal
from agent_tui.services import replaying
from agent_tui.services.demonstrating import CHAT
from agent_tui.storage.location import Location
from agent_tui.storage.queries import demos
from agent_tui.storage.reader import open_reader

if TYPE_CHECKING:
    from agent_tui.channels.answering import Answering

CALLER = "boiler-visit"
"""The recording that is played where no other is asked for."""

SECONDS_BEFORE_THE_CALL = 8.0


class DemoCall:
    """The channel of the demo: ends calls that were left open, then plays a recorded one.

    `play` makes the ids of this visit's call its own. The first ring comes after `after_s`;
    `answered_by` takes it. At a `speed` of 2 all that follows takes half as long. `wait` sleeps
    for some seconds and returns True when told to stop.
    """

    def __init__(
        self,
        left_open: Sequence[CallSignal],
        *,
        play: str,
        recording: Recording | None = None,
        speed: float = 1.0,
        answered_by: str,
        after_s: float = SECONDS_BEFORE_THE_CALL,
        clock: Clock = utc_now,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self._left_open = left_open
        self._recording = recording or replaying.recording(CALLER)
        self.name: ChannelName = self._recording.channel
        self._play = play
        self._speed = replaying.at_speed(speed)
        self._answered_by = answered_by
        self._after_s = after_s
        self._clock = clock
        self._stop = threading.Event()
        self._wait = wait or self._stop.wait

    def signals(self) -> Iterator[Signal]:
        """What happens, at its time; ends early when the channel is closed."""
        for ending in self._left_open:
            yield replace(ending, at=self._clock())
        if self._wait(self._after_s):
            return
        replay = Replay(
            self._recording.cues,
            play=self._play,
            wait=self._wait,
            speed=self._speed,
            answered_by=self._answered_by,
            clock=self._clock,
        )
        yield from replay.signals()

    def close(self) -> None:
        """Say no more; safe from any thread."""
        self._stop.set()


def chats(path: Path, *, now: Callable[[], float] = time.monotonic) -> Answering:
    """The chats of the demo desk in `path`: takes what is sent, and people answer.

    `now` are seconds that only grow.
    """
    from agent_tui.channels.answering import Answering, read_answers

    with closing(open_reader(Location(path=path))) as reader:
        handed_over = demos.handed_over(reader, channel=CHAT)
    answers = read_answers(paths.shipped("demo", "answers.jsonl"), channel=CHAT)
    return Answering(answers, channel=CHAT, handed_over=handed_over, now=now)
