"""All moments of a desk moved by whole days, so that yesterday's demo reads the same today."""

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


def keep_day(unit: UnitOfWork, day: int) -> None:
    """Remember the day on which the moments are true, as a proleptic ordinal."""
    unit.execute(
        "INSERT INTO counters (name, value) VALUES (:name, :day) "
        "ON CONFLICT (name) DO UPDATE SET value = :day",
        name=DAY,
        day=day,
    )
