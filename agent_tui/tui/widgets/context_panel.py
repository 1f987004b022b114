"""The frame around the relationship: whose it is, the brief, the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from agent_tui.text.cells import width
from agent_tui.tui.messages import CustomerChosen, PassageRequested
from agent_tui.tui.widgets.boxes import Below
from agent_tui.tui.widgets.brief_pane import BriefPane
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.timeline import TimelinePane

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import OpenedCustomer
    from agent_tui.domain.values.people import Customer
    from agent_tui.tui.widgets.brief_shown import OwnMarks
    from agent_tui.tui.widgets.here import Here
    from agent_tui.tui.widgets.lines import ListLines
    from agent_tui.tui.widgets.rows import Row

NOBODY = "Who it is and what matters stands here."
_FULL = "-timeline"
"""The timeline has the whole panel."""


class ContextPanel(Panel):
    """The brief and the timeline of one customer, opened or only looked at."""

    DEFAULT_CSS = """
    ContextPanel #context-parts { height: 1fr; layout: vertical; }
    ContextPanel BriefPane { height: auto; max-height: 100%; }
    ContextPanel TimelinePane { height: 1fr; margin-top: 1; }
    ContextPanel.-timeline BriefPane { display: none; }
    ContextPanel.-timeline TimelinePane { margin-top: 0; }
    """

    NAME_STYLE: ClassVar[dict[bool, str]] = {True: "bold", False: "bold $foreground"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Customer", id=id)
        self._about = ""
        self._verification: str | None = None
        self._to_read: int | None = None
        self._way = ""

    @property
    def brief(self) -> BriefPane:
        """The brief, with the records behind it."""
        return self.query_one(BriefPane)

    @property
    def timeline(self) -> TimelinePane:
        """Everything that happened with them."""
        return self.query_one(TimelinePane)

    def compose(self) -> ComposeResult:
        """The brief above or beside the timeline."""
        with Below(id="context-parts"):
            yield BriefPane(id="brief")
            yield TimelinePane(id="timeline")

    def on_mount(self) -> None:
        """Nobody is looked at yet."""
        super().on_mount()
        self.show_nobody()

    def show_nobody(self, name: str = "Customer", *words: str) -> None:
        """Say in words why nobody is shown."""
        self.entitle(name)
        self.brief.say(*(words or (NOBODY,)))
        self.timeline.clear()
        self.remove_class(_FULL)
        self._about, self._verification, self._to_read = "", None, None
        self._show_edge()

    def show_customer(
        self, opened: OpenedCustomer, here: Here, *, is_open: bool, mine: OwnMarks = frozenset()
    ) -> None:
        """Show somebody; one who is only looked at says how to open them. `mine` is what this
        agent said of their records."""
        customer, how = opened.brief.customer, opened.brief.verification
        self.entitle(customer.name, (customer.company or "") if is_open else "Enter opens")
        self._about = about(customer, here)
        self._verification = how if how in (None, "not verified") else f"verified: {how}"
        if not is_open:
            self._to_read = None
        self.brief.show_customer(opened, here, mine)
        if self.timeline.show_customer(customer, here, is_open=is_open):
            self.remove_class(_FULL)
        self._show_edge()

    def show_reading(self, to_read: int | None, way: str = "") -> None:
        """Show how many lines of the brief are still to be read, and an arrow to them where they
        are out of sight; None: that does not matter."""
        self._to_read, self._way = to_read, way
        self._show_edge()

    def _show_edge(self) -> None:
        """In the lower edge what fits of: whether the caller is verified, whether the brief is
        read, the keys that act here, or else who this is."""
        read = ""
        if self._to_read is not None:
            read = f"{self._to_read} to read {self._way}" if self._to_read else "read"
        focused = next((pane for pane in (self.brief, self.timeline) if pane.has_focus), None)
        keys = focused.hints if focused is not None else ()
        standing = (self._verification or "", read)
        wanted = (*keys, *reversed(standing)) if keys else (*standing, *self._about.split(" · "))
        shown = ""
        for words in filter(None, map(str.rstrip, wanted)):
            longer = f"{shown} · {words}" if shown else words
            if width(longer) <= max(self.size.width - 2, 1):
                shown = longer
        self.remark(shown)

    def on_resize(self) -> None:
        """More or less fits in the lower edge."""
        self._show_edge()

    def on_descendant_focus(self) -> None:
        """The lower edge names the keys that act here now."""
        super().on_descendant_focus()
        self._show_edge()

    def on_descendant_blur(self) -> None:
        """Keys go elsewhere."""
        super().on_descendant_blur()
        self._show_edge()

    def fail(self, words: str) -> None:
        """Say why the brief cannot be read."""
        self.show_nobody("Customer", words)

    def read(self) -> None:
        """Take the focus, for the brief."""
        self.remove_class(_FULL)
        self.brief.focus()

    def turn_timeline(self) -> None:
        """Turn to the timeline, which takes the place of the brief where it does not stand beside
        it; from the timeline back to the brief."""
        if self.timeline.has_focus:
            self.read()
            return
        self.set_class(not self.screen.has_class("-wide"), _FULL)
        self.timeline.focus()

    def fold(self) -> bool:
        """Fold what is unfolded where the focus is, the timeline itself where it took the place
        of the brief; false where nothing is."""
        if self.timeline.has_focus and self.has_class(_FULL):
            self.read()
            return True
        return self.brief.has_focus and self.brief.fold()

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about in here opens nothing; other keys may act."""
        event.stop()
        self._show_edge()

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """Enter on a line opens where it comes from, or the person it names."""
        event.stop()
        row: Row = event.key
        if row.customer_id is not None:
            self.post_message(CustomerChosen(row.customer_id))
        elif row.interaction_id is not None:
            self.post_message(PassageRequested(row.interaction_id, row.note_id))
        elif row.note_id is not None:
            self.post_message(PassageRequested(None, row.note_id))
        elif row.section.startswith("part "):
            self.app.notify("This comes from no conversation.", markup=False)


def about(customer: Customer, here: Here) -> str:
    """Who somebody is in the lower edge: pronouns, city, since when."""
    since = "" if customer.since is None else f"since {customer.since.astimezone(here.zone).year}"
    return " · ".join(part for part in (customer.pronouns, customer.city, since) if part)
