"""Numbers that look like payment cards and are none."""

from __future__ import annotations

from agent_tui.storage.reader import Reader


def is_known(reader: Reader, *, digest: str) -> bool:
    """Whether a number was said to be no card; `digest` is the SHA-256 of its digits."""
    return reader.row("SELECT 1 FROM not_cards WHERE digest = :digest", digest=digest) is not None
