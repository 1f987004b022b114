"""How the desk is laid out: which panels there are, and where they stand at which size."""

from __future__ import annotations

from textual import getters
from textual.app import ComposeResult

from agent_tui.tui.screens.everywhere import Everywhere
from agent_tui.tui.widgets.bars import CallStrip, FooterBar, HeaderBar
from agent_tui.tui.widgets.boxes import Below, Beside
from agent_tui.tui.widgets.context_panel import ContextPanel
from agent_tui.tui.widgets.conversation_panel import ConversationPanel
from agent_tui.tui.widgets.find_panel import FindPanel
from agent_tui.tui.widgets.note_line import NoteLine
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.today import TodayPane


class DeskLayout(Everywhere):
    """The panels of the desk. What they do is `screens.desk`; the style is `desk.tcss`."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    AUTO_FOCUS = "#find-box"

    header = getters.query_one(HeaderBar)
    strip = getters.query_one(CallStrip)
    finder = getters.query_one(FindPanel)
    today_pane = getters.query_one(TodayPane)
    conversation = getters.query_one(ConversationPanel)
    note_line = getters.query_one(NoteLine)
    sidebar = getters.query_one(ContextPanel)
    footer = getters.query_one(FooterBar)

    def __init__(self) -> None:
        super().__init__()
        self.someone = False

    def compose(self) -> ComposeResult:
        """The panels, each in its first state."""
        yield HeaderBar(id="header")
        yield CallStrip(id="calls")
        yield FindPanel(id="find")
        with Beside(id="body"):
            with Below(id="left"):
                with Panel("Today", id="today"):
                    yield TodayPane(id="today-lines")
                yield ConversationPanel(id="conversation")
                yield NoteLine(id="note")
            with Below(id="right"):
                yield ContextPanel(id="context")
        yield FooterBar(id="footer")

    def show_someone(self, someone: bool) -> None:
        """The conversation stands in the place of Today while somebody is open."""
        if someone != self.someone:
            self.someone = someone
            self.conversation.display = someone
            self.query_one("#today").display = not someone
