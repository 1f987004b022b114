"""The frame around the relationship: whose it is, the brief, the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Container

from agent_tui.tui.messages import CustomerChosen, PassageRequested
from agent_tui.tui.widgets.context import BriefPane, TimelinePane, about
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import OpenedCustomer
    from agent_tui.tui.widgets.here import Here
    from agent_tui.tui.widgets.lines import ListLines
    from agent_tui.tui.widgets.rows import Row

NOBODY = "Who it is and what matters stands here."


class ContextPanel(Panel):
    """The brief and the timeline of one customer, opened or only looked at."""

    DEFAULT_CSS = """
    ContextPanel #context-parts { height: 1fr; layout: vertical; }
    ContextPanel BriefPane { height: auto; max-height: 100%; }
    ContextPanel TimelinePane { height: 1fr; margin-top: 1; }
    """

    NAME_STYLE: ClassVar[dict[bool, str]] = {True: "bold", False: "bold $foreground"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Customer", id=id)

    def compose(self) -> ComposeResult:
        """The brief above or beside the timeline."""
        with Container(id="context-parts"):
            yield BriefPane(id="brief")
            yield TimelinePane(id="timeline")

    def on_mount(self) -> None:
        """Nobody is looked at yet."""
        super().on_mount()
        self.show_nobody()

    def show_nobody(self, name: str = "Customer", *words: str) -> None:
        """Say in words why nobody is shown."""
        self.entitle(name)
        self.remark("")
        self.query_one(BriefPane).say(*(words or (NOBODY,)))
        self.query_one(TimelinePane).clear()

    def show_customer(self, opened: OpenedCustomer, here: Here, *, is_open: bool) -> None:
        """Show somebody; one who is only looked at says how to open them."""
        customer = opened.brief.customer
        self.entitle(customer.name, (customer.company or "") if is_open else "Enter opens")
        self.remark(about(customer, here))
        self.query_one(BriefPane).show_customer(opened, here)
        self.query_one(TimelinePane).show_customer(opened, here)

    def fail(self, words: str) -> None:
        """Say why the brief cannot be read."""
        self.show_nobody("Customer", words)

    def read(self) -> None:
        """Take the focus."""
        self.query_one(BriefPane).focus()

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about in here opens nothing."""
        event.stop()

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """Enter on a line opens where it comes from, or the person it names."""
        event.stop()
        row: Row = event.key
        if row.customer_id is not None:
            self.post_message(CustomerChosen(row.customer_id))
        elif row.interaction_id is not None:
            self.post_message(PassageRequested(row.interaction_id))
