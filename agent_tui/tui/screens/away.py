"""A place that lies over the desk: its edges tell what goes on there, and one key leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import BindingType

from agent_tui.tui.actions import ACTIONS, key_name
from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.clipboard import copy_text
from agent_tui.tui.screens.connected import WAITING
from agent_tui.tui.screens.everywhere import Everywhere
from agent_tui.tui.widgets.bars import CallStrip, FooterBar, HeaderBar

if TYPE_CHECKING:
    from agent_tui.domain.values.changes import Change
    from agent_tui.domain.values.friction import FrictionRule
    from agent_tui.domain.values.hand_overs import HandOver
    from agent_tui.domain.values.people import Interaction
    from agent_tui.services.desk import Desk
    from agent_tui.tui import messages
    from agent_tui.tui.screens.desk import DeskScreen
    from agent_tui.tui.widgets.here import Here

COPIED = {"note": "the note", "message": "the message"}


class AwayFromDesk(Everywhere):
    """Shows the desk's header, its calls, and what works here."""

    NAME: ClassVar[str]
    """What the place is called in `places.PLACES`."""
    OWN_SCOPES: ClassVar[tuple[str, ...]]
    """The scopes of the actions that are offered here beside those that work everywhere."""
    WHOLE = "Anywhere here"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("everywhere", "away")
    in_the_way: FrictionRule = "other"

    header = getters.query_one(HeaderBar)
    strip = getters.query_one(CallStrip)
    footer = getters.query_one(FooterBar)

    @property
    def below(self) -> DeskScreen:
        """The desk."""
        return self.app.desk_screen

    @property
    def here(self) -> Here:
        """The present moment in the agent's zone."""
        return self.below.here

    def connect(self, desk: Desk) -> None:
        """The database answered."""
        raise NotImplementedError

    def hear(self, changes: list[Change]) -> None:
        """Something was committed, here or in another process."""
        raise NotImplementedError

    def close(self) -> None:
        """Ask nothing more."""
        raise NotImplementedError

    def on_looked_up(self, event: messages.LookedUp) -> None:
        """Go on with what was asked for."""
        event.tell()

    def on_copy_requested(self, event: messages.CopyRequested) -> None:
        """Copy what was said or noted there; cards in it were masked on the way in."""
        copy_text(self.app, event.entry.text, COPIED[event.entry.kind])

    # -- what stands at the edges

    @property
    def calls(self) -> list[Interaction]:
        """The calls that wait at the desk, and whoever it is about who rings or is on hold."""
        desk = self.app.desk
        if desk is None:
            return []
        mine = (None, desk.agent.id)
        live = [call for call in self.below.calls.live if call.agent_id in mine]
        there = [call for call in live if call.state in WAITING and self.below.whom.is_about(call)]
        return [*there, *self.below.calls_in_strip]

    def show_edges(self) -> None:
        """Show the desk's counts and calls, and what works right now."""
        if not self.is_mounted:
            return
        below = self.below
        self.header.show_state(
            agent=below.me,
            counts=below.today_now.counts if below.today_now else None,
            here=self.here if self.app.desk else None,
            cells=self.size.width,
            place=self.NAME,
        )
        self._show_strip(self.key_for("take"))
        scopes = ("everywhere", "away", *self.OWN_SCOPES)
        works = [one for one in ACTIONS if one.footer and one.scope in scopes]
        offers = [(one, self.key_for(one.id)) for one in works if self.is_offered(one.id)]
        self.footer.show_actions(offers, self.size.width)

    def _show_strip(self, key: str) -> None:
        """Show what the key leads to: back to the open call, an offer of a colleague, the calls."""
        below, handed = self.below, self._handed_first
        if handed is not None:
            self.strip.show_hand_over(handed, len(self.calls), key)
            return
        self.strip.show_calls(
            self.calls,
            below.calls.callers,
            with_colleagues=0,
            in_today=below.waiting_in_today,
            handed=below.handed_to_me,
            here=self.here,
            keys=(key, ""),
            cells=self.size.width,
        )

    @property
    def _handed_first(self) -> HandOver | None:
        """What a colleague offers, unless whoever is open at the desk rings or is on hold."""
        calls = self.calls
        is_called = bool(calls) and self.below.whom.is_about(calls[0])
        return None if is_called else self.below.handed_first

    def is_offered(self, action_id: str) -> bool:
        """Whether an action stands in the footer; who waits in writing is counted in the header,
        and leaves the room there to what is done here; the strip names the key of an offer."""
        if action_id == "take" and (self._handed_first is not None or not self.calls):
            return False
        return bool(self.check_action(action_id, ()))

    def key_for(self, action_id: str) -> str:
        """The name of the first key of an action that acts where the focus is."""
        keys = self.app.keys.keys[action_id]
        return key_name(next((key for key in keys if self.acts_here(key)), keys[0]))

    def on_resize(self) -> None:
        """There is room for other words."""
        self.show_edges()

    def on_screen_resume(self) -> None:
        """The desk may have changed while this was not in sight."""
        self.show_edges()

    def on_descendant_focus(self) -> None:
        """What works right now may have changed."""
        self.show_edges()

    # -- actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "take":
            return bool(self.calls or self.below.check_action(action, parameters))
        return super().check_action(action, parameters)

    def action_place_desk(self) -> None:
        """Back to the desk, as it was left."""
        self.app.places.go("desk")

    def action_take(self) -> None:
        """Back to the desk, and to the call; or where none is in the strip, to who waits in
        writing."""
        calls = self.calls
        self.action_place_desk()
        if not calls or not self.below.whom.is_about(calls[0]):
            self.below.action_take()

    def action_back(self) -> None:
        """Back to where one was here."""
        raise NotImplementedError

    def action_friction(self) -> None:
        """Say what stands in the way here."""
        self.app.say_friction(self.in_the_way)
