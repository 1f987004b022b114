"""What is behind a number of Relationship: the list of it, and the conversations of that list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.tui.screens.following import Following
from agent_tui.tui.screens.relationship_figures import FiguresOfRelationship

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.changes import Change
    from agent_tui.domain.values.conversation import Place
    from agent_tui.domain.values.measures import BehindPage, BehindPlace, Period, Whose
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.touched import Touched
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui import messages
    from agent_tui.tui.widgets.behind_list import BehindList
    from agent_tui.tui.widgets.matters import Part
    from agent_tui.tui.widgets.reading_pane import ReadingPane

BEHIND, READ = "relationship behind", "relationship read"
NOTHING_BEHIND = "Nothing is behind it: the number is nought."


@dataclass(frozen=True, slots=True)
class Behind:
    """A number that is opened: what it is called, how many there are where that is known, and how
    a page of it is read."""

    title: str
    count: int | None
    read: Callable[[Desk, BehindPlace | None], BehindPage]


class BehindRelationship(FiguresOfRelationship):
    """Carries between what is behind a number and what that is read from."""

    def __init__(self) -> None:
        super().__init__()
        self.following = Following(self._ask_fresh, self._ask_again, self.set_timer)
        self._behind: Behind | None = None
        self._asked_whole = False

    # -- the list

    def open_behind(self, behind: Behind) -> None:
        """Show what is behind a number."""
        self._behind = behind
        self.behind_panel.entitle(behind.title, "")
        self.behind_list.say("Loading…")
        self.behind_panel.remark("")
        self.go_into("behind")
        self._ask_behind(None)

    def on_behind_list_wanted(self, event: BehindList.Wanted) -> None:
        """The list is read on."""
        self._ask_behind(event.before)

    def _ask_behind(self, before: BehindPlace | None) -> None:
        behind, asking = self._behind, self.asking
        if behind is None or asking is None:
            return

        def then(page: BehindPage) -> None:
            if behind is self._behind:
                self.behind_list.take(page, self.here, NOTHING_BEHIND)
                self._show_behind_state()

        def failed(error: AgentTuiError) -> None:
            if behind is self._behind:
                words = f"{error.title}: {error.message}"
                self.behind_list.failed(words)
                self.behind_panel.remark(words if self.behind_list.found else "", urgent=True)

        asking.look_up(BEHIND, lambda desk: behind.read(desk, before), then, failed)

    def _show_behind_state(self) -> None:
        assert self._behind is not None
        loaded, more = len(self.behind_list.found), self.behind_list.has_more
        count = self._behind.count if self._behind.count is not None else loaded
        is_known = self._behind.count is not None or not more
        self.behind_panel.entitle(self._behind.title, f"{count:,}{'' if is_known else '+'}")
        self.behind_panel.remark("Enter reads · d at the desk · Esc back")

    # -- a conversation of it

    def read_row(self) -> None:
        """Read the conversation of the row under the cursor, if it has one."""
        row = self.behind_list.row
        if row is None:
            return
        if row.interaction_id is None:
            words = "This belongs to no conversation."
            more = " d opens their customer at the desk." if row.customer_id else ""
            self.app.notify(words + more, markup=False)
            return
        self.read(row.interaction_id)

    def on_reading_pane_turned(self, event: ReadingPane.Turned) -> None:
        """Read another one of the list."""
        event.stop()
        while "behind" in self._views and self.behind_list.step(event.step):
            row = self.behind_list.row
            if row is not None and row.interaction_id is not None:
                self.read(row.interaction_id)
                return
        end = "first" if event.step < 0 else "last"
        self.app.notify(f"This is the {end} one of the list.", markup=False)

    def read(self, interaction_id: int) -> None:
        """Show a conversation, and record that it is read."""
        from agent_tui.domain.values.conversation import Whose

        asking = self.asking
        if asking is None:
            return
        pane = self.reading.pane
        if self.following.turn_to(Whose(interaction_id=interaction_id)):
            pane.say("Loading…")
            self._ask_page("first", None)

        def failed(error: AgentTuiError) -> None:
            self.leave_reading()
            self.app.notify(error.message, title="Not opened", severity="error", markup=False)

        asking.look_up(
            READ, lambda desk: desk.browsing.read(interaction_id), self._show_call, failed
        )
        self.go_into("reading")

    def _show_call(self, call: Interaction) -> None:
        whose = self.following.whose
        if self.view == "reading" and whose is not None and whose.interaction_id == call.id:
            self.reading.show_call(call, self.here)

    def leave_reading(self) -> None:
        """Back to where the conversation was opened."""
        if self.view == "reading":
            self.following.turn_to(None)
            self.go_back()

    def on_page_requested(self, event: messages.PageRequested) -> None:
        """Read on; but what is only next never comes before a page that was asked for by name."""
        if self._asked_whole and event.which in ("earlier", "later"):
            self.reading.pane.asked_in_vain()
        else:
            self._ask_page(event.which, event.place)

    def on_conversation_arrived(self, event: messages.ConversationArrived) -> None:
        """Show the page, if it is still wanted."""
        if event.whose != self.following.whose:
            return
        whole = event.which not in ("earlier", "later")
        self._asked_whole = self._asked_whole and not whole
        self.reading.show_page(event.conversation, self.here, event.which, event.place)
        self.following.read(anew=whole)

    def on_fresh_arrived(self, event: messages.FreshArrived) -> None:
        """Show what changed, if it is still wanted."""
        if event.whose == self.following.whose:
            self.reading.show_fresh(event.fresh, self.here)
            self.following.answered()

    def on_read_failed(self, event: messages.ReadFailed) -> None:
        """Say why there is no answer."""
        pane, error = self.reading.pane, event.error
        if event.panel == "conversation":
            self._asked_whole = False
            pane.asked_in_vain()
        self.following.failed()
        if pane.last is None:
            pane.say(f"{error.title}: {error.message}")
        else:
            self.reading.remark(error.message, urgent=True)

    def hear(self, changes: list[Change]) -> None:
        """Something was committed: what is read may go on."""
        super().hear(changes)
        self.following.hear(changes)

    def _ask_fresh(self, touched: Touched) -> None:
        if self.asking is not None and self.following.whose is not None:
            self.asking.fresh(self.following.whose, self.reading.pane.last, touched)

    def _ask_again(self) -> None:
        self._ask_page("again", self.reading.pane.top)

    def _ask_page(self, which: messages.WhichPage, place: Place | None) -> None:
        whose = self.following.whose
        if self.asking is not None and whose is not None:
            self._asked_whole = which not in ("earlier", "later")
            self.asking.conversation(whose, which, place)


def behind_part(part: Part, title: str, whose: Whose, period: Period) -> Behind:
    """What is behind a number beside the measures."""

    def read(desk: Desk, before: BehindPlace | None) -> BehindPage:
        measuring, (what, which) = desk.measuring, part.asked
        if part.section == "ageing":
            return measuring.behind_ageing(what, which, whose, before=before)
        if part.section == "causes":
            return measuring.behind_cause(what, which, whose, period, before=before)
        if part.section == "rising":
            return measuring.behind_rising(what, before=before)
        return measuring.behind_surveys(what, which, whose, period, before=before)

    # How many people rose with a topic is not how many contacts they had.
    return Behind(title, None if part.section == "rising" else part.count, read)
