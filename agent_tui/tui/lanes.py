"""The threads behind the screen: one for all writes, and those who read for the panels.

Services are synchronous, so they run here and answer with messages. In a read lane the newest
question wins: one that waits is dropped, one under way is interrupted. In the write lane nothing
is ever dropped, and closing it waits for what is left.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Queue, SimpleQueue

from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.errors import AgentTuiError, Interrupted, StorageError

Work = Callable[[], Message | None]
Failure = Callable[[AgentTuiError], Message]


LOG = logging.getLogger(__name__)


def _unexpected(error: Exception) -> AgentTuiError:
    LOG.error("a question or a write failed as nobody foresaw", exc_info=error)
    return StorageError(f"{type(error).__name__}: this should not happen; what was typed is kept")


class Crew:
    """The threads that read for all lanes: as many as there are questions at once.

    Each keeps a connection, which is half a megabyte here and a process of the server there: so no
    other is taken on while one is at rest. Who served a panel knows its statements and what was
    read for it, and is called for it again if it is at rest; else who has been so longest.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at_rest: dict[int, SimpleQueue[Callable[[], None] | None]] = {}
        self._is_dismissed = False

    def do(self, job: Callable[[], None], whom: int | None = None) -> None:
        """Do this now, beside whatever else is done, by this thread if it is at rest. The job lets
        no error out."""
        with self._lock:
            if whom not in self._at_rest:
                whom = next(iter(self._at_rest), None)
            rested = None if whom is None else self._at_rest.pop(whom)
        if rested is None:
            threading.Thread(target=self._work, args=(job,), name="read", daemon=True).start()
        else:
            rested.put(job)

    def dismiss(self) -> None:
        """Nobody waits for another job; who is at work goes when it is done."""
        with self._lock:
            self._is_dismissed = True
            at_rest, self._at_rest = self._at_rest, {}
        for one in at_rest.values():
            one.put(None)

    def _work(self, first: Callable[[], None]) -> None:
        job: Callable[[], None] | None = first
        jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        while job is not None:
            job()
            with self._lock:
                if self._is_dismissed:
                    return
                self._at_rest[threading.get_ident()] = jobs
            job = jobs.get()


class ReadLane:
    """Answers the newest question of one panel, by one of the crew."""

    def __init__(
        self, crew: Crew, target: MessagePump, interrupt: Callable[[int], None] | None = None
    ) -> None:
        self._crew = crew
        self._target = target
        self._interrupt = interrupt
        self._lock = threading.Lock()
        self._next: tuple[Work, Failure] | None = None
        self._failed: tuple[Work, Failure] | None = None
        """The newest question, where it was answered with a failure."""
        self._is_taken = False
        """Whether one of the crew is called for it, or answers."""
        self._is_answered = False
        """Whether one answers right now."""
        self._thread: int | None = None
        """Who does, or did last."""
        self._closed = False

    def ask(self, work: Work, failed: Failure) -> None:
        """Answer this question, and no older one."""
        with self._lock:
            self._next, self._failed = (work, failed), None
            was_taken, self._is_taken = self._is_taken, True
            # Whoever answers cannot turn to another lane meanwhile, whose question this would hit.
            if self._is_answered and self._thread and self._interrupt:
                # What cannot be interrupted goes on to its end.
                with suppress(AgentTuiError):
                    self._interrupt(self._thread)
        if was_taken:
            return
        try:
            self._crew.do(self._answer_newest, self._thread)
        except RuntimeError as error:
            # The machine has no more threads right now.
            with self._lock:
                self._is_taken = False
            tell(self._target, failed(_unexpected(error)))

    def ask_again(self) -> None:
        """Ask the newest question once more, if it failed."""
        with self._lock:
            failed = self._failed
        if failed is not None:
            self.ask(*failed)

    @property
    def is_busy(self) -> bool:
        """Whether the newest question has no answer yet."""
        with self._lock:
            return self._is_taken

    def close(self) -> None:
        """Answer nothing more."""
        with self._lock:
            self._closed = True
            self._next = None

    def _answer_newest(self) -> None:
        while True:
            with self._lock:
                if self._next is None or self._closed:
                    self._is_taken = self._is_answered = False
                    return
                (work, failed), self._next = self._next, None
                self._is_answered, self._thread = True, threading.get_ident()
            answer, has_failed = _answer(work, failed)
            with self._lock:
                overtaken = self._next is not None or self._closed
                self._failed = (work, failed) if has_failed and not overtaken else None
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
            answer, _has_failed = _answer(*job)
            if answer is not None:
                tell(self._target, answer)
            self._queue.task_done()


def tell(target: MessagePump, answer: Message) -> None:
    """Post an answer; nobody hears it where the screen has come to a sudden end, and what is
    still to be written is written all the same."""
    with suppress(RuntimeError):
        target.post_message(answer)


def _answer(work: Work, failed: Failure) -> tuple[Message | None, bool]:
    """The answer, and whether it is that there is none."""
    try:
        return work(), False
    except Interrupted:
        return None, False
    except AgentTuiError as error:
        return failed(error), True
    except Exception as error:
        return failed(_unexpected(error)), True
