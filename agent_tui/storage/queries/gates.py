"""What the triggers that keep receipts and runs as they are let pass right now."""

from __future__ import annotations

from agent_tui.storage.reader import Reader


def exemptions_left_open(reader: Reader) -> list[int]:
    """Exemptions that somebody made by hand and never ended: the triggers pass until they are."""
    rows = reader.rows("SELECT id FROM exemptions WHERE ended_at IS NULL ORDER BY id")
    return [int(row[0]) for row in rows]
