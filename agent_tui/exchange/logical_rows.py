"""CSV lines into logical rows, without ever losing rows to a quote that is not closed.

Quoting follows RFC 4180: a quote inside a quoted field is doubled, a quoted field may hold line
breaks. A quote that is opened and never properly closed would swallow the rows after it. Such a
row is reported, and reading goes on with the very next line.

In files set apart by tabs, quotes are often just text. Two of them on different lines look like
one quoted field that spans rows; since real fields hold no tabs, one with a tab and a line break
is taken for that.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_FIELD = 64 * 1024 * 1024
MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a file are set apart."""

    delimiter: str
    spaced: bool = False
    """A space follows every delimiter and belongs to it."""


class _Lines:
    """The lines of a text, counted, of which some can be given back."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self._given_back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise csv.Error
        line = self._given_back.popleft() if self._given_back else next(self._text)
        self.number += 1
        self.taken.append(line)
        return line

    def give_back_all_but_first(self) -> None:
        self._given_back.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        del self.taken[1:]


@dataclass(frozen=True, slots=True)
class Broken:
    """A line on which the quoting makes no sense."""

    line: int
    raw: str


def logical_rows(
    text: Iterator[str], dialect: Dialect
) -> Iterator[tuple[int, str, list[str]] | Broken]:
    """Each row as (line it begins on, counted from 1; its own text; its cells).

    `text` gives lines with their ends, as a stream opened with `newline=""` does. A field of up
    to 64 MiB and a row of up to 10,000 lines are read; blank lines are passed over.
    """
    csv.field_size_limit(LONGEST_FIELD)
    lines = _Lines(text)
    reader = csv.reader(
        lines,
        delimiter=dialect.delimiter,
        skipinitialspace=dialect.spaced,
        strict=True,
    )
    while True:
        lines.taken.clear()
        begins = lines.number + 1
        try:
            cells = next(reader)
            if dialect.delimiter == "\t" and len(lines.taken) > 1:
                _refuse_glued(cells)
        except StopIteration:
            return
        except csv.Error:
            lines.give_back_all_but_first()
            yield Broken(line=begins, raw=lines.taken[0].rstrip("\r\n"))
            continue
        raw = lines.taken[0] if len(lines.taken) == 1 else "".join(lines.taken)
        raw = raw.rstrip("\r\n")
        if raw.strip(" "):
            yield begins, raw, cells


def _refuse_glued(cells: list[str]) -> None:
    if any("\t" in cell and ("\n" in cell or "\r" in cell) for cell in cells):
        raise csv.Error
