"""The change feed: every event exactly once, soon after its commit, from any process.

SQLite: `PRAGMA data_version` is polled, which costs microseconds; writers follow one another, so
the sequence number is the order of commits. PostgreSQL: LISTEN wakes the reader; transactions
commit out of order, so rows are read again from the oldest transaction that was still open
(`pg_snapshot_xmin`) and those already handed out are left away.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from agent_tui.domain.values.changes import Change
from agent_tui.storage.location import Location
from agent_tui.storage.reader import (
    Reader,
    Row,
    SqliteReader,
    moment,
    open_reader,
)
from agent_tui.storage.server import PostgresErrors, connect

POLL_SECONDS = 0.02
IDLE_POLL_SECONDS = 0.05
BUSY_SECONDS = 3.0
LOOK_AGAIN_SECONDS = 5.0
"""SQLite is asked often while something happens, and for so long afterwards; else less often:
every waking costs a fifth of a millisecond of processor, whatever is asked. PostgreSQL says when
to look; it is looked at without a word every five seconds, should one have been lost."""
NOTIFY_CHANNEL = "agent_tui_events"
_COLUMNS = "sequence, txid, at, agent_id, kind, customer_id, interaction_id, subject"


class Place(NamedTuple):
    """How far a feed has come: all below `upto` was handed out, and of what follows `beyond`.

    `upto` is a sequence number on SQLite, a transaction id on PostgreSQL.
    """

    upto: int
    beyond: frozenset[int] = frozenset()


def _change(row: Row) -> Change:
    return Change(
        at=moment(row[2]),
        agent_id=row[3],
        kind=row[4],
        customer_id=row[5],
        interaction_id=row[6],
        subject=row[7],
    )


class ChangeFeed:
    """Hands out what was committed since it was opened, or after `since`. For one thread.

    `since` is the `place` of a feed that was lost. Raises StorageError, here and from `wait`.
    """

    def __init__(self, location: Location, since: Place | None = None) -> None:
        self._reader = open_reader(location)
        self._watch: _SqliteWatch | _PostgresWatch
        try:
            if isinstance(self._reader, SqliteReader):
                self._watch = _SqliteWatch(self._reader, since)
            else:
                self._watch = _PostgresWatch(location, self._reader, since)
        except BaseException:
            self._reader.close()
            raise

    @property
    def place(self) -> Place:
        """How far this feed has come."""
        return self._watch.place

    def wait(self, seconds: float) -> list[Change]:
        """What was committed since the last call, waiting at most `seconds` for something.

        With 0 it looks once, and does not wait.
        """
        return [_change(row) for row in self._watch.wait(seconds)]

    def close(self) -> None:
        """Give the connections back."""
        self._watch.close()
        self._reader.close()


class _SqliteWatch:
    def __init__(self, reader: SqliteReader, since: Place | None) -> None:
        self._reader = reader
        self._version = reader.data_version() if since is None else None
        self._changed = 0.0
        row = reader.row("SELECT coalesce(max(sequence), 0) FROM events")
        self.place = since or Place(row[0] if row else 0)

    def wait(self, seconds: float) -> list[Row]:
        end = time.monotonic() + seconds
        while (version := self._reader.data_version()) == self._version:
            left = end - time.monotonic()
            if left <= 0:
                return []
            busy = time.monotonic() - self._changed < BUSY_SECONDS
            time.sleep(min(POLL_SECONDS if busy else IDLE_POLL_SECONDS, left))
        self._version = version
        rows = self._reader.rows(
            f"SELECT {_COLUMNS} FROM events WHERE sequence > :last ORDER BY sequence",
            last=self.place.upto,
        )
        if rows:
            self.place, self._changed = Place(rows[-1][0]), time.monotonic()
        return rows

    def close(self) -> None:
        """Nothing of its own to give back."""


class _PostgresWatch:
    def __init__(self, location: Location, reader: Reader, since: Place | None) -> None:
        self._reader = reader
        self._listener = connect(location)
        with PostgresErrors():
            self._listener.execute(f"LISTEN {NOTIFY_CHANNEL}")
        self.place = since or Place(0)
        self._look_again = 0.0
        if since is None:
            self._new_rows(start=True)

    def _new_rows(self, *, start: bool = False) -> list[Row]:
        with self._reader.snapshot():
            row = self._reader.row(
                "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)"
            )
            oldest_open = int(row[0]) if row else 0
            since = oldest_open if start else self.place.upto
            rows = self._reader.rows(
                f"SELECT {_COLUMNS} FROM events WHERE txid >= :since ORDER BY txid, sequence",
                since=since,
            )
        fresh = [row for row in rows if row[0] not in self.place.beyond]
        self.place = Place(oldest_open, frozenset(row[0] for row in rows if row[1] >= oldest_open))
        return fresh

    def wait(self, seconds: float) -> list[Row]:
        with PostgresErrors():
            told = any(True for _ in self._listener.notifies(timeout=seconds, stop_after=1))
        if seconds and not told and time.monotonic() < self._look_again:
            return []
        self._look_again = time.monotonic() + LOOK_AGAIN_SECONDS
        return self._new_rows()

    def close(self) -> None:
        self._listener.close()
