"""What agent and lead might talk about, each with the conversations that it is drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.events import Key

from agent_tui.text.cells import wrap_lines
from agent_tui.tui.screens.prompts import Prompt, hold_letters
from agent_tui.tui.widgets.ink import Line, Span, line, plain
from agent_tui.tui.widgets.lines import ListEntries, ListLines
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.coaching import CoachingEntry

_GOES_ON = "    "
"""Before the rows of a sentence below its first one."""
_NOTHING = "Nothing happened three times and more."


class CoachingSheet(Prompt["CoachingEntry"]):
    """The entries by agent; answers the one whose conversations are to be read."""

    DEFAULT_CSS = """
    CoachingSheet > Panel { width: 92; max-height: 100%; }
    CoachingSheet ListLines { max-height: 100%; }
    """

    def __init__(self, entries: Sequence[CoachingEntry], days: int) -> None:
        super().__init__()
        self._entries = entries
        self._days = days

    def compose(self) -> ComposeResult:
        """The list."""
        with Panel(f"To talk about, within {self._days} days"):
            yield ListEntries()

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(ListLines).focus()

    def on_resize(self) -> None:
        """Break the rows anew."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        shown = self.query_one(ListLines)
        rows = coaching_lines(self._entries, shown.size.width)
        room = self.size.height - 2
        shown.styles.height = max(1, min(len(rows), room))
        shown.show(rows)
        more = "↓ more · " if len(rows) > room else ""
        keys = "Enter: the conversations · Esc: back" if self._entries else "Esc: back"
        self.query_one(Panel).remark(f"{more}{keys}")

    def on_key(self, event: Key) -> None:
        """A letter chooses nothing by chance."""
        hold_letters(event)

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """Read these."""
        event.stop()
        self.dismiss(self._entries[event.key])

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about opens nothing."""
        event.stop()


def coaching_lines(entries: Sequence[CoachingEntry], cells: int) -> list[Line]:
    """Each agent once, and below them what happened, a sentence each."""
    if not entries:
        return [line(Span(f"  {_NOTHING}", "dim"))]
    lines: list[Line] = []
    agent_id: int | None = None
    for place, one in enumerate(entries):
        if one.agent_id != agent_id:
            if lines:
                lines.append(Line())
            lines.append(line(Span(one.agent, "strong")))
            agent_id = one.agent_id
        cited = len(one.interactions)
        newest = f" (Enter shows the newest {cited})" if cited < one.times else ""
        rows = wrap_lines(plain(f"{one.sentence}{newest}"), max(12, cells - len(_GOES_ON)))
        for number, row in enumerate(rows):
            margin = _GOES_ON if number else "  "
            lines.append(line(Span(margin), Span(row), key=None if number else place))
    return lines
