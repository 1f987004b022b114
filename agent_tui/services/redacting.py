"""Keep card numbers out: say which numbers are none, and clean what is stored already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.values.redaction import Cleaned, Redaction
from agent_tui.errors import BadInput
from agent_tui.services.entrance import digest_of, is_no_card, take_line
from agent_tui.storage import wiping
from agent_tui.storage.exempting import end_left_open, exempted
from agent_tui.storage.index_upkeep import index_customers
from agent_tui.storage.queries import customers
from agent_tui.storage.stored_texts import (
    Texts,
    TextTable,
    names_and_numbers,
    pages,
    rewrite,
    words_of_people,
)
from agent_tui.text.card_issuers import SHORTEST, is_card
from agent_tui.text.names import split_name
from agent_tui.text.redaction import Masked, digits_in, mask_cards

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

_CUSTOMERS = "customers"
_NAME_PARTS = ("given_name", "family_name")
_STANDING = ("receipts", "script_steps")
_ROUNDS = 5
"""How often a table is gone through where others change its rows at the same time."""
_CONTEXT = 16
"""Characters before a security code that are searched for with it: three digits are anywhere."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A row with something to mask, its texts as they will be, and what was masked by column."""

    row: Texts
    after: tuple[str | None, ...]
    masked: tuple[tuple[str, str, Masked], ...]


@dataclass(slots=True)
class _Tally:
    """What was found so far: rows and numbers by table and column, and how they were written."""

    counts: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    writings: set[str] = field(default_factory=set)

    def add(self, table: TextTable, found: _Found) -> None:
        for column, before, masked in found.masked:
            rows, numbers = self.counts.get((table.name, column), (0, 0))
            self.counts[table.name, column] = rows + 1, numbers + masked.count
            for start, end in masked.spans:
                written = before[start:end]
                if len(digits_in(written)) >= SHORTEST:
                    self.writings |= {written, digits_in(written)}
                else:
                    self.writings.add(before[max(0, start - _CONTEXT) : end])

    def columns(self) -> tuple[Cleaned, ...]:
        return tuple(Cleaned(*place, *count) for place, count in sorted(self.counts.items()))


class Redacting:
    """Finds and masks card numbers and security codes in stored texts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def not_a_card(self, number: str, reason: str) -> None:
        """Say of a number that it looks like a card and is none; from now on it stays readable.

        What was masked before stays masked. Only a digest of the number is kept. Raises BadInput
        without a reason, and for a number that is not taken for a card anyway.
        """
        digits = digits_in(number)
        if not is_card(digits):
            raise BadInput("this number is not taken for a card: nothing needs to be said of it")
        if not reason.strip():
            raise BadInput("say why this is no card: a reason is needed")
        digest = digest_of(digits)
        with self._desk.writing() as unit:
            if unit.find(tables.NotCard, digest) is None:
                words = take_line(unit.reader, reason)
                unit.add(
                    tables.NotCard(digest=digest, reason=words, agent_id=unit.agent_id, at=unit.now)
                )
                unit.record("not_card.added")

    def scan(self) -> Redaction:
        """What `clean` would mask; nothing is changed."""
        tally = _Tally()
        for table in words_of_people():
            for found in chain.from_iterable(self._pages(table)):
                tally.add(table, found)
        return Redaction(columns=tally.columns())

    def clean(self) -> Redaction:
        """Mask every card number and security code that is stored, row by row.

        On SQLite the file is then written anew, so that its bytes hold none of them, and searched
        for every one to prove it. Broken off at any moment, it is completed by running it again.
        Raises Unavailable where the database cannot be written.
        """
        tally = _Tally()
        with self._desk.writing() as unit:
            end_left_open(unit)
        for table in words_of_people():
            for _ in range(_ROUNDS):
                if self._clean(table, tally):
                    break
        path = self._desk.store.location.path
        if path is None:
            return Redaction(columns=tally.columns())
        wiping.wipe(path)
        return self._proved(path, tally)

    def _clean(self, table: TextTable, tally: _Tally) -> bool:
        """Go through a table once; tells whether nobody changed one of its rows meanwhile."""
        missed = 0
        for page in self._pages(table):
            with self._desk.writing() as unit, _allowed(unit, table):
                keys = [found.row.key[0] for found in page] if table.name == _CUSTOMERS else []
                were = customers.index_entries(unit.reader, ids=keys)
                done = [found for found in page if rewrite(unit, table, found.row, found.after)]
                if done and table.name == _CUSTOMERS:
                    changed = [found.row.key[0] for found in done]
                    now = customers.index_entries(unit.reader, ids=changed)
                    index_customers(unit, now, before=were)
                if done:
                    unit.record("text.redacted", detail=f"{table.name} {len(done)}")
            for found in done:
                tally.add(table, found)
            missed += len(page) - len(done)
        return not missed

    def _pages(self, table: TextTable) -> Iterator[list[_Found]]:
        """The rows of a table in which there is something to mask."""
        for page in pages(self._desk.store.reader(), table):
            if found := [one for row in page if (one := self._masked(table, row))]:
                yield found

    def _masked(self, table: TextTable, row: Texts) -> _Found | None:
        after = dict(zip(table.columns, row.texts, strict=True))
        masked = []
        for column, text in zip(table.columns, row.texts, strict=True):
            hidden = mask_cards(text, self._is_no_card) if text else None
            if text and hidden and hidden.count:
                after[column] = hidden.text
                masked.append((column, text, hidden))
        if not masked:
            return None
        if table.name == _CUSTOMERS:
            after |= _parts_of_name(after)
        return _Found(row, tuple(after.values()), tuple(masked))

    def _is_no_card(self, digits: str) -> bool:
        return is_no_card(self._desk.store.reader(), digits)

    def _proved(self, path: Path, tally: _Tally) -> Redaction:
        """Search the bytes of the file, and of backups beside it, for what was masked."""
        wanted = {writing.encode() for writing in tally.writings}
        files = wiping.files_of(path)
        left = set().union(*(wiping.found_in(file, wanted) for file in files))
        copies = (file for file in wiping.copies_of(path) if wiping.found_in(file, wanted))
        return Redaction(
            columns=tally.columns(),
            searched=tuple(file.name for file in files),
            remaining=len(left),
            identifiers=tuple(self._identifiers_with({writing.decode() for writing in left})),
            copies=tuple(file.name for file in copies),
        )

    def _identifiers_with(self, writings: set[str]) -> Iterator[str]:
        """The columns of names and numbers, which are not masked, that hold one of these."""
        for table in names_and_numbers() if writings else ():
            columns = {
                column
                for page in pages(self._desk.store.reader(), table)
                for row in page
                for column, text in zip(table.columns, row.texts, strict=True)
                if text and any(writing in text for writing in writings)
            }
            yield from (f"{table.name}.{column}" for column in sorted(columns))


def _allowed(unit: UnitOfWork, table: TextTable) -> AbstractContextManager[None]:
    """What a table that otherwise stands as it was written needs for its words to be masked."""
    return exempted(unit, "redaction") if table.name in _STANDING else nullcontext()


def _parts_of_name(customer: dict[str, str | None]) -> dict[str, str | None]:
    """The given and the family name anew where one has digits: a number is parted between them."""
    if not any(digits_in(customer[part] or "") for part in _NAME_PARTS):
        return {}
    given, family = split_name(customer["name"] or "")
    return dict(zip(_NAME_PARTS, (given or None, family or None), strict=True))
