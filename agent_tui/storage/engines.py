"""The engines for writing. SQLite has two: every byte synced for people, relaxed for bulk."""

from __future__ import annotations

import os
import sqlite3
from typing import Any, Literal

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from agent_tui import paths
from agent_tui.errors import Unavailable
from agent_tui.storage.location import Location
from agent_tui.storage.server import IN_UTC
from agent_tui.storage.sqlite_writing import BUSY_MS, prepare, take_lock

Durability = Literal["full", "bulk"]

_BULK_CACHE_KB = 128 * 1024
"""What a unit of ten thousand people changes at a million of them, so that no page goes to disk
twice in one unit."""
_BULK_CHECKPOINT_PAGES = 40_000
"""160 MB: pages that several units change are copied into the database once."""
_SYNCHRONOUS = {"full": "FULL", "bulk": "NORMAL"}


def create_file(location: Location) -> None:
    """Make the empty database file, readable by its owner only, if it is not there yet.

    Of folders only the program's own is made: another that is missing is a slip. Raises
    Unavailable.
    """
    path = location.path
    if path is None:
        return
    try:
        if path.parent == paths.data_folder().absolute():
            paths.private(path.parent)
        elif not path.parent.is_dir():
            raise Unavailable(
                f"{path} cannot be created: there is no folder {path.parent}. Make it first, or "
                "name another place with --db"
            )
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, paths.PRIVATE_FILE))
    except OSError as error:
        raise Unavailable(f"{path} cannot be created: {error.strerror}") from error


def writing_engine(location: Location, durability: Durability = "full") -> Engine:
    """An engine whose transactions take the write lock when they begin."""
    if location.path is None:
        url = (location.url or "").replace("postgresql://", "postgresql+psycopg://", 1)
        server = create_engine(url, poolclass=QueuePool, pool_size=2, pool_pre_ping=True)

        @event.listens_for(server, "connect")
        def _greet(connection: Any, _record: Any) -> None:
            connection.execute(IN_UTC)
            connection.commit()

        return server

    engine = create_engine(
        URL.create("sqlite", database=str(location.path)),
        poolclass=NullPool if durability == "bulk" else QueuePool,
        connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        prepare(connection, _SYNCHRONOUS[durability])
        if durability == "bulk":
            connection.execute(f"PRAGMA cache_size = -{_BULK_CACHE_KB}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_BULK_CHECKPOINT_PAGES}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        take_lock(connection.exec_driver_sql, BUSY_MS)

    return engine
