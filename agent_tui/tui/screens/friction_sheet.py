"""For leads: what stood in the way of the team, by rule, the most often first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from agent_tui.domain.values.friction import RULES
from agent_tui.text.cells import wrap_lines
from agent_tui.text.counts import counted
from agent_tui.tui.screens.prompts import Prompt
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.lines import PlainLines
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.friction import FrictionByRule

_BEFORE = "  · "


class FrictionLines(PlainLines, can_focus=True):
    """The rules with their words; they scroll."""


class FrictionSheet(Prompt[None]):
    """How often each rule stood in the way within so many `days`, and the newest words of each."""

    DEFAULT_CSS = """
    FrictionSheet > Panel { width: 92; max-height: 100%; }
    FrictionSheet FrictionLines { height: auto; max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Later", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, rules: Sequence[FrictionByRule], days: int) -> None:
        super().__init__()
        self._rules = rules
        self._days = days

    def compose(self) -> ComposeResult:
        """One panel of lines."""
        with Panel(f"What is in our way, within {self._days} days"):
            yield FrictionLines()

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(FrictionLines).focus()

    def on_resize(self) -> None:
        """Break the rows anew."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        shown = self.query_one(FrictionLines)
        rows = friction_lines(self._rules, shown.size.width)
        room = self.size.height - 2
        shown.styles.height = max(1, min(len(rows), room))
        shown.show(rows)
        self.query_one(Panel).remark(f"{'↓ more · ' if len(rows) > room else ''}Esc: back")

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one(FrictionLines).scroll_relative(y=rows, animate=False)


def friction_lines(rules: Sequence[FrictionByRule], cells: int) -> list[Line]:
    """Each rule with how often and in how many agents' way it stood, and its newest words."""
    if not rules:
        return [line(Span("Nobody said that anything stands in their way.", "dim"))]
    lines: list[Line] = []
    for one in rules:
        if lines:
            lines.append(Line())
        agents = f", {counted(one.agents, 'agent')}" if one.agents else ""
        count = f"{counted(one.times, 'time')}{agents}"
        lines.append(line(Span(RULES[one.rule], "strong"), right=(Span(count, "dim"),)))
        for text in one.newest:
            for place, row in enumerate(wrap_lines(text, max(8, cells - len(_BEFORE)))):
                before = _BEFORE if place == 0 else " " * len(_BEFORE)
                lines.append(line(Span(before, "dim"), Span(row)))
    return lines
