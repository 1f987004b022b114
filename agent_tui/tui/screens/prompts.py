"""One short question over the desk, answered with a key or a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.events import Key

from agent_tui.tui.bindings import bindings_over_text
from agent_tui.tui.screens.window import Window
from agent_tui.tui.widgets.ink import Line, Span
from agent_tui.tui.widgets.lines import ListLines, PlainBar
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.friction import FrictionRule

Answer = TypeVar("Answer")


class Prompt(Window[Answer | None]):
    """A small frame over the desk; Esc leaves the question open."""

    DEFAULT_CSS = """
    Prompt {
        align: center middle;
        background: $background 60%;
        & > Panel {
            width: 72; max-width: 96%; height: auto; max-height: 80%;
            background: $background;
            border: round $accent;
            border-title-color: $lit;
        }
        ListLines { height: auto; max-height: 12; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Later", show=False),
        *bindings_over_text("friction"),
    ]
    TELLS_WHEN_LEFT: ClassVar[bool] = False
    """Whether whoever asks is told, too, when a place is gone to from here; without that, the
    question before this one is not asked again."""

    in_the_way: FrictionRule = "other"
    """What most likely stands in the way of whoever sees this."""
    _is_answered = False

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer, once. A key that was on its way behind the answer is not another one."""
        if self._is_answered:
            return AwaitComplete()
        self._is_answered = True
        return super().dismiss(result)

    def action_friction(self) -> None:
        """Say what stands in one's way, over this; it goes on as it was."""
        self.app.say_friction(self.in_the_way)

    def action_leave(self) -> None:
        """No answer now."""
        self.dismiss(None)

    def leave_for_place(self) -> bool:
        """Leave this and the questions before it; tells whether it could be left."""
        self._is_answered = True
        if self.TELLS_WHEN_LEFT:
            super().dismiss(None)
        else:
            self.app.pop_screen()
        return True


class ChooseKey(Prompt[str]):
    """A question whose answers are single keys; `leaves` says what Esc does."""

    def __init__(
        self, question: str, answers: Sequence[tuple[str, str]], leaves: str = "later"
    ) -> None:
        super().__init__()
        self._question = question
        self._answers = answers
        self._leaves = leaves

    def compose(self) -> ComposeResult:
        """The question, and its answers with their keys."""
        with Panel(self._question):
            bar = PlainBar()
            spans: list[Span] = []
            for key, words in self._answers:
                spans.extend((Span(key, "mark"), Span(f" {words}   ")))
            bar.show(Line(tuple(spans)))
            yield bar

    def on_mount(self) -> None:
        """Say how to leave."""
        self.query_one(Panel).remark(f"Esc: {self._leaves}")

    def on_key(self, event: Key) -> None:
        """One of the keys answers."""
        if any(event.character == key for key, _words in self._answers):
            event.stop()
            self.dismiss(event.character)


def hold_letters(event: Key) -> None:
    """Let no letter choose from a list by chance; only those that move its cursor act."""
    if event.character is not None and event.character.isalpha() and event.character not in "jk":
        event.stop()
        event.prevent_default()


class ChooseOne(Prompt[Any]):
    """A list of which one is chosen."""

    def __init__(self, question: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self._question = question
        self._choices = lines

    def compose(self) -> ComposeResult:
        """The list."""
        with Panel(self._question):
            yield ListLines()

    def on_mount(self) -> None:
        """Fill the list and give it the focus."""
        shown = self.query_one(ListLines)
        shown.styles.height = min(12, len(self._choices))
        shown.show(self._choices)
        shown.focus()
        self.query_one(Panel).remark("Enter chooses · Esc: later")

    def on_key(self, event: Key) -> None:
        """A name that is typed chooses nobody."""
        hold_letters(event)

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """That one."""
        event.stop()
        self.dismiss(event.key)

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about chooses nothing yet."""
        event.stop()
