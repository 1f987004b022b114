"""The index of customers is built anew and checked from the command line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from tests.cli.conftest import Run


def spoil(desk: Path) -> None:
    with sqlite3.connect(desk) as connection:
        connection.execute("DELETE FROM index_postings WHERE word = 'katherine'")


def test_the_doctor_finds_what_is_missing_and_reindex_mends_it(run: Run, desk: Path) -> None:
    sound = run("doctor", "--search", "--json")
    assert (sound.code, [check["ok"] for check in sound.json]) == (0, [True])
    spoil(desk)
    assert "Katherine" not in run("find", "katherine").out
    ill = run("doctor", "--search", "--json")
    [check] = ill.json
    assert (ill.code, check["check"], check["ok"]) == (1, "search", False)
    assert "“katherine” in names: 1 customer missing" in check["found"]
    assert "agent-tui reindex" in check["advice"]
    built = run("reindex", "--json")
    assert (built.code, built.json["customers"] > 0) == (0, True)
    assert run("doctor", "--search").code == 0
    assert "Katherine" in run("find", "katherine").out


def test_reindex_says_how_many_and_how_long(process: Run, desk: Path) -> None:
    ended = process("reindex")
    assert ended.code == 0
    assert " indexed in " in ended.out
    assert ended.err == ""


def test_a_desk_without_anybody_is_indexed_too(run: Run, tmp_path: Path) -> None:
    place = f"sqlite:///{tmp_path}/empty.sqlite"
    built = run("--db", place, "reindex", "--json")
    assert (built.code, json.loads(built.out)["customers"]) == (0, 0)


def test_who_was_left_out_by_a_broken_import_is_told(run: Run, desk: Path) -> None:
    assert "reindex" not in run("find", "katherine").err
    with sqlite3.connect(desk) as connection:
        connection.execute("DELETE FROM index_postings")
        connection.execute(
            "INSERT OR REPLACE INTO counters (name, value) VALUES ('index_behind', 1)"
        )
    ended = run("find", "katherine")
    assert (ended.code, ended.out) == (0, "")
    assert "of an import that goes on or was broken off cannot be found by name yet" in ended.err
    ill = run("doctor", "--json")
    assert ill.code == 1
    assert [check["check"] for check in ill.json if not check["ok"]] == ["search"]
    assert run("reindex").code == 0
    assert "Katherine" in run("find", "katherine").out
    assert run("doctor").code == 0
