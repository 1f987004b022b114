"""How many conversations are to be drawn, and by which seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from agent_tui.domain.rules.samples import Draw, read_draw
from agent_tui.errors import BadInput
from agent_tui.tui.screens.prompts import Prompt
from agent_tui.tui.widgets.ink import Span, line, wrapped
from agent_tui.tui.widgets.inputs import PlainInput
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from agent_tui.tui.widgets.ink import Ink

_HINT = (
    "How many, by chance, of what is filtered. What stands above a sample, typed here again, "
    "draws the same one on every desk: 10 417 2026-11-22T14:02"
)
_ROWS = 3


class TypeDraw(Prompt[Draw]):
    """One line: how many, and to repeat a draw its seed and its moment. `drawn` are the words of
    the last one."""

    DEFAULT_CSS = "TypeDraw PlainBar { height: 3; }"

    def __init__(self, drawn: str = "") -> None:
        super().__init__()
        self._drawn = drawn

    def compose(self) -> ComposeResult:
        """The box, and what may be typed."""
        with Panel("Draw a sample"):
            yield PlainInput()
            yield PlainBar()

    def on_mount(self) -> None:
        """Begin with the last draw, chosen so that typing replaces it."""
        box = self.query_one(PlainInput)
        box.value = self._drawn or "10"
        box.focus()
        box.action_select_all()
        self.query_one(Panel).remark("Enter draws · Esc: back")
        self.call_after_refresh(self._say, _HINT, "dim")

    def on_input_changed(self, event: PlainInput.Changed) -> None:
        """What is wrong with it is said at once, and gone when it is right."""
        event.stop()
        if not event.value.strip():
            self._say(_HINT, "dim")
            return
        try:
            read_draw(event.value)
        except BadInput as problem:
            self._say(problem.message, "act")
        else:
            self._say(_HINT, "dim")

    def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """Draw these, or say what is wrong."""
        event.stop()
        try:
            self.dismiss(read_draw(event.value))
        except BadInput as problem:
            self._say(problem.message, "act")

    def _say(self, words: str, ink: Ink) -> None:
        bar = self.query_one(PlainBar)
        rows = wrapped(words, bar.size.width or 60, at_most=_ROWS)
        bar.show(*(line(Span(row, ink)) for row in rows))
