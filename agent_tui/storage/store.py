"""A desk's database as services hold it: readers a thread, units of work, the change feed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.storage.changes import ChangeFeed, Place
from agent_tui.storage.location import Location
from agent_tui.storage.plain_unit import Lasting, PlainUnit, PlainWriter
from agent_tui.storage.reader import PostgresReader, Reader, SqliteReader, open_reader

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from agent_tui.storage.engines import Durability
    from agent_tui.storage.unit import UnitOfWork


_STEPS = ("pydantic.main", "sqlalchemy", "sqlalchemy.orm", "sqlmodel")
"""What the tables are made with, in the order in which each is loaded by the next."""


class Store:
    """Hands out readers and units of work. Safe to share between threads."""

    def __init__(self, location: Location, *, engine: Engine | None = None) -> None:
        self.location = location
        self._engines: dict[Durability, Engine] = {} if engine is None else {"full": engine}
        self._plain = PlainWriter(location)
        self._lock = threading.Lock()
        self._local = threading.local()
        self._readers: dict[int, SqliteReader | PostgresReader] = {}

    def reader(self) -> Reader:
        """This thread's connection for reading: one that an ended thread left behind, which knows
        the tables already, or a new one."""
        reader: SqliteReader | PostgresReader | None = getattr(self._local, "reader", None)
        if reader is None or not reader.is_usable():
            with self._lock:
                left = self._take_left_behind()
            usable = [other for other in left if other.is_usable()]
            reader = usable[0] if usable else open_reader(self.location)
            self._local.reader = reader
            with self._lock:
                self._readers[threading.get_ident()] = reader
            for other in left:
                if other is not reader:
                    other.close()
        return reader

    def _take_left_behind(self) -> list[SqliteReader | PostgresReader]:
        """The readers of this thread and of threads that have ended, taken off the list."""
        running = {thread.ident for thread in threading.enumerate()} - {threading.get_ident()}
        gone = [thread for thread in self._readers if thread not in running]
        return [self._readers.pop(thread) for thread in gone]

    def interrupt(self, thread: int) -> None:
        """Give up the query that a thread has under way, if any."""
        with self._lock:
            reader = self._readers.get(thread)
        if reader is not None:
            reader.interrupt()

    @contextmanager
    def writing(
        self, *, now: datetime, agent_id: int | None, durability: Durability = "full"
    ) -> Iterator[UnitOfWork]:
        """A unit of work; see `storage.unit.writing`."""
        tables.load()
        from agent_tui.storage.unit import writing

        with writing(self._engine(durability), now=now, agent_id=agent_id) as unit:
            yield unit

    def warm_up(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Load and connect what the first unit of work would otherwise wait for. Nobody else who
        writes waits for it meanwhile: no transaction is begun. It takes half a second, and ends
        within a quarter of that where it `is_wanted` no more."""
        for step in _STEPS:
            if not is_wanted():
                return
            import_module(step)
        tables.load()
        if not is_wanted():
            return
        from sqlalchemy.orm import configure_mappers

        from agent_tui.storage import unit as _unit_loaded  # noqa: F401

        configure_mappers()
        # That nothing can be written is said by whoever writes.
        engine = self._engine("full")
        with suppress(engine.dialect.loaded_dbapi.Error):
            engine.raw_connection().close()

    def writing_plainly(
        self, *, now: datetime, agent_id: int, lasting: Lasting = "kept"
    ) -> AbstractContextManager[PlainUnit]:
        """A small unit of work in plain SQL; see `storage.plain_unit`."""
        return self._plain.unit(now=now, agent_id=agent_id, lasting=lasting)

    def _engine(self, durability: Durability) -> Engine:
        from agent_tui.storage.engines import writing_engine

        with self._lock:
            engine = self._engines.get(durability)
            if engine is None:
                engine = writing_engine(self.location, durability)
                self._engines[durability] = engine
            return engine

    def feed(self, since: Place | None = None) -> ChangeFeed:
        """A change feed from now on, or after the place where another ended; for one thread."""
        return ChangeFeed(self.location, since)

    def close(self) -> None:
        """Give all connections back."""
        with self._lock:
            readers, self._readers = list(self._readers.values()), {}
            engines, self._engines = list(self._engines.values()), {}
        for reader in readers:
            reader.close()
        for engine in engines:
            engine.dispose()
        self._plain.close()
