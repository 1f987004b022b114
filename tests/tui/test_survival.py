"""The desk survives its terminal: faults, the shell's ctrl+z, and why it ended.

The real program in a real terminal. What happens to the pen meanwhile is `test_pen_survival`.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from agent_tui.cli import entry
from benchmarks.pty_driver import CTRL_D, ENTER, F4, Terminal, environment

TYPED = "stayed home with Ava"
CTRL_Z, CTRL_UNDERSCORE = "\x1a", "\x1f"
ALTERNATE, MAIN = b"\x1b[?1049h", b"\x1b[?1049l"
HIDDEN, SHOWN = b"\x1b[?25l", b"\x1b[?25h"
MOUSE_OFF, PASTE_OFF = b"\x1b[?1000l", b"\x1b[?2004l"
PROMPT = "shell-waits"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AGENT_TUI_HOME", str(tmp_path / "home"))
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    file = tmp_path / "people.jsonl"
    file.write_text(json.dumps({"customer": {"name": "Ava Nguyen"}}) + "\n")
    assert entry.run(["--db", url, "import", str(file)]) == 0
    return url


@contextmanager
def typing(tmp_path: Path, *argv: str) -> Iterator[Terminal]:
    """The program, with a note half typed."""
    with Terminal(argv, env=environment(AGENT_TUI_HOME=str(tmp_path / "home"))) as terminal:
        begin_a_note(terminal)
        yield terminal


def begin_a_note(terminal: Terminal) -> None:
    terminal.type("nguyen")
    terminal.until("1 of 1", "Before you speak")
    terminal.type(ENTER)
    terminal.until("about Ava Nguyen")
    terminal.type(F4)
    terminal.until("▸ Note")
    terminal.type(TYPED)
    terminal.until(TYPED)


def desk(url: str, *python: str) -> tuple[str, ...]:
    return (sys.executable, *(python or ("-m", "agent_tui")), "--db", url, "--as", "mira", "desk")


def drafts(tmp_path: Path) -> list[str]:
    with closing(sqlite3.connect(tmp_path / "desk.sqlite")) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM drafts")]


def assert_given_back(terminal: Terminal) -> str:
    """The terminal is as it was before; what the program said outside of its screen."""
    written = bytes(terminal.written)
    assert written.count(MAIN) >= written.count(ALTERNATE) > 0
    assert written.rfind(SHOWN) > written.rfind(HIDDEN)
    assert MOUSE_OFF in written
    assert PASTE_OFF in written
    return written.rpartition(MAIN)[2].decode()


@pytest.mark.parametrize("where", ["screen", "worker"])
def test_a_fault_gives_the_terminal_back_keeps_the_text_and_tells_nothing_of_it(
    url: str, tmp_path: Path, where: str
) -> None:
    with typing(tmp_path, *desk(url, "-m", "tests.tui.faulty", where)) as terminal:
        terminal.type(CTRL_UNDERSCORE)
        terminal.gone()
        assert terminal.process.returncode == 1
        said = assert_given_back(terminal)
    log = tmp_path / "home" / "state" / "agent-tui.log"
    assert "this should not have happened" in said
    assert log.name in said.replace("\r\n", "")
    assert "ValueError" in log.read_text()
    assert "faulty.py" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    for words in (said, log.read_text()):
        assert "Ava" not in words
        assert "no room" not in words
    assert drafts(tmp_path) == [TYPED]


def test_who_ended_the_desk_stands_in_the_log(url: str, tmp_path: Path) -> None:
    log = tmp_path / "home" / "state" / "agent-tui.log"
    with typing(tmp_path, *desk(url)) as terminal:
        terminal.send(signal.SIGTERM)
        terminal.gone()
        assert_given_back(terminal)
    assert "told to end by SIGTERM" in log.read_text()
    with Terminal(desk(url), env=environment(AGENT_TUI_HOME=str(tmp_path / "home"))) as terminal:
        terminal.until("Drafts 1")
        terminal.hang_up()
        terminal.process.wait(10)
    assert "SIGHUP" in log.read_text()
    assert "Ava" not in log.read_text()


def test_ctrl_z_gives_the_shell_back_and_fg_the_desk(url: str, tmp_path: Path) -> None:
    shell = ("bash", "--norc", "--noprofile", "-i")
    env = environment(AGENT_TUI_HOME=str(tmp_path / "home"), PS1=f"{PROMPT} ", HISTFILE="")
    with Terminal(shell, env=env) as terminal:
        terminal.until(PROMPT)
        terminal.type(" ".join(desk(url)) + "\r")
        terminal.until("Mira")
        begin_a_note(terminal)
        before = len(terminal.written)
        terminal.type(CTRL_Z)
        terminal.wait_for(lambda: PROMPT.encode() in terminal.written[before:], "the shell")
        assert MAIN in terminal.written[before:]
        assert terminal.written.rfind(SHOWN) > terminal.written.rfind(HIDDEN)
        assert drafts(tmp_path) == [TYPED], "what was typed is on disk while the desk is stopped"
        with closing(sqlite3.connect(tmp_path / "desk.sqlite", timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
        terminal.type("echo the-shell-$((40 + 2))\r")
        terminal.until("the-shell-42")
        terminal.type("fg\r")
        terminal.until(TYPED, "▸ Note", gone="the-shell-42")
        terminal.type(" and Bea")
        terminal.until(f"{TYPED} and Bea", "draft kept")
        behind = len(terminal.written)
        terminal.type(CTRL_D)
        terminal.wait_for(lambda: PROMPT.encode() in terminal.written[behind:], "the shell")
        assert_given_back(terminal)
    assert drafts(tmp_path) == [f"{TYPED} and Bea"]


def test_ctrl_z_does_nothing_where_no_shell_could_bring_the_desk_back(
    url: str, tmp_path: Path
) -> None:
    with typing(tmp_path, *desk(url)) as terminal:
        terminal.type(CTRL_Z)
        terminal.until("Not stopped", TYPED)
        terminal.type(CTRL_D)
        terminal.gone()
        assert terminal.process.returncode == 0


def test_a_stop_from_outside_gives_the_terminal_back_too(url: str, tmp_path: Path) -> None:
    with typing(tmp_path, *desk(url)) as terminal:
        terminal.until("draft kept")
        before = len(terminal.written)
        terminal.send(signal.SIGTSTP)
        os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
        terminal.rest()
        assert MAIN in terminal.written[before:]
        terminal.send(signal.SIGCONT)
        terminal.wait_for(lambda: ALTERNATE in terminal.written[before:], "the desk again")
        terminal.type(" still here")
        terminal.until(f"{TYPED} still here", "draft kept")
