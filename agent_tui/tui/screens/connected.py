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
from agent_tui.tui.widgets.wording import is_timed

if TYPE_CHECKING:
    from textual.timer import Timer

    from agent_tui.domain.values.people import Agent, Interaction
    from agent_tui.domain.values.today import Today
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.asking import Asking
    from agent_tui.tui.writing import Writing


REFUSAL_S = 8
"""How long words of something that was not done stay, in seconds."""


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

    @property
    def me(self) -> Agent | None:
        """This agent, in the state that was read last; another process may change it."""
        if self.today_now is not None:
            return self.today_now.agent
        return None if self.desk is None else self.desk.agent

    @property
    def calls_elsewhere(self) -> list[Interaction]:
        """The calls that are not on the screen, the one to turn to next first."""
        return [] if self.desk is None else self.calls.elsewhere(self.whom, self.desk.agent.id)

    def ask_today(self) -> None:
        """Read again what stands open, as much of it as is shown."""
        if self.asking is not None:
            self.asking.today(whole=self.today_pane.is_whole_wanted)

    def warn(self, what: str, error: AgentTuiError) -> None:
        """Say that something was not done, and why."""
        words = f"{error.title}: {error.message}"
        self.app.notify(words, title=what, severity="error", timeout=REFUSAL_S, markup=False)

    def show_edges(self) -> None:
        """Show what stands in the header, and what works right now."""
        desk = self.desk
        self.header.show_state(
            agent=self.me,
            counts=self.today_now.counts if self.today_now else None,
            here=self.here if desk else None,
            cells=self.size.width,
        )
        works = [one for one in ACTIONS if one.footer and self.check_action(one.id, ())]
        self.footer.show_actions(works, self.app.keys.keys)

    def show_calls(self) -> None:
        """Show what rings elsewhere."""
        calls = self.calls_elsewhere
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
        if call is not None and is_timed(call):
            self.call_timer.resume()
        else:
            self.call_timer.pause()
