"""Every column in which people's words are stored, read page by page and rewritten.

Which columns there are is asked of the tables themselves, so that a new one cannot be forgotten:
a column of text is gone through unless `NOT_WORDS` names it with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Float, Integer, Numeric, Table
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from agent_tui.domain import tables
from agent_tui.storage.reader import Reader, Row
from agent_tui.storage.unit import UnitOfWork

_CODE = "a word from a closed list"
_DIGEST = "a digest"
_ROW_NAME = "names a row of a file, a call or a message of a channel"
_REFERENCE = "an order, account or telephone number, or an address: kept as it is to be found by it"
_OWN_NAME = "made by the desk itself"
_DERIVED = "follows the customers' names"

NOT_WORDS = {
    "agents.handle": _OWN_NAME,
    "agents.role": _CODE,
    "agents.state": _CODE,
    "cases.external_id": _REFERENCE,
    "cases.import_key": _DIGEST,
    "cases.kind": _CODE,
    "cases.normal": _REFERENCE,
    "cases.source": _ROW_NAME,
    "complaints.reaction": _CODE,
    "complaints.speakable": _OWN_NAME,
    "concessions.amount": "an exact decimal",
    "concessions.currency": _CODE,
    "concessions.import_key": _DIGEST,
    "concessions.side": _CODE,
    "concessions.state": _CODE,
    "contact_points.consent": _CODE,
    "contact_points.kind": _CODE,
    "contact_points.normal": _REFERENCE,
    "contact_points.reversed": _REFERENCE,
    "contact_points.value": _REFERENCE,
    "counters.name": _OWN_NAME,
    "customers.external_id": _ROW_NAME,
    "customers.import_digests": _DIGEST,
    "customers.import_key": _DIGEST,
    "customers.source": _ROW_NAME,
    "drafts.about": _OWN_NAME,
    "drafts.kind": _CODE,
    "events.detail": _CODE,
    "events.kind": _CODE,
    "events.subject": _OWN_NAME,
    "facts.import_key": _DIGEST,
    "exemptions.kind": _CODE,
    "facts.kind": _CODE,
    "facts.source": _CODE,
    "facts.state": _CODE,
    "feedback.import_key": _DIGEST,
    "follow_ups.state": _CODE,
    "frictions.rule": _CODE,
    "hand_overs.state": _CODE,
    "index_changes.word": _DERIVED,
    "index_postings.numbers": _DERIVED,
    "index_postings.word": _DERIVED,
    "index_roads.words": _DERIVED,
    "interactions.channel": _CODE,
    "interactions.direction": _CODE,
    "interactions.external_id": _ROW_NAME,
    "interactions.import_key": _DIGEST,
    "interactions.met": _CODE,
    "interactions.peer": _REFERENCE,
    "interactions.read_back": _CODE,
    "interactions.source": _ROW_NAME,
    "interactions.state": _CODE,
    "messages.delivery": _CODE,
    "messages.external_id": _ROW_NAME,
    "messages.speaker": _CODE,
    "not_cards.digest": _DIGEST,
    "notes.due_times": _CODE,
    "notes.import_key": _DIGEST,
    "presences.doing": _CODE,
    "promises.import_key": _DIGEST,
    "promises.side": _CODE,
    "promises.state": _CODE,
    "prompts.outcome": _CODE,
    "prompts.what": _CODE,
    "questions.state": _CODE,
    "receipt_lines.how": _CODE,
    "receipt_lines.key": _DIGEST,
    "receipt_lines.kind": _CODE,
    "receipt_lines.records": _OWN_NAME,
    "receipts.digest": _DIGEST,
    "receipts.focus": _CODE,
    "receipts.how": _CODE,
    "receipts.override": _CODE,
    "record_marks.how": _CODE,
    "record_marks.subject": _OWN_NAME,
    "refusals.import_key": _DIGEST,
    "refusals.state": _CODE,
    "review_criteria.kind": _CODE,
    "review_criteria.verdict": _CODE,
    "reviews.kind": _CODE,
    "script_runs.state": _CODE,
    "script_steps.did": _CODE,
    "script_steps.key": _CODE,
    "script_steps.step": _OWN_NAME,
    "script_steps.target": _OWN_NAME,
    "scripts.digest": _DIGEST,
    "scripts.kind": _CODE,
    "scripts.slug": _OWN_NAME,
    "ties.import_key": _DIGEST,
}
"""Columns of text that are not people's words, with the reason; no card number is masked there."""

PAGE_ROWS = 500
_OTHER_TYPES = (Boolean, DateTime, Float, Integer, Numeric)


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table that has texts: its name, the columns of its key, and those with texts."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    is_versioned: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one row, in the order of its table's columns."""

    key: tuple[Any, ...]
    texts: tuple[str | None, ...]


def words_of_people() -> list[TextTable]:
    """Every table with people's words, and the columns that hold them."""
    return _tables(lambda name: name not in NOT_WORDS)


def names_and_numbers() -> list[TextTable]:
    """Every table with names and numbers that are kept as they are, and those columns."""
    return _tables(lambda name: NOT_WORDS.get(name) in (_ROW_NAME, _REFERENCE))


def pages(reader: Reader, table: TextTable) -> Iterator[list[Texts]]:
    """All rows of a table by their key, some hundred at a time."""
    key, columns = _listed(table.key), _listed((*table.key, *table.columns))
    order = f"ORDER BY {key} LIMIT {PAGE_ROWS}"
    behind = ", ".join(f":after{place}" for place in range(len(table.key)))
    rows = reader.rows(f'SELECT {columns} FROM "{table.name}" {order}')
    while rows:
        page = [_texts(table, row) for row in rows]
        yield page
        after = {f"after{place}": value for place, value in enumerate(page[-1].key)}
        rows = reader.rows(
            f'SELECT {columns} FROM "{table.name}" WHERE ({key}) > ({behind}) {order}', **after
        )


def rewrite(unit: UnitOfWork, table: TextTable, before: Texts, after: Sequence[str | None]) -> bool:
    """Replace the texts of a row, unless somebody else changed one of them meanwhile.

    Where a text belongs to the key and the new row is there already, the old one goes.
    """
    changed = [place for place, text in enumerate(after) if text != before.texts[place]]
    values = {f"new{place}": after[place] for place in changed}
    values |= {f"old{place}": before.texts[place] for place in changed}
    values |= {f"key{place}": value for place, value in enumerate(before.key)}
    where = [f'"{column}" = :key{place}' for place, column in enumerate(table.key)]
    where += [f'"{table.columns[place]}" = :old{place}' for place in changed]
    if _is_there(unit, table, before, after):
        sql = f'DELETE FROM "{table.name}"'
        values = {name: value for name, value in values.items() if not name.startswith("new")}
    else:
        news = [f'"{table.columns[place]}" = :new{place}' for place in changed]
        news += ["version = version + 1"] if table.is_versioned else []
        sql = f'UPDATE "{table.name}" SET {", ".join(news)}'
    return unit.reader.row(f"{sql} WHERE {' AND '.join(where)} RETURNING 1", **values) is not None


def _is_there(
    unit: UnitOfWork, table: TextTable, before: Texts, after: Sequence[str | None]
) -> bool:
    """Whether another row has the key that this one will have."""
    news = dict(zip(table.columns, after, strict=True))
    key = tuple(
        news.get(column, value) for column, value in zip(table.key, before.key, strict=True)
    )
    if key == before.key:
        return False
    where = " AND ".join(f'"{column}" = :key{place}' for place, column in enumerate(table.key))
    values = {f"key{place}": value for place, value in enumerate(key)}
    return unit.reader.row(f'SELECT 1 FROM "{table.name}" WHERE {where}', **values) is not None


def _texts(table: TextTable, row: Row) -> Texts:
    return Texts(tuple(row[: len(table.key)]), tuple(row[len(table.key) :]))


def _tables(wanted: Callable[[str], bool]) -> list[TextTable]:
    found = []
    for table in _all_tables():
        columns = tuple(
            column.name
            for column in table.columns
            if _is_text(column) and wanted(f"{table.name}.{column.name}")
        )
        if columns:
            key = tuple(column.name for column in table.primary_key)
            found.append(TextTable(table.name, key, columns, "version" in table.columns))
    return found


def _all_tables() -> list[Table]:
    tables.load()
    return list(SQLModel.metadata.sorted_tables)


def _is_text(column: Column[Any]) -> bool:
    """Whether a column may hold words: whatever is no number, moment or truth value."""
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return not isinstance(kind, _OTHER_TYPES)


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
