"""The rows of a timeline: years, what happened in each, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages, looking_back
from agent_tui.tui.widgets.ink import Line, Span, line, wrapped
from agent_tui.tui.widgets.rows import Row
from agent_tui.tui.widgets.sections.laid_out import Columns, Entry, rows_of

if TYPE_CHECKING:
    from datetime import date

    from agent_tui.domain.values.people import Customer
    from agent_tui.domain.values.timeline import TimelineEntry, TimelineFilter, TimelinePlace
    from agent_tui.tui.widgets.here import Here
    from agent_tui.tui.widgets.timeline_window import TimelineWindow

_LABEL = 10
_INDENT = "  "
_LOUD = ("case", "promise_closed", "interaction", "promise")


def title_line(shown: TimelineFilter, window: TimelineWindow | None, *, focused: bool) -> Line:
    """What is shown, how many where all of it is loaded, and how to see something else."""
    count = f" {len(window.entries)}" if window is not None and window.is_whole else ""
    return line(
        Span("Timeline", "strong"),
        Span(f" · {looking_back.FILTERS[shown]}" if shown != "all" else "", "accent"),
        Span(count, "dim"),
        right=(Span("← → kind", "dim"),) if focused else (),
    )


def words_line(words: str, cells: int) -> list[Line]:
    """A state in words."""
    rows = wrapped(words, cells - len(_INDENT), at_most=6)
    return [line(Span(_INDENT + row, "dim")) for row in rows]


def nothing(shown: TimelineFilter) -> str:
    """Why nothing is listed."""
    if shown == "all":
        return "nothing yet: this is the first contact"
    return f"nothing yet under {looking_back.FILTERS[shown]}: → shows others"


def end_words(customer: Customer, here: Here) -> str:
    """What stands below the first thing of all."""
    if customer.since is None:
        return "the beginning"
    return f"the beginning: customer since {ages.local(customer.since, here.zone).year}"


@dataclass(slots=True)
class TimelineRows:
    """Lays out a window at one width and on one day; what was laid out once is kept.

    `starts` are the rows in which the entries begin, in their order.
    """

    starts: list[int] = field(default_factory=list)
    _made_for: tuple[int, date] | None = None
    _kept: dict[TimelinePlace, tuple[TimelineEntry, list[Line]]] = field(default_factory=dict)

    def lay(
        self, window: TimelineWindow, customer: Customer, here: Here, cells: int, heading: Line
    ) -> list[Line]:
        """All rows, below their heading."""
        today = ages.local(here.now, here.zone).date()
        if self._made_for != (cells, today):
            self._made_for = (cells, today)
            self._kept = {}
        lines = [heading]
        if window.later is not None:
            lines.extend(words_line("newer above…", cells))
        year = today.year if window.later is None else None
        kept, self.starts = {}, []
        for entry in window.entries:
            begun = ages.local(entry.at, here.zone).year
            if begun != year:
                year = begun
                lines.append(line(Span(f"── {year} ──", "dim")))
            made = self._kept.get(entry.place)
            if made is None or made[0] != entry:
                made = (entry, entry_rows(entry, here, cells))
            kept[entry.place] = made
            self.starts.append(len(lines))
            lines.extend(made[1])
        self._kept = kept
        last = "Loading earlier…" if window.earlier is not None else end_words(customer, here)
        return [*lines, *words_line(last, cells)]


def entry_rows(entry: TimelineEntry, here: Here, cells: int) -> list[Line]:
    """One thing that happened: sign, kind, words with a hanging indent, its day."""
    columns = Columns(cells, _LABEL)
    return rows_of(
        Entry(
            row_of(entry),
            looking_back.words(entry, here.now, here.zone),
            looking_back.label(entry),
            (Span(ages.day(entry.at, here.now, here.zone), "dim"),),
            looking_back.glyph(entry),
            "text" if entry.kind in _LOUD else "dim",
        ),
        columns,
    )


def row_of(entry: TimelineEntry) -> Row:
    """What the rows of an entry stand for."""
    section = f"timeline {entry.kind}"
    if entry.interaction is not None:
        return Row("interaction", entry.id, section, None, entry.id, entry.interaction)
    return Row("record", entry.id, section, None, entry.interaction_id, entry)
