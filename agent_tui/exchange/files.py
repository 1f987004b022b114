"""Files that are brought in: their format, the name of their source, their bytes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, cast

from agent_tui.errors import BadInput, UsageError
from agent_tui.exchange.suggest import did_you_mean, shown

Format = Literal["csv", "jsonl"]

_FORMATS = ("csv", "jsonl")
_BY_ENDING: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}


def format_of(path: Path, override: str | None = None) -> Format:
    """The format that the user names, else that of the file's ending.

    Raises `UsageError`, and `BadInput` for a folder.
    """
    if path.is_dir():
        raise BadInput(f"{path} is a folder: name the files in it that are to come in")
    if override is not None:
        if override not in _FORMATS:
            raise UsageError(
                f"there is no format {shown(override)}{did_you_mean(override, _FORMATS) or '.'} "
                f"There are: {', '.join(_FORMATS)}"
            )
        return cast(Format, override)
    found = _BY_ENDING.get(path.suffix.lower())
    if found is None:
        raise UsageError(
            f"{path.name} does not say what is in it. Name it with --format csv or --format jsonl"
        )
    return found


def source_of(path: Path) -> str:
    """The name of the source that a file stands for: its own, without the ending."""
    return path.stem


@contextmanager
def open_source(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file from their beginning, seekable also where `path` is a pipe.

    Raises `BadInput` where it is missing, a folder or not readable.
    """
    with ExitStack() as open_files:
        try:
            stream: BinaryIO = open_files.enter_context(open(path, "rb"))
        except OSError as error:
            raise BadInput(f"{path}: {error.strerror or 'it cannot be read'}") from error
        if not stream.seekable():
            copy = cast(BinaryIO, open_files.enter_context(tempfile.TemporaryFile()))
            shutil.copyfileobj(stream, copy)
            copy.seek(0)
            stream = copy
        yield stream
