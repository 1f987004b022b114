"""What was found when stored texts were gone through for card numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A column of a table: how many of its rows held a card or a code, and how many of those."""

    table: str
    column: str
    rows: int
    numbers: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """The outcome of going through all stored texts.

    `columns` are those in which anything was found. `searched` names the files whose bytes were
    searched afterwards for every number that was masked, `remaining` how many of them still stood
    there, and `identifiers` the columns (`table.column`) of names and numbers in which they do.
    `copies` names older backups beside the desk that hold one of them. On a server, and where
    nothing was changed, no file is searched.
    """

    columns: tuple[Cleaned, ...] = ()
    searched: tuple[str, ...] = ()
    remaining: int = 0
    identifiers: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
