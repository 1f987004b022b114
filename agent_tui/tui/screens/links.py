"""Opening a link: never by itself, and only after the whole address was read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from agent_tui.text.links import host_of
from agent_tui.tui.screens.prompts import Prompt
from agent_tui.tui.widgets.ink import Line, Span, line, wrapped
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.panel import Panel

ROWS = 10
"""Rows that an address may take; a longer one cannot be read, and is only copied."""
_CELLS = 64


class OpenLink(Prompt[str]):
    """Shows a whole address and where it leads. Answers `open` or `copy`; `leaves` says what Esc
    does."""

    DEFAULT_CSS = "OpenLink PlainBar { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "answer('open')", "Open", show=False),
        Binding("c", "answer('copy')", "Copy", show=False),
    ]

    def __init__(self, address: str, leaves: str = "leave it") -> None:
        super().__init__()
        self._address = address
        self._leaves = leaves
        self._is_whole = len(wrapped(address, _CELLS, at_most=ROWS + 1)) <= ROWS

    def compose(self) -> ComposeResult:
        """Where it leads, the address, and what can be done."""
        with Panel("Open this link?"):
            yield PlainBar()

    def on_mount(self) -> None:
        """Show it, no row left out."""
        host = host_of(self._address) or ""
        rows = [line(Span("leads to  ", "dim"), Span(host, "strong")), Line()]
        rows += [line(Span(row)) for row in wrapped(self._address, _CELLS, at_most=ROWS)]
        rows += [Line(), self._offered()]
        bar = self.query_one(PlainBar)
        bar.styles.height = len(rows)
        bar.show(*rows)
        self.query_one(Panel).remark(f"Esc: {self._leaves}")

    def _offered(self) -> Line:
        copy = (Span("c", "mark"), Span(" copy"))
        if not self._is_whole:
            return line(Span("too long to be read: it is not opened   ", "act"), *copy)
        return line(Span("o", "mark"), Span(" open in the browser   "), *copy)

    def action_answer(self, answer: str) -> None:
        """That."""
        if answer == "copy" or self._is_whole:
            self.dismiss(answer)
