"""What goes over the line between the desk and its terminal: how much, for the mouse, and copies.

The real program in a real terminal; the last test in a real tmux.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from agent_tui.cli import entry
from benchmarks.pty_driver import DOWN, ENTER, F4, Terminal, environment
from tests.builders import make_desk

MOST_BYTES = 6_000
"""What one key may cost on the line, at 120 columns and 40 rows."""
MOUSE_ON = b"\x1b[?1000h"
NOTE = "moved house, the key is with the neighbour"
QUIET_S = 0.4
GIVEN = ("Ava", "Ben", "Carla", "Dov", "Esra", "Finn", "Greta", "Hugo")
FAMILY = ("Nguyen", "Nugent", "Nagel", "Smith", "Smyth", "Schmidt", "Novak", "Noyes")


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A desk with people of like names, the first of whom has a history."""
    monkeypatch.setenv("AGENT_TUI_HOME", str(tmp_path / "home"))
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    people = [
        {"customer": {"name": f"{given} {family}", "company": f"{family} & Sons", "city": "Leeds"}}
        for given in GIVEN
        for family in FAMILY
    ]
    file = tmp_path / "people.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in people))
    assert entry.run(["--db", url, "import", str(file)]) == 0
    with closing(make_desk(url)) as desk:
        customer = desk.finding.choose("Ava Nguyen")
        for day in range(60):
            desk.noting.save(f"note {day}: called, nobody there #visit", customer_id=customer)
        desk.noting.save(NOTE, customer_id=customer)
    return url


def argv(url: str) -> list[str]:
    return [sys.executable, "-m", "agent_tui", "--db", url, "--as", "mira", "desk"]


@contextmanager
def desk_on(url: str, tmp_path: Path, **more: str) -> Iterator[Terminal]:
    env = environment(AGENT_TUI_HOME=str(tmp_path / "home")) | more
    with Terminal(argv(url), env=env) as terminal:
        terminal.until("Mira", "Find")
        yield terminal


def open_ava(terminal: Terminal) -> None:
    terminal.type("ava nguyen")
    terminal.until("▸ Ava Nguyen", "Before you speak")
    terminal.type(ENTER)
    terminal.until("about Ava Nguyen", NOTE)


def test_a_key_costs_little_on_the_line(url: str, tmp_path: Path) -> None:
    costs: list[tuple[int, str]] = []

    def press(key: str, is_done: Callable[[], bool]) -> None:
        before = len(terminal.written)
        terminal.type(key)
        terminal.wait_for(is_done, f"what {key!r} does")
        terminal.rest(QUIET_S)
        costs.append((len(terminal.written) - before, key))

    def shows(text: str) -> Callable[[], bool]:
        return lambda: text.strip() in terminal.shown

    with desk_on(url, tmp_path) as terminal:
        open_ava(terminal)
        terminal.type("/")
        terminal.rest(QUIET_S)
        typed = ""
        for letter in "carla n":
            typed += letter
            press(letter, shows(f"Find {typed}"))
        for _ in range(4):
            press(DOWN, lambda: True)
        terminal.type(F4)
        terminal.until("▸ Note")
        terminal.rest(QUIET_S)
        typed = ""
        for letter in "home #v !call":
            typed += letter
            press(letter, shows(typed))
        terminal.type("\x1b")
        terminal.rest(QUIET_S)
        for key in ("\x1b[5~", "\x1b[5~", "\x1b[6~", "k", "j"):
            press(key, lambda: True)
    assert [cost for cost in costs if cost[0] > MOST_BYTES] == []
    assert sum(cost for cost, _key in costs) > 0


@pytest.mark.parametrize(("setting", "listens"), [("true", True), ("false", False)])
def test_the_mouse_can_be_left_to_the_terminal(
    url: str, tmp_path: Path, setting: str, listens: bool
) -> None:
    settings = tmp_path / "home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f"mouse = {setting}\n")
    with desk_on(url, tmp_path) as terminal:
        assert (MOUSE_ON in terminal.written) is listens


@pytest.mark.parametrize(
    "more", [{}, {"SSH_TTY": "/dev/pts/9"}], ids=["at the terminal", "over ssh"]
)
def test_a_copy_goes_to_whoever_sits_at_the_terminal(
    url: str, tmp_path: Path, more: dict[str, str]
) -> None:
    with desk_on(url, tmp_path, TMUX="", **more) as terminal:
        open_ava(terminal)
        terminal.type("k")
        terminal.type("j")
        terminal.rest(QUIET_S)
        terminal.type("y")
        terminal.until("handed to the terminal", "moved house")
        copied = b"\x1b]52;c;" + base64.b64encode(NOTE.encode()) + b"\x07"
        assert copied in terminal.written


@pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux is installed here")
def test_under_a_real_tmux_a_copy_is_in_its_buffer(url: str, tmp_path: Path) -> None:
    server = ["tmux", "-S", str(tmp_path / "tmux"), "-f", "/dev/null"]
    env = environment(AGENT_TUI_HOME=str(tmp_path / "home"))
    env.pop("TMUX", None)

    def tmux(*words: str) -> str:
        done = subprocess.run(
            [*server, *words], env=env, capture_output=True, text=True, check=False
        )
        return done.stdout

    def until(*texts: str) -> None:
        end = time.monotonic() + 20
        while not all(text in (shown := tmux("capture-pane", "-p")) for text in texts):
            assert time.monotonic() < end, f"never saw {texts} in\n{shown}"
            time.sleep(0.05)

    tmux("new-session", "-d", "-x", "120", "-y", "36", *argv(url))
    try:
        until("Mira", "Find")
        tmux("send-keys", "-l", "ava nguyen")
        until("▸ Ava Nguyen", "Before you speak")
        tmux("send-keys", "Enter")
        until("about Ava Nguyen", NOTE)
        tmux("send-keys", "y")
        until("copied through tmux")
        assert tmux("show-buffer").rstrip("\n") == NOTE
    finally:
        tmux("kill-server")
