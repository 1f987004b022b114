"""Rows that are set aside a run at a time come back as if all had been sorted together."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.errors import Unavailable
from agent_tui.storage.location import locate
from agent_tui.storage.reader import open_reader
from agent_tui.storage.runs import Runs, folder_beside

_rows = st.tuples(
    st.integers(0, 5), st.text(max_size=4), st.integers(0, 2**40), st.binary(max_size=6)
)


@given(st.lists(st.lists(_rows, max_size=12), max_size=6))
def test_runs_come_back_as_one(some: list[list[tuple[object, ...]]]) -> None:
    with Runs(None) as runs:
        for rows in some:
            runs.add(sorted(rows))
        everything = [row for rows in some for row in rows]
        assert runs.rows == len(everything)
        assert list(runs.merged()) == sorted(everything)


def test_long_runs_are_read_piece_by_piece(tmp_path: Path) -> None:
    with Runs(tmp_path) as runs:
        for first in range(3):
            runs.add((number, "x" * 50) for number in range(first, 30_000, 3))
        assert [number for number, _ in runs.merged()] == list(range(30_000))


def test_nobody_finds_the_file(tmp_path: Path) -> None:
    with Runs(tmp_path) as runs:
        runs.add([(1, "kathrin")])
        assert list(tmp_path.iterdir()) == []


def test_no_room_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="room"), Runs(tmp_path / "gone"):
        pass


def test_they_lie_beside_the_desk(migrated_url: str) -> None:
    location = locate(migrated_url)
    reader = open_reader(location)
    folder = folder_beside(reader)
    reader.close()
    assert folder == (location.path.parent if location.path else None)
