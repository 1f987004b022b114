"""How Relationship is laid out, and what all of its parts share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual import getters
from textual.app import ComposeResult

from agent_tui.tui.screens.away_reading import ReadingAway
from agent_tui.tui.widgets.bars import CallStrip, FooterBar, HeaderBar
from agent_tui.tui.widgets.behind_list import BehindList
from agent_tui.tui.widgets.boxes import Beside
from agent_tui.tui.widgets.lines import ListLines
from agent_tui.tui.widgets.measure_panel import MeasurePanel
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.reading_pane import ReadingPanel

if TYPE_CHECKING:
    from textual.widget import Widget

View = Literal["figures", "measure", "behind", "reading"]


class RelationshipLayout(ReadingAway):
    """The panels of Relationship; the style is `relationship.tcss`. One view is in sight: the
    figures, a measure opened, what is behind a number, or a conversation of that."""

    CSS_PATH = "relationship.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-normal"), (160, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    AUTO_FOCUS = "#measure-list"

    measures_panel = getters.query_one("#measures", Panel)
    measure_list = getters.query_one("#measure-list", ListLines)
    matters_panel = getters.query_one("#matters", Panel)
    matter_list = getters.query_one("#matter-list", ListLines)
    opened = getters.query_one(MeasurePanel)
    behind_panel = getters.query_one("#behind", Panel)
    behind_list = getters.query_one(BehindList)

    def __init__(self) -> None:
        super().__init__()
        self._views: list[View] = ["figures"]

    def compose(self) -> ComposeResult:
        """The panels, each in its first state."""
        yield HeaderBar(id="header")
        yield CallStrip(id="calls")
        with Beside(id="figures"):
            with Panel("Relationship", id="measures"):
                yield ListLines(id="measure-list")
            with Panel("Beside", id="matters"):
                yield ListLines(id="matter-list")
        yield MeasurePanel(id="measure")
        with Panel("Behind", id="behind"):
            yield BehindList(id="behind-list")
        yield ReadingPanel(id="reading")
        yield FooterBar(id="footer")

    @property
    def view(self) -> View:
        """What is in sight."""
        return self._views[-1]

    @property
    def is_reading(self) -> bool:
        """Whether a conversation is in sight."""
        return self.view == "reading"

    def go_into(self, view: View) -> None:
        """Open a view over the present one; Esc comes back."""
        if view != self.view:
            self._views.append(view)
        self._show_view()

    def go_back(self) -> None:
        """Close the view in sight, if another one is below it."""
        if len(self._views) > 1:
            self._views.pop()
            self._show_view()

    def go_to_figures(self) -> None:
        """Close all views over the figures."""
        self._views = ["figures"]
        self._show_view()

    def _show_view(self) -> None:
        for view in ("figures", "measure", "behind", "reading"):
            self.query_one(f"#{view}").display = view == self.view
        self._focus_of_view().focus()
        self.show_edges()

    def _focus_of_view(self) -> Widget:
        if self.view == "figures":
            return self._focus_of_figures()
        if self.view == "measure":
            return self.opened.parts
        return self.behind_list if self.view == "behind" else self.reading.pane

    def _focus_of_figures(self) -> Widget:
        """Where keys act among the figures."""
        return self.measure_list
