"""What makes a demo desk true: all its moments moved by whole days, so that yesterday's reads the
same today, and the records of files put to the contacts that they came from."""

from __future__ import annotations

from sqlmodel import SQLModel

from agent_tui.domain import tables
from agent_tui.domain.tables.columns import UtcDateTime
from agent_tui.storage.exempting import exempted
from agent_tui.storage.queries.demos import DAY
from agent_tui.storage.unit import UnitOfWork

_MICROSECONDS_A_DAY = 86_400_000_000


def shift_days(unit: UnitOfWork, days: int) -> None:
    """Move every moment of every table by `days` times 24 hours; a negative number moves back."""
    with exempted(unit, "moved_days"):
        _shift_days(unit, days)


def _shift_days(unit: UnitOfWork, days: int) -> None:
    if unit.reader.is_postgres:
        later = "{0} = {0} + CAST(:days AS integer) * INTERVAL '24 hours'"
    else:
        later = f"{{0}} = {{0}} + :days * {_MICROSECONDS_A_DAY}"
    for name in tables.__all__:
        table: type[SQLModel] = getattr(tables, name)
        columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
        moments = [column.name for column in columns if isinstance(column.type, UtcDateTime)]
        if moments:
            changes = ", ".join(later.format(moment) for moment in moments)
            unit.execute(f"UPDATE {table.__tablename__} SET {changes}", days=days)


_OF_A_DAY = (
    ("promises", "created_at"),
    ("concessions", "at"),
    ("refusals", "at"),
    ("cases", "opened_at"),
)


def to_contacts_of_their_day(unit: UnitOfWork) -> None:
    """Give what came from a file without a contact of its own to the customer's last contact of
    the same day, in UTC; what has none on its day stays as it is."""
    same = (
        "date_trunc('day', i.opened_at) = date_trunc('day', {0}.{1})"
        if unit.reader.is_postgres
        else f"i.opened_at / {_MICROSECONDS_A_DAY} = {{0}}.{{1}} / {_MICROSECONDS_A_DAY}"
    )
    for table, moment in _OF_A_DAY:
        there = (
            f"SELECT i.id FROM interactions i WHERE i.customer_id = {table}.customer_id "
            f"AND {same.format(table, moment)} ORDER BY i.opened_at DESC, i.id DESC LIMIT 1"
        )
        unit.execute(f"UPDATE {table} SET interaction_id = ({there}) WHERE interaction_id IS NULL")


def keep_day(unit: UnitOfWork, day: int) -> None:
    """Remember the day on which the moments are true, as a proleptic ordinal."""
    unit.execute(
        "INSERT INTO counters (name, value) VALUES (:name, :day) "
        "ON CONFLICT (name) DO UPDATE SET value = :day",
        name=DAY,
        day=day,
    )
