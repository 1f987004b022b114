"""Formats, sources and bytes of the files that are brought in."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from agent_tui.errors import BadInput, UsageError
from agent_tui.exchange.files import format_of, open_source, source_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.csv", "csv"),
        ("a.TSV", "csv"),
        ("a.txt", "csv"),
        ("a.b.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.json", "jsonl"),
    ],
)
def test_the_ending_says_the_format(name: str, expected: str) -> None:
    assert format_of(Path(name)) == expected


def test_the_user_knows_better() -> None:
    assert format_of(Path("a.csv"), "jsonl") == "jsonl"
    assert format_of(Path("/dev/fd/63"), "csv") == "csv"


def test_what_cannot_be_told_is_asked_for() -> None:
    with pytest.raises(UsageError, match=r"a\.xlsx does not say .*--format csv"):
        format_of(Path("a.xlsx"))
    with pytest.raises(UsageError, match="no format `jsonlines`: did you mean `jsonl`"):
        format_of(Path("a.csv"), "jsonlines")


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "people.csv").mkdir()
    for folder in (Path(), tmp_path / "people.csv"):
        with pytest.raises(BadInput, match=f"^{folder} is a folder: name the files in it"):
            format_of(folder)


def test_the_source_is_the_name_without_its_ending() -> None:
    assert source_of(Path("/some/where/crm.contacts.csv")) == "crm.contacts"


def test_a_pipe_becomes_seekable(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"Name\nAnn\n",))
    writer.start()
    with open_source(pipe) as stream:
        assert stream.read() == b"Name\nAnn\n"
        stream.seek(0)
        assert stream.readline() == b"Name\n"
    writer.join()


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(BadInput, match=str(path)), open_source(path):
            pass
