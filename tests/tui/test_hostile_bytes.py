"""No byte of data acts on the terminal, wherever it is shown: the real program, every text of a
whole desk replaced by what acts, past all entrances."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from agent_tui.storage.stored_texts import names_and_numbers, words_of_people
from benchmarks.pty_driver import CTRL_D, ENTER, ESCAPE, F4, Terminal, environment
from tests.tui.naughty import ACTING, NAUGHTY, SPELT, acts

SIZE = (200, 60)
QUIET_S = 0.4
TAB, DOWN, F5, F6, F7, F11 = "\t", "\x1b[B", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[23~"
CTRL_E, CTRL_O, CTRL_P, CTRL_END, HELP, ACT = "\x05", "\x0f", "\x10", "\x1b[1;5F", "\x1f", "\x00"
TAP = "[@click=app.quit]tap[/]"


def poison(path: Path) -> int:
    """Behind every text of the desk stands what acts; returns how many columns took it."""
    taken = 0
    with closing(sqlite3.connect(path)) as connection:
        for table in (*words_of_people(), *names_and_numbers()):
            for column in table.columns:
                for place, naughty in enumerate(NAUGHTY):
                    try:
                        with connection:
                            changed = connection.execute(
                                f"UPDATE {table.name} SET {column} = {column} || ? "
                                f"WHERE {column} <> '' AND rowid % ? = ?",
                                (f" {TAP} {naughty}", len(NAUGHTY), place),
                            )
                            taken += changed.rowcount > 0
                    except sqlite3.IntegrityError:
                        continue
    return taken


def notes_in(url: str) -> int:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return int(connection.execute("SELECT count(*) FROM notes").fetchone()[0])


def desk_on(url: str, tmp_path: Path) -> Terminal:
    argv = [sys.executable, "-m", "agent_tui", "--db", url, "--as", "mira", "desk"]
    return Terminal(argv, size=SIZE, env=environment(AGENT_TUI_HOME=str(tmp_path / "home")))


def test_nothing_that_is_stored_acts_wherever_it_is_shown(desk_url: str, tmp_path: Path) -> None:
    assert poison(Path(desk_url.removeprefix("sqlite:///"))) > 200
    with desk_on(desk_url, tmp_path) as terminal:

        def press(*keys: str, sees: str = "") -> None:
            for key in keys:
                terminal.type(key)
                terminal.rest(QUIET_S)
            if sees:
                terminal.until(sees)

        terminal.until("Mira")
        press(*[DOWN] * 12, sees="tap")
        press("katherine", sees="Before you speak")
        press(ENTER, sees="about Katherine Smith")
        press(CTRL_O, "j", ENTER, "j", "j", ENTER, "j", sees="tap")
        for _section in range(7):
            press("l", "j", "j")
        press(ACT, ESCAPE, "+", ESCAPE)
        press(CTRL_END, DOWN, DOWN, sees="tap")
        press("n", "l", "l", "l", ESCAPE)
        press("k", "k", "yk" * len(NAUGHTY), "y", sees="handed to the terminal")
        press(ACT, ESCAPE)
        press(F11, "the", sees="tap")
        press(ESCAPE, CTRL_E, ESCAPE, F7, ESCAPE, F5, DOWN, ENTER, ESCAPE, ESCAPE, F6, TAB, ESCAPE)
        press(HELP, ESCAPE, CTRL_P, "note", ESCAPE)
        press(F4, sees="▸ Note")
        for beginning in ("#", "@", ";", "!call @", "=", "wants: "):
            press(beginning, TAB, TAB, " ")
        notes = notes_in(desk_url)
        press(f"\x1b[200~pasted {' '.join(NAUGHTY)}\r\x1b[201~", sees="draft kept")
        assert notes_in(desk_url) == notes
        press(CTRL_D)
        terminal.gone()
        assert terminal.process.returncode == 0
        found = acts(bytes(terminal.written))
        assert found == [], found[:20]
        assert TAP in bytes(terminal.written).decode()


@pytest.mark.parametrize("naughty", ACTING)
def test_what_acts_would_be_found(naughty: str) -> None:
    assert acts(f"\x1b[1;1Hbefore {naughty} behind\x1b[0m".encode())


@pytest.mark.parametrize("naughty", SPELT)
def test_mere_spelling_is_let_through(naughty: str) -> None:
    assert acts(f"\x1b[1;1Hbefore {naughty} behind\x1b[0m".encode()) == []
