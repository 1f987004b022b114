from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SMALL = ("generate", "--customers", "30", "--interactions", "20", "--seed", "7")


def desk_of(home: Path) -> Path:
    return home / "data" / "desk.sqlite"


def test_two_desks_get_the_same_people(process: Run, tmp_path: Path) -> None:
    stored = []
    for name in ("one", "two"):
        home = tmp_path / name
        ended = process(*SMALL, "--until", "2026-03-10", "--json", AGENT_TUI_HOME=str(home))
        assert ended.code == 0, ended.err
        assert ended.json["customers"]["added"] == 30
        assert ended.json["interactions"]["added"] == 20
        with sqlite3.connect(desk_of(home)) as connection:
            stored.append(
                [
                    connection.execute(sql).fetchall()
                    for sql in (
                        "SELECT external_id, name, company, city FROM customers ORDER BY number",
                        "SELECT kind, value, normal, preferred, consent FROM contact_points "
                        "ORDER BY id",
                        "SELECT external_id, channel, agenda, outcome, opened_at, closed_at "
                        "FROM interactions ORDER BY id",
                        "SELECT speaker, text, at FROM messages ORDER BY id",
                        "SELECT side, text, due_at, state, closed_at FROM promises ORDER BY id",
                    )
                ]
            )
    assert stored[0] == stored[1]
    assert all(stored[0])


def test_the_counts_in_words(run: Run, home: Path) -> None:
    ended = run(*SMALL)
    assert ended.code == 0
    people, talks = ended.out.splitlines()
    assert people.startswith("customers: 30 of 30 added in ")
    assert talks.startswith("interactions: 20 of 20 added in ")
    assert run(*SMALL).out.startswith("customers: 0 of 30 added in ")


def test_who_was_generated_is_found_by_commands(run: Run, home: Path) -> None:
    run(*SMALL)
    first = run("find", "generated:7-00000000", "--json").json
    listed = run("recent", "--limit", "50", "--json").json
    assert len(listed) == 20
    assert run("brief", "generated:7-00000000").code == 0, first


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("generate",), 2),
        (("generate", "--customers", "-1"), 2),
        (("generate", "--customers", "ten"), 2),
        (("generate", "--interactions", "5"), 1),
        (("generate", "--customers", "1", "--until", "soon"), 2),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: Run, home: Path, words: tuple[str, ...], code: int
) -> None:
    ended = run(*words)
    assert ended.code == code
    assert ended.err
    assert ended.out == ""


def test_the_result_is_one_line_of_json(run: Run, home: Path) -> None:
    ended = run("generate", "--customers", "2", "--json")
    assert json.loads(ended.out)["interactions"] == {"wanted": 0, "added": 0, "seconds": 0.0}
    assert ended.out.count("\n") == 1
