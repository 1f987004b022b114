"""The terms of a filter as they are written, each one to be taken away with a key or a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from agent_tui.text.cells import cut, width
from agent_tui.tui.widgets.ink import Inked, Line, Span, paint, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAKES_AWAY = "✕"
_LONGEST = 30


class FilterChips(Inked, can_focus=True):
    """One row of terms. The box above says the same filter: a term that is taken away here goes
    from its text (`Removed`)."""

    DEFAULT_CSS = "FilterChips { height: 1; padding: 0 1; display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Term before", show=False),
        Binding("right,l", "step(1)", "Next term", show=False),
        Binding("space,enter,delete,backspace,x", "remove", "Take the term away", show=False),
    ]

    class Removed(Message):
        """The term of this number, from 0 on, is to go."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._terms: tuple[str, ...] = ()
        self._chosen = 0

    @property
    def terms(self) -> tuple[str, ...]:
        """What is shown."""
        return self._terms

    def show(self, terms: Sequence[str]) -> None:
        """Show these terms; without any there is no row."""
        self._terms = tuple(terms)
        self._chosen = max(0, min(self._chosen, len(self._terms) - 1))
        self.display = bool(self._terms)
        self.refresh()

    def action_step(self, step: int) -> None:
        """Choose another term."""
        self._chosen = max(0, min(self._chosen + step, len(self._terms) - 1))
        self.refresh()

    def action_remove(self) -> None:
        """Take the chosen term away."""
        if self._terms:
            self.post_message(self.Removed(self._chosen))

    def on_click(self, event: Click) -> None:
        """Take the term under the mouse away."""
        start = 0
        # A click tells its column with the padding counted.
        column = event.x - self.styles.padding.left
        for number, words in enumerate(self._labels()):
            end = start + width(words)
            if start <= column < end:
                self.post_message(self.Removed(number))
                return
            start = end + 1

    def on_focus(self) -> None:
        """The chosen term is told apart."""
        self.refresh()

    def on_blur(self) -> None:
        """No term is chosen any more."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint the row; terms for which there is no room are counted."""
        cells = self.size.width
        if y:
            return Strip.blank(cells, self.rich_style)
        spans: list[Span] = []
        taken = 0
        labels = self._labels()
        for number, words in enumerate(labels):
            size = width(words) + 1
            if number and taken + size > cells - len(" +99"):
                spans.append(Span(f" +{len(labels) - number}", "dim"))
                break
            is_chosen = self.has_focus and number == self._chosen
            spans += [Span(words, "mark" if is_chosen else "text"), Span(" ")]
            taken += size
        return paint(Line(tuple(spans)), cells, self.inks)

    def _labels(self) -> list[str]:
        shown = []
        for number, term in enumerate(self._terms):
            mark = "▸" if self.has_focus and number == self._chosen else "["
            shown.append(f"{mark}{cut(plain(spoken(term)), _LONGEST)} {_TAKES_AWAY}]")
        return shown


def spoken(term: str) -> str:
    """A term as one would say it: `-agent:mira` is `not agent mira`."""
    negated = term.startswith("-") and len(term) > 1
    body = term[1:] if negated else term
    head, colon, rest = body.partition(":")
    said = f"{head} {rest}" if colon and head.isalpha() else body
    return f"not {said}" if negated else said
