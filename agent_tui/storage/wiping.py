"""Takes what was deleted or rewritten out of the bytes of a SQLite file, and proves it.

SQLite leaves old text in free pages, in the gaps of pages in use and in the write-ahead log.
An index of words, of names too, keeps those that are gone until it is written in one piece.
VACUUM writes every page anew from the rows that are there; a checkpoint in mode TRUNCATE then
moves it all into the file and cuts the log to nothing.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections import defaultdict
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from agent_tui.errors import Unavailable

WAIT_S = 10.0
"""How long to wait for other desks that read or write at this moment, in seconds."""

_PAUSE_S = 0.05
_CHUNK_BYTES = 1 << 20
_HEAD_BYTES = 3


def wipe(path: Path) -> None:
    """Leave nothing in the file but what its rows hold now; other desks may stay open.

    Needs as much free disk as the file is long. Raises Unavailable, with every row in place, where
    the disk is full or another desk does not let go.
    """
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            _merge_words(connection)
            connection.execute("VACUUM")
            _empty_log(connection)
    except sqlite3.Error as error:
        raise Unavailable(
            f"{error}: the texts are masked, their old bytes are still in {path}; run this again"
        ) from error


def files_of(path: Path) -> list[Path]:
    """The database's own files that are there: itself, its log and the log's index."""
    names = (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal")
    return [file for name in names if (file := path.with_name(name)).exists()]


def copies_of(path: Path) -> list[Path]:
    """The backups that migrations left beside the database."""
    return sorted(path.parent.glob(f"{path.name}.before-*"))


def found_in(file: Path, wanted: Collection[bytes]) -> set[bytes]:
    """Which of some byte strings, of three bytes at least, stand anywhere in a file.

    The file is read in pieces; the time does not depend on how many strings there are. Raises
    Unavailable where the file cannot be read.
    """
    by_length: dict[int, set[bytes]] = defaultdict(set)
    for string in wanted:
        by_length[len(string)].add(string)
    if not by_length:
        return set()
    head = _any_head(wanted)
    longest = max(by_length)
    found: set[bytes] = set()
    try:
        with file.open("rb") as content:
            rest = b""
            while piece := content.read(_CHUNK_BYTES):
                piece = rest + piece
                for place in head.finditer(piece):
                    start = place.start()
                    found.update(
                        candidate
                        for length, strings in by_length.items()
                        if (candidate := piece[start : start + length]) in strings
                    )
                rest = piece[-longest:]
    except OSError as error:
        raise Unavailable(f"{file} cannot be searched: {error.strerror}") from error
    return found


def _any_head(wanted: Collection[bytes]) -> re.Pattern[bytes]:
    """A pattern of every place where one of the strings may begin, by its first bytes."""
    classes = (
        b"[" + b"".join(re.escape(bytes([byte])) for byte in sorted(bytes_here)) + b"]"
        for bytes_here in ({string[at] for string in wanted} for at in range(_HEAD_BYTES))
    )
    return re.compile(b"(?=" + b"".join(classes) + b")", re.DOTALL)


def _merge_words(connection: sqlite3.Connection) -> None:
    """Write the indexes of words anew in one piece, which drops the words of texts that are gone.

    One piece alone would be left as it is: a document more, and its end, make others.
    """
    before_all = -(1 << 63)
    for index, column in (("words", "said"), ("names", "name")):
        there = "SELECT 1 FROM sqlite_master WHERE name = ?"
        if not connection.execute(there, (index,)).fetchone():
            continue
        connection.execute(f"INSERT INTO {index} (rowid, {column}) VALUES (?, 'a')", (before_all,))
        connection.execute(
            f"INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', ?, 'a')",
            (before_all,),
        )
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def _empty_log(connection: sqlite3.Connection) -> None:
    end = time.monotonic() + WAIT_S
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > end:
            raise sqlite3.OperationalError("another desk is reading")
        time.sleep(_PAUSE_S)
