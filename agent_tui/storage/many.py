"""One statement over many rows of values.

The statement stays the same however many rows there are, which spares both databases the planning,
and rows go over in one piece.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from agent_tui.storage.reader import Reader, Row

if TYPE_CHECKING:
    from agent_tui.storage.unit import UnitOfWork

Kind = Literal["integer", "bigint", "text", "bytea", "boolean"]
"""What a column holds, as PostgreSQL calls it."""


def rows_for(reader: Reader, sql: str, kinds: Sequence[Kind], rows: Sequence[Row]) -> list[Row]:
    """What a query finds for many rows; in it `{rows}` is their source, `{0}` a column."""
    if not rows:
        return []
    source, columns, values = _source(reader, kinds, rows)
    return reader.rows(sql.format(*columns, rows=source), **values)


def for_each(unit: UnitOfWork, sql: str, kinds: Sequence[Kind], rows: Sequence[Row]) -> None:
    """Run a statement once over many rows; in it `{rows}` is their source, `{0}` a column."""
    if rows:
        source, columns, values = _source(unit.reader, kinds, rows)
        unit.execute(sql.format(*columns, rows=source), **values)


def put(
    unit: UnitOfWork,
    table: str,
    columns: dict[str, Kind],
    rows: Sequence[Row],
    *,
    key: Sequence[str] = (),
) -> None:
    """Insert many rows, of whatever kind, bytes included; those whose `key` is there replace."""
    if not rows:
        return
    names = ", ".join(columns)
    if unit.reader.is_postgres:
        source, _, values = _source(unit.reader, list(columns.values()), rows)
        news = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
        clash = f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {news}" if key else ""
        unit.execute(f"INSERT INTO {table} ({names}) SELECT * FROM {source}{clash}", **values)
    else:
        marks = ", ".join("?" * len(columns))
        verb = "INSERT OR REPLACE" if key else "INSERT"
        unit.execute_rows(f"{verb} INTO {table} ({names}) VALUES ({marks})", rows)


def _source(
    reader: Reader, kinds: Sequence[Kind], rows: Sequence[Row]
) -> tuple[str, list[str], dict[str, Any]]:
    """Where the rows come from, their columns, and the parameters for it."""
    if reader.is_postgres:
        values = {f"c{place}": list(column) for place, column in enumerate(zip(*rows, strict=True))}
        arrays = ", ".join(f"CAST(:{name} AS {k}[])" for name, k in zip(values, kinds, strict=True))
        columns = [f"r.{name}" for name in values]
        return f"unnest({arrays}) AS r ({', '.join(values)})", columns, values
    columns = [f"json_extract(r.value, '$[{place}]')" for place in range(len(kinds))]
    return "json_each(:rows) AS r", columns, {"rows": json.dumps([list(row) for row in rows])}
