"""The whole program in a real terminal: what only the bytes on the wire can show."""

from __future__ import annotations

import json
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from agent_tui.cli import entry
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from benchmarks.pty_driver import CTRL_D, ENTER, F4, Terminal, environment
from tests.builders import make_desk

PHONE = "+442079460018"
HOSTILE = (
    "\x1b]0;OWNED\x07",
    "\x1b]52;c;T1dORUQ=\x07",
    "\x1b[2J\x1b[31mred",
    "\x9b31m\x85\x9d0;OWNED\x9c",
    "\u202egnp.exe\u2066\u200f",
    "[/x][bold]loud[/bold]",
    "[@click=app.quit]tap[/]",
    "\x00\x08\x7f",
)
"""Texts that act on a terminal, or on a screen that reads markup."""

FROM_DATA = (
    b"\x1b]0;",
    b"\x1b]52;",
    b"\x1b[2J",
    b"\x1b[31m",
    *("\x9b\x85\x9d\x9c"[place].encode() for place in range(4)),
    *("\u202e\u2066\u200f"[place].encode() for place in range(3)),
    b"\x00",
    b"\x7f",
)
"""Bytes that the program itself has no reason to write."""

HOME, SHOW_CURSOR, MAIN_SCREEN = b"\x1b[?1049h", b"\x1b[?25h", b"\x1b[?1049l"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AGENT_TUI_HOME", str(tmp_path / "home"))
    return f"sqlite:///{tmp_path}/desk.sqlite"


def desk_on(url: str, tmp_path: Path) -> Terminal:
    argv = [sys.executable, "-m", "agent_tui", "--db", url, "--as", "mira", "desk"]
    return Terminal(argv, env=environment(AGENT_TUI_HOME=str(tmp_path / "home")))


def bring_in(url: str, folder: Path, *names: str) -> None:
    file = folder / "people.jsonl"
    file.write_text("".join(json.dumps({"customer": {"name": name}}) + "\n" for name in names))
    assert entry.run(["--db", url, "import", str(file)]) == 0


def leave(terminal: Terminal) -> None:
    """Quit, and see the terminal given back as it was."""
    terminal.type(CTRL_D)
    terminal.gone()
    assert terminal.process.returncode == 0
    behind = bytes(terminal.written).rpartition(MAIN_SCREEN)
    assert behind[1], "the alternate screen was not left"
    assert HOME not in behind[2]
    assert terminal.written.rfind(SHOW_CURSOR) > terminal.written.rfind(b"\x1b[?25l")


def test_a_note_that_was_being_typed_survives_a_kill(url: str, tmp_path: Path) -> None:
    with desk_on(url, tmp_path) as terminal:
        terminal.until("Nobody is in this desk yet.")
        bring_in(url, tmp_path, "Ava Nguyen", "Ben Adeyemi")
        terminal.type("nguyen")
        terminal.until("1 of 2", "Before you speak")
        terminal.type(ENTER)
        terminal.until("about Ava Nguyen")
        terminal.type(F4)
        terminal.until("▸ Note")
        terminal.type("moved house #address")
        terminal.until("topic address", "draft kept")
        terminal.send(signal.SIGKILL)
        terminal.gone()
    with desk_on(url, tmp_path) as terminal:
        terminal.until("Drafts 1", "moved house #address")
        terminal.type("nguyen")
        terminal.until("1 of 2", "Before you speak")
        terminal.type(ENTER)
        terminal.until("draft from before", "moved house #address", gone="Drafts 1")
        leave(terminal)


def test_a_shifted_f3_is_a_key_though_a_cursor_is_told_by_the_same_bytes(
    url: str, tmp_path: Path
) -> None:
    with desk_on(url, tmp_path) as terminal:
        terminal.until("Nobody is in this desk yet.")
        terminal.type("\x1b[1;2R")
        terminal.until("What is in your way?")
        terminal.type("\x1b")
        terminal.until("Nobody is in this desk yet.", gone="What is in your way?")
        leave(terminal)


def test_text_from_data_never_acts_on_the_terminal(url: str, tmp_path: Path) -> None:
    nasty = " ".join(HOSTILE)
    bring_in(url, tmp_path, f"Zoe {nasty}", "Ben Adeyemi")
    with closing(make_desk(url)) as desk:
        customer = desk.finding.choose("Zoe")
        desk.noting.save(f"a note {nasty}", customer_id=customer)
        desk.conversing.take(CallSignal("phone", "1", "ringing", sender=PHONE, name=nasty))
        desk.conversing.take(MessageSignal("phone", "1", "1", "customer", f"said {nasty}"))
    slip_past_the_entrance(tmp_path / "desk.sqlite", nasty)
    with desk_on(url, tmp_path) as terminal:
        terminal.until("Waiting 1", "F9 opens")
        terminal.type("zoe")
        terminal.until("1 of 2", "Before you speak")
        terminal.type(ENTER)
        terminal.until("a note", "about Zoe")
        terminal.type(F4)
        terminal.until("▸ Note")
        terminal.type(f"\x1b[200~typed {nasty}\x1b[201~")
        terminal.until("typed", "draft kept")
        leave(terminal)
        for sequence in FROM_DATA:
            assert sequence not in terminal.written, sequence
        assert "[/x]" in bytes(terminal.written).decode()


def test_a_terminal_that_draws_nothing_is_refused_in_a_sentence(url: str, tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "agent_tui", "--db", url, "--as", "mira", "desk"]
    env = environment(AGENT_TUI_HOME=str(tmp_path / "home")) | {"TERM": "dumb"}
    with Terminal(argv, env=env) as terminal:
        terminal.until("TERM=dumb says")
        terminal.gone()
    assert terminal.process.returncode == 1


def test_a_paste_is_no_keys_whatever_is_in_it(url: str, tmp_path: Path) -> None:
    bring_in(url, tmp_path, "Ben Adeyemi")

    def notes() -> list[str]:
        with closing(sqlite3.connect(tmp_path / "desk.sqlite")) as connection:
            return [text for (text,) in connection.execute("SELECT text FROM notes")]

    with desk_on(url, tmp_path) as terminal:
        terminal.until("Mira")
        terminal.type("\x1b[200~ben \x1b[31m\r\x04ade\x1b[201~")
        terminal.until("▸ Ben Adeyemi")
        terminal.type(ENTER)
        terminal.until("about Ben Adeyemi")
        terminal.type(F4)
        terminal.until("▸ Note")
        terminal.type("\x1b[200~x \x1b[31mRED\x1b[0m line1\r\x00\x1b[17~line2\x1b[20")
        terminal.type("1~, said")
        terminal.until("line1", "line2", "draft kept")
        assert notes() == []
        terminal.type(", and typed" + ENTER)
        terminal.until("saved")
        assert notes() == ["x ␛[31mRED␛[0m line1\n␛[17~line2, said, and typed"]
        leave(terminal)


def slip_past_the_entrance(path: Path, nasty: str) -> None:
    """Records as another program might have written them: cleaned by nobody."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE customers SET name = ?, city = ? WHERE name LIKE 'Zoe%'",
            (f"Zoe {nasty}", nasty),
        )
        connection.execute("UPDATE notes SET text = ?", (f"a note {nasty}",))
        connection.execute("UPDATE messages SET text = ?", (f"said {nasty}",))
        connection.execute("UPDATE interactions SET peer = ?, peer_name = ?", (nasty, nasty))
