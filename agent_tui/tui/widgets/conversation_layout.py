"""Which rows each thing in a conversation takes, made when it is first looked at, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain.rules import ages
from agent_tui.tui.widgets.conversation_lines import (
    MORE_ABOVE,
    MORE_BELOW,
    day_line,
    entry_lines,
    passage_line,
)
from agent_tui.tui.widgets.conversation_window import Window
from agent_tui.tui.widgets.ink import Line

if TYPE_CHECKING:
    from datetime import date, datetime

    from textual.strip import Strip

    from agent_tui.domain.values.conversation import HandedOn
    from agent_tui.domain.values.people import Interaction
    from agent_tui.tui.widgets.conversation_lines import Sought
    from agent_tui.tui.widgets.conversation_window import Item
    from agent_tui.tui.widgets.here import Here

_LOOK_BACK = 20
"""Things without a time that are passed over when the day before is looked for."""


class _MadeOf(NamedTuple):
    """What the rows of a thing depend on, besides the thing."""

    cells: int
    is_first: bool
    more_above: bool
    more_below: bool
    bright: bool
    day: datetime | None
    interaction: Interaction | None
    handed_on: tuple[HandedOn, ...]
    today: date


@dataclass(eq=False, slots=True)
class Laid:
    """The rows of one thing, `above` of them before its text; `strips` are those painted.

    `made_of` is what they were made of, `checked` the state of the layout in which that held.
    """

    made_of: _MadeOf
    checked: int
    lines: list[Line]
    above: int
    strips: list[Strip | None]


class Layout:
    """Lays out what is asked for, at a width of `cells`; tell it whenever something `changed`."""

    here: Here

    def __init__(self) -> None:
        self.window = Window()
        self.cells = 0
        self.sought: Sought | None = None
        """Finds the words that are looked for, to be marked."""
        self._state = 0

    def changed(self) -> None:
        """What is laid out must be looked at again; it is kept where it is still right."""
        self._state += 1

    def size(self, position: int) -> tuple[int, int]:
        """The rows above the text of a thing, and all its rows."""
        laid = self.lay(position)
        return laid.above, len(laid.lines)

    def lay(self, position: int) -> Laid:
        """The rows of the thing at a position."""
        item = self.window.items[position]
        laid = item.laid
        if isinstance(laid, Laid):
            if laid.checked == self._state:
                return laid
            if laid.made_of == self._made_of(position):
                laid.checked = self._state
                return laid
        item.laid = made = self._make(position)
        return made

    def _made_of(self, position: int) -> _MadeOf:
        window, item = self.window, self.window.items[position]
        return _MadeOf(
            self.cells,
            position == 0,
            position == 0 and window.earlier is not None,
            position == len(window) - 1 and window.later is not None,
            self._is_bright(item),
            self._day_that_begins(position),
            window.passage_of(item).interaction,
            window.passage_of(item).handed_on,
            ages.local(self.here.now, self.here.zone).date(),
        )

    def _make(self, position: int) -> Laid:
        made_of = self._made_of(position)
        item, here, bright = self.window.items[position], self.here, made_of.bright
        passage = self.window.passage_of(item)
        above = [MORE_ABOVE] if made_of.more_above else []
        if item.entry is None:
            above += [] if made_of.is_first else [Line()]
            text = [passage_line(passage, here, bright=bright)]
        else:
            above += [] if made_of.day is None else [day_line(made_of.day, here)]
            text = entry_lines(
                item.entry, passage, here, self.cells, bright=bright, sought=self.sought
            )
        lines = [*above, *text, *([MORE_BELOW] if made_of.more_below else [])]
        return Laid(made_of, self._state, lines, len(above), [None] * len(lines))

    def _is_bright(self, item: Item) -> bool:
        """Whether a thing belongs to the newest passage, or to one of today."""
        last, place = self.window.last, item.place
        if last is not None and place.passage_id == last.passage_id:
            return True
        return ages.day(place.opened_at, self.here.now, self.here.zone) == "today"

    def _day_that_begins(self, position: int) -> datetime | None:
        """When an entry was said, where that is another day than that of what stands before."""
        items = self.window.items
        entry = items[position].entry
        if entry is None or entry.at is None:
            return None
        for before in items[max(0, position - _LOOK_BACK) : position][::-1]:
            at = before.place.opened_at if before.entry is None else before.entry.at
            if at is not None:
                apart = ages.days_between(at, entry.at, self.here.zone)
                return entry.at if apart else None
        return None
