"""The log: a file that only its owner can read, of what nobody foresaw and why the desk ended.

It holds types and places in the program, and words that are written in the program; never a
message or a value, since those may hold what customers said.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from agent_tui import paths

NAME = "agent-tui.log"
OURS = "agent_tui"
"""The logger, and those below it, whose words stand in our source and so may be kept."""
LONGEST = 1_000_000
"""Bytes after which the log is begun anew; the one before it is kept beside it."""


def path() -> Path:
    """Where the log is."""
    return paths.state_folder() / NAME


def fault(error: BaseException) -> str | None:
    """Append an error and its causes. Returns the log's place, None where it cannot be written."""
    return _append(*_told(error))


def keep() -> None:
    """Write to the log whatever is reported through `logging` from now on: of our own records the
    words and the error, of anybody else's who reports and the error."""
    root = logging.getLogger()
    if not any(isinstance(one, _Keeper) for one in root.handlers):
        root.addHandler(_Keeper(logging.INFO))
    logging.getLogger(OURS).setLevel(logging.INFO)


class _Keeper(logging.Handler):
    """Writes records to the log."""

    def emit(self, record: logging.LogRecord) -> None:
        is_ours = f"{record.name}.".startswith(f"{OURS}.")
        words = record.getMessage() if is_ours else f"{record.levelname} of {record.name}"
        error = record.exc_info[1] if record.exc_info else None
        _append(words, *(_told(error) if error is not None else ()))


def _append(*lines: str) -> str | None:
    from agent_tui import __version__
    from agent_tui.clock import utc_now

    begins = f"{utc_now().isoformat(timespec='seconds')} agent-tui {__version__}"
    try:
        paths.private(paths.state_folder())
        if path().exists() and path().stat().st_size > LONGEST:
            path().replace(path().with_suffix(".old.log"))
        number = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, paths.PRIVATE_FILE)
        with os.fdopen(number, "w", encoding="utf-8", errors="replace") as log:
            log.write("\n".join((begins, *(f"  {line}" for line in lines))) + "\n")
    except OSError:
        return None
    return str(path())


def _told(error: BaseException | None) -> Iterator[str]:
    """The types of an error and of its causes, each with the places it came through."""
    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        yield from _places(error.__traceback__)
        # What failed in one of Textual's workers is an attribute of the error that says so.
        inner = getattr(error, "error", None)
        error = error.__cause__ or error.__context__ or _as_error(inner)


def _as_error(inner: object) -> BaseException | None:
    return inner if isinstance(inner, BaseException) else None


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"  {code.co_filename}:{trace.tb_lineno} {code.co_qualname}"
        trace = trace.tb_next
