"""Lines from a file or from stdin, as they arrive, however long somebody makes them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

from agent_tui.errors import BadInput

LONGEST_LINE = 4 * 1024 * 1024


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of stdin where `path` is `-`. Raises BadInput."""
    if path == "-":
        yield sys.stdin.buffer
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(open(path, "rb"))
        except OSError as error:
            raise BadInput(f"{path}: {error.strerror}") from error
        yield file


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """Every line as soon as it is there. Of one beyond `LONGEST_LINE` bytes the rest is dropped."""
    while line := stream.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
