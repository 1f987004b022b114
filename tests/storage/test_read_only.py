"""A desk whose file may be read but not written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from agent_tui.errors import Unavailable
from agent_tui.storage.location import locate
from agent_tui.storage.schema import State, bring_up, check
from agent_tui.storage.store import Store
from tests.builders import NOON, make_desk
from tests.postgres import NOBODY


@contextmanager
def without_roots_rights() -> Iterator[None]:
    """Be somebody whom permissions bind; tests may run as root, whom none do."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that anybody may enter."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def test_a_desk_that_may_only_be_read_is_read_and_refuses_to_write(
    folder: Path, sqlite_template: Path
) -> None:
    path = folder / "desk.sqlite"
    shutil.copy(sqlite_template, path)
    with closing(make_desk(f"sqlite:///{path}")) as desk:
        desk.registering.customer("Ada Hart")
    before = path.read_bytes()
    path.chmod(0o444)
    folder.chmod(0o1777)
    location = locate(str(path))
    with closing(Store(location)) as store, without_roots_rights():
        assert bring_up(location) is None
        assert store.reader().rows("SELECT name FROM customers") == [("Ada Hart",)]
        with pytest.raises(Unavailable, match=r"not saved: .*readonly"):
            _write(store)
        assert store.reader().rows("SELECT count(*) FROM events WHERE kind = 'x'") == [(0,)]
    assert path.read_bytes() == before


def _write(store: Store) -> None:
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.record("x")


def test_a_folder_that_may_not_be_written_gets_no_desk(folder: Path) -> None:
    folder.chmod(0o555)
    location = locate(str(folder / "desk.sqlite"))
    with without_roots_rights(), pytest.raises(Unavailable, match="cannot be created"):
        bring_up(location)
    assert check(location) is State.MISSING


def test_a_desk_in_a_folder_that_may_not_be_entered_is_said(
    folder: Path, sqlite_template: Path
) -> None:
    shutil.copy(sqlite_template, folder / "desk.sqlite")
    folder.chmod(0o600)
    location = locate(str(folder / "desk.sqlite"))
    with without_roots_rights(), pytest.raises(Unavailable, match="cannot be looked at"):
        check(location)
