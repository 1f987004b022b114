"""The keys that work where the focus is; apart from them those that work elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from agent_tui.domain.rules.mark_table import MARKS
from agent_tui.domain.rules.marks import FACT_KINDS
from agent_tui.text.cells import pad, width
from agent_tui.tui.action import SCOPES, Action, Scope
from agent_tui.tui.actions import ACTIONS, key_name
from agent_tui.tui.screens.window import Window
from agent_tui.tui.widgets.ink import Line, Span, line, wrapped
from agent_tui.tui.widgets.lines import PlainLines
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from agent_tui.tui.screens.everywhere import Everywhere

_KEYS = 16
_TITLE = 24
_EXAMPLE = 2 + max(width(one.example) for one in MARKS)
_BETWEEN_KEYS = "  "
_NOT_NOW: dict[Scope, str] = {
    "everywhere": "Everywhere, but not now",
    "desk": "At the desk, but not now",
}
"""What is said of actions that do not work now, where the name of their scope says they do."""
_THERE: dict[Scope, str] = {"desk": "At the desk"}
_OTHER_PLACES = "In other places: what follows does nothing here"
_HOW_MARKS_GO = (
    "A mark begins a word and runs to the next mark or the end of the line; below the note stands "
    "what it makes. Tab completes; a backslash before a mark makes it text."
)

_PLACES = {
    "find-box": "find box",
    "results": "people found",
    "today-lines": "Today",
    "conversation-lines": "conversation",
    "composer-input": "reply",
    "note-input": "note",
    "brief": "brief",
    "timeline": "timeline",
    "script": "script",
    "recent-list": "Recent",
    "filter": "filter",
    "measure-list": "Relationship",
    "matter-list": "beside the measures",
    "measure": "a measure",
    "behind": "behind a number",
    "reading": "a conversation",
}
"""What the parts of the desk are called, by their ids."""


@dataclass(frozen=True, slots=True)
class Acting:
    """What works now: actions `here`, in the `place` with the focus, and `anywhere` on the screen,
    by their ids; `keys` are the keys of every action, without letters where these are typed.
    `whole` is what the screen is called, `reached` are the scopes of what can be reached on it."""

    place: str
    here: frozenset[str]
    anywhere: frozenset[str]
    keys: Mapping[str, tuple[str, ...]]
    whole: str = SCOPES["desk"]
    reached: frozenset[Scope] = frozenset(SCOPES)


def acting_now(screen: Everywhere) -> Acting:
    """What works on a screen now, by where it has its focus."""
    here: set[str] = set()
    anywhere: set[str] = set()
    for active in screen.active_bindings.values():
        if active.enabled and active.binding.id:
            found = anywhere if active.node in (screen, screen.app) else here
            found.add(active.binding.id.removesuffix(".letter"))
    focused = screen.focused
    parts = () if focused is None else focused.ancestors_with_self
    place = next((_PLACES[part.id] for part in parts if part.id in _PLACES), "desk")
    keys = {
        action_id: tuple(filter(screen.acts_here, own)) or own
        for action_id, own in screen.app.keys.keys.items()
    }
    return Acting(place, frozenset(here), frozenset(anywhere), keys, screen.WHOLE, screen.REACHED)


class HelpLines(PlainLines, can_focus=True):
    """The help text; it scrolls."""


class HelpScreen(Window[None]):
    """The help, until Esc."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen Panel { width: 94%; max-width: 100; height: 90%; background: $background; }
    HelpScreen HelpLines { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "close", "Close", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, acting: Acting, problems: Sequence[str]) -> None:
        super().__init__()
        self._acting = acting
        self._problems = problems

    def compose(self) -> ComposeResult:
        """One panel of lines."""
        with Panel(f"Help: {self._acting.place}", id="help"):
            yield HelpLines(id="help-lines")

    def on_resize(self) -> None:
        """Break the lines for the width."""
        shown = self.query_one(HelpLines)
        self.call_after_refresh(
            lambda: shown.show(help_lines(self._acting, self._problems, shown.size.width))
        )
        self.query_one(Panel).remark("PgDn reads on · Esc closes")

    def action_close(self) -> None:
        """Back to the desk."""
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one(HelpLines).scroll_relative(y=rows, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by what is in sight."""
        rows = pages * max(1, self.query_one(HelpLines).size.height - 1)
        self.query_one(HelpLines).scroll_relative(y=rows, animate=False)


def help_lines(acting: Acting, problems: Sequence[str], cells: int) -> list[Line]:
    """What works where the focus is, with the marks where a note is written, and anywhere on the
    screen; then, dim, what works elsewhere on it or at another time; last, what works in other
    places."""
    lines: list[Line] = [line(Span(problem, "act")) for problem in problems]
    here = [one for one in ACTIONS if one.id in acting.here]
    lines += _section(f"Here: {acting.place}", here, acting, cells)
    if acting.place == _PLACES["note-input"]:
        lines += _mark_lines(cells)
    anywhere = [one for one in ACTIONS if one.id in acting.anywhere]
    lines += _section(acting.whole, anywhere, acting, cells)
    now = acting.here | acting.anywhere
    others = [one for one in ACTIONS if one.id not in now]
    for scope, title in SCOPES.items():
        if scope in acting.reached:
            found = [one for one in others if one.scope == scope]
            lines += _section(_NOT_NOW.get(scope, title), found, acting, cells, is_dim=True)
    lines += _elsewhere([one for one in others if one.scope not in acting.reached], acting, cells)
    return lines[1:] if lines and not lines[0].left else lines


def _elsewhere(actions: Collection[Action], acting: Acting, cells: int) -> Iterator[Line]:
    """What works in other places, below a line that says so."""
    if actions:
        yield Line()
        yield from (line(Span(row, "strong")) for row in wrapped(_OTHER_PLACES, cells, at_most=2))
    for scope, title in SCOPES.items():
        found = [one for one in actions if one.scope == scope]
        yield from _section(_THERE.get(scope, title), found, acting, cells, is_dim=True)


def _mark_lines(cells: int) -> Iterator[Line]:
    """The marks of a note: how each is typed, what it makes, and an example."""
    yield Line()
    yield line(Span("Marks in a note make records", "strong"))
    for one in MARKS:
        left = Span(pad(one.example, _EXAMPLE), "mark")
        first, *others = wrapped(one.makes, max(20, cells - _EXAMPLE), at_most=3)
        yield line(left, Span(first, "text"))
        yield from (line(Span(" " * _EXAMPLE), Span(row, "text")) for row in others)
    kinds = ", ".join(FACT_KINDS)
    for words in (f"The first word of a fact may name its kind: {kinds}.", _HOW_MARKS_GO):
        yield from (line(Span(row, "dim")) for row in wrapped(words, cells, at_most=4))


def _section(
    title: str, actions: Collection[Action], acting: Acting, cells: int, *, is_dim: bool = False
) -> Iterator[Line]:
    """A title, and its actions with their keys; nothing where there are none."""
    if not actions:
        return
    yield Line()
    yield line(Span(title, "dim" if is_dim else "strong"))
    indent = _KEYS + _TITLE
    for action in actions:
        first, *others = wrapped(action.help, max(20, cells - indent), at_most=12)
        yield line(
            Span(pad(_names(acting.keys[action.id]), _KEYS), "dim" if is_dim else "mark"),
            Span(pad(action.title, _TITLE), "dim" if is_dim else "text"),
            Span(first, "dim"),
        )
        yield from (line(Span(" " * indent), Span(row, "dim")) for row in others)


def _names(keys: Sequence[str]) -> str:
    """The first of the keys, as many as there is room for."""
    shown = ""
    for key in keys:
        longer = f"{shown}{_BETWEEN_KEYS}{key_name(key)}" if shown else key_name(key)
        if shown and width(longer) >= _KEYS:
            break
        shown = longer
    return shown
