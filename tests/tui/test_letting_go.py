"""Who leaves does not wait for the thread that waits for a key."""

from __future__ import annotations

import os
import selectors
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from textual.events import Key
from textual.message import Message

from agent_tui.tui.wire import ThriftyDriver, WokenSelector

PATIENCE_S = 20.0
FOR_EVER_S = 600.0


class Pipe:
    """Two ends."""

    def __init__(self) -> None:
        self.read, self.write = os.pipe()

    def close(self) -> None:
        os.close(self.read)
        os.close(self.write)


@pytest.fixture
def terminal() -> Iterator[Pipe]:
    with closing(Pipe()) as pipe:
        yield pipe


@pytest.fixture
def wake() -> Iterator[Pipe]:
    with closing(Pipe()) as pipe:
        yield pipe


def waiting(selector: WokenSelector, seen: list[object]) -> threading.Thread:
    thread = threading.Thread(target=lambda: seen.append(selector.select(FOR_EVER_S)), daemon=True)
    thread.start()
    return thread


def test_it_looks_up_when_it_is_woken_and_nothing_was_typed(terminal: Pipe, wake: Pipe) -> None:
    seen: list[object] = []
    with closing(WokenSelector(wake.read)) as selector:
        selector.register(terminal.read, selectors.EVENT_READ)
        thread = waiting(selector, seen)
        os.write(wake.write, b"\0")
        thread.join(PATIENCE_S)
        assert seen == [[]]


def test_keys_are_handed_on(terminal: Pipe, wake: Pipe) -> None:
    with closing(WokenSelector(wake.read)) as selector:
        selector.register(terminal.read, selectors.EVENT_READ)
        os.write(terminal.write, b"k")
        os.write(wake.write, b"\0")
        [(key, mask)] = selector.select(FOR_EVER_S)
        assert (key.fd, mask) == (terminal.read, selectors.EVENT_READ)


def test_it_looks_up_in_time_while_a_key_may_have_begun(
    terminal: Pipe, wake: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("agent_tui.tui.wire.time.monotonic", lambda: now)
    with closing(WokenSelector(wake.read)) as selector:
        selector.register(terminal.read, selectors.EVENT_READ)
        assert selector.select(0.001) == []
        now = 200.0
        os.write(terminal.write, b"\x1b")
        assert len(selector.select(FOR_EVER_S)) == 1
        os.read(terminal.read, 1)
        now = 200.5
        assert selector.select(0.001) == []


def test_at_rest_it_does_not_look_up_at_all(
    terminal: Pipe, wake: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    waits: list[float | None] = []

    def select(_self: selectors.SelectSelector, timeout: float | None = None) -> list[object]:
        waits.append(timeout)
        return []

    monkeypatch.setattr(selectors.SelectSelector, "select", select)
    monkeypatch.setattr("agent_tui.tui.wire.time.monotonic", lambda: now)
    with closing(WokenSelector(wake.read)) as selector:
        selector.register(terminal.read, selectors.EVENT_READ)
        selector.select(0.1)
        now += 10.0
        selector.select(0.1)
    assert waits == [0.1, None]


def test_it_waits_for_nothing_once_the_terminal_is_let_go(terminal: Pipe, wake: Pipe) -> None:
    seen: list[object] = []
    with closing(WokenSelector(wake.read)) as selector:
        selector.register(terminal.read, selectors.EVENT_READ)
        selector.unregister(terminal.read)
        waiting(selector, seen).join(PATIENCE_S)
        assert seen == [[]]


class OnAPipe(ThriftyDriver):
    """The driver, but for the terminal: keys come from a pipe, and are kept."""

    def __init__(self, terminal: Pipe) -> None:
        self.fileno = terminal.read
        self.exit_event = threading.Event()
        self._debug = False
        self.came = threading.Event()
        self.keys: list[str] = []

    def process_message(self, message: Message) -> None:
        if isinstance(message, Key):
            self.keys.append(message.key)
            self.came.set()


def test_the_driver_reads_keys_until_it_lets_go(terminal: Pipe) -> None:
    driver = OnAPipe(terminal)
    thread = threading.Thread(target=driver.run_input_thread, daemon=True)
    driver._key_thread = None
    thread.start()
    os.write(terminal.write, b"k")
    assert driver.came.wait(PATIENCE_S)
    assert driver.keys == ["k"]
    before = os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else None
    driver.exit_event.set()
    wakes = driver._wakes
    assert wakes is not None
    os.write(wakes, b"\0")
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    assert driver._wakes is None
    if before is not None:
        assert len(os.listdir("/proc/self/fd")) < len(before)
