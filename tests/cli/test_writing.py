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


def test_whom_a_note_is_about_is_said_where_the_name_was_typed_otherwise(
    run: Run, desk: Path
) -> None:
    assert "about Katherine Smith" in run("note", "kathrine smth", "stayed home").err
    assert run("note", "Katherine Smith", "stayed home").err == ""
    assert run("note", "k1", "stayed home").err == ""
    said = run("fact", "add", "kathrine smth", "prefers", "mornings")
    assert (said.code, "about Katherine Smith" in said.err) == (0, True)


def test_a_refusal_repeats_no_card_number(run: Run, desk: Path) -> None:
    card = "4111 1111 1111 1111"
    for words in (
        ("note", "k1", "x", "--interaction", card),
        ("note", f"nobody {card}", "x"),
        ("note", "--undo", card),
        ("promise", "keep", card),
        ("promise", "hand-over", "p_0000000000000", card),
        ("complaint", "show", card),
        ("complaint", "open", "k1", "x", "--due", card),
        ("wrap-up", card, "--met", "yes"),
        (card,),
    ):
        ended = run(*words)
        assert ended.code in (1, 2)
        assert card not in ended.err + ended.out


def test_of_two_numbers_none_is_said_to_be_no_card(run: Run, desk: Path) -> None:
    text = "order 6011 0000 0000 0004, paid with 4111 1111 1111 1111"
    ended = run("note", "k1", text, "--not-a-card", "an order number")
    assert ended.code == 1
    assert "redact --not-a-card" in ended.err
    assert rows(desk, "SELECT * FROM not_cards") == rows(desk, "SELECT * FROM notes") == []
    twice = "order 6011 0000 0000 0004, again 6011000000000004"
    assert run("note", "k1", twice, "--not-a-card", "an order number").code == 0
    assert rows(desk, "SELECT text FROM notes") == [(twice,)]


def test_a_note_as_json_on_an_interaction(run: Run, desk: Path) -> None:
    [call] = run("recent", "--json").json
    note = run("note", "k1", "again #gas", "--interaction", call["id"], "--json").json
    assert list(note) == [
        "id",
        "customer_id",
        "interaction_id",
        "records",
        "masked",
        "warnings",
    ]
    assert note["id"].startswith("n_")
    assert note["customer_id"] == call["customer_id"]
    assert note["interaction_id"] == call["id"]
    assert run("recent", "--json").json[0]["topics"] == ["boiler", "gas"]


def test_a_note_prints_what_it_made(run: Run, desk: Path) -> None:
    ended = run("note", "k1", "!call back 31.02. =prefers mornings gave: waived fee £20")
    promise, fact, gift = ended.out.splitlines()[1:]
    assert promise.startswith("promise  p_")
    assert promise.endswith("  call back 31.02.")
    assert fact.startswith("fact  f_")
    assert gift.endswith("  waived fee")
    assert "31.02." in ended.err
    [(due,)] = rows(desk, "SELECT due_at FROM promises WHERE note_id IS NOT NULL")
    assert due is None


def test_a_note_is_corrected_and_taken_back(run: Run, desk: Path) -> None:
    first = run("note", "k1", "!call bak +3d !refund", "--json").json
    second = run("note", "k1", "!call back +3d !refund", "--correct", first["id"], "--json").json
    assert [one["id"] for one in second["records"]] == [one["id"] for one in first["records"]]
    assert second["records"][0]["text"] == "call back"
    assert second["records"][0]["due"] == first["records"][0]["due"]
    assert second["customer_id"] == first["customer_id"]
    assert run("note", "a1", "!call", "--correct", second["id"]).code == 1
    undone = run("note", "--undo", second["id"])
    assert (undone.code, undone.out) == (0, "!call back +3d !refund\n")
    assert run("note", "--undo", first["id"], "--json").json == {
        "id": first["id"],
        "text": "!call bak +3d !refund",
    }
    assert rows(desk, "SELECT count(*) FROM promises WHERE note_id IS NOT NULL") == [(0,)]


def test_a_number_that_is_no_card_is_kept_for_a_reason(run: Run, desk: Path) -> None:
    text = "the meter is 4111 1111 1111 1111"
    masked = run("note", "k1", text, "--json").json
    assert masked["masked"] == 1
    assert run("note", "k1", text, "--not-a-card", "a meter").code == 0
    assert run("note", "k1", "no number", "--not-a-card", "a meter").code == 1
    first, second = rows(desk, "SELECT text FROM notes ORDER BY id")
    assert "4111" not in str(first[0])
    assert second == (text,)


@pytest.mark.parametrize(
    "words",
    [["k1"], [], ["k1", "x", "--undo", "n_1"], ["--undo"]],
    ids=["no text", "nothing", "too much", "undo what"],
)
def test_a_note_that_makes_no_sense_is_wrong_usage(run: Run, words: list[str]) -> None:
    assert run("note", *words).code == 2


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
    [
        ["k1", "  "],
        ["ava nguyen", "x"],
        ["k1", "x", "--interaction", "nonsense"],
        ["k1", "x", "--correct", "nonsense"],
        ["--undo", "n_0SA5F0Q4D0M2K"],
    ],
    ids=["empty", "two people", "no such interaction", "no such note", "nothing to undo"],
)
def test_a_refused_note_leaves_nothing(run: Run, desk: Path, words: list[str]) -> None:
    assert run("note", *words).code == 1
    assert rows(desk, "SELECT * FROM notes") == []


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


@pytest.mark.parametrize("state", ["away", "after-call", "after_call", "ready"])
def test_an_agent_says_what_they_are_doing(run: Run, state: str) -> None:
    run("agents", "state", "away", "--as", "asha")
    said = run("agents", "state", state, "--as", "asha", "--json").json
    assert [(one["handle"], one["state"]) for one in said] == [("asha", state.replace("-", "_"))]
    assert said[0] in run("agents", "--json").json


def test_only_a_lead_changes_who_works_here(run: Run) -> None:
    run("agents", "add", "asha")
    ended = run("agents", "add", "tom", "--as", "asha")
    assert ended.code == 1
    assert "lead" in ended.err
    assert len(run("agents", "--json").json) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["state"],
        ["state", "asleep"],
        ["state", "away", "--role", "lead"],
        ["add"],
        ["place", "mira"],
        ["list", "mira"],
        ["add", "x", "--role", "chief"],
        ["drop", "x"],
    ],
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


def test_a_field_that_nobody_reads_hinders_nothing_and_is_named_once(
    process: Run, desk: Path
) -> None:
    slip = '{"type": "ringing", "call": "%d", "frm": "+44 20 7946 0018", "\\u001b[2J": 1}'
    ended = process("feed", stdin="\n".join(slip % call for call in (1, 2)).encode())
    assert (ended.code, ended.out) == (0, "")
    first, second = ended.err.splitlines()
    assert first == "line 1: nobody reads the field `frm`; the event was taken"
    assert second.startswith("line 1: nobody reads the field `")
    assert "\x1b" not in ended.err
    assert rows(desk, "SELECT count(*) FROM interactions WHERE state = 'ringing'") == [(2,)]
