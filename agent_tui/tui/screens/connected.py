"""What every part of the desk shares: its panels, and what they ask and write with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agent_tui.tui.actions import ACTIONS, key_name
from agent_tui.tui.screens.calls import Calls
from agent_tui.tui.screens.notes import NoteKeeper
from agent_tui.tui.screens.typed_lines import Lines
from agent_tui.tui.screens.whom import Whom
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.wording import is_timed

if TYPE_CHECKING:
    from textual.timer import Timer

    from agent_tui.domain.values.agents import Agent
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import Counts, Today
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui import messages
    from agent_tui.tui.asking import Asking
    from agent_tui.tui.screens.layout import DeskLayout as Laid
    from agent_tui.tui.writing import Writing
else:
    # Each class of a screen costs Textual a third of a millisecond before the first picture, and
    # the desk has some thirty parts: they are plain classes, the screen itself is added by `desk`.
    Laid = object


VERIFY_KEY = "v"
"""Which key of the menu of calls says how a caller was verified."""
MOVE_KEY = "w"
"""Which key of the menu of calls says that this is the wrong person."""
NEW_KEY = "n"
"""Which key of the menu of calls says that it is nobody we know."""
COLLEAGUES_KEY = "b"
"""Which key of the menu of calls leads to those of colleagues."""

SCOPES_HERE = ("everywhere", "desk", "caller")
"""The scopes of the actions that are offered in the footer."""

WAITING = ("ringing", "on_hold")
"""How somebody who calls waits."""

REFUSAL_S = 8
"""How long words of something that was not done stay, in seconds."""


class ConnectedDesk(Laid):
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
        self.lines = Lines(self.set_timer)
        self.call_timer: Timer

    @property
    def here(self) -> Here:
        """The present moment in the agent's zone."""
        if self.desk is None:
            return Here(datetime.now(UTC), UTC)
        return Here(self.desk.clock(), self.desk.zone, self.desk.agent.id)

    @property
    def call(self) -> Interaction | None:
        """The call that the screen is about, if any."""
        return None if self.desk is None else self.whom.call(self.desk.agent.id)

    @property
    def call_beside(self) -> Interaction | None:
        """The call with whoever is open, while somebody else is looked at: it goes on."""
        if self.desk is None or self.whom.is_opened_shown:
            return None
        me, live = self.desk.agent.id, self.calls.live
        return next((one for one in live if one.agent_id == me and self.whom.is_about(one)), None)

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

    @property
    def leads_on(self) -> bool:
        """Whether one of those that are gone through is open: the next one is another."""
        return self.desk is not None and self.calls.leads_on(self.whom, self.desk.agent.id)

    @property
    def calls_in_strip(self) -> list[Interaction]:
        """Those of them that stand in the strip: beside Today, which lists who waits in writing,
        only a telephone is urgent."""
        return [one for one in self.calls_elsewhere if self.someone or one.channel == "phone"]

    @property
    def handed_to_me(self) -> int:
        """How many conversations colleagues offer to this agent."""
        return 0 if self.today_now is None else self.today_now.totals.handed

    @property
    def calls_with_colleagues(self) -> int:
        """How many calls go on with colleagues, but for those on the screen."""
        if self.desk is None:
            return 0
        theirs = self.calls.colleagues(self.desk.agent.id)
        return self.calls.with_colleagues - sum(1 for call in theirs if self.whom.is_about(call))

    @property
    def counts(self) -> Counts | None:
        """What the header counts: who waits beside those that are on the screen."""
        today = self.today_now
        if today is None:
            return None
        wait = (*today.held, *today.waiting, *(one.call for one in today.unanswered))
        here = sum(1 for call in wait if self.whom.is_about(call))
        return replace(today.counts, waiting=max(0, today.counts.waiting - here))

    @property
    def waiting_in_today(self) -> int:
        """How many of those who wait stand in no strip, but in Today alone: nobody took their call,
        or what was sent to them did not arrive; beside Today, who waits in writing as well."""
        today = self.today_now
        if today is None:
            return 0
        if self.someone:
            of = today.totals
            return of.missed + of.unclaimed + of.undelivered
        in_strip = sum(1 for call in self.calls_in_strip if call.state in WAITING)
        return max(0, today.counts.waiting - in_strip)

    def ask_today(self) -> None:
        """Read again what stands open, as much of it as is shown."""
        if self.asking is not None:
            self.asking.today(whole=self.today_pane.is_whole_wanted)

    def on_looked_up(self, event: messages.LookedUp) -> None:
        """Go on with what was asked for."""
        event.tell()

    def warn(self, what: str, error: AgentTuiError) -> None:
        """Say that something was not done, and why; no window opens for it."""
        self.app.typed_ahead.go_on()
        words = f"{error.title}: {error.message}"
        self.app.notify(words, title=what, severity="error", timeout=REFUSAL_S, markup=False)

    def acts_here(self, key: str) -> bool:
        """Whether a key acts where the focus is; Space acts in a find box that is empty."""
        if key == "space" and self.focused is self.finder.box:
            return not self.finder.query_text
        return super().acts_here(key)

    def key_for(self, action_id: str) -> str:
        """The name of the first key of an action that acts where the focus is."""
        keys = self.app.keys.keys[action_id]
        return key_name(next((key for key in keys if self.acts_here(key)), keys[0]))

    def is_offered(self, action_id: str) -> bool:
        """Whether an action stands in the footer: it works right now, and there is something that
        it would do."""
        return bool(self.check_action(action_id, ()))

    @property
    def is_frame_urgent(self) -> bool:
        """Whether the frame of the note says something that is not to be covered."""
        return self.is_mounted and self.note_line.is_urgent

    def on_note_line_says_urgent(self) -> None:
        """What stands over it makes room."""
        self.app.uncover_frame()

    def show_edges(self) -> None:
        """Show what stands in the header, and what works right now: nothing of it does while a
        question lies over the desk, which names its own keys."""
        desk = self.desk
        self.header.show_state(
            agent=self.me,
            counts=self.counts,
            here=self.here if desk else None,
            cells=self.size.width,
        )
        works = [one for one in ACTIONS if one.footer and one.scope in SCOPES_HERE]
        leads_on = self.leads_on
        offers = [
            (
                one._replace(footer=one.goes_on) if leads_on and one.goes_on else one,
                self.key_for(one.id),
            )
            for one in works
            if self.is_active and self.is_offered(one.id)
        ]
        self.footer.show_actions(offers, self.size.width)
        self.app.places.show_edges()

    def show_calls(self) -> None:
        """Show what goes on elsewhere."""
        self.show_strip()
        self.show_edges()

    def show_strip(self) -> None:
        """Show the calls that are not on the screen."""
        self.strip.show_calls(
            self.calls_in_strip,
            self.calls.callers,
            with_colleagues=self.calls_with_colleagues,
            in_today=self.waiting_in_today if self.someone else 0,
            handed=self.handed_to_me,
            here=self.here,
            keys=(self.key_for("take"), f"{self.key_for('call_menu')} {COLLEAGUES_KEY}"),
            leads_on=self.leads_on,
            cells=self.size.width,
        )
        self.app.places.show_edges()

    def show_call(self) -> None:
        """Show the state of the call; a timer runs while it, or a call on hold, goes on."""
        call = self.call or self.call_beside
        menu = key_name(self.app.keys.keys["call_menu"][0])
        self.conversation.show_call(call, self.here, f"{menu} {VERIFY_KEY}")
        holds = any(one.state == "on_hold" for one in self.calls_elsewhere)
        if holds:
            self.show_strip()
        if holds or (call is not None and is_timed(call)):
            self.call_timer.resume()
        else:
            self.call_timer.pause()
