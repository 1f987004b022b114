"""`import`: counts that add up, rejects with their lines, exit codes, dry runs."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import PEOPLE, Run

CONTACTS = (
    "Id;First Name;Last Name;Mobile;Shoe size\n"
    "1;Ann;Moe;07700 900001;38\n"
    "2;;;;\n"
    "3;Bob;Ray;07700 900002;44\n"
)


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    path = tmp_path / "contacts.csv"
    path.write_text(CONTACTS)
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "shop.jsonl"
    path.write_text("".join(f"{json.dumps(person)}\n" for person in PEOPLE))
    return path


def test_counts_add_up_and_a_second_run_changes_nothing(run: Run, people: Path) -> None:
    first = run("import", str(people))
    assert (first.code, first.out) == (
        0,
        "in 3 = created 3 + updated 0 + unchanged 0 + rejected 0\n",
    )
    second = run("import", str(people))
    assert second.out == "in 3 = created 0 + updated 0 + unchanged 3 + rejected 0\n"


def test_what_a_file_was_taken_for_is_said(run: Run, contacts: Path) -> None:
    said = run("import", str(contacts)).err
    assert "CSV, " in said
    assert "Mobile = phone" in said
    assert "not used: Shoe size" in said


def test_a_file_that_is_called_like_a_channel_needs_another_source(
    run: Run, people: Path, tmp_path: Path
) -> None:
    chats = tmp_path / "chat.jsonl"
    chats.write_text(json.dumps(PEOPLE[0]))
    ended = run("import", str(people), str(chats))
    assert (ended.code, ended.out) == (2, "")
    assert "“chat” is a channel" in ended.err
    assert "--source" in ended.err
    assert run("find", "katherine", "--json").json == []
    assert run("import", str(chats), "--source", "old chats").code == 0


def test_rejected_rows_are_told_with_line_and_reason(run: Run, contacts: Path) -> None:
    ended = run("import", str(contacts))
    assert ended.code == 3
    assert ended.out.splitlines()[-1] == "in 3 = created 2 + updated 0 + unchanged 0 + rejected 1"
    assert "contacts.csv, line 3: " in ended.err


def test_only_the_first_rejects_are_told_then_their_number(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("{}\n" * 25)
    ended = run("import", str(path))
    assert ended.code == 1
    assert ended.err.count("bad.jsonl, line ") == 20
    assert "5 more" in ended.err


def test_the_reject_file_keeps_them_all(run: Run, contacts: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    ended = run("import", str(contacts), "--rejects", str(rejects))
    assert ended.code == 3
    assert "line 3" not in ended.err
    header, row = csv.reader(rejects.open(encoding="utf-8"))
    assert header == ["line", "reason", "row"]
    assert row[0] == "3"
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600


def test_a_dry_run_counts_and_stores_nothing(run: Run, people: Path) -> None:
    assert "created 3" in run("import", str(people), "--dry-run").out
    assert run("find", "nguyen", "--json").json == []


def test_several_files_and_json(run: Run, people: Path, contacts: Path) -> None:
    ended = run("import", str(people), str(contacts), "--json")
    assert ended.code == 3
    assert ended.json == {
        "in": 6,
        "created": 5,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
        "dry_run": False,
        "files": [
            {
                "file": str(people),
                "source": "shop",
                "format": "jsonl",
                "in": 3,
                "created": 3,
                "updated": 0,
                "unchanged": 0,
                "rejected": 0,
            },
            {
                "file": str(contacts),
                "source": "contacts",
                "format": "csv",
                "in": 3,
                "created": 2,
                "updated": 0,
                "unchanged": 0,
                "rejected": 1,
            },
        ],
    }


def test_columns_source_and_id_may_be_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("nr|wer\n7|Ann Moe\n", encoding="utf-16")
    ended = run(
        *("import", str(path), "--source", "old", "--id-column", "nr", "--map", "wer=name"),
        *("--delimiter", "|", "--encoding", "utf-16"),
    )
    assert ended.code == 0
    assert run("brief", "old:7", "--json").json["customer"]["name"] == "Ann Moe"


def test_stdin_is_a_file_too(process: Run) -> None:
    ended = process("import", "-", "--format", "csv", stdin=CONTACTS.encode())
    assert ended.code == 3
    assert "created 2" in ended.out
    assert process("brief", "stdin:1").code == 0


def test_a_file_that_cannot_be_read_stops_all_before_anything_is_stored(
    run: Run, people: Path, tmp_path: Path
) -> None:
    ended = run("import", str(people), str(tmp_path / "none.csv"))
    assert (ended.code, ended.out) == (1, "")
    assert run("find", "nguyen", "--json").json == []


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["-"],
        ["x.csv", "--format", "xls"],
        ["x.csv", "--map", "name"],
        ["x.jsonl", "--map", "a=name"],
        ["x.parquet"],
    ],
    ids=lambda words: " ".join(words) or "nothing",
)
def test_what_makes_no_sense_is_wrong_usage(
    run: Run, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text("name\nAnn\n")
    (tmp_path / "x.jsonl").write_text("")
    assert run("import", *words).code == 2
