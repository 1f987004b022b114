"""A file that is made is whole, its owner's alone, and never takes another's place unasked."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from agent_tui.errors import UsageError
from agent_tui.exchange.new_file import new_file


def test_it_is_there_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with new_file(path) as stream:
        stream.write(b"rows")
        assert not path.exists()
    assert path.read_bytes() == b"rows"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("problem", [RuntimeError, KeyboardInterrupt, UsageError])
def test_what_fails_leaves_nothing(tmp_path: Path, problem: type[BaseException]) -> None:
    def half() -> None:
        with new_file(tmp_path / "out.csv") as stream:
            stream.write(b"half")
            raise problem("stop")

    with pytest.raises(problem):
        half()
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"mine")
    with pytest.raises(UsageError, match="is there already"), new_file(path):
        pass
    with pytest.raises(RuntimeError), new_file(path, replace=True):
        raise RuntimeError("stop")
    assert path.read_bytes() == b"mine"
    with new_file(path, replace=True) as stream:
        stream.write(b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_appears_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(UsageError, match="appeared meanwhile"), new_file(path):
        path.write_bytes(b"mine")
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_where_no_file_can_be_nothing_begins(tmp_path: Path) -> None:
    (tmp_path / "loose").symlink_to(tmp_path / "nowhere")
    for path in (
        tmp_path,
        tmp_path / "no folder" / "out.csv",
        Path("/dev/null"),
        tmp_path / "loose",
    ):
        with pytest.raises(UsageError), new_file(path):
            raise AssertionError("it must not begin")
