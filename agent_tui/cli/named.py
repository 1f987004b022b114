"""Records as they are named on the command line, by a prefix and thirteen characters; customers
by what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics
from agent_tui.errors import NotFound

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk


def named(prefix: str, word: str, what: str) -> int:
    """The id of a record. Raises NotFound, saying that the word names no `what`."""
    from agent_tui.domain.values import ids

    found = ids.parse(prefix, word)
    if found is None:
        raise NotFound(f"“{word}” is no id of {what} ({prefix}_...)")
    return found


def written_about(desk: Desk, argument: str) -> int:
    """The customer that something is written about; says whom, where it was typed otherwise."""
    customer_id, who = desk.finding.meant(argument)
    if who is not None:
        diagnostics.say(f"about {who}")
    return customer_id
