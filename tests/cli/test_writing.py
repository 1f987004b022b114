"""`note`, `agents`, `feed`: what they write is there, and what they refuse leaves nothing."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def rows(desk: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(desk) as connection:
        return connection.execute(sql).fetchall()


def test_a_note_is_on_disk_and_its_id_is_printed(run: Run, desk: Path) -> None:
    ended = run("note", "k1", "stayed home #boiler")
    assert ended.code == 0
    assert ended.out.startswith("n_")
    assert rows(desk, "SELECT text FROM notes") == [("stayed home #boiler",)]


def test_a_note_as_json_on_an_interaction(run: Run, desk: Path) -> None:
    [call] = run("recent", "--json").json
    note = run("note", "k1", "again #gas", "--interaction", call["id"], "--json").json
    assert list(note) == ["id", "customer_id", "interaction_id"]
    assert note["id"].startswith("n_")
    assert note["customer_id"] == call["customer_id"]
    assert note["interaction_id"] == call["id"]
    assert run("recent", "--json").json[0]["topics"] == ["boiler", "gas"]


@pytest.mark.parametrize("text", ["-20 % was offered", "--json", "--"])
def test_a_note_may_begin_with_a_dash(run: Run, desk: Path, text: str) -> None:
    assert run("note", "k1", "--", text).code == 0
    assert rows(desk, "SELECT text FROM notes") == [(text,)]


def test_a_note_comes_from_stdin(process: Run, desk: Path) -> None:
    ended = process("note", "k1", "-", stdin="first line\nsecond — line\n".encode())
    assert ended.code == 0
    assert rows(desk, "SELECT text FROM notes") == [("first line\nsecond — line",)]


@pytest.mark.parametrize(
    "words",
    [["k1", "  "], ["ava nguyen", "x"], ["k1", "x", "--interaction", "nonsense"]],
    ids=["empty", "two people", "no such interaction"],
)
def test_a_refused_note_leaves_nothing(run: Run, desk: Path, words: list[str]) -> None:
    assert run("note", *words).code == 1
    assert rows(desk, "SELECT * FROM notes") == []


def test_a_note_without_text_is_wrong_usage(run: Run) -> None:
    assert run("note", "k1").code == 2


def test_agents_are_listed_added_and_placed(run: Run) -> None:
    assert run("agents", "--json").json == [
        {"handle": "mira", "name": "Mira", "role": "lead", "team": "Desk", "state": "ready"}
    ]
    run("agents", "add", "asha", "--name", "Asha Raman", "--json")
    placed = run("agents", "place", "asha", "--role", "lead", "--team", "North", "--json").json
    asha = {
        "handle": "asha",
        "name": "Asha Raman",
        "role": "lead",
        "team": "North",
        "state": "ready",
    }
    assert placed == [asha]
    assert asha in run("agents", "list", "--json").json
    assert "Asha Raman" in run("agents").out


def test_only_a_lead_changes_who_works_here(run: Run) -> None:
    run("agents", "add", "asha")
    ended = run("agents", "add", "tom", "--as", "asha")
    assert ended.code == 1
    assert "lead" in ended.err
    assert len(run("agents", "--json").json) == 2


@pytest.mark.parametrize(
    "words",
    [["add"], ["place", "mira"], ["list", "mira"], ["add", "x", "--role", "chief"], ["drop", "x"]],
)
def test_agents_says_what_it_needs(run: Run, words: list[str]) -> None:
    assert run("agents", *words).code == 2


def test_a_feed_is_taken_line_by_line_and_bad_lines_are_numbered(process: Run, desk: Path) -> None:
    lines = [
        {"type": "ringing", "call": "7", "from": "020 7946 0018"},
        {"type": "answered", "call": "7"},
        {"type": "message", "call": "7", "id": "1", "speaker": "customer", "text": "hello"},
        {"type": "delivered", "call": "7", "id": "9"},
    ]
    stdin = "\n".join([*map(json.dumps, lines), "", "{nonsense"]).encode()
    ended = process("feed", "--channel", "phone", "--region", "GB", stdin=stdin)
    assert (ended.code, ended.out) == (3, "")
    assert [line.split(":")[0] for line in ended.err.splitlines()] == ["line 4", "line 6"]
    assert rows(
        desk,
        "SELECT c.external_id, m.text FROM messages m JOIN interactions i "
        "ON i.id = m.interaction_id JOIN customers c ON c.id = i.customer_id "
        "WHERE i.external_id = '7'",
    ) == [("k1", "hello")]


def test_each_line_of_a_feed_is_committed_before_the_next_comes(desk: Path) -> None:
    feed = subprocess.Popen(
        [sys.executable, "-m", "agent_tui", "feed"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert feed.stdin is not None
    assert feed.stderr is not None
    feed.stdin.write(b'{"type": "ringing", "call": "live"}\nnonsense\n')
    feed.stdin.flush()
    # The complaint about the second line says that the first one was dealt with.
    assert feed.stderr.readline().startswith(b"line 2:")
    assert rows(desk, "SELECT state FROM interactions WHERE external_id = 'live'") == [("ringing",)]
    feed.stdin.close()
    assert feed.wait(timeout=30) == 3
    feed.stderr.close()


def test_a_feed_without_bad_lines_is_done(process: Run) -> None:
    ended = process("feed", "--channel", "chat", stdin=b"\n\n")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
