"""What a SQLite connection that writes is told, and how it takes the write lock."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable

BUSY_MS = 10_000
"""How long a writer waits for another one."""
_ASKING_S = (0.002, 0.02)
"""Between two questions for the write lock."""


def prepare(connection: sqlite3.Connection, synchronous: str) -> None:
    """Set a new connection up; `synchronous` is FULL where every commit is to survive a power
    cut, NORMAL where the last ones need not."""
    connection.isolation_level = None
    # Of several who are the first in a new file, SQLite refuses all but one without any wait.
    _insist(connection.execute, "PRAGMA journal_mode = WAL", BUSY_MS)
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("PRAGMA foreign_keys = ON")
    # Triggers of ours keep the full-text index, which they may write only where the schema is
    # trusted (up to SQLite 3.40); no function of this program's could be called by another's.
    connection.execute("PRAGMA trusted_schema = ON")


def take_lock(execute: Callable[[str], object], patience_ms: int) -> None:
    """Begin IMMEDIATE, asking for the write lock again and again at chance moments.

    A deferred transaction that reads and then writes fails at once with *database is locked*
    whatever the timeout. And SQLite itself asks less and less often, every 100 ms in the end: of
    many writers those that wait longest would then hardly ever find it free, and it would lie idle
    meanwhile. `execute` runs a statement; what it raises when the patience is over is raised.
    """
    execute("PRAGMA busy_timeout = 0")
    try:
        _insist(execute, "BEGIN IMMEDIATE", patience_ms)
    finally:
        execute(f"PRAGMA busy_timeout = {patience_ms}")


def _insist(execute: Callable[[str], object], statement: str, patience_ms: int) -> None:
    """Run a statement again and again, at chance moments, while another connection has the lock."""
    until = time.monotonic() + patience_ms / 1000
    while True:
        try:
            execute(statement)
            return
        except Exception as error:
            if not is_busy(error) or time.monotonic() > until:
                raise
        time.sleep(random.uniform(*_ASKING_S))


def is_busy(error: Exception) -> bool:
    """Whether another connection has the lock that was asked for. `error` is the driver's, or one
    of SQLAlchemy that holds it as `orig`."""
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)
    return code & 0xFF == sqlite3.SQLITE_BUSY
