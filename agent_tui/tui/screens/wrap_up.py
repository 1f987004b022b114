"""The wrap-up over the desk: every step in sight, each answered with a key or a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.events import Key

from agent_tui.tui.screens.prompts import Prompt
from agent_tui.tui.screens.wrap_up_form import MET_KEYS, READ_BACK_KEYS, WrapUpForm
from agent_tui.tui.screens.wrap_up_parts import parts, preface
from agent_tui.tui.screens.wrap_up_typing import LineBox, SummaryEditor
from agent_tui.tui.widgets.inputs import PlainInput
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.wrap_up_lines import INDENT, part_lines, refusal_lines

if TYPE_CHECKING:
    from agent_tui.domain.values.friction import FrictionRule
    from agent_tui.domain.values.kinds import ReadBack
    from agent_tui.tui.widgets.here import Here
    from agent_tui.tui.widgets.ink import Line

_SHORT = 30
_KEPT = "kept: your answers · they are back when you wrap this up again"


@dataclass(frozen=True, slots=True)
class Ways:
    """What the screen tells the desk: write all answers, put it off, an answer has changed."""

    finish: Callable[[ReadBack], None]
    park: Callable[[], None]
    typed: Callable[[], None]


class WrapUpScreen(Prompt[None]):
    """One wrap-up. Esc leaves everything as it was and forgets nothing; nothing ends by itself."""

    DEFAULT_CSS = """
    WrapUpScreen { align: center top; }
    WrapUpScreen > Panel { width: 100; max-height: 100%; margin-top: 1; }
    WrapUpScreen PlainBar { height: auto; }
    WrapUpScreen LineBox, WrapUpScreen TextBox { display: none; }
    """
    in_the_way: FrictionRule = "wrap_up"

    def __init__(self, form: WrapUpForm, title: str, here: Here, ways: Ways) -> None:
        super().__init__()
        self.form = form
        self._title = title
        self._here = here
        self._ways = ways
        self._pointed_at = 0
        self._is_saving = False
        self._is_complaining = False
        """Whether the words of a complaint are being typed."""
        self._kept = form.typed
        """The answers, as the desk was told of them last."""
        self._summary = SummaryEditor(self._take_summary, self._end_editing)

    def compose(self) -> ComposeResult:
        """The steps up to the current one, the line to type in, the steps behind it."""
        with Panel(self._title):
            yield PlainBar(id="wrap-up-above")
            yield LineBox(id="wrap-up-line")
            yield PlainBar(id="wrap-up-below")

    def on_mount(self) -> None:
        """Show the first step that is not answered."""
        line = self.query_one(LineBox)
        line.choose = self._choose_outcome
        line.takes = lambda: self._is_typing and not self._is_saving
        line.styles.margin = (0, 0, 0, INDENT)
        self.call_after_refresh(self.show_form)

    def on_resize(self) -> None:
        """Break the rows anew."""
        self.call_after_refresh(self.show_form)

    def leave_for_place(self) -> bool:
        """Leave it, as Esc does: all answers are kept; but not while it is being written."""
        if not self._is_saving:
            if self.form.typed and self.form.is_kept:
                self.app.notify(_KEPT, markup=False)
            self.dismiss(None)
        return not self._is_saving

    # -- what the desk tells ------------------------------------------------------------------

    def refuse(self, sentence: str) -> None:
        """It was not written: say why at the step, and go on."""
        self._is_saving = False
        self.form.refused = sentence
        self.show_form()

    def show_form(self) -> None:
        """Show every step, the current one with the keys that answer it."""
        form = self.form
        if form.typed != self._kept:
            self._kept = form.typed
            self._ways.typed()
        is_short = self.app.size.height < _SHORT
        cells = self.query_one("#wrap-up-above").size.width or 60
        above = preface(form)
        below: list[Line] = []
        shown = above
        for part in parts(
            form,
            self._here,
            pointed_at=self._pointed_at,
            is_short=is_short,
            is_typing=self._is_typing,
        ):
            shown.extend(part_lines(part, cells))
            if part.is_current:
                if form.refused:
                    shown.extend(refusal_lines(form.refused, cells))
                shown = below
        go_on = "Enter goes on" if self._is_typing else "z parks it"
        self.query_one(Panel).remark(f"{go_on} · ↑ step before · Esc: later, answers are kept")
        if self._is_saving:
            self.query_one(Panel).remark("saving…")
        self._fill("#wrap-up-above", above)
        self._fill("#wrap-up-below", below)
        self._give_line()

    def _fill(self, where: str, lines: list[Line]) -> None:
        bar = self.query_one(where, PlainBar)
        bar.styles.height = len(lines)
        bar.show(*lines)

    def _give_line(self) -> None:
        """The line to type in, where the current step has one."""
        line, box = self.query_one(LineBox), self._summary.box
        if self._is_saving:
            line.display = False
            self.set_focus(None)
            return
        if box is not None:
            line.display = False
            box.display = True
            self.set_focus(box)
            return
        line.display = self._is_typing
        if not self._is_typing:
            self.set_focus(None)
            return
        words = self._words
        if line.value != words:
            line.value = words
            line.cursor_position = len(words)
        self.set_focus(line)

    @property
    def _is_typing(self) -> bool:
        is_line = self.form.step in ("outcome", "owed")
        return is_line or self._is_complaining or self._summary.is_open

    @property
    def _words(self) -> str:
        """What is typed in the line of this step."""
        form = self.form
        lines = {"outcome": form.outcome, "owed": form.owed}
        return lines.get(form.step, form.complaint or "")

    # -- keys ---------------------------------------------------------------------------------

    def on_key(self, event: Key) -> None:
        """A key answers the current step, or moves to another one."""
        if self._is_saving:
            event.stop()
            return
        if self._summary.is_open:
            if event.key == "escape":
                event.stop()
                self._end_editing()
            elif event.is_printable and event.character:
                self._summary.take_early(event.character)
            return
        if self._is_typing and self._type_late(event):
            event.stop()
            return
        handled = self._move(event.key) or self._answer(event.key, event.character)
        if handled:
            event.stop()
            event.prevent_default()
            self.show_form()

    def _type_late(self, event: Key) -> bool:
        """A key for the line that was on its way before the line had the focus."""
        line = self.query_one(LineBox)
        if event.key == "enter":
            self._take_line(line.value)
        elif not event.is_printable or not event.character:
            return False
        elif line.value or not event.character.isdigit() or not line.choose(event.character):
            line.insert_text_at_cursor(event.character)
        return True

    def _move(self, key: str) -> bool:
        if key not in ("up", "down"):
            return False
        form, records = self.form, self._records
        there = self._pointed_at + (1 if key == "down" else -1)
        if 0 <= there < len(records):
            self._pointed_at = there
            return True
        self._is_complaining = False
        if key == "up":
            form.go_back()
            self._pointed_at = max(0, len(self._records) - 1)
        elif form.step != "summary":
            form.go_on()
            self._pointed_at = 0
        return True

    @property
    def _records(self) -> list[int]:
        """The ids of the records that the current step confirms."""
        if self.form.step == "promises":
            return [one.id for one in self.form.promises]
        return [one.id for one in self.form.facts] if self.form.step == "facts" else []

    def _answer(self, key: str, character: str | None) -> bool:
        form = self.form
        if self._is_typing:
            return False
        if character == "z":
            self._ways.park()
        elif form.step == "met" and character in MET_KEYS:
            form.answer_met(MET_KEYS[character][0])
        elif form.step in ("promises", "facts") and character == "x":
            form.toggle(self._records[self._pointed_at])
        elif form.step == "complaint" and character == "y":
            form.complaint = form.likely_complaint
            self._is_complaining = True
        elif form.step == "complaint" and character == "n":
            form.answer_complaint("")
        elif form.step == "summary" and character == "e":
            below = self.query_one("#wrap-up-below")
            self._summary.open(below, form.shown_summary, self.show_form)
        elif form.step == "summary" and (key if key == "enter" else character) in READ_BACK_KEYS:
            self._finish(READ_BACK_KEYS[key if key == "enter" else character or ""][0])
        elif key == "enter":
            form.go_on()
            self._pointed_at = 0
        else:
            return False
        return True

    def _choose_outcome(self, digit: str) -> bool:
        offered = self.form.offered_outcomes
        if self.form.step != "outcome" or not 0 < int(digit) <= len(offered):
            return False
        self.form.outcome = offered[int(digit) - 1]
        self.form.go_on()
        self._pointed_at = 0
        self.show_form()
        return True

    def on_input_changed(self, event: PlainInput.Changed) -> None:
        """Every key is kept."""
        event.stop()
        if self.form.step == "outcome":
            changed = event.value != self.form.outcome
            self.form.outcome = event.value
        elif self.form.step == "owed":
            changed = event.value != self.form.owed
            self.form.owed = event.value
        else:
            changed = self._is_complaining and event.value != self.form.complaint
            if changed:
                self.form.complaint = event.value
        if changed:
            self._ways.typed()

    def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """The line is typed."""
        event.stop()
        self._take_line(event.value)

    def _take_line(self, words: str) -> None:
        if self._is_complaining:
            self._is_complaining = False
            self.form.answer_complaint(words)
        elif self.form.step == "owed":
            self.form.owed = words
            self.form.go_on()
        else:
            self.form.outcome = words
            self.form.go_on()
        self._pointed_at = 0
        self.show_form()

    def _finish(self, read_back: ReadBack) -> None:
        if self.form.lacks():
            return
        self._is_saving = True
        self._ways.finish(read_back)

    def _take_summary(self, text: str) -> None:
        """The summary is the agent's own from the first key on."""
        self.form.summary = text
        self._ways.typed()

    def _end_editing(self) -> None:
        self._summary.close()
        self.show_form()
