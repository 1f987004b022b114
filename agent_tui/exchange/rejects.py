"""The reject file: what could not be taken, why, and on which line it stood."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from agent_tui.domain.values.records import RejectedRow
from agent_tui.errors import AgentTuiError, UsageError

_COLUMNS = ("line", "reason", "row")
_BEGINS = b'"line","reason","row"\n'
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class RejectFile:
    """A CSV file of line, reason and row, for its owner only (0600), made with the first reject.

    A reason never begins as a spreadsheet formula does. The row is the file's own text to the
    letter, so that it can be mended and imported again; what opens it in a spreadsheet should
    take it for text. Of what stands at its path only an earlier reject file is written over, and
    not one that is being read (`sources`).
    """

    def __init__(self, path: Path, sources: Iterable[Path] = ()) -> None:
        self._path = path
        self._sources = tuple(sources)
        self._open_files = ExitStack()
        self._writer: Any = None
        self.count = 0

    def __enter__(self) -> Self:
        """Raises `UsageError` where the file could not be made, before any work is done."""
        folder = self._path.parent
        is_there = self._path.exists()
        is_special = is_there and not self._path.is_file()
        if is_special or not os.access(folder, os.W_OK | os.X_OK):
            raise UsageError(f"the reject file {self._path} cannot be written")
        if is_there:
            if any(one.exists() and one.samefile(self._path) for one in self._sources):
                raise UsageError(f"{self._path} is being imported: name another reject file")
            if not self._is_ours():
                raise UsageError(
                    f"{self._path} is there and is no reject file: name another, or take it away"
                )
        return self

    def _is_ours(self) -> bool:
        """Whether an earlier reject file, or an empty one, stands there."""
        try:
            with self._path.open("rb") as file:
                return file.read(len(_BEGINS)) in (b"", _BEGINS)
        except OSError as error:
            raise UsageError(f"the reject file {self._path} cannot be read") from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._open_files.close()
        except OSError as problem:
            raise self._refused(problem) from problem

    def add(self, row: RejectedRow) -> None:
        """Write one reject. Raises `AgentTuiError` where the disk says no."""
        try:
            if self._writer is None:
                self._writer = self._begin()
            self._writer.writerow((row.line, _no_formula(row.reason), row.raw))
        except OSError as error:
            raise self._refused(error) from error
        self.count += 1

    def _begin(self) -> Any:
        number = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.fchmod(number, 0o600)
        file = self._open_files.enter_context(
            os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace", newline="")
        )
        # Every text is quoted: else a bare return inside a row would end it for the next reader.
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(_COLUMNS)
        return writer

    def _refused(self, error: OSError) -> AgentTuiError:
        reason = error.strerror or "the disk said no"
        return AgentTuiError(f"the reject file {self._path} cannot be written: {reason}")


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
