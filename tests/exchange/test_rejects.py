"""The reject file: made only when needed, for its owner only, importable again."""

from __future__ import annotations

import csv
import os
import stat
from pathlib import Path

import pytest

from agent_tui.domain.values.records import RejectedRow
from agent_tui.errors import UsageError
from agent_tui.exchange.rejects import RejectFile


def test_without_a_reject_there_is_no_file(tmp_path: Path) -> None:
    with RejectFile(tmp_path / "rejects.csv") as rejects:
        assert rejects.count == 0
    assert not list(tmp_path.iterdir())


def test_rows_come_back_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    raws = ['=1+1,"a\nb"', "\t@x\ry", '"Ann ""the"" Lee"', "B\\xffb"]
    with RejectFile(path) as rejects:
        for number, raw in enumerate(raws, start=2):
            rejects.add(RejectedRow(line=number, reason="no name", raw=raw))
    assert rejects.count == 4
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert header == ["line", "reason", "row"]
    assert rows == [[str(n), "no name", raw] for n, raw in enumerate(raws, start=2)]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_reason_is_never_a_formula(tmp_path: Path, start: str) -> None:
    path = tmp_path / "rejects.csv"
    with RejectFile(path) as rejects:
        rejects.add(RejectedRow(line=2, reason=f"{start}cmd", raw="x"))
    with path.open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file))[1][1] == f"'{start}cmd"


def test_only_the_owner_may_read_it_even_where_it_was_open_before(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    path.write_text('"line","reason","row"\n9,"old and long","long, long"\n')
    path.chmod(0o644)
    before = os.umask(0)
    try:
        with RejectFile(path) as rejects:
            rejects.add(RejectedRow(line=2, reason="no name", raw="x"))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == '"line","reason","row"\n2,"no name","x"\n'


@pytest.mark.parametrize("name", ["contacts.csv", "link.csv"])
def test_what_is_no_reject_file_is_never_written_over(tmp_path: Path, name: str) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("name\nAnn\n")
    (tmp_path / "link.csv").symlink_to(path)
    with pytest.raises(UsageError, match="no reject file"), RejectFile(tmp_path / name):
        pass
    assert path.read_text() == "name\nAnn\n"


def test_a_reject_file_that_is_being_imported_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    path.write_text('"line","reason","row"\n9,"no name",",x"\n')
    again = tmp_path / "." / "rejects.csv"
    with pytest.raises(UsageError, match="is being imported"), RejectFile(path, [again]):
        pass
    assert "no name" in path.read_text()


def test_a_place_that_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    for path in (tmp_path / "missing" / "rejects.csv", tmp_path):
        with pytest.raises(UsageError, match="cannot be written"), RejectFile(path):
            pass
