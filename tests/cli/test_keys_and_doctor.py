"""`keys` lists the action table; `doctor` finds what is wrong and changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from agent_tui.tui.actions import ACTIONS
from tests.cli.conftest import Ended, Run


def settings(home: Path, text: str) -> None:
    (home / "config").mkdir(parents=True, mode=0o700)
    (home / "config" / "settings.toml").write_text(text)
    (home / "config" / "settings.toml").chmod(0o600)


def problems(ended: Ended) -> dict[str, Any]:
    return {check["check"]: check for check in ended.json if not check["ok"]}


def test_keys_are_the_action_table(run: Run) -> None:
    listed = run("keys", "--json").json
    assert [list(entry) for entry in listed] == [["id", "keys", "title", "help", "scope"]] * len(
        ACTIONS
    )
    assert [(entry["id"], set(entry["keys"])) for entry in listed] == [
        (action.id, set(action.keys)) for action in ACTIONS
    ]
    assert "F4, ctrl+n" in run("keys").out


def test_keys_of_ones_own_hold_and_bad_ones_are_named(run: Run, home: Path) -> None:
    settings(home, '[keys]\nnote = "ctrl+e"\nnotes = "f5"\n')
    ended = run("keys", "--json")
    assert next(entry for entry in ended.json if entry["id"] == "note")["keys"] == ["ctrl+e"]
    assert f"{home}/config/settings.toml: line 3: there is no action `notes`" in ended.err
    assert "did you mean `note`?" in ended.err


def test_a_sound_desk_is_found_sound(run: Run, desk: Path) -> None:
    ended = run("doctor", "--json")
    assert ended.code == 0
    assert [list(check) for check in ended.json] == [["check", "ok", "found", "advice"]] * len(
        ended.json
    )
    assert [check["check"] for check in ended.json] == [
        "program",
        "settings",
        "keys",
        "folders",
        "files",
        "database",
        "records",
        "search",
        "agent",
        "terminal",
        "encoding",
    ]
    assert "PROBLEM" not in run("doctor").out


def test_looking_makes_nothing(run: Run, home: Path) -> None:
    ended = run("doctor")
    assert ended.code == 0
    assert "not there yet" in ended.out
    assert not home.exists()


def test_what_others_may_read_is_named_with_what_to_do(run: Run, desk: Path) -> None:
    desk.chmod(0o644)
    desk.parent.chmod(0o755)
    ended = run("doctor", "--json")
    found = problems(ended)
    assert ended.code == 1
    assert set(found) == {"folders", "files"}
    assert found["files"]["advice"] == f"chmod 600 {desk}"
    assert found["folders"]["advice"] == f"chmod 700 {desk.parent}"


def test_references_that_lead_nowhere_are_counted(run: Run, desk: Path) -> None:
    with sqlite3.connect(desk) as connection:
        connection.execute("DELETE FROM interactions")
    ended = run("doctor", "--json")
    assert ended.code == 1
    assert "1 row of messages points to interactions" in problems(ended)["database"]["found"]


def test_an_exemption_that_was_left_open_is_named_and_redact_ends_it(run: Run, desk: Path) -> None:
    with sqlite3.connect(desk) as connection:
        connection.execute(
            "INSERT INTO exemptions (id, kind, customer_id, agent_id, at, ended_at) "
            "VALUES (1, 'erasure', 1, NULL, 0, NULL)"
        )
    ended = run("doctor", "--json")
    assert ended.code == 1
    assert "1 exemption left open" in problems(ended)["records"]["found"]
    assert run("redact").code == 0
    assert run("doctor").code == 0


def test_a_file_that_is_no_desk_and_settings_that_cannot_be_used(
    run: Run, home: Path, tmp_path: Path
) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear Sir,\n" * 500)
    other.chmod(0o600)
    settings(home, "mouse = 'perhaps'\n")
    ended = run("doctor", "--json", "--db", f"sqlite:///{other}")
    assert set(problems(ended)) == {"settings", "database"}


def test_keys_that_cannot_be_honoured(run: Run, home: Path) -> None:
    settings(home, '[keys]\nnote = "ctrl+c"\n')
    assert "interrupts the program" in problems(run("doctor", "--json"))["keys"]["found"]
