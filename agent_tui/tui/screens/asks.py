"""Lines to type for a deed: words, with the reason why they were refused; and a due time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from agent_tui.domain.rules import ages
from agent_tui.errors import BadInput
from agent_tui.text.cells import cut
from agent_tui.tui.screens.prompts import ChooseKey, Prompt
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, wrapped
from agent_tui.tui.widgets.inputs import PlainInput
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.app import App
    from textual.await_complete import AwaitComplete

    from agent_tui.domain.values.lines import Asked
    from agent_tui.tui.screens.typed_lines import LineJournal
    from agent_tui.tui.widgets.here import Here

_QUESTION = 62
_HINT_ROWS = 3
_SAID = 30
BACK = "back"
"""What Esc does where a question was asked before."""
DUE_HINT = "fri 10am · +3d · tomorrow morning · 27 nov · end of month"


class TypeWords(Prompt[str]):
    """One line to type, with a hint below it, or the reason why it was refused before.

    `leaves` says what Esc does; `words` are what is typed, answered or left. With `asked`, the line
    is kept from key to key: Esc leaves it, and it is back where the same is asked again.
    """

    DEFAULT_CSS = "TypeWords PlainBar { height: auto; max-height: 3; }"

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        hint: str = "",
        refused: str = "",
        leaves: str = "not now",
        asked: Asked | None = None,
    ) -> None:
        super().__init__()
        self._asked = asked
        self._journal: LineJournal | None = None
        self._question = question
        self._value = self.words = value
        self._hint = hint
        self._refused = refused
        self._leaves = leaves
        self._handed = ""
        self._is_from_before = False

    def compose(self) -> ComposeResult:
        """The box, and a few rows below it."""
        with Panel(cut(self._question, _QUESTION)):
            yield PlainInput()
            yield PlainBar()

    def on_mount(self) -> None:
        """Put the focus into the box."""
        box = self.query_one(PlainInput)
        begins = self._value
        if self._asked is not None:
            is_again = bool(self._refused)
            self._journal = self.app.lines.open(self, self._asked, begins, is_again=is_again)
            left = self._journal.left
            if left is not None:
                self.app.unsay(_kept(left.text))
            begins = begins if left is None or is_again else left.text
        gap = " " if begins.strip() and self._handed and begins != self._value else ""
        box.value = begins + gap + self._handed
        box.cursor_position = len(box.value)
        self.set_focus(box)
        self._is_from_before = begins != self._value
        self.remark("")
        self.call_after_refresh(self._say_below)

    @property
    def text(self) -> str:
        """What stands in the box."""
        return self.query_one(PlainInput).value

    def put(self, text: str) -> None:
        """Replace what stands in the box."""
        self.query_one(PlainInput).value = text

    def write_about(self, about: str, title: str) -> None:
        """The question says whom it is about."""

    def remark(self, text: str, *, urgent: bool = False) -> None:
        """Say which keys go on from here; or what is wrong with the line's journal."""
        before = "typed before, ctrl+u clears it · " if self._is_from_before else ""
        keys = f"{before}Enter · Esc: {self._leaves}"
        self.query_one(Panel).remark(text if urgent else keys, urgent=urgent)

    def dismiss(self, result: str | None = None) -> AwaitComplete:
        """Answer; what was typed stays until that is done."""
        self._leave_line()
        return super().dismiss(result)

    def _leave_line(self) -> bool:
        return self._journal is not None and self.app.lines.close(self._journal)

    def action_leave(self) -> None:
        """No answer now; what was typed for it is kept."""
        if self._leave_line() and self._leaves != BACK:
            self.app.notify(_kept(self.words), markup=False)
        super().action_leave()

    def leave_for_place(self) -> bool:
        """Leave it; what was typed for it is kept."""
        if self._leave_line():
            self.app.notify(_kept(self.words), markup=False)
        return super().leave_for_place()

    def _say_below(self) -> None:
        if self._refused:
            self.say(*self.rows(self._refused, "act"))
        else:
            self.say(*self.below(self.query_one(PlainInput).value))

    def below(self, _value: str) -> list[Line]:
        """What is said below the box while nothing was refused."""
        return self.rows(self._hint, "dim")

    def rows(self, words: str, ink: Ink) -> list[Line]:
        """Words in the few rows below the box."""
        cells = self.query_one(PlainBar).size.width or 60
        return [line(Span(row, ink)) for row in wrapped(words, cells, at_most=_HINT_ROWS)]

    def say(self, *rows: Line) -> None:
        """Show rows below the box."""
        bar = self.query_one(PlainBar)
        bar.styles.height = max(1, len(rows))
        bar.show(*rows)

    def hand(self, key: str) -> None:
        """A key that was pressed where this was asked from, before the box was there: a character,
        or `enter`."""
        box = self.query(PlainInput) if self.is_mounted else ()
        if key == "enter":
            self.call_after_refresh(lambda: self.query_one(PlainInput).action_submit())
        elif box:
            box.first(PlainInput).insert_text_at_cursor(key)
        else:
            self._handed += key

    def on_input_changed(self, event: PlainInput.Changed) -> None:
        """Every key may change what is said below."""
        event.stop()
        self.words = event.value
        if self._journal is not None:
            self._journal.typed()
        if self._is_from_before and not event.value:
            self._is_from_before = False
            self.remark("")
        if self._refused and event.value != self._value:
            self._refused = ""
        self._say_below()

    def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """That is it, where it can be taken."""
        event.stop()
        if self.can_be_taken(event.value):
            self.dismiss(event.value)

    def can_be_taken(self, _value: str) -> bool:
        """Whether these words answer the question."""
        return True


class TypeDue(TypeWords):
    """A due time to type, as one would say it; what it means stands below at every key.

    `read` makes a moment of the words, and says what is not certain about it, if anything; or it
    raises BadInput saying what is wrong with them. Only a time that can be meant is taken.
    """

    def __init__(
        self,
        question: str,
        read: Callable[[str], tuple[datetime, str | None]],
        here: Callable[[], Here],
        *,
        value: str = "",
        refused: str = "",
        asked: Asked | None = None,
    ) -> None:
        super().__init__(question, value=value, hint=DUE_HINT, refused=refused, asked=asked)
        self._read = read
        self._here = here

    def below(self, value: str) -> list[Line]:
        """The moment that the words mean, or what is wrong with them."""
        if not value.strip():
            return super().below(value)
        try:
            due, doubt = self._read(value)
        except BadInput as problem:
            return self.rows(problem.message, "act")
        here = self._here()
        when = f"{ages.weekday(due, here.now, here.zone)} {ages.clock_time(due, here.zone)}"
        taken = line(Span("→ ", "dim"), Span(when, "strong"))
        return [taken, *(self.rows(doubt, "act") if doubt else ())]

    def can_be_taken(self, value: str) -> bool:
        """Whether the words mean a time to come."""
        try:
            self._read(value)
        except BadInput:
            return False
        return True


def _kept(text: str) -> str:
    """What is said of a line that was left."""
    words = cut(" ".join(text.split()), _SAID)
    return f"kept: {words} · it is back when you are asked again"


def yes_or_no(
    app: App[int],
    question: str,
    answered: Callable[[bool], None],
    back: Callable[[], None] | None = None,
) -> None:
    """A question with two answers; Esc goes `back` to the one before, or else nothing is done."""

    def pressed(key: str | None) -> None:
        if key is not None:
            answered(key == "y")
        elif back is not None:
            back()

    leaves = "not now" if back is None else "back"
    app.push_screen(ChooseKey(question, (("y", "yes"), ("n", "no")), leaves), pressed)
