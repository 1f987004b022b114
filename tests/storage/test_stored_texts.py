"""No column of text can be forgotten."""

from __future__ import annotations

from sqlalchemy import Boolean, DateTime, Float, Integer, Numeric
from sqlmodel import SQLModel

from agent_tui.domain.tables.columns import UtcDateTime
from agent_tui.storage import stored_texts


def test_every_column_of_text_is_gone_through_or_listed_with_a_reason() -> None:
    scanned = {
        f"{table.name}.{column}"
        for table in stored_texts.words_of_people()
        for column in table.columns
    }
    listed = set(stored_texts.NOT_WORDS)
    columns = {
        f"{table.name}.{column.name}": column
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
    }
    numbers = (Boolean, DateTime, Float, Integer, Numeric, UtcDateTime)
    texts = {name for name, one in columns.items() if not isinstance(one.type, numbers)}
    assert scanned | listed == texts
    assert scanned & listed == set()
    assert all(stored_texts.NOT_WORDS.values())


def test_what_people_say_is_gone_through() -> None:
    scanned = {table.name: table.columns for table in stored_texts.words_of_people()}
    assert scanned["notes"] == ("text", "agenda_before")
    assert scanned["drafts"] == ("text",)
    assert {"text", "failure"} == set(scanned["messages"])
    assert {"name", "company", "city"} <= set(scanned["customers"])


def test_every_table_with_texts_has_a_key_to_page_by() -> None:
    tables = [*stored_texts.words_of_people(), *stored_texts.names_and_numbers()]
    assert tables
    assert all(table.key for table in tables)
