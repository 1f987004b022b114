"""The menu of what can be done with a row: one key a deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.events import Key

from agent_tui.text.cells import cut
from agent_tui.tui.screens.prompts import Prompt, hold_letters
from agent_tui.tui.widgets.ink import Span, line, wrapped
from agent_tui.tui.widgets.lines import ListLines, PlainBar
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.tui.screens.deeds import Deed

_ROWS = 14
_TITLE = 60
_ABOUT_ROWS = 3
_ABOUT_MOST = 8
"""Rows for one thing that is known, and for all of them."""


class ActMenu(Prompt[str]):
    """The deeds of one row, one a line: its key does it at once, or the cursor and Enter."""

    DEFAULT_CSS = """
    ActMenu > Panel { max-height: 100%; }
    ActMenu ListLines { height: auto; max-height: 14; }
    ActMenu PlainBar { height: auto; }
    """

    def __init__(self, title: str, deeds: Sequence[Deed], about: Sequence[str] = ()) -> None:
        super().__init__()
        self._question = title
        self._deeds = deeds
        self._about = about

    def compose(self) -> ComposeResult:
        """What the row says in full, and the deeds."""
        with Panel(cut(" ".join(self._question.split()), _TITLE)):
            yield PlainBar()
            yield ListLines()

    def on_mount(self) -> None:
        """Show them, and take the keys."""
        shown = self.query_one(ListLines)
        shown.styles.height = min(_ROWS, len(self._deeds))
        shown.show(
            [
                line(Span("  "), Span(deed.key, "mark"), Span(f"  {deed.words}"), key=deed.key)
                for deed in self._deeds
            ]
        )
        shown.focus()
        self.query_one(Panel).remark("a key does it · Esc: nothing")
        self.call_after_refresh(self._show_about)

    def _show_about(self) -> None:
        """What is known, as much of it as there is room for beside the deeds."""
        bar = self.query_one(PlainBar)
        room = max(0, self.size.height - 2 - min(_ROWS, len(self._deeds)))
        cells = self.query_one(Panel).size.width or _TITLE
        rows = [row for words in self._about for row in wrapped(words, cells, at_most=_ABOUT_ROWS)]
        shown = rows[: min(room, _ABOUT_MOST)]
        bar.styles.height = len(shown)
        bar.show(*(line(Span(row, "dim")) for row in shown))

    def on_key(self, event: Key) -> None:
        """The key of a deed chooses it, also where it moves the cursor elsewhere."""
        if any(event.character == deed.key for deed in self._deeds):
            event.stop()
            event.prevent_default()
            self.dismiss(event.character)
        else:
            hold_letters(event)

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """The deed under the cursor."""
        event.stop()
        self.dismiss(event.key)

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about does nothing yet."""
        event.stop()
