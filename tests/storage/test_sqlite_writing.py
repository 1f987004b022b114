"""Connections that write to one new file at the same moment wait for one another."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from agent_tui.storage.sqlite_writing import BUSY_MS, prepare

WRITERS = 6
FILES = 40


def test_many_may_be_the_first_in_a_new_file(tmp_path: Path) -> None:
    at_once = threading.Barrier(WRITERS)
    refused: list[BaseException] = []

    def write(path: Path) -> None:
        at_once.wait()
        try:
            with closing(sqlite3.connect(path, timeout=BUSY_MS / 1000)) as connection:
                prepare(connection, "NORMAL")
                connection.execute("CREATE TABLE IF NOT EXISTS t (one)")
        except sqlite3.Error as error:
            refused.append(error)

    for number in range(FILES):
        path = tmp_path / f"{number}.sqlite"
        writers = [threading.Thread(target=write, args=[path]) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
    assert refused == []
