"""What is behind a number of Relationship: the list of it, and the conversations of that list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.tui.screens.relationship_figures import FiguresOfRelationship

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.measures import BehindPage, BehindPlace, Period, Whose
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.widgets.behind_list import BehindList
    from agent_tui.tui.widgets.matters import Part
    from agent_tui.tui.widgets.reading_pane import ReadingPane

BEHIND = "relationship behind"
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
        self._behind: Behind | None = None

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
        if self.asking is not None:
            self.read_conversation(interaction_id, "first")
            self.go_into("reading")

    def leave_reading(self) -> None:
        """Back to where the conversation was opened."""
        if self.is_reading:
            self.following.turn_to(None)
            self.go_back()


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
