"""The desk's timeline: what it asks for, and how one gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.screens.connected import ConnectedDesk

if TYPE_CHECKING:
    from agent_tui.tui import messages


class TimelineOfDesk(ConnectedDesk):
    """Carries between the timeline and what it is read from."""

    def on_timeline_requested(self, event: messages.TimelineRequested) -> None:
        """The timeline shows another stretch."""
        if self.asking is not None:
            self.asking.timeline(event)

    def on_timeline_arrived(self, event: messages.TimelineArrived) -> None:
        """Show it, if it is still wanted."""
        self.sidebar.timeline.take(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a timeline where there is somebody."""
        if action == "timeline":
            return self.whom.looked_at is not None
        return super().check_action(action, parameters)

    def action_timeline(self) -> None:
        """Go to the timeline; from there, back to the brief."""
        self.sidebar.turn_timeline()
