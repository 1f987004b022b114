"""`replay`, and `--db demo`: conversations played into a desk, the demo desk from any command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """A call that is over at once."""
    events: list[dict[str, object]] = [
        {"type": "ringing", "call": "c", "from": "+44 20 7946 0018"},
        {"type": "answered", "call": "c", "to": "somebody"},
        {
            "type": "message",
            "call": "c",
            "id": "u",
            "speaker": "customer",
            "text": "h",
            "final": False,
        },
        {"type": "message", "call": "c", "id": "u", "speaker": "customer", "text": "hello\x1b[2J"},
        {"type": "ended", "call": "c"},
    ]
    file = tmp_path / "call.jsonl"
    file.write_text("".join(json.dumps({"after_s": 0, "event": one}) + "\n" for one in events))
    return file


def test_a_recording_is_played_into_the_desk_and_told_line_by_line(
    run: Run, desk: Path, call: Path
) -> None:
    ended = run("replay", str(call))
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert (lines[:2], lines[-1]) == (["ringing", "answered by mira"], "ended")
    assert lines[2].startswith("customer: hello")
    assert "\x1b" not in ended.out
    newest = run("recent", "--limit", "1", "--json").json[0]
    assert (newest["customer"], newest["agent"]) == ("Katherine Smith", "mira")


def test_as_json_one_object_a_line(run: Run, desk: Path, call: Path) -> None:
    told = [json.loads(line) for line in run("replay", str(call), "--json").out.splitlines()]
    assert [one["type"] for one in told] == ["ringing", "answered", "message", "ended"]
    assert told[2]["speaker"] == "customer"


def test_without_a_name_the_recordings_are_listed(run: Run, home: Path) -> None:
    lines = run("replay").out.splitlines()
    assert len(lines) >= 4
    assert lines[0].startswith("boiler-visit: Katherine Smith rings")
    assert [one["name"] for one in run("replay", "--json").json] == [
        line.partition(":")[0] for line in lines
    ]
    assert not home.exists(), "nothing was opened for it"


@pytest.mark.parametrize("words", [["leavin"], ["leaving", "--speed", "0"], ["nowhere.jsonl"]])
def test_what_cannot_be_played_is_said_before_a_desk_is_opened(
    run: Run, home: Path, words: list[str]
) -> None:
    ended = run("replay", *words)
    assert ended.code in (1, 2)
    assert ended.err
    assert not home.exists()


def test_every_command_reaches_the_demo_desk(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENT_TUI_AGENT", "somebody")
    first = run("--db", "demo", "find", "kathrin smth", "--limit", "1", "--json")
    assert first.err == "Preparing the demo desk…\n"
    assert first.json[0]["name"] == "Katherine Smith"
    assert run("find", "020 7946 0018", "--db", "demo", "--limit", "1", "--json").json
    assert run("--db", "demo", "today").out.startswith("Mira Okafor")
    assert run("--db", "demo", "--as", "noor", "today").out.startswith("Noor Haddad")
    assert [path.name for path in (home / "data").iterdir()] == ["demo.sqlite"]
