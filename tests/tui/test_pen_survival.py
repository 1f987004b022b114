"""The pen against what happens to programs: ended, hung up, stopped, a full disk, a lost server.

The real program in a real terminal, but for the lost server.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from agent_tui.cli import entry
from agent_tui.tui.app import DeskApp
from benchmarks.pty_driver import CTRL_D, ENTER, F4, Terminal, environment
from tests.builders import make_desk
from tests.postgres import refused
from tests.tui.conftest import NOW, ZONE, Stage


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AGENT_TUI_HOME", str(tmp_path / "home"))
    return f"sqlite:///{tmp_path}/desk.sqlite"


@contextmanager
def typing(url: str, tmp_path: Path) -> Iterator[Terminal]:
    """The program, with somebody open and the cursor in the note."""
    file = tmp_path / "people.jsonl"
    file.write_text(json.dumps({"customer": {"name": "Ava Nguyen"}}) + "\n")
    assert entry.run(["--db", url, "import", str(file)]) == 0
    argv = [sys.executable, "-m", "agent_tui", "--db", url, "--as", "mira", "desk"]
    env = environment(AGENT_TUI_HOME=str(tmp_path / "home"))
    with Terminal(argv, env=env) as terminal:
        terminal.type("nguyen")
        terminal.until("1 of 1", "Before you speak")
        terminal.type(ENTER)
        terminal.until("about Ava Nguyen")
        terminal.type(F4)
        terminal.until("▸ Note")
        yield terminal


def drafts(tmp_path: Path) -> list[str]:
    with closing(sqlite3.connect(tmp_path / "desk.sqlite")) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM drafts")]


def test_a_closed_terminal_ends_the_program_and_the_text_is_on_disk(
    url: str, tmp_path: Path
) -> None:
    with typing(url, tmp_path) as terminal:
        terminal.type("hung up in the middle")
        terminal.until("hung up in the middle", "draft kept")
        terminal.hang_up()
        # The usual effect of the signal, or its exit code: a shell says 129 of either.
        assert terminal.process.wait(10) in (-signal.SIGHUP, 128 + signal.SIGHUP)
    assert drafts(tmp_path) == ["hung up in the middle"]


def test_a_program_that_is_told_to_end_keeps_the_last_key_and_gives_the_terminal_back(
    url: str, tmp_path: Path
) -> None:
    with typing(url, tmp_path) as terminal:
        terminal.type("told to end")
        terminal.until("told to end")
        terminal.send(signal.SIGTERM)
        terminal.gone()
        assert terminal.process.returncode == 128 + signal.SIGTERM
        assert terminal.written.rfind(b"\x1b[?1049l") > terminal.written.rfind(b"\x1b[?1049h")
    assert drafts(tmp_path) == ["told to end"]


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP])
def test_what_was_typed_in_a_burst_before_it_is_told_to_end_is_kept(
    url: str, tmp_path: Path, told: signal.Signals
) -> None:
    burst = " ".join(f"word{number}" for number in range(30))
    with typing(url, tmp_path) as terminal:
        terminal.type(burst)
        terminal.send(told)
        terminal.gone()
        assert terminal.process.returncode == 128 + told
    assert drafts(tmp_path) == [burst]


def test_a_program_that_was_stopped_keeps_what_was_typed_when_it_goes_on(
    url: str, tmp_path: Path
) -> None:
    with typing(url, tmp_path) as terminal:
        terminal.type("before the lid was closed")
        terminal.send(signal.SIGSTOP)
        status = os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
        assert status is not None
        terminal.send(signal.SIGCONT)
        terminal.until("before the lid was closed", "draft kept")
    assert drafts(tmp_path) == ["before the lid was closed"]


def test_a_full_disk_is_said_and_the_text_is_kept_when_there_is_room_again(
    url: str, tmp_path: Path
) -> None:
    with typing(url, tmp_path) as terminal:
        terminal.type("first ")
        terminal.until("draft kept")
        limit(terminal, (tmp_path / "desk.sqlite-wal").stat().st_size)
        terminal.type("while it is full")
        terminal.until("NOT KEPT:", "copies the text")
        limit(terminal, resource.RLIM_INFINITY)
        terminal.until("draft kept", gone="NOT KEPT")
    assert drafts(tmp_path) == ["first while it is full"]


def limit(terminal: Terminal, size: int) -> None:
    """No file that the program writes may grow beyond this many bytes."""
    unlimited = resource.RLIM_INFINITY
    resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (size, unlimited))


def test_leaving_with_a_full_disk_prints_the_text_without_the_card_and_fails(
    url: str, tmp_path: Path
) -> None:
    with typing(url, tmp_path) as terminal:
        limit(terminal, 0)
        terminal.type("paid with 4111 1111 1111 1111 !refund fri")
        terminal.until("NOT KEPT:")
        terminal.type(CTRL_D)
        terminal.gone()
        assert terminal.process.returncode == 1
        behind = bytes(terminal.written).rpartition(b"\x1b[?1049l")[2].decode()
        assert "not kept" in behind
        assert "paid with **** **** **** 1111 !refund fri" in behind


def test_leaving_while_another_program_holds_the_database_says_so_and_can_be_hurried(
    url: str, tmp_path: Path
) -> None:
    with typing(url, tmp_path) as terminal:
        with closing(sqlite3.connect(tmp_path / "desk.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            terminal.type("held up")
            terminal.until("held up")
            terminal.type(CTRL_D)
            terminal.until("Saving what was typed", "ctrl+d again leaves", "held up")
            terminal.type("not taken any more")
            terminal.type(CTRL_D)
            terminal.gone(5)
        assert terminal.process.returncode == 1
        behind = bytes(terminal.written).rpartition(b"\x1b[?1049l")[2].decode()
        assert "\nheld up" in behind
        assert "not taken any more" not in behind


def test_leaving_waits_for_a_lock_that_is_let_go_of(url: str, tmp_path: Path) -> None:
    with typing(url, tmp_path) as terminal:
        with closing(sqlite3.connect(tmp_path / "desk.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            terminal.type("held up")
            terminal.until("held up")
            terminal.type(CTRL_D)
            terminal.until("Saving what was typed")
        terminal.gone()
        assert terminal.process.returncode == 0
    assert drafts(tmp_path) == ["held up"]


async def test_a_lost_server_is_said_at_once_and_the_text_is_kept_when_it_is_back(
    migrated_postgres_url: str,
) -> None:
    desk = make_desk(migrated_postgres_url, now=NOW, zone=ZONE)
    desk.registering.customer("Ava Nguyen")
    app = DeskApp(lambda: desk)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        stage = Stage(app, pilot, desk, lambda: NOW)  # type: ignore[arg-type]
        await stage.until("Mira")
        await stage.type("nguyen")
        await stage.until("▸ Ava Nguyen")
        await stage.press("enter")
        await stage.until("about Ava Nguyen")
        await stage.press("f4")
        await stage.type("before")
        await stage.until("draft kept")
        with refused(migrated_postgres_url):
            await stage.type(" and after")
            await stage.until("NOT KEPT:")
            await stage.press("enter")
            await stage.until("NOT SAVED:", "before and after")
        await stage.until("draft kept", "before and after")
        await stage.press("enter")
        await stage.until("saved 14:02:07")
        await app.action_quit()
    assert app.return_code == 0
    desk.close()
    with psycopg.connect(migrated_postgres_url) as connection:
        assert connection.execute("SELECT text FROM notes").fetchall() == [("before and after",)]
        assert connection.execute("SELECT text FROM drafts").fetchall() == []
