"""What every part of the desk shares: its panels, and what they ask and write with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agent_tui.tui.actions import ACTIONS, key_name
from agent_tui.tui.screens.calls import Calls
from agent_tui.tui.screens.layout import DeskLayout
from agent_tui.tui.screens.notes import NoteKeeper
from agent_tui.tui.screens.whom import Whom
from agent_tui.tui.widgets.here import Here

if TYPE_CHECKING:
    from textual.timer import Timer

    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import Today
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.asking import Asking
    from agent_tui.tui.writing import Writing


class ConnectedDesk(DeskLayout):
    """The state of the desk's screen. Its parts (`desk_notes` and others) add what can be done;
    `desk` arranges them. `desk`, `asking` and `writing` are None until the database answered.
    """

    def __init__(self) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self.asking: Asking | None = None
        self.writing: Writing | None = None
        self.whom = Whom()
        self.calls = Calls()
        self.today_now: Today | None = None
        self.keeper: NoteKeeper
        self.call_timer: Timer

    @property
    def here(self) -> Here:
        """The present moment in the agent's zone."""
        if self.desk is None:
            return Here(datetime.now(UTC), UTC)
        return Here(self.desk.clock(), self.desk.zone)

    @property
    def call(self) -> Interaction | None:
        """The call that the screen is about, if any."""
        return None if self.desk is None else self.whom.call(self.desk.agent.id)

    def warn(self, what: str, error: AgentTuiError) -> None:
        """Say that something was not done, and why."""
        words = f"{error.title}: {error.message}"
        self.app.notify(words, title=what, severity="error", timeout=20, markup=False)

    def show_edges(self) -> None:
        """Show what stands in the header, and what works right now."""
        desk = self.desk
        self.header.show_state(
            agent=desk.agent if desk else None,
            counts=self.today_now.counts if self.today_now else None,
            here=self.here if desk else None,
            cells=self.size.width,
        )
        works = [one for one in ACTIONS if one.footer and self.check_action(one.id, ())]
        self.footer.show_actions(works, self.app.keys.keys)

    def show_calls(self) -> None:
        """Show what rings elsewhere."""
        calls = self.calls.elsewhere(self.whom)
        if not self.someone:
            # Today lists who waits in writing; only a telephone is urgent there.
            calls = [call for call in calls if call.channel == "phone"]
        key = key_name(self.app.keys.keys["take"][0])
        self.strip.show_calls(calls, self.calls.callers, key)
        self.show_edges()

    def show_call(self) -> None:
        """Show the state of the call; its timer runs while it is going on."""
        call = self.call
        self.conversation.show_call(call, self.here)
        if call is not None and call.is_live:
            self.call_timer.resume()
        else:
            self.call_timer.pause()
