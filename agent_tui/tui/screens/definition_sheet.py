"""What a figure means: what is counted, out of what, what is missing, what it does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from agent_tui.text.cells import pad, wrap_lines
from agent_tui.tui.screens.prompts import Prompt
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.lines import PlainLines
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.measures import Definition
    from agent_tui.tui.widgets.matters import About

_LABEL = 17


class DefinitionLines(PlainLines, can_focus=True):
    """The sentences; they scroll."""


class DefinitionSheet(Prompt[Literal["keys"]]):
    """Sentences with a label each, until Esc; `?` once more asks for the keys."""

    DEFAULT_CSS = """
    DefinitionSheet > Panel { width: 92; max-height: 100%; }
    DefinitionSheet DefinitionLines { height: auto; max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "leave", "Back", show=False),
        Binding("question_mark", "keys", "Keys", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, title: str, sentences: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._called = title
        self._sentences = sentences

    def compose(self) -> ComposeResult:
        """One panel of lines."""
        with Panel(self._called):
            yield DefinitionLines()

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(DefinitionLines).focus()

    def on_resize(self) -> None:
        """Break the sentences anew."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        shown = self.query_one(DefinitionLines)
        rows = definition_lines(self._sentences, shown.size.width)
        room = self.size.height - 2
        shown.styles.height = max(1, min(len(rows), room))
        shown.show(rows)
        more = "↓ more · " if len(rows) > room else ""
        self.query_one(Panel).remark(f"{more}? every key · Esc back")

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one(DefinitionLines).scroll_relative(y=rows, animate=False)

    def action_keys(self) -> None:
        """Show every key that works instead."""
        self.dismiss("keys")


def definition_lines(sentences: Sequence[tuple[str, str]], cells: int) -> list[Line]:
    """Each label with its sentence, hanging."""
    rows: list[Line] = []
    for label, words in sentences:
        if rows:
            rows.append(Line())
        for place, row in enumerate(wrap_lines(words, max(20, cells - _LABEL))):
            named = pad(label, _LABEL) if place == 0 else " " * _LABEL
            rows.append(line(Span(named, "strong"), Span(row)))
    return rows


def of_measure(said: Definition, figure: str, when: str) -> list[tuple[str, str]]:
    """A measure in sentences; `figure` is what it says, and `when` that is, as a label."""
    found = [("What it is", said.what)]
    if said.not_counted is not None:
        found.append((when, _sentence(said.not_counted)))
    elif figure:
        found.append((when, figure))
    found.append(("Counted", _sentence(said.counted)))
    found.append(("Out of", _sentence(said.out_of)))
    if said.bands:
        found.append(("Bands", _sentence(" · ".join(words for _code, words in said.bands))))
    found.append(("Missing", _sentence(said.missing)))
    found.append(("Does not show", said.does_not_show))
    return found


def _sentence(words: str) -> str:
    """Words that begin small, as a sentence."""
    return f"{words[:1].upper()}{words[1:].removesuffix('.')}."


def of_section(about: About) -> list[tuple[str, str]]:
    """What stands beside the measures, in sentences."""
    return [("What it is", about.what), ("Does not show", about.does_not_show)]
