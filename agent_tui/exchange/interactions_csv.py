"""Interactions out as CSV (RFC 4180), for spreadsheets that take some texts for formulas.

OWASP (CSV Injection) names the characters with which a formula begins: `=`, `+`, `-`, `@`, a tab, a
return, a line feed, and their full-width forms. A text that begins so, also behind spaces or
apostrophes, gets an apostrophe in front and is read as text; taking one apostrophe away in front of
such a beginning gives back what was there. A telephone number alone (`+`, then digits, spaces and
brackets) stays as it is: with spaces it is text to a spreadsheet, without it is a number, and
neither does anything.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from agent_tui.domain.values.people import Interaction
from agent_tui.exchange.interaction_rows import COLUMNS, Write, as_object
from agent_tui.text.hygiene import clean_text

BOM = "\ufeff".encode()
"""What tells a spreadsheet on Windows that a file is UTF-8."""
BETWEEN_TOPICS = "; "

_FORMULA = re.compile(r"[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n]")
_TELEPHONE = re.compile(r"\+\(?[0-9](?:[ ()]{0,2}[0-9]){5,14}\)?")
_NO_LIMIT = 1_000_000_000


class Csv:
    """Writes a header and rows: UTF-8, commas, every text in quotes, lines that end in CR LF.

    Numbers stand without quotes, what is not known is empty, topics stand behind one another with
    `; ` between. With `bom` the first bytes are a byte-order mark.
    """

    def __init__(self, write: Write, *, bom: bool = False) -> None:
        self._write = write
        self._bom = bom
        self._line = io.StringIO(newline="")
        self._writer = csv.writer(self._line, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")

    def begin(self) -> None:
        """Write the header."""
        if self._bom:
            self._write(BOM)
        self._row(COLUMNS)

    def add(self, one: Interaction) -> None:
        """Write one."""
        self._row([_cell(value) for value in as_object(one).values()])

    def _row(self, cells: Iterable[object]) -> None:
        self._writer.writerow(cells)
        self._write(self._line.getvalue().encode("utf-8"))
        self._line.seek(0)
        self._line.truncate()


def _cell(value: object) -> str | int:
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    words = BETWEEN_TOPICS.join(value) if isinstance(value, list) else str(value)
    return as_text(clean_text(words, _NO_LIMIT))


def as_text(words: str) -> str:
    """Words as a cell that no spreadsheet takes for a formula."""
    if _FORMULA.match(words) and not _TELEPHONE.fullmatch(words):
        return f"'{words}"
    return words
