"""A channel on which recorded people answer. On the demo desk they do so in the chats."""

from __future__ import annotations

import heapq
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import count
from pathlib import Path

from agent_tui.channels.feed import to_signal
from agent_tui.clock import Clock, utc_now
from agent_tui.domain.values.kinds import ChannelName
from agent_tui.domain.values.outbox import OutMessage
from agent_tui.domain.values.signals import DeliverySignal, Signal
from agent_tui.errors import BadInput

DELIVERED_AFTER_S = 1.2


@dataclass(frozen=True, slots=True)
class Answer:
    """What happens `after_s` seconds behind the `to`-th message that was handed over in a call.

    Behind the 0-th is behind the moment at which the channel opens. A message that is handed over
    again counts once more. A report is about that message, whatever its `id` says. With
    `if_silent` it happens only where nothing more was handed over in the call until then.
    """

    to: int
    after_s: float
    signal: Signal
    if_silent: bool = False


def read_answers(path: Path, *, channel: ChannelName) -> list[Answer]:
    """The answers of a recording.

    Each line is `{"to": 1, "after_s": seconds, "event": {...}}`, the event as the feed contract
    spells it, and may have `"if_silent": true`. Raises `BadInput` naming the line.
    """
    answers = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip():
            try:
                answers.append(_answer(line, channel))
            except BadInput as error:
                raise BadInput(f"{path.name}, line {number}: {error.message}") from None
    return answers


def _answer(line: bytes, channel: ChannelName) -> Answer:
    try:
        entry = json.loads(line)
        to, after_s, event = int(entry["to"]), float(entry["after_s"]), entry["event"]
        if_silent = bool(entry.get("if_silent"))
    except (ValueError, TypeError, KeyError):
        raise BadInput('expected {"to": 1, "after_s": seconds, "event": {...}}') from None
    signal = to_signal(event, channel=channel, now=utc_now(), zone=UTC)
    return Answer(to, after_s, signal, if_silent)


class Answering:
    """Takes what agents send, says what became of it, and answers where an answer is recorded.

    What no recording speaks of is delivered a moment later. `handed_over` counts by call what was
    handed over before, so that nobody says the same again on a later visit. `now` are seconds that
    only grow.
    """

    def __init__(
        self,
        answers: Sequence[Answer],
        *,
        channel: ChannelName,
        handed_over: Mapping[str, int] | None = None,
        clock: Clock = utc_now,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = channel
        self._answers = answers
        self._handed_over = dict(handed_over or {})
        self._clock = clock
        self._now = now
        self._to_come: list[tuple[float, int, Answer]] = []
        self._numbers = count()
        self._is_closed = False
        self._news = threading.Condition()
        first = (one for one in answers if one.to == 0 == self._sent(one.signal.call))
        self._expect(first)

    def take(self, message: OutMessage) -> None:
        """Send a message: it is on its way when this returns."""
        with self._news:
            self._handed_over[message.call] = place = self._sent(message.call) + 1
            self._expect(self._following(message, place))
            self._news.notify()

    def signals(self) -> Iterator[Signal]:
        """Each signal at its time, stamped with the time it is then; ends when closed."""
        while (signal := self._next()) is not None:
            if not isinstance(signal, DeliverySignal):
                signal = replace(signal, at=self._clock())
            yield signal

    def close(self) -> None:
        """Say no more; safe from any thread."""
        with self._news:
            self._is_closed = True
            self._news.notify()

    def _sent(self, call: str) -> int:
        """How many messages were handed over in a call."""
        return self._handed_over.get(call, 0)

    def _expect(self, answers: Iterable[Answer]) -> None:
        """From now on these are to come, each at its time."""
        now = self._now()
        for answer in answers:
            heapq.heappush(self._to_come, (now + answer.after_s, next(self._numbers), answer))

    def _following(self, message: OutMessage, place: int) -> Iterator[Answer]:
        """What comes of a message, the `place`-th of its call."""
        is_reported = False
        for answer in self._answers:
            signal = answer.signal
            if (signal.call, answer.to) == (message.call, place):
                if isinstance(signal, DeliverySignal):
                    is_reported, signal = True, replace(signal, id=message.id)
                yield replace(answer, signal=signal)
        if not is_reported:
            delivered = DeliverySignal(self.name, message.call, message.id, delivered=True)
            yield Answer(place, DELIVERED_AFTER_S, delivered)

    def _next(self) -> Signal | None:
        """The next signal, when its time has come; None when closed."""
        with self._news:
            while not self._is_closed:
                left = self._to_come[0][0] - self._now() if self._to_come else None
                if left is None or left > 0:
                    self._news.wait(left)
                    continue
                _, _, answer = heapq.heappop(self._to_come)
                if not answer.if_silent or answer.to == self._sent(answer.signal.call):
                    return answer.signal
        return None
