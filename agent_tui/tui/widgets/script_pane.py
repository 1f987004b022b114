"""The script that an agent goes through: its open step, and the keys that answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.events import Click, Key
from textual.message import Message

from agent_tui.tui.widgets.ink import Line
from agent_tui.tui.widgets.lines import PlainBar, PlainLines
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.script_lines import (
    GO_ON,
    place_words,
    run_lines,
    to_confirm,
    urgent_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from agent_tui.domain.values.briefing import BriefLine
    from agent_tui.domain.values.script_runs import RunShown

BACK, SKIP, JUMP, END, LEAVE, OTHER, YES, NO = "b", "s", "j", "e", "l", "o", "y", "n"
ENTER = "enter"
_CORNERS = 4
"""Cells that the frame keeps of its lower edge."""
_PAGES = {"pageup": -1, "pagedown": 1}
_ROWS = {"up": -1, "down": 1}
_ENDS = {"home": False, "end": True}


class ScriptKey(Message):
    """The line of a key was clicked."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


def keys_of(run: RunShown, *, is_mine: bool) -> dict[str, str]:
    """What can be done with a run now: keys with words, in the order in which they are offered."""
    choices, found = run.choices, {}
    if run.step is None:
        found[GO_ON] = "open the one that follows" if run.continues else "close it"
    else:
        labels = {branch.key: branch.label for branch in run.step.branches}
        found.update({key: labels.get(key, "") for key in choices.keys})
        if choices.can_go_on:
            found[GO_ON] = "go on"
        if choices.keys or choices.can_go_on:
            if to_confirm(run) is not None:
                found |= {YES: "what is known is still true", NO: "say what holds now"}
            if choices.skip_to:
                found[SKIP] = "skip this step"
            if run.order == "advice" and choices.skip_to:
                found[JUMP] = "jump to another step"
    if choices.can_go_back:
        found[BACK] = "back to the step before"
    if run.step is not None and choices.skip_to:
        found[END] = "end it: it has done what it was for"
    if run.step is not None and is_mine:
        found[LEAVE] = "leave it"
    found[OTHER] = "open another script"
    return found


class ScriptPane(PlainLines, can_focus=True):
    """The lines of the script. While it has the focus, all letters and numbers are its own: a
    number answers, a letter begins words. Other keys are the desk's."""

    DEFAULT_CSS = "ScriptPane { height: 1fr; }"

    own: frozenset[str] = frozenset()
    """The keys that act in it now."""
    pressed: Callable[[str], bool] = staticmethod(lambda _key: False)
    """Hears of Enter and of every key that types something, before any later key, and tells
    whether it was for the script."""

    def on_key(self, event: Key) -> None:
        """Scroll, or act."""
        if event.key in _ROWS:
            self.scroll_relative(y=_ROWS[event.key], animate=False)
        elif event.key in _PAGES:
            step = max(1, self.size.height - 1)
            self.scroll_relative(y=_PAGES[event.key] * step, animate=False)
        elif event.key in _ENDS:
            self.scroll_to(y=self.max_scroll_y if _ENDS[event.key] else 0, animate=False)
        else:
            typed = event.character if event.is_printable else None
            key = ENTER if event.key == "enter" else typed
            if key is None or not self.pressed(key):
                return
        event.stop()
        event.prevent_default()

    def on_click(self, event: Click) -> None:
        """A line with a key acts as the key does."""
        row = event.y + self.scroll_offset.y
        key = self.lines[row].key if row < len(self.lines) else None
        if key in self.own:
            self.post_message(ScriptKey(key))


class ScriptPanel(Panel):
    """The frame around it: what it is called, how far it has come, which keys act.

    Where there is no room for the brief above it, what of the brief is urgent stands in its first
    rows.
    """

    DEFAULT_CSS = """
    ScriptPanel { height: 1fr; }
    ScriptPanel #urgent { display: none; height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Script", id=id)
        self._run: RunShown | None = None
        self._notices: tuple[str, ...] = ()
        self._verify_key = ""
        self._urgent: tuple[BriefLine, ...] = ()

    def compose(self) -> ComposeResult:
        """The urgent lines of the brief, and the script."""
        yield PlainBar(id="urgent")
        yield ScriptPane(id="script-lines")

    @property
    def pane(self) -> ScriptPane:
        """The lines."""
        return self.query_one(ScriptPane)

    def on_mount(self) -> None:
        """Show what was to be shown before it stood here."""
        super().on_mount()
        self._lay_out()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._lay_out()

    def on_descendant_focus(self) -> None:
        """Keys go here: name them."""
        super().on_descendant_focus()
        self._say_keys()

    def on_descendant_blur(self) -> None:
        """Keys go elsewhere."""
        super().on_descendant_blur()
        self._say_keys()

    def show_run(
        self,
        run: RunShown,
        *,
        notices: Sequence[str] = (),
        keys: Iterable[str],
        verify_key: str,
        here_key: str,
    ) -> None:
        """Show a run, with what is to be said of it. Another step begins at its first line."""
        before = self._run
        self._run, self._notices = run, tuple(notices)
        self._keys, self._verify_key, self._here_key = tuple(keys), verify_key, here_key
        if not self.is_mounted:
            return
        self._lay_out()
        if before is None or before.run.id != run.run.id or before.step != run.step:
            self.pane.scroll_to(y=0, animate=False)

    def show_urgent(self, lines: Sequence[BriefLine], *, are_shown: bool) -> None:
        """Show the urgent lines of the brief, where they are not in sight above."""
        rows = urgent_lines(lines) if are_shown else []
        if not self.is_mounted:
            return
        bar = self.query_one("#urgent", PlainBar)
        bar.display = bool(rows)
        bar.styles.height = len(rows) + 1
        bar.show(*rows, Line())

    def _lay_out(self) -> None:
        run, cells = self._run, self.pane.size.width
        if run is None or not cells:
            return
        self.pane.own = frozenset(self._keys)
        lines = run_lines(run, cells, verify_key=self._verify_key, notices=self._notices)
        self.pane.show(lines)
        self.entitle(detail=f"{place_words(run)} · {run.run.script.title}")
        self._say_keys()

    def _say_keys(self) -> None:
        if self._run is None:
            return
        if not self._focused:
            self.remark(f"{self._here_key} goes here")
            return
        digits = sorted(key for key in self._keys if key.isdigit() and key != GO_ON)
        numbers = "-".join(dict.fromkeys((*digits[:1], *digits[-1:])))
        on = "0 on" if self._run.step is not None or self._run.continues else "0 close"
        first = [*([numbers] if numbers else []), *([on] if GO_ON in self._keys else [])]
        every, room = " · ".join([*first, "or type words", "Space: skip, back …"]), self.size.width
        short = " · ".join([*first, "words", "Space all"])
        self.remark(every if len(every) <= room - _CORNERS else short)
