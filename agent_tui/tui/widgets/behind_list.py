"""What was counted: the promises, contacts and people behind a number, newest first, in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.events import Resize
from textual.message import Message

from agent_tui.domain.rules import ages
from agent_tui.text.cells import pad
from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.widgets.ink import Line, Span, line, wrapped
from agent_tui.tui.widgets.lines import ListLines
from agent_tui.tui.widgets.wording import first_name

if TYPE_CHECKING:
    from agent_tui.domain.values.measures import BehindLine, BehindPage, BehindPlace
    from agent_tui.tui.widgets.here import Here

_NEAR = 10
"""Rows before the end of what is loaded where reading on begins."""
_WHEN, _WHO, _AGENT = 12, 22, 10
_SAID_ROWS = 6


class BehindList(ListLines):
    """Says when it needs more (`Wanted`) and is told the pages."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(
        "timeline", without=("next_kind", "kind_before")
    )

    class Wanted(Message):
        """What is further back is needed."""

        def __init__(self, before: BehindPlace) -> None:
            super().__init__()
            self.before = before

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found: list[BehindLine] = []
        self._on: BehindPlace | None = None
        self._is_asked = False
        self._here: Here | None = None
        self._said = ""

    @property
    def found(self) -> list[BehindLine]:
        """What is loaded."""
        return self._found

    @property
    def has_more(self) -> bool:
        """Whether there is more than is loaded."""
        return self._on is not None

    @property
    def row(self) -> BehindLine | None:
        """What the cursor stands on."""
        return next((one for one in self._found if one.record == self.key), None)

    def say(self, words: str) -> None:
        """Show a state in words instead of rows: loading, empty, failed."""
        self._found, self._on, self._is_asked, self._said = [], None, False, words
        self._lay_out(from_top=True)

    def take(self, page: BehindPage, here: Here, nothing: str) -> None:
        """Take the first page, or the next one; `nothing` is said where there is none."""
        self._here, self._said, self._is_asked = here, nothing, False
        is_first = not self._found
        self._found.extend(page.lines)
        self._on = page.behind
        self._lay_out(from_top=is_first)
        self._read_on()

    def failed(self, words: str) -> None:
        """A page could not be read: where there is one, the next may be asked for again."""
        self._is_asked = False
        if not self._found:
            self.say(words)

    def step(self, rows: int) -> bool:
        """Put the cursor so many rows further down, or up; false where there is none loaded."""
        before = self.key
        self.move(rows)
        return bool(self.key != before)

    def action_older(self) -> None:
        """A page down."""
        self.move(max(1, self.size.height - 1))

    def action_recent(self) -> None:
        """A page up."""
        self.move(-max(1, self.size.height - 1))

    def action_latest(self) -> None:
        """To the newest one."""
        self.move(-len(self._found))

    def action_oldest(self) -> None:
        """To the last one that is loaded; what is behind it is read then."""
        self.move(len(self._found))

    def on_resize(self, _event: Resize) -> None:
        """The columns take another width."""
        self._lay_out()

    def _put_cursor(self, row: int) -> None:
        super()._put_cursor(row)
        self._read_on()

    def _read_on(self) -> None:
        at = self.cursor or 0
        if self._on is not None and not self._is_asked and at >= len(self._found) - _NEAR:
            self._is_asked = True
            self.post_message(self.Wanted(self._on))

    def _lay_out(self, *, from_top: bool = False) -> None:
        cells, here = self.size.width, self._here
        if self._found and here is not None:
            lines = [_line(one, here, cells) for one in self._found]
        else:
            rows = wrapped(self._said, max(8, cells - 2), at_most=_SAID_ROWS)
            lines = [line(Span(f"  {row}", "dim")) for row in rows]
        self.show(lines, from_top=from_top)


def _line(one: BehindLine, here: Here, cells: int) -> Line:
    """When, with whom, what; and with which agent, where there is room for it."""
    when = f"{ages.day(one.place.at, here.now, here.zone)}"
    who = _WHO if cells >= 72 else _WHO - 6
    return Line(
        (
            Span("  "),
            Span(pad(when, _WHEN), "dim"),
            Span(pad(one.customer or "nobody known", who), "strong" if one.customer else "text"),
            Span("  "),
            Span(one.text or "no words"),
        ),
        (Span(pad(first_name(one.agent) if one.agent else "nobody", _AGENT), "dim"),),
        one.record,
    )
