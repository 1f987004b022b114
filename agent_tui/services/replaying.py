"""Recorded conversations: which there are, and one of them played into a desk."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent_tui import paths
from agent_tui.channels.replay import FASTEST, SLOWEST, Recording, Replay, read_recording
from agent_tui.domain.values.signals import CallSignal, Signal
from agent_tui.errors import NotFound, UsageError

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

ENDING = ".jsonl"


@dataclass(frozen=True, slots=True)
class Listed:
    """A recording that came with the program; `lasts_s` in seconds."""

    name: str
    title: str
    channel: str
    lasts_s: float


def listed() -> tuple[Listed, ...]:
    """The recordings that came with the program, by name."""
    files = sorted(paths.shipped("demo", "recordings").glob(f"*{ENDING}"))
    read = ((file.stem, read_recording(file)) for file in files)
    return tuple(Listed(name, one.title, one.channel, one.lasts_s) for name, one in read)


def recording(named: str) -> Recording:
    """The recording of that name, or in the file of that path.

    Raises NotFound where there is neither, BadInput for a file that holds none.
    """
    path = Path(named).expanduser()
    if path.suffix == ENDING or len(path.parts) > 1:
        return read_recording(path)
    names = [one.name for one in listed()]
    if named not in names:
        from difflib import get_close_matches

        near = get_close_matches(named, names, 1)
        known = f"did you mean “{near[0]}”?" if near else f"there are {', '.join(names)}"
        raise NotFound(f"no recording is called “{named}”: {known}")
    return read_recording(paths.shipped("demo", "recordings", named + ENDING))


def at_speed(speed: float) -> float:
    """A speed at which recordings may be played. Raises UsageError for any other."""
    if not SLOWEST <= speed <= FASTEST:
        raise UsageError(f"the speed must be from {SLOWEST:g} to {FASTEST:,.0f}; 1 is as it was")
    return speed


def play(
    desk: Desk,
    played: Recording,
    *,
    speed: float = 1.0,
    wait: Callable[[float], object] = time.sleep,
) -> Generator[Signal]:
    """Play a recording into the desk; gives each signal when it is on disk.

    The agent of the desk takes the call. It is ended however the playing ends.
    """

    def waited(seconds: float) -> bool:
        wait(seconds)
        return False

    replay = Replay(
        played.cues,
        play=secrets.token_hex(4),
        wait=waited,
        speed=at_speed(speed),
        answered_by=desk.agent.handle,
        clock=desk.clock,
    )
    begun: dict[str, None] = {}
    try:
        for signal in replay.signals():
            begun[signal.call] = None
            desk.receiving.take(signal)
            if isinstance(signal, CallSignal) and signal.change == "ended":
                begun.pop(signal.call)
            yield signal
    finally:
        for call in begun:
            desk.receiving.take(CallSignal(replay.name, call, "ended", at=desk.clock()))
