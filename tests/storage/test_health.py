"""A sound database is found sound, a damaged one is not, and looking changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from agent_tui.storage.health import examine
from agent_tui.storage.location import locate


def test_a_sound_database(migrated_url: str) -> None:
    health = examine(locate(migrated_url))
    assert health.version.startswith(("SQLite 3", "PostgreSQL "))
    assert health.faults == ()


def test_rows_that_point_nowhere(migrated_sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO interaction_topics (interaction_id, topic) VALUES (7, 'boiler')"
        )
    connection.close()
    before = path.read_bytes()
    [fault] = examine(locate(migrated_sqlite_url)).faults
    assert fault == "1 row of interaction_topics points to interactions that are not there"
    assert path.read_bytes() == before


def test_pages_that_cannot_be_trusted(migrated_sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    with sqlite3.connect(path) as connection:
        [[root]] = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'interactions_opened'"
        )
        [[size]] = connection.execute("PRAGMA page_size")
    connection.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\x0a\xff\xff\xff\xff\xff")
    assert examine(locate(migrated_sqlite_url)).faults != ()
