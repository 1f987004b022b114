"""Which tables hold records, and which only follow them."""

from __future__ import annotations

from typing import Any

from agent_tui.storage.words import OWN_INDEXES, OWN_TABLES


def is_of_records(thing: Any, name: str | None, kind: str, _reflected: bool, _same: Any) -> bool:
    """Not the tables that follow the records, nor what hangs on them: the database keeps those,
    and the models know nothing of them. For Alembic's comparison."""
    table = name if kind == "table" else thing.table.name
    return table not in OWN_TABLES and name not in OWN_INDEXES
