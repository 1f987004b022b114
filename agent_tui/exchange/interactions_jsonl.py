"""Interactions out as JSON lines: one object a line, the same as `recent --json` prints."""

from __future__ import annotations

import json

from agent_tui.domain.values.people import Interaction
from agent_tui.exchange.interaction_rows import Write, as_object


class JsonLines:
    """Writes UTF-8, lines that end in a line feed, every character that is not ASCII escaped.

    So no byte of a text acts on a terminal, and half a surrogate pair reads back as it was.
    """

    def __init__(self, write: Write) -> None:
        self._write = write

    def begin(self) -> None:
        """Nothing stands before the first line."""

    def add(self, one: Interaction) -> None:
        """Write one."""
        self._write(f"{json.dumps(as_object(one))}\n".replace("\x7f", "\\u007f").encode("ascii"))
