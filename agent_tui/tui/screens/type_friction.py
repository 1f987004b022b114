"""What is in an agent's way: the words, and the rule that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from agent_tui.domain.values.friction import RULES
from agent_tui.tui.screens.asks import TypeWords
from agent_tui.tui.widgets.ink import Span, line
from agent_tui.tui.widgets.inputs import PlainInput
from agent_tui.tui.widgets.lines import ListLines, PlainBar
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from agent_tui.domain.values.friction import FrictionRule
    from agent_tui.domain.values.lines import Asked

_HINT = "Leads read it by rule, without your name. ↑↓: another rule"


class Rules(ListLines, can_focus=False):
    """The rules of which one is chosen while words are typed above."""

    @property
    def shows_focus(self) -> bool:
        """The arrow keys move here from the box."""
        return True


class TypeFriction(TypeWords):
    """A few words about a rule; the likely one stands first, and `rule` is the chosen one."""

    DEFAULT_CSS = """
    TypeFriction > Panel { max-height: 100%; }
    TypeFriction Rules { height: auto; max-height: 13; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Next rule", show=False),
        Binding("up", "step(-1)", "Rule before", show=False),
    ]
    TELLS_WHEN_LEFT = True

    def __init__(
        self, likely: FrictionRule, *, value: str = "", refused: str = "", asked: Asked
    ) -> None:
        question = "What is in your way?"
        super().__init__(question, value=value, hint=_HINT, refused=refused, asked=asked)
        self.rule = likely

    def compose(self) -> ComposeResult:
        """The box, what it is for, and the rules."""
        with Panel(self._question):
            yield PlainInput()
            yield PlainBar()
            yield Rules()

    def on_mount(self) -> None:
        """Show the rules, the likely one first."""
        rules = sorted(RULES, key=lambda rule: rule != self.rule)
        self.query_one(Rules).show([line(Span(f"  {RULES[one]}"), key=one) for one in rules])

    def action_step(self, step: int) -> None:
        """Another rule."""
        self.query_one(Rules).move(step)

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """The words are about this one."""
        event.stop()
        self.rule = event.key

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """It was clicked."""
        event.stop()
