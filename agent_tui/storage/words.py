"""Words of conversations as both databases keep them, and where an interaction stands in time.

An interaction's place is its whole second since 1970 times 4,096, plus the next free number in
that second; it is kept by triggers (`migrations/documents_sqlite.py`, `documents_postgres.py`), and
so are the documents: one a message, a note that was not taken back, and one of agenda, outcome and
summary. Of each text the first 16,000 characters are indexed.

A word is a run of letters and digits, in lower case; Latin letters lose their accents. SQLite finds
words with its own tokenizer (Unicode 6.1), PostgreSQL with a function of ours that does the same as
far as its collations know letters. Scripts whose vowels are marks (Devanagari and its kin) are cut
at these marks on SQLite; what is asked is cut in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

PLACE_BITS = 19
"""Bits below a place in the row id of a document on SQLite."""
MOST_IN_ONE = 262_143
"""Messages, and as many notes, of one interaction that are indexed."""
TEXT_LIMIT = 16_000
"""Characters of a text that are indexed."""

DAY_S = 86_400
FIRST_S = -49_710 * DAY_S
LAST_S = 49_709 * DAY_S
"""The first and last second that places know: years 1833 and 2106. Others count as these."""
IN_A_SECOND = 4_096

FIRST_PLACE = FIRST_S * IN_A_SECOND
BEYOND = (LAST_S + DAY_S) * IN_A_SECOND
"""A place behind all."""

OWN_TABLES = frozenset(
    f"{index}{part}"
    for index in ("words", "names")
    for part in ("", "_config", "_data", "_docsize", "_idx")
)
"""Tables that are no records but follow them, kept by triggers alone and unknown to the models."""
OWN_INDEXES = frozenset({"customers_name_words"})
"""Indexes of records that the models do not know, made of what a function of ours returns."""

_SYMBOLS = (
    (0x20BA, 0x20C0),
    (0x1F300, 0x1F64F),
    (0x1F6C0, 0x1F6FF),
    (0x1F7E0, 0x1F7F0),
    (0x1F900, 0x1F9FF),
    (0x1FA70, 0x1FAFF),
)
SEPARATORS = "".join(chr(code) for first, last in _SYMBOLS for code in range(first, last + 1))
"""Money and emoji newer than SQLite's tokenizer, which takes what it does not know for letters."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def first_place(moment: datetime) -> int:
    """The first place of the second of a moment: what is opened later stands there or behind."""
    return _second(moment) * IN_A_SECOND


def day_end(moment: datetime) -> int:
    """The first place behind the UTC day of a moment: what was opened before stands below it."""
    second = _second(moment)
    return (second - second % DAY_S + DAY_S) * IN_A_SECOND


def moment_of(place: int) -> datetime:
    """The second of a place."""
    return _EPOCH + timedelta(seconds=place // IN_A_SECOND)


def fts_query(words: Sequence[str], column: str | None = None, *, is_beginning: bool) -> str:
    """The words as a phrase of FTS5, each quoted, so that none is taken for an operator."""
    phrase = '"' + " ".join(words).replace('"', '""').replace("\0", " ") + '"'
    asked = phrase + " *" if is_beginning else phrase
    return f"{column} : {asked}" if column else asked


def _second(moment: datetime) -> int:
    return max(FIRST_S, min(LAST_S, (moment - _EPOCH) // timedelta(seconds=1)))
