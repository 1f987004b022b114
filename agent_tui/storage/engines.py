"""The engines for writing. SQLite has three: every byte synced for people, relaxed for bulk, and
one for what is worth neither a sync nor a wait."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from typing import Any, Literal

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool, QueuePool

from agent_tui import paths
from agent_tui.errors import Unavailable
from agent_tui.storage.location import Location
from agent_tui.storage.reader import IN_UTC

Durability = Literal["full", "bulk", "passing"]

BUSY_MS = 10_000
PASSING_BUSY_MS = 100
"""How long what is soon written again, such as who is here, waits for another writer."""
_ASKING_S = (0.002, 0.02)
"""Between two questions for the write lock."""
_BULK_CACHE_KB = 64 * 1024
_BULK_CHECKPOINT_PAGES = 8_000
_SYNCHRONOUS = {"full": "FULL", "bulk": "NORMAL", "passing": "NORMAL"}


def create_file(location: Location) -> None:
    """Make the empty database file, readable by its owner only, if it is not there yet."""
    path = location.path
    if path is None:
        return
    try:
        if not path.parent.is_dir():
            paths.private(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, paths.PRIVATE_FILE))
    except OSError as error:
        raise Unavailable(f"{path} cannot be created: {error.strerror}") from error


def writing_engine(location: Location, durability: Durability = "full") -> Engine:
    """An engine whose transactions take the write lock when they begin.

    On SQLite they begin IMMEDIATE: a deferred one that reads and then writes fails at once with
    *database is locked* whatever the timeout.
    """
    if location.path is None:
        url = (location.url or "").replace("postgresql://", "postgresql+psycopg://", 1)
        server = create_engine(url, poolclass=QueuePool, pool_size=2, pool_pre_ping=True)

        @event.listens_for(server, "connect")
        def _greet(connection: Any, _record: Any) -> None:
            connection.execute(IN_UTC)
            connection.commit()

        return server

    busy_ms = PASSING_BUSY_MS if durability == "passing" else BUSY_MS
    engine = create_engine(
        URL.create("sqlite", database=str(location.path)),
        poolclass=NullPool if durability == "bulk" else QueuePool,
        connect_args={"timeout": busy_ms / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {_SYNCHRONOUS[durability]}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        if durability == "bulk":
            connection.execute(f"PRAGMA cache_size = -{_BULK_CACHE_KB}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_BULK_CHECKPOINT_PAGES}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        _take_lock(connection, busy_ms)

    return engine


def _take_lock(connection: Any, patience_ms: int) -> None:
    """Begin IMMEDIATE, asking for the write lock again and again at chance moments.

    SQLite itself asks less and less often, every 100 ms in the end: of many writers those that
    wait longest would then hardly ever find it free, and it would lie idle meanwhile.
    """
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    until = time.monotonic() + patience_ms / 1000
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError as error:
                if not is_busy(error) or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(*_ASKING_S))
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience_ms}")


def is_busy(error: DBAPIError) -> bool:
    """Whether another connection has the lock that was asked for."""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
