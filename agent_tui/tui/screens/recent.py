"""Recent: what happened lately with everybody, as a list to read."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from agent_tui.domain.values.friction import FrictionRule
from agent_tui.tui.bindings import bindings_for, bindings_of
from agent_tui.tui.screens.recent_lead import LeadOfRecent


class RecentScreen(LeadOfRecent):
    """The list, its filter, and the conversation that is read; the desk goes on below."""

    NAME = "recent"
    OWN_SCOPES = ("recent", "caller")
    REACHED = frozenset({"everywhere", "away", "recent", "reading", "list", "caller"})
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("recent"), *bindings_for("take", "act")]
    in_the_way: FrictionRule = "search"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "open_at_desk":
            row = self.rows.row if self.is_mounted else None
            return row is not None and row.interaction.customer_id is not None
        if action in ("attach", "new_person"):
            return False
        return super().check_action(action, parameters)

    def action_place_recent(self) -> None:
        """To the list."""
        self.leave_reading()
        self.rows.focus()

    def action_open_at_desk(self) -> None:
        """Open whoever this was with at the desk."""
        row = self.rows.row
        customer_id = None if row is None else row.interaction.customer_id
        if customer_id is not None:
            self.action_place_desk()
            self.below.open(customer_id)

    def action_back(self) -> None:
        """From the box to the list, from a conversation to its row; in the list, everything is
        shown again, and then the desk."""
        if self.leave_filter():
            return
        if self.is_reading:
            self.leave_reading()
        elif self.is_holding:
            self.read_list()
        elif self.filter_panel.text:
            self.filter_by("")
        else:
            self.rows.focus()
