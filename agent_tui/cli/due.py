"""Times from the command line. What a due time means is said before anything is done with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

DAY_HELP = "a day, such as 2026-11-01"


def beginning_of(desk: Desk, text: str) -> datetime:
    """The beginning of a day in the agent's zone. Raises UsageError."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=desk.zone)
    except ValueError as error:
        raise UsageError(f"“{text}” is not {DAY_HELP}") from error


def due_of(desk: Desk, words: str) -> datetime:
    """The moment that words mean now, told on stderr with what is not certain about it.

    Raises BadInput.
    """
    at, doubt = desk.capturing.due_and_doubt(words)
    diagnostics.say(f"due {at.astimezone(desk.zone):%a %d %b %Y %H:%M}")
    if doubt is not None:
        diagnostics.say(f"not certain: {doubt}")
    return at
