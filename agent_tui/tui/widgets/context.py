"""The relationship beside the conversation: the brief, what stands behind it, the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from agent_tui.domain.rules import ages
from agent_tui.domain.values import ids
from agent_tui.text.cells import pad, wrap_lines
from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.widgets.context_sections import (
    fullest,
    section_lines,
    section_titles,
    turned,
)
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, spans_width, wrapped
from agent_tui.tui.widgets.lines import ListLines
from agent_tui.tui.widgets.rows import Row
from agent_tui.tui.widgets.wording import happened

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import Brief, BriefLine, OpenedCustomer
    from agent_tui.domain.values.people import Customer, Dossier
    from agent_tui.tui.widgets.here import Here

_NARROW = 44
_GLYPH = 2
_LABEL = 10
_CHANNEL = 8
ROWS_OF_A_BRIEF_LINE = 2


class BriefPane(ListLines):
    """The brief, and below it one section of the records at a time."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("brief")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._opened: OpenedCustomer | None = None
        self._here: Here | None = None
        self._section = 0
        self._whole = False

    def show_customer(self, opened: OpenedCustomer, here: Here) -> None:
        """Show somebody's brief."""
        if self._opened is None or self._opened.brief.customer.id != opened.brief.customer.id:
            self._section, self._whole = fullest(opened.dossier), False
        self._opened, self._here = opened, here
        self._lay_out()

    def say(self, *words: str) -> None:
        """Show a state in words instead: nobody open, loading, failed."""
        self._opened = None
        rows = [row for text in words for row in wrapped(text, self.size.width or 34, at_most=6)]
        self.show([line(Span(row, "dim")) for row in rows])

    def action_next_section(self) -> None:
        """Turn to the next section."""
        self._turn(1)

    def action_section_before(self) -> None:
        """Turn to the section before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self._opened is not None:
            self._section = turned(self._opened.dossier, self._section, step)
            self._whole = False
            self._lay_out()

    def action_open(self) -> None:
        """Open where a row comes from; what was left out of a section comes in its place."""
        if isinstance(self.key, Row) and self.key.kind == "more":
            place, self._whole = self.cursor, True
            self._lay_out()
            if place is not None and self._lines[place].key is not None:
                self._put_cursor(place)
        else:
            super().action_open()

    def on_resize(self, _event: object) -> None:
        """Break the lines anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        cells = self.size.width
        if self._opened is None or self._here is None or not cells:
            return
        dossier = self._opened.dossier
        lines = brief_lines(self._opened.brief, cells, dossier)
        lines.append(Line())
        lines.append(section_titles(dossier, self._section, cells))
        lines.extend(section_lines(dossier, self._section, self._here, whole=self._whole))
        self.show(lines)


class TimelinePane(ListLines):
    """Everything that happened with this person, newest first."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._opened: OpenedCustomer | None = None

    def show_customer(self, opened: OpenedCustomer, here: Here) -> None:
        """Show somebody's timeline."""
        self._opened = opened
        calls = opened.dossier.interactions
        lines = [line(Span("Timeline", "strong"), Span(f" {len(calls)}", "dim"))]
        for call in calls:
            lines.append(
                line(
                    Span(f"  {call.channel:<{_CHANNEL}}", "dim"),
                    Span(happened(call)),
                    right=(Span(ages.day(call.opened_at, here.now, here.zone), "dim"),),
                    key=Row("interaction", call.id, "timeline", None, call.id, call),
                )
            )
        if not calls:
            lines.append(line(Span("  nothing yet: this is the first contact", "dim")))
        self.show(lines)

    def clear(self) -> None:
        """Show nobody."""
        self._opened = None
        self.show(())


def brief_lines(brief: Brief, cells: int, dossier: Dossier | None = None) -> list[Line]:
    """The brief: glyph, kind, what, age in columns that line up whatever the words."""
    lines = [line(Span("Before you speak", "strong"))]
    if not brief.lines:
        lines.append(line(Span("  nothing is known yet, nothing is owed", "dim")))
    for shown in brief.lines:
        lines.extend(_brief_line(shown, cells, _row(shown, dossier)))
    if brief.known:
        lines.append(line(Span(f"  {brief.known} known to you", "dim")))
    return lines


def _row(shown: BriefLine, dossier: Dossier | None) -> Row:
    """What a line of the brief stands for: the first of its records, where anything can be done
    with it."""
    first = next(iter(shown.records), "")
    promise_id, case_id = ids.parse(ids.PROMISE, first), ids.parse(ids.CASE, first)
    for promise in dossier.promises if dossier else ():
        if promise.id == promise_id:
            return Row("promise", promise.id, "brief", None, shown.interaction_id, promise)
    for case in dossier.cases if dossier else ():
        if case.id == case_id:
            return Row("case", case.id, "brief", None, shown.interaction_id, case)
    return Row("record", 0, shown.kind, None, shown.interaction_id)


def _brief_line(shown: BriefLine, cells: int, key: Row) -> list[Line]:
    loud: Ink = "act" if shown.urgent else "dim"
    age = (Span(shown.age, loud),)
    indent = _GLYPH + _LABEL
    room = cells - indent - spans_width(age) - 2
    rows = ROWS_OF_A_BRIEF_LINE if shown.urgent or cells >= _NARROW else 1
    first, others = _beside_age(shown.text, max(8, room), cells - indent, rows)
    glyph = "! " if shown.urgent else "  "
    lines = [
        line(
            Span(glyph, loud),
            Span(pad(shown.label, _LABEL - 1) + " ", loud),
            Span(first),
            right=age,
            key=key,
        )
    ]
    lines.extend(line(Span(" " * indent), Span(row)) for row in others)
    return lines


def _beside_age(text: str, beside: int, below: int, rows: int) -> tuple[str, list[str]]:
    """The row that shares its line with the age, and the wider ones below it."""
    if rows == 1:
        return wrapped(text, beside, at_most=1)[0], []
    first = next(wrap_lines(text, beside), "")
    rest = text[len(first) :].strip()
    return first, wrapped(rest, below, at_most=rows - 1) if rest else []


def about(customer: Customer, here: Here) -> str:
    """Who somebody is in the lower edge: pronouns, city, since when."""
    since = "" if customer.since is None else f"since {customer.since.astimezone(here.zone).year}"
    return " · ".join(part for part in (customer.pronouns, customer.city, since) if part)
