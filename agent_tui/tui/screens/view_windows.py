"""The saved views of Recent, to choose from and to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.events import Key

from agent_tui.text.cells import cut, pad
from agent_tui.tui.screens.prompts import Prompt, hold_letters
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.lines import ListLines, PlainBar
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.recent import SavedView

_NAME = 24
_KEYS = {
    "s": "save this filter",
    "l": "my listening log",
    "f": "let it be this filter",
    "n": "rename",
    "h": "share or not",
    "d": "begin with it or not",
    "x": "remove",
}
_ROW = 3
"""How many of them stand in the first row."""
_OWN = "fnhx"
"""What only the owner of a view does with it."""
_NONE = "Nothing is saved yet: s saves the filter that stands in the box."


class ViewDeed(NamedTuple):
    """What is to be done: a key of the window, or `enter`, and the view under the cursor."""

    key: str
    view: SavedView | None


class ChooseView(Prompt[ViewDeed]):
    """Views with their filters, mine first; answers what is to be done with which."""

    DEFAULT_CSS = """
    ChooseView > Panel { width: 100; max-height: 100%; }
    ChooseView ListLines { max-height: 14; }
    ChooseView PlainBar { height: 3; }
    """

    def __init__(self, views: Sequence[SavedView], *, has_log: bool) -> None:
        super().__init__()
        self._views = views
        self._has_log = has_log

    def compose(self) -> ComposeResult:
        """The list, and what its letters do."""
        with Panel("Views"):
            yield ListLines()
            yield PlainBar()

    def on_mount(self) -> None:
        """Show them, and take the keys."""
        shown = self.query_one(ListLines)
        rows = [view_line(one, place) for place, one in enumerate(self._views)]
        shown.styles.height = max(1, min(14, len(rows)))
        shown.show(rows or [line(Span(f"  {_NONE}", "dim"))])
        shown.focus()
        self.query_one(Panel).remark("Enter shows it · Esc: back")
        self._show_keys()

    @property
    def _chosen(self) -> SavedView | None:
        place = self.query_one(ListLines).key
        return None if place is None else self._views[place]

    def _show_keys(self) -> None:
        works = [
            (Span(f"  {key}", "mark"), Span(f" {words}", "dim"))
            for key, words in _KEYS.items()
            if self._works(key)
        ]
        first, second = (
            Line(tuple(span for spans in part for span in spans))
            for part in (works[:_ROW], works[_ROW:])
        )
        self.query_one(PlainBar).show(Line(), first, second)

    def _works(self, key: str) -> bool:
        chosen = self._chosen
        if key == "s":
            return True
        if key == "l":
            return self._has_log
        return chosen is not None and (chosen.is_mine or key not in _OWN)

    def on_key(self, event: Key) -> None:
        """One of the letters."""
        if event.character is not None and event.character in _KEYS:
            event.stop()
            event.prevent_default()
            if self._works(event.character):
                self.dismiss(ViewDeed(event.character, self._chosen))
        else:
            hold_letters(event)

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """Show that one."""
        event.stop()
        self.dismiss(ViewDeed("enter", self._chosen))

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Other letters may work with this one."""
        event.stop()
        self._show_keys()


def view_line(view: SavedView, key: int) -> Line:
    """A view as one row."""
    marks = [
        "" if view.is_mine else f"of {view.owner}",
        "shared" if view.is_mine and view.is_shared else "",
        "begins with it" if view.is_my_default else "",
    ]
    return line(
        Span("  "),
        Span(f"{pad(cut(view.name, _NAME), _NAME)}  "),
        Span(view.text or "everything", "dim"),
        right=(Span(" · ".join(mark for mark in marks if mark), "dim"),),
        key=key,
    )
