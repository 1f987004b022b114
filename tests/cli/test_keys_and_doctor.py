"""`keys` lists the action table; `doctor` finds what is wrong and changes nothing."""

from __future__ import annotations

import re
import sqlite3
import textwrap
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from agent_tui.tui.actions import ACTIONS, BY_ID
from agent_tui.tui.key_names import key_of
from tests.cli.conftest import Ended, Run

ROOT = Path(__file__).parents[2]


def settings(home: Path, text: str) -> None:
    (home / "config").mkdir(parents=True, mode=0o700, exist_ok=True)
    (home / "config" / "settings.toml").write_text(text)
    (home / "config" / "settings.toml").chmod(0o600)


def code_blocks(page: Path) -> list[str]:
    """Every block of code of a page that is TOML, whether it is fenced or set in."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```", text, re.M | re.S)
    for block in re.findall(r"(?:^    .*\n)(?:(?:^    .*)?\n)*", text, re.M):
        with suppress(tomllib.TOMLDecodeError):
            tomllib.loads(textwrap.dedent(block))
            blocks.append(textwrap.dedent(block))
    return blocks


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


@pytest.mark.parametrize(("page", "is_exchange"), [("README.md", False), ("docs/keys.md", True)])
def test_the_keys_of_ones_own_on_a_page_hold_as_they_stand_there(
    run: Run, home: Path, page: str, is_exchange: bool
) -> None:
    examples = [one for one in code_blocks(ROOT / page) if "keys" in tomllib.loads(one)]
    assert examples, f"{page} shows no keys of one's own"
    for example in examples:
        settings(home, example)
        ended = run("keys", "--json")
        assert (ended.code, ended.err) == (0, "")
        keys = {entry["id"]: entry["keys"] for entry in ended.json}
        own = tomllib.loads(example)["keys"]
        for action_id, written in own.items():
            named = [key_of(name.strip()) for name in written.split(",")]
            assert sorted(keys[action_id]) == sorted(named)
            assert sorted(named) != sorted(BY_ID[action_id].keys), "changes nothing"
        if is_exchange:
            note, wrap_up = (BY_ID[one].keys[0] for one in ("note", "wrap_up"))
            assert (keys["note"][0], keys["wrap_up"][0]) == (wrap_up, note)


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
        "theme",
        "region",
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


def test_a_theme_and_a_country_that_are_none(run: Run, home: Path) -> None:
    settings(home, 'theme = "nope"\nregion = "XX"\n')
    found = problems(run("doctor", "--json"))
    assert set(found) == {"theme", "region"}
    assert "agent-tui-light" in found["theme"]["advice"]
    settings(home, 'theme = "nord"\nregion = "de"\n')
    assert problems(run("doctor", "--json")) == {}
