"""How Recent is laid out, and what all of its parts share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult

from agent_tui.domain.values.filters import Filter
from agent_tui.tui.screens.away_reading import ReadingAway
from agent_tui.tui.widgets.bars import CallStrip, FooterBar, HeaderBar
from agent_tui.tui.widgets.boxes import Beside
from agent_tui.tui.widgets.filter_panel import FilterPanel
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.reading_pane import ReadingPanel
from agent_tui.tui.widgets.recent_list import RecentList
from agent_tui.tui.widgets.recent_preview import PreviewLines

if TYPE_CHECKING:
    from agent_tui.tui.widgets.recent_preview import Preview


class RecentLayout(ReadingAway):
    """The panels of Recent; the style is `recent.tcss`. `wanted` is the filter that the list
    answers, `wanted_text` how it is written."""

    CSS_PATH = "recent.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-normal"), (160, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    AUTO_FOCUS = "#recent-list"

    filter_panel = getters.query_one(FilterPanel)
    panel = getters.query_one("#recent", Panel)
    rows = getters.query_one(RecentList)
    preview_panel = getters.query_one("#preview", Panel)
    preview_lines = getters.query_one(PreviewLines)

    def __init__(self) -> None:
        super().__init__()
        self.wanted = Filter()
        self.wanted_text = ""
        self.preview: Preview | None = None

    def compose(self) -> ComposeResult:
        """The panels, each in its first state."""
        yield HeaderBar(id="header")
        yield CallStrip(id="calls")
        yield FilterPanel(id="filter")
        with Beside(id="recent-body"):
            with Panel("Recent", id="recent"):
                yield RecentList(id="recent-list")
            with Panel("Preview", id="preview"):
                yield PreviewLines(id="preview-lines")
        yield ReadingPanel(id="reading")
        yield FooterBar(id="footer")

    @property
    def is_reading(self) -> bool:
        """Whether a conversation stands in the place of the list."""
        return bool(self.reading.display)
