"""What an import left behind, without what differs from one run to the next: ids and events."""

from __future__ import annotations

from typing import Any

from tests.services.importing_desk import Intake

_TABLES = (
    "agents",
    "customers",
    "interactions",
    "contact_points",
    "cases",
    "concessions",
    "facts",
    "feedback",
    "interaction_topics",
    "messages",
    "notes",
    "promises",
    "refusals",
    "ties",
)


def contents(intake: Intake) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table; an id is told as which one of its table it is, oldest first."""
    tables = {table: _rows(intake, table) for table in _TABLES}
    named: dict[int, str] = {}
    for table, rows in tables.items():
        if table != "ties" and rows and "id" in rows[0]:
            for place, row in enumerate(sorted(rows, key=lambda row: row["id"])):
                named[row["id"]] = f"{table} {place}"
    return {
        table: sorted(
            ({name: _told(name, value, named) for name, value in row.items()} for row in rows),
            key=repr,
        )
        for table, rows in tables.items()
    }


def _rows(intake: Intake, table: str) -> list[dict[str, Any]]:
    reader = intake.desk.store.reader()
    if reader.is_postgres:
        sql = (
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name = :table ORDER BY ordinal_position"
        )
    else:
        sql = "SELECT name FROM pragma_table_info(:table)"
    columns = [str(row[0]) for row in reader.rows(sql, table=table)]
    found = reader.rows(f"SELECT {', '.join(columns)} FROM {table}")
    return [dict(zip(columns, row, strict=True)) for row in found]


def _told(name: str, value: Any, named: dict[int, str]) -> Any:
    if name == "id":
        return named.get(value, "")
    if name.endswith("_id") and isinstance(value, int):
        return named.get(value, "somebody else")
    return value
