"""A file that is there whole or not at all, for its owner only."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from agent_tui.errors import AgentTuiError, UsageError


@contextmanager
def new_file(path: Path, *, replace: bool = False) -> Iterator[BinaryIO]:
    """A stream that becomes the file at `path` (0600) when the block ends, and nothing where it
    fails.

    Raises UsageError where a file is there and is not to be replaced, or where none can be made,
    before any work is done; AgentTuiError where the disk says no later on.
    """
    _check(path, replace)
    try:
        number, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _put(part, path, replace)
    except OSError as error:
        raise AgentTuiError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            part.unlink()


def _check(path: Path, replace: bool) -> None:
    if path.is_dir() or (path.exists() and not path.is_file()):
        raise UsageError(f"{path} is no file: name another")
    if not replace and (path.exists() or path.is_symlink()):
        raise UsageError(f"{path} is there already: name another, or say --force to write over it")


def _put(part: Path, path: Path, replace: bool) -> None:
    """Give the finished file its name: where nothing is to be replaced, only if that is free."""
    if replace:
        part.replace(path)
        return
    try:
        os.link(part, path)
    except FileExistsError:
        raise UsageError(f"{path} appeared meanwhile: name another") from None
    except OSError:
        # A file system without links: the check before it began has to do.
        _check(path, replace=False)
        part.replace(path)
