"""Every key that works, by the place where it works."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from agent_tui.text.cells import pad
from agent_tui.tui.actions import ACTIONS, SCOPES, key_name
from agent_tui.tui.widgets.ink import Line, Span, line, wrapped
from agent_tui.tui.widgets.lines import PlainLines
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = 14
_TITLE = 20


class HelpLines(PlainLines, can_focus=True):
    """The help text; it scrolls."""


class HelpScreen(ModalScreen[None]):
    """The help, until Esc."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen Panel { width: 90%; max-width: 92; height: 90%; background: $background; }
    HelpScreen HelpLines { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,f1", "close", "Close", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(self, keys: Mapping[str, tuple[str, ...]], problems: tuple[str, ...]) -> None:
        super().__init__()
        self._keys = keys
        self._problems = problems

    def compose(self) -> ComposeResult:
        """One panel of lines."""
        with Panel("Help", id="help"):
            yield HelpLines(id="help-lines")

    def on_resize(self) -> None:
        """Break the lines for the width."""
        shown = self.query_one(HelpLines)
        self.call_after_refresh(
            lambda: shown.show(help_lines(self._keys, self._problems, shown.size.width))
        )
        self.query_one(Panel).remark("Esc closes")

    def action_close(self) -> None:
        """Back to the desk."""
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one(HelpLines).scroll_relative(y=rows, animate=False)


def help_lines(
    keys: Mapping[str, tuple[str, ...]], problems: tuple[str, ...], cells: int
) -> list[Line]:
    """The action table as lines."""
    lines: list[Line] = [line(Span(problem, "act")) for problem in problems]
    for scope, title in SCOPES.items():
        if lines:
            lines.append(Line())
        lines.append(line(Span(title, "strong")))
        for action in ACTIONS:
            if action.scope != scope:
                continue
            names = "  ".join(key_name(key) for key in keys[action.id])
            indent = _KEYS + _TITLE
            first, *others = wrapped(action.help, max(20, cells - indent), at_most=4)
            lines.append(
                line(
                    Span(pad(names, _KEYS), "mark"),
                    Span(pad(action.title, _TITLE)),
                    Span(first, "dim"),
                )
            )
            lines.extend(line(Span(" " * indent), Span(row, "dim")) for row in others)
    return lines
