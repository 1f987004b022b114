"""Which schema a database has, and bringing it to the one that this program knows.

`check` reads through the plain driver and costs a millisecond; Alembic is loaded by `upgrade`
alone, when the version differs.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from agent_tui import paths
from agent_tui.errors import ForeignDatabase, NewerSchema, Unavailable
from agent_tui.storage.location import Location, locate
from agent_tui.storage.reader import Reader, open_reader
from agent_tui.storage.server import said_by

HEAD = "0011"
"""The newest schema that this program knows; the migrations end with it (proved by a test)."""

STEPS = Path(__file__).parent / "migrations"
"""The folder of the migrations."""

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
"""Every schema that this program can bring up to `HEAD`, oldest first."""

APPLICATION_ID = 0x41545549
"""`ATUI` in the header of a SQLite file, so that a desk is told from any other database."""

_OURS = {"alembic_version", "contact_points", "customers", "interactions"}
"""Tables that every desk has; on a server, where there is no header, they tell it."""


class State(Enum):
    """What stands at a location."""

    MISSING = "missing"
    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"


def check(location: Location, connect: Callable[[], Reader] | None = None) -> State:
    """What stands at a location, without changing anything.

    The reader that `connect` gives stays open where the desk is a current one, for whoever asks
    next. Raises ForeignDatabase for what is no desk, NewerSchema for one from a newer program.
    """
    if location.path is not None:
        try:
            found = location.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return State.MISSING
        except OSError as error:
            raise Unavailable(f"{location.shown} cannot be looked at: {error.strerror}") from error
        # SQLite takes a file of one byte for an empty one.
        if not stat.S_ISREG(found.st_mode) or found.st_size == 1:
            raise ForeignDatabase(
                f"{location.shown} is no database file: name another place with --db"
            )
    reader = connect() if connect else open_reader(location)
    state = None
    try:
        state = _state(reader, location)
        return state
    finally:
        if state is not State.CURRENT or connect is None:
            reader.close()


def _state(reader: Reader, location: Location) -> State:
    tables = _tables(reader)
    if not tables:
        return State.EMPTY
    row = None
    if tables >= _OURS and _is_signed(reader):
        row = reader.row("SELECT version_num FROM alembic_version")
    if row is None:
        raise ForeignDatabase(
            f"{location.shown} holds something else, not a desk: name another place with --db"
        )
    version = str(row[0])
    if version == HEAD:
        return State.CURRENT
    if version in KNOWN:
        return State.OLDER
    raise NewerSchema(
        f"{location.shown} was written by a newer agent-tui (schema {version}, this program knows "
        f"{HEAD}): update agent-tui; nothing was changed"
    )


def _tables(reader: Reader) -> set[str]:
    if reader.is_postgres:
        sql = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    else:
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return {str(row[0]) for row in reader.rows(sql)}


def _is_signed(reader: Reader) -> bool:
    if reader.is_postgres:
        return True
    row = reader.row("PRAGMA application_id")
    return row is not None and row[0] == APPLICATION_ID


def upgrade(url: str) -> None:
    """Bring the database at `url` to `HEAD`; makes the file or tables where there are none."""
    bring_up(locate(url))


def bring_up(location: Location, connect: Callable[[], Reader] | None = None) -> Path | None:
    """Bring the database to `HEAD`. Returns the backup made of an older SQLite file, if any.

    What `connect` is for tells `check`. Where two desks come at once, one waits for the other and
    finds the work done. Backups of a server are its administrator's. Raises StorageError; what was
    there is as it was then.
    """
    if check(location, connect) is State.CURRENT:
        return None
    from agent_tui.storage.engines import create_file

    create_file(location)
    return _migrate(location)


def _back_up(location: Location) -> Path | None:
    if location.path is None:
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    target = location.path.with_name(f"{location.path.name}.before-{HEAD}-{stamp}")
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, paths.PRIVATE_FILE))
        with (
            closing(sqlite3.connect(location.path)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        raise Unavailable(
            f"no backup could be written to {target} ({error}), so the desk was not changed"
        ) from error
    return target


def _migrate(location: Location) -> Path | None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    from agent_tui.storage.engines import writing_engine

    engine = writing_engine(location)
    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            if location.is_postgres:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
            state = check(location)
            if state is State.CURRENT:
                return None
            backup = _back_up(location) if state is State.OLDER else None
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if not location.is_postgres:
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            return backup
    except DBAPIError as error:
        raise Unavailable(
            f"the desk could not be brought up to date: {said_by(error.orig)}"
        ) from error
    finally:
        engine.dispose()
