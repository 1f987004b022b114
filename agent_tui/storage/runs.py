"""Rows in order, of which memory never holds more than a few.

They are sorted a run at a time, each run is written to a file without a name that is gone with the
process, and all runs are read back side by side as one row of rows (merge sort).
"""

from __future__ import annotations

import heapq
import marshal
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from agent_tui.errors import Unavailable
from agent_tui.storage.reader import Reader, Row

_ROWS = 200
"""Read at once of each run."""
_FORMAT = 2
"""The one of `marshal` that does not look for what occurs twice: faster, and rows never do."""


class Runs:
    """Sorted runs of rows of whole numbers, texts and bytes, set aside in a file.

    A context: the file is gone when it ends. All of it raises Unavailable where the disk is full.
    """

    def __init__(self, folder: Path | None) -> None:
        """`folder` is where the file lies while it is needed; None where any will do."""
        try:
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  (closed at exit)
        except OSError as error:
            raise _unavailable(error) from error
        self._runs: list[list[tuple[int, int]]] = []
        self._end = 0
        self.rows = 0
        """How many rows were set aside."""

    def __enter__(self) -> Runs:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what could not be written is wanted by nobody any more
            self._file.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Set one run aside; its rows are tuples and ascend."""
        rest = iter(rows)
        pieces: list[tuple[int, int]] = []
        try:
            self._file.seek(self._end)
            while some := list(islice(rest, _ROWS)):
                length = self._file.write(marshal.dumps(some, _FORMAT))
                pieces.append((self._end, length))
                self._end += length
                self.rows += len(some)
        except OSError as error:
            raise _unavailable(error) from error
        self._runs.append(pieces)

    def merged(self) -> Iterator[tuple[Any, ...]]:
        """All rows of all runs, ascending; equal ones follow one another."""
        return heapq.merge(*map(self._read, self._runs))

    def _read(self, pieces: list[tuple[int, int]]) -> Iterator[tuple[Any, ...]]:
        for start, length in pieces:
            try:
                self._file.seek(start)
                packed = self._file.read(length)
            except OSError as error:
                raise _unavailable(error) from error
            yield from marshal.loads(packed)


def folder_beside(reader: Reader) -> Path | None:
    """The folder of the file that a reader reads; None on a server, where any folder will do."""
    if reader.is_postgres:
        return None
    row = reader.row("SELECT file FROM pragma_database_list WHERE name = 'main'")
    return Path(row[0]).parent if row and row[0] else None


def _unavailable(error: OSError) -> Unavailable:
    return Unavailable(f"no room to sort the index: {error.strerror}. Make room, then repeat")
