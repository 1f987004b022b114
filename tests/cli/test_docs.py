"""The JSON examples of `docs/command-line.md` have the keys that the program prints."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from agent_tui.cli import commands
from tests.cli.conftest import PEOPLE, Run

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"
SECTIONS = dict(re.findall(r"^## ([\w-]+)\n(.*?)(?=^## |\Z)", PAGE.read_text(), re.M | re.S))

EXAMPLES = {
    "generate": ["generate", "--customers", "3", "--interactions", "2", "--json"],
    "find": ["find", "katherine", "--json"],
    "brief": ["brief", "k1", "--json"],
    "timeline": ["timeline", "k1", "--json"],
    "note": ["note", "k1", "!call back +3d", "--json"],
    "promise": ["promise", "--json"],
    "complaint": ["complaint", "open", "k1", "nobody came", "--json"],
    "follow-up": ["follow-up", "ask", "k1", "asha", "check", "the", "meter", "--json"],
    "fact": ["fact", "add", "k1", "prefers", "mornings", "--json"],
    "refusal": ["refusal", "add", "k1", "offers", "by", "telephone", "--json"],
    "consent": ["consent", "list", "k1", "--json"],
    "friction": ["friction", "note", "gate", "again", "--customer", "k1", "--json"],
    "ledger": ["ledger", "add", "k1", "ours", "waived fee", "--json"],
    "recent": ["recent", "--json"],
    "export": ["export", "interactions", "--format", "jsonl"],
    "measures": ["measures", "promises-kept", "--json"],
    "agents": ["agents", "--json"],
    "replay": ["replay", "--json"],
    "reindex": ["reindex", "--json"],
    "keys": ["keys", "--json"],
    "doctor": ["doctor", "--json"],
}


def example(command: str, place: int = 0) -> Any:
    return json.loads(re.findall(r"```json\n(.*?)```", SECTIONS[command], re.S)[place])


def shape(value: Any) -> Any:
    """The keys, all the way down; of a list, those of its first entry."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value[:1]]
    return "value"


def test_every_command_has_its_section() -> None:
    for command in commands.COMMANDS:
        assert f"    agent-tui {command.name}" in SECTIONS[command.name]


@pytest.mark.parametrize("command", EXAMPLES)
def test_an_example_has_the_keys_of_the_output(run: Run, desk: Path, command: str) -> None:
    printed = shape(run(*EXAMPLES[command]).json)
    assert shape(example(command)) == printed
    assert json.dumps(shape(example(command))) == json.dumps(printed), "in the same order"


def test_the_example_of_import(run: Run, tmp_path: Path) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text(json.dumps(PEOPLE[1]))
    assert shape(example("import")) == shape(run("import", str(people), "--json").json)


def test_the_example_of_redact(run: Run, desk: Path) -> None:
    with sqlite3.connect(desk) as connection:
        connection.execute("UPDATE messages SET text = 'card 4111 1111 1111 1111'")
    printed = shape(run("redact", "--json").json)
    assert shape(example("redact")) == printed
    assert json.dumps(shape(example("redact"))) == json.dumps(printed), "in the same order"


def test_the_example_of_a_note_taken_back(run: Run, desk: Path) -> None:
    note = run("note", "k1", "hello", "--json").json
    assert shape(example("note", 1)) == shape(run("note", "--undo", note["id"], "--json").json)


def test_the_example_of_a_count(run: Run, desk: Path) -> None:
    assert example("recent", 1) == run("recent", "--count", "--json").json


def test_the_example_of_a_question(run: Run, desk: Path) -> None:
    run("note", "k1", "ask: who lets the engineer in")
    [asked] = run("question", "--json").json
    answered = run("question", "answer", asked["id"], "her mother", "--json").json
    assert shape(example("question")) == shape(answered)
    assert json.dumps(shape(example("question"))) == json.dumps(shape(answered)), "in this order"


def test_the_example_of_a_tie(run: Run, desk: Path) -> None:
    run("tie", "add", "a1", "k1", "cared", "for", "by")
    listed = run("tie", "list", "a1", "--json").json
    assert shape(example("tie")) == shape(listed)
    assert json.dumps(shape(example("tie"))) == json.dumps(shape(listed)), "in this order"


def test_the_example_of_what_is_behind_a_measure(run: Run, desk: Path) -> None:
    day = ("--since", "2026-03-01", "--until", "2026-03-08", "--customer", "k1")
    behind = run("measures", "behind", "promises-kept", "--part", "others", *day, "--json").json
    assert shape(example("measures", 1)) == shape(behind)


def test_the_example_of_surveys(run: Run, desk: Path) -> None:
    surveys = run("measures", "surveys", "--customer", "k1", "--json").json
    assert shape(example("measures", 2)) == shape(surveys)


def test_the_example_of_a_batch(run: Run, desk: Path, tmp_path: Path) -> None:
    queries = tmp_path / "queries"
    queries.write_text("katherine\n")
    assert shape(example("find", 1)) == shape(run("find", "--batch", str(queries)).json)


def test_the_events_of_the_feed_are_taken(process: Run, desk: Path) -> None:
    events = re.findall(r"^    (\{.*\})$", SECTIONS["feed"], re.M)
    ended = process("feed", stdin="\n".join(events).encode())
    assert (len(events), ended.code, ended.err) == (4, 0, "")
