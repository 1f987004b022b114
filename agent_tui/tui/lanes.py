"""The threads behind the screen: one for all writes, one for each panel that reads.

Services are synchronous, so they run here and answer with messages. In a read lane the newest
question wins: one that waits is dropped, one under way is interrupted. In the write lane nothing
is ever dropped, and closing it waits for what is left.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Queue

from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.errors import AgentTuiError, Interrupted, StorageError

Work = Callable[[], Message | None]
Failure = Callable[[AgentTuiError], Message]


LOG = logging.getLogger(__name__)


def _unexpected(error: Exception) -> AgentTuiError:
    LOG.error("a question or a write failed as nobody foresaw", exc_info=error)
    return StorageError(f"{type(error).__name__}: this should not happen; what was typed is kept")


class ReadLane:
    """Answers the newest question of one panel."""

    def __init__(
        self, name: str, target: MessagePump, interrupt: Callable[[int], None] | None = None
    ) -> None:
        self._target = target
        self._interrupt = interrupt
        self._next: tuple[Work, Failure] | None = None
        self._busy = False
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=f"read-{name}", daemon=True)
        self._thread.start()

    def ask(self, work: Work, failed: Failure) -> None:
        """Answer this question, and no older one."""
        with self._changed:
            self._next = (work, failed)
            if self._busy and self._interrupt is not None and self._thread.ident is not None:
                self._interrupt(self._thread.ident)
            self._changed.notify()

    @property
    def is_busy(self) -> bool:
        """Whether the newest question has no answer yet."""
        with self._changed:
            return self._busy or self._next is not None

    def close(self) -> None:
        """Answer nothing more."""
        with self._changed:
            self._closed = True
            self._next = None
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._busy = False
                while self._next is None:
                    if self._closed:
                        return
                    self._changed.wait()
                (work, failed), self._next = self._next, None
                self._busy = True
            answer = _answer(work, failed)
            with self._changed:
                overtaken = self._next is not None or self._closed
            if answer is not None and not overtaken:
                tell(self._target, answer)


class WriteLane:
    """Does all writes, one after the other, in the order in which they were asked for."""

    def __init__(self, target: MessagePump) -> None:
        self._target = target
        self._queue: Queue[tuple[Work, Failure] | None] = Queue()
        self._thread = threading.Thread(target=self._run, name="write", daemon=True)
        self._thread.start()

    def do(self, work: Work, failed: Failure) -> None:
        """Do this write after all those before it."""
        self._queue.put((work, failed))

    def begin_to_close(self) -> None:
        """Do what was asked for, and nothing more."""
        self._queue.put(None)

    @property
    def is_busy(self) -> bool:
        """Whether something asked for is not done yet."""
        return self._queue.unfinished_tasks > 0 and self._thread.is_alive()

    @property
    def is_closed(self) -> bool:
        """Whether everything asked for is done, and nothing more will be."""
        return not self._thread.is_alive()

    def close(self) -> None:
        """Wait until everything asked for is done."""
        self.begin_to_close()
        self._thread.join()

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            answer = _answer(*job)
            if answer is not None:
                tell(self._target, answer)
            self._queue.task_done()


def tell(target: MessagePump, answer: Message) -> None:
    """Post an answer; nobody hears it where the screen has come to a sudden end, and what is
    still to be written is written all the same."""
    with suppress(RuntimeError):
        target.post_message(answer)


def _answer(work: Work, failed: Failure) -> Message | None:
    try:
        return work()
    except Interrupted:
        return None
    except AgentTuiError as error:
        return failed(error)
    except Exception as error:
        return failed(_unexpected(error))
