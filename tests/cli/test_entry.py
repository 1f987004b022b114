"""What every command line has in common: options anywhere, exit codes, sentences, the log."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from agent_tui import __version__
from agent_tui.cli import commands
from agent_tui.cli import log as log_file
from tests.cli.conftest import Run


def test_the_version(process: Run) -> None:
    ended = process("--version")
    assert (ended.code, ended.out, ended.err) == (0, f"agent-tui {__version__}\n", "")


def test_help_names_every_command(run: Run) -> None:
    ended = run("--help")
    assert ended.code == 0
    for command in commands.COMMANDS:
        assert f"  {command.name} " in ended.out


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(command: commands.Command, run: Run) -> None:
    ended = run(command.name, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"usage: agent-tui {command.name} ")


def test_an_unknown_command_is_wrong_usage_and_the_near_one_is_named(run: Run) -> None:
    ended = run("fnid")
    assert (ended.code, ended.out) == (2, "")
    assert "no command “fnid”: did you mean `find`?" in ended.err


def test_an_unknown_option_is_wrong_usage_and_help_is_named(run: Run) -> None:
    ended = run("recent", "--jsn")
    assert ended.code == 2
    assert "--jsn" in ended.err
    assert "`agent-tui recent --help`" in ended.err


@pytest.mark.parametrize("first", [True, False], ids=["before", "behind"])
def test_options_stand_before_or_behind_the_command(
    run: Run, tmp_path: Path, home: Path, first: bool
) -> None:
    place = tmp_path / "elsewhere.sqlite"
    options = ["--db", f"sqlite:///{place}", "--as=asha"]
    ended = run(*options, "agents") if first else run("agents", *options)
    assert ended.code == 0
    assert "asha" in ended.out
    assert place.exists()
    assert not (home / "data").exists()


def test_a_database_that_makes_no_sense_is_wrong_usage(run: Run) -> None:
    assert run("--db", "mysql://x/y", "recent").code == 2


def test_a_file_that_is_no_desk_is_refused_and_left_alone(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear Sir,\n" * 500)
    ended = run("recent", "--db", f"sqlite:///{other}")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("agent-tui: ")
    assert other.read_text() == "Dear Sir,\n" * 500


def test_settings_that_cannot_be_used_are_named(run: Run, home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text("themes = 'x'\n")
    ended = run("recent")
    assert ended.code == 1
    assert "did you mean `theme`?" in ended.err


def test_nothing_acting_in_an_argument_reaches_the_terminal(run: Run, desk: Path) -> None:
    ended = run("brief", "nobody \x1b]0;owned\x07 \u202e")
    assert ended.code == 1
    assert not set(ended.err) & {"\x1b", "\x07", "\u202e"}


def test_interrupting_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent_tui.cli.recent.run", _raising(KeyboardInterrupt()))
    ended = run("recent")
    assert (ended.code, ended.out, ended.err) == (130, "", "")


def test_what_nobody_foresaw_is_logged_without_what_customers_said(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent_tui.cli.recent.run", _raising(ZeroDivisionError("secret of Ava")))
    ended = run("recent")
    log = home / "state" / log_file.NAME
    assert ended.code == 1
    assert str(log) in ended.err
    assert "secret" not in ended.err + log.read_text()
    assert "ZeroDivisionError" in log.read_text()
    assert "test_entry.py" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_a_reader_that_has_enough_ends_the_command_quietly(desk: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "agent_tui", "recent"],
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_behind_stdout_is_a_failure(desk: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "agent_tui", "recent"],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert done.returncode == 1
    assert b"could not be written" in done.stderr


def test_output_is_utf8_in_any_locale(process: Run, desk: Path) -> None:
    ended = process("note", "k1", "Олена")
    assert ended.code == 0
    ended = process("find", "Олена", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ended.code == 0


def _raising(error: BaseException) -> object:
    def run(*_: object) -> int:
        raise error

    return run
