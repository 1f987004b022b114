"""Rows of one table as one batch sees them, until all of them are written together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from agent_tui.services.import_parts import Table, Values
from agent_tui.storage.queries import imports
from agent_tui.storage.unit import UnitOfWork


class Sheet:
    """Stored rows by their keys, those that are new, and which were changed.

    `columns` are those that may change. A stored row has its version as read under `was`.
    """

    def __init__(self, table: Table, columns: Sequence[str] = ()) -> None:
        self.new: list[Values] = []
        self._table = table
        self._columns = columns
        self._changed: dict[int, Values] = {}
        self._by_key: dict[Hashable, Values] = {}

    def find(self, key: Hashable) -> Values | None:
        """The row under that key, stored or new."""
        return self._by_key.get(key)

    def know(self, key: Hashable, row: Values) -> None:
        """Keep a row under a key; the first row under a key stays."""
        self._by_key.setdefault(key, row)

    def add(self, row: Values) -> None:
        """A new row."""
        self.new.append(row)

    def change(self, row: Values, values: Values) -> bool:
        """Change a row where the values differ; tells whether any did."""
        different = {column: value for column, value in values.items() if row[column] != value}
        if not different:
            return False
        self.mark(row, different)
        row["version"] += 1
        return True

    def mark(self, row: Values, values: Values) -> None:
        """Change a row without a new version: the import's own bookkeeping."""
        row.update(values)
        if "was" in row:
            self._changed[row["id"]] = row

    def write(self, unit: UnitOfWork) -> None:
        """Insert what is new, rewrite what was changed. Raises Conflict."""
        unit.insert_many(self._table, self.new)
        name = str(self._table.__tablename__)
        imports.rewrite(unit.reader, name, self._columns, self._changed.values())


class Keys:
    """New rows of one table that are known again by a key alone, and the keys of stored rows."""

    def __init__(self, table: Table, stored: set[tuple[int, str]]) -> None:
        self._table = table
        self._known = stored
        self._new: list[Values] = []

    def add(self, owner: int, key: str, row: Values) -> bool:
        """A new row, unless its owner has one under that key; tells whether it was."""
        if (owner, key) in self._known:
            return False
        self._known.add((owner, key))
        self._new.append(row)
        return True

    def write(self, unit: UnitOfWork) -> None:
        """Insert the new rows."""
        unit.insert_many(self._table, self._new)
