"""Lines from a file or from stdin, as they arrive, however long somebody makes them."""

from __future__ import annotations

import io
import os
import select
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, BinaryIO

from agent_tui.errors import BadInput

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

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


def lines_until(stream: BinaryIO, over: int) -> Iterator[bytes]:
    """Like `lines`, of a stream that nothing was read of yet, until the file descriptor `over` has
    something, or its end, to be read."""
    try:
        yield from lines(io.BufferedReader(_Until(stream.fileno(), over)))
    except _Over:
        return


class _Over(Exception):
    """Nothing more is to be read."""


class _Until(io.RawIOBase):
    """The bytes of one file descriptor until there is something to be read from another."""

    def __init__(self, source: int, over: int) -> None:
        self._source = source
        self._over = over

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Wait for bytes of either."""
        ready, _, _ = select.select([self._source, self._over], [], [])
        if self._over in ready:
            raise _Over
        return os.readv(self._source, [buffer])


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """Every line as soon as it is there. Of one beyond `LONGEST_LINE` bytes the rest is dropped."""
    while line := stream.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
