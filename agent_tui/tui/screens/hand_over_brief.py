"""A hand-over over the desk: as its taker reads it, and as its giver sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key

from agent_tui.domain.rules.hand_over import with_words
from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.text.cells import cut
from agent_tui.tui.screens.asks import TypeWords
from agent_tui.tui.screens.prompts import Prompt
from agent_tui.tui.widgets.hand_over_lines import hand_over_lines
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.inputs import PlainInput
from agent_tui.tui.widgets.lines import PlainBar, PlainLines
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.wording import caller, first_name

if TYPE_CHECKING:
    from agent_tui.domain.values.agents import Agent
    from agent_tui.domain.values.friction import FrictionRule
    from agent_tui.domain.values.hand_overs import HandOverBrief
    from agent_tui.tui.widgets.here import Here

ACCEPT, DECLINE, TAKE_BACK, OPEN = "a", "d", "t", "o"
_TITLE = 66
_NAME = 24
_ABOVE_BRIEF = 6
"""Rows that a frame, the box and what stands below it take."""
_HINT = "In your words; below is what they read."
_OVER = {
    "accepted": "accepted",
    "declined": "declined",
    "taken_back": "taken back",
    "lapsed": "wrapped up meanwhile",
}


class BriefSheet(PlainLines, can_focus=True):
    """The brief; it scrolls."""


class HandOverSheet(Prompt[str]):
    """What matters of a conversation that is handed over; one key answers it, Esc leaves it as it
    is. `me` is the id of who reads it."""

    DEFAULT_CSS = """
    HandOverSheet > Panel { width: 92; max-height: 100%; }
    HandOverSheet BriefSheet { height: auto; max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Later", show=False),
        Binding("enter", "say_keys", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]
    TELLS_WHEN_LEFT = True
    in_the_way: FrictionRule = "hand_over"

    def __init__(self, brief: HandOverBrief, here: Here, me: int) -> None:
        super().__init__()
        self.brief = brief
        self._here = here
        self._me = me

    def compose(self) -> ComposeResult:
        """One panel of lines."""
        one = self.brief.hand_over
        whose = f"{first_name(one.giver)} hands you" if self._is_asked else "You hand over"
        with Panel(cut(f"{whose} {caller(one.call)}", _TITLE)):
            yield BriefSheet()

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(BriefSheet).focus()

    def on_resize(self) -> None:
        """Break the rows anew."""
        self.call_after_refresh(self._lay_out)

    def show(self, brief: HandOverBrief) -> None:
        """Show it as it stands now."""
        self.brief = brief
        self._lay_out()

    @property
    def _is_asked(self) -> bool:
        return self.brief.hand_over.taker_id == self._me

    @property
    def keys(self) -> dict[str, str]:
        """The keys that answer it as it stands, with their words."""
        state = self.brief.hand_over.state
        if self._is_asked:
            return {ACCEPT: "accept", DECLINE: "decline"} if state == "open" else {}
        words = {"open": "take it back", "declined": "seen"}.get(state)
        return {OPEN: "open them", **({TAKE_BACK: words} if words else {})}

    def _lay_out(self) -> None:
        sheet = self.query_one(BriefSheet)
        rows = hand_over_lines(self.brief, self._here, sheet.size.width or _TITLE)
        one = self.brief.hand_over
        if one.state != "open":
            why = f": {one.reason}" if one.reason else ""
            rows = [line(Span(f"  {_OVER[one.state]}{why}", "act")), Line(), *rows]
        sheet.styles.height = max(1, min(len(rows), self.size.height - 2))
        sheet.show(rows)
        more = "↓ more · " if len(rows) > self.size.height - 2 else ""
        self.query_one(Panel).remark(f"{more}{self._ways_out}")

    @property
    def _ways_out(self) -> str:
        """The keys that answer it, and what leaving it does."""
        waits = self._is_asked and self.brief.hand_over.state == "open"
        keys = [f"{key} {words}" for key, words in self.keys.items()]
        return " · ".join((*keys, "Esc: it waits" if waits else "Esc: back"))

    def on_key(self, event: Key) -> None:
        """One of the keys answers."""
        if event.character is not None and event.character in self.keys:
            event.stop()
            self.dismiss(event.character)

    def action_say_keys(self) -> None:
        """Nothing is answered by a key that may have been meant for a row; it says what does."""
        self.app.notify(f"Enter answers nothing here: {self._ways_out}.", markup=False)

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one(BriefSheet).scroll_relative(y=rows, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by what is in sight."""
        sheet = self.query_one(BriefSheet)
        sheet.scroll_relative(y=pages * max(1, sheet.size.height - 1), animate=False)


class OfferHandOver(TypeWords):
    """What was tried, to be typed, and below it what the colleague reads. Enter sends it."""

    DEFAULT_CSS = """
    OfferHandOver > Panel { width: 92; max-height: 100%; }
    OfferHandOver BriefSheet { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]
    in_the_way: FrictionRule = "hand_over"

    def __init__(
        self, brief: HandOverBrief, to: Agent, here: Here, *, value: str, refused: str = ""
    ) -> None:
        whom = cut(caller(brief.hand_over.call), _NAME)
        question = f"Hand {whom} to {to.name}: what was tried?"
        super().__init__(
            question,
            value=value,
            hint=_HINT,
            refused=refused,
            leaves="not now · PgDn reads on",
            asked=Asked(ids.show(ids.INTERACTION, brief.hand_over.call.id), "tried"),
        )
        self._brief = brief
        self._here = here

    def compose(self) -> ComposeResult:
        """The box, what it is for, and the brief."""
        with Panel(cut(self._question, _TITLE)):
            yield PlainInput()
            yield PlainBar()
            yield BriefSheet()

    def on_resize(self) -> None:
        """Break the rows anew."""
        self.call_after_refresh(self._say_below)

    def below(self, value: str) -> list[Line]:
        """What it is for; the brief has the words as they are typed."""
        self._show_brief(value)
        return super().below(value)

    def _show_brief(self, value: str) -> None:
        brief = with_words(self._brief, value.strip())
        sheet = self.query_one(BriefSheet)
        rows = hand_over_lines(brief, self._here, sheet.size.width or _TITLE)
        sheet.styles.height = max(1, min(len(rows), self.size.height - _ABOVE_BRIEF))
        sheet.show(rows)

    def action_page(self, pages: int) -> None:
        """Scroll the brief by what is in sight."""
        sheet = self.query_one(BriefSheet)
        sheet.scroll_relative(y=pages * max(1, sheet.size.height - 1), animate=False)
