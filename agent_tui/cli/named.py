"""Records as they are named on the command line: by a prefix and thirteen characters."""

from __future__ import annotations

from agent_tui.errors import NotFound


def named(prefix: str, word: str, what: str) -> int:
    """The id of a record. Raises NotFound, saying that the word names no `what`."""
    from agent_tui.domain.values import ids

    found = ids.parse(prefix, word)
    if found is None:
        raise NotFound(f"“{word}” is no id of {what} ({prefix}_...)")
    return found
