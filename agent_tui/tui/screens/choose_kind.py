"""Choose what two people are to one another."""

from __future__ import annotations

from textual.app import ComposeResult

from agent_tui.domain.rules.ties import KINDS, other_side
from agent_tui.text.cells import cut
from agent_tui.tui.screens.prompts import Prompt
from agent_tui.tui.widgets.ink import Span, line
from agent_tui.tui.widgets.inputs import FindInput
from agent_tui.tui.widgets.lines import ListLines, PlainBar
from agent_tui.tui.widgets.panel import Panel

_TITLE = 60
_NAME = 24


class Kinds(ListLines):
    """The kinds to choose from. The keys of the box above move its cursor."""

    can_focus = False

    @property
    def shows_focus(self) -> bool:
        """The chosen kind is always painted as such."""
        return True


class ChooseKind(Prompt[str]):
    """What two people are to one another: one of the usual kinds, or words of one's own. Answers
    the kind as the first of them would say it."""

    DEFAULT_CSS = "ChooseKind Kinds { height: 8; }"

    def __init__(self, name: str, other: str, *, refused: str = "") -> None:
        super().__init__()
        self._name = name
        self._other = cut(other, _NAME)
        self._refused = refused

    def compose(self) -> ComposeResult:
        """What is typed, and the kinds that it may mean."""
        with Panel(cut(f"{self._name} … {self._other}", _TITLE)):
            yield FindInput(placeholder="choose, or type what they are", id="kind-words")
            yield PlainBar(id="kind-state")
            yield Kinds(id="kinds")

    def on_mount(self) -> None:
        """All kinds, until something is typed."""
        self.query_one(FindInput).focus()
        self.query_one(Panel).remark("↑↓ choose · Enter ties them · Esc: not now")
        self.query_one(PlainBar).show(line(Span(self._refused, "act")))
        self._offer("")

    def on_input_changed(self, event: FindInput.Changed) -> None:
        """Fewer kinds, and the words themselves."""
        event.stop()
        self._offer(" ".join(event.value.split()))

    def _offer(self, words: str) -> None:
        kinds = [kind for kind in KINDS if words.casefold() in kind]
        if words and words.casefold() not in KINDS:
            kinds.append(words)
        rows = [
            line(
                Span("  "),
                Span(kind),
                Span(f" {self._other}", "dim"),
                right=_from_there(kind),
                key=kind,
            )
            for kind in kinds
        ]
        self.query_one(Kinds).show(rows, from_top=True)

    def on_find_input_stepped(self, event: FindInput.Stepped) -> None:
        """The arrows move among the kinds while typing goes on."""
        event.stop()
        self.query_one(Kinds).move(event.step)

    def on_input_submitted(self, event: FindInput.Submitted) -> None:
        """That kind."""
        event.stop()
        self.query_one(Kinds).action_open()

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """That kind."""
        event.stop()
        self.dismiss(event.key)

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about ties nobody yet."""
        event.stop()


def _from_there(kind: str) -> tuple[Span, ...]:
    """How a kind reads from the other side, where that differs."""
    there = other_side(kind)
    return () if there == kind else (Span(f"from there: {there}", "dim"),)
