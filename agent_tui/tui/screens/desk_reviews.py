"""What was written of this agent's conversations, read from Today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.screens.connected import ConnectedDesk

if TYPE_CHECKING:
    from agent_tui.tui.widgets.lines import ListLines
    from agent_tui.tui.widgets.rows import Row


class ReviewsOfDesk(ConnectedDesk):
    """Opens a review that Today lists."""

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """A review in Today is read."""
        row: Row = event.key
        if row.kind == "review":
            from agent_tui.tui.screens.reviewing import Reviewing

            Reviewing(self.app).open(row.id)
