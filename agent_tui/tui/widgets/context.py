"""The relationship beside the conversation: the brief, what stands behind it, the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from agent_tui.domain.rules import ages
from agent_tui.text.cells import pad, width, wrap_lines
from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, spans_width, wrapped
from agent_tui.tui.widgets.lines import ListLines
from agent_tui.tui.widgets.wording import happened

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import Brief, BriefLine, OpenedCustomer
    from agent_tui.domain.values.people import Case, Customer, Dossier
    from agent_tui.tui.widgets.here import Here

SECTIONS = ("Promises", "Cases", "Knows", "Ledger", "People", "Reach")
_NARROW = 44
_GLYPH = 2
_LABEL = 10
_CHANNEL = 8
_SIDE = 8
ROWS_OF_A_BRIEF_LINE = 2
ROWS_OF_A_SECTION = 6


class BriefPane(ListLines):
    """The brief, and below it one section of the records at a time."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("brief")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._opened: OpenedCustomer | None = None
        self._here: Here | None = None
        self._section = 0

    def show_customer(self, opened: OpenedCustomer, here: Here) -> None:
        """Show somebody's brief."""
        if self._opened is None or self._opened.brief.customer.id != opened.brief.customer.id:
            self._section = _fullest(opened.dossier)
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
        self._section = (self._section + step) % len(SECTIONS)
        self._lay_out()

    def on_resize(self, _event: object) -> None:
        """Break the lines anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        cells = self.size.width
        if self._opened is None or self._here is None or not cells:
            return
        lines = brief_lines(self._opened.brief, cells)
        lines.append(Line())
        lines.append(section_titles(self._opened.dossier, self._section, cells))
        lines.extend(section_lines(self._opened.dossier, self._section, self._here))
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
                    key=call.id,
                )
            )
        if not calls:
            lines.append(line(Span("  nothing yet: this is the first contact", "dim")))
        self.show(lines)

    def clear(self) -> None:
        """Show nobody."""
        self._opened = None
        self.show(())


def brief_lines(brief: Brief, cells: int) -> list[Line]:
    """The brief: glyph, kind, what, age in columns that line up whatever the words."""
    lines = [line(Span("Before you speak", "strong"))]
    if not brief.lines:
        lines.append(line(Span("  nothing is known yet, nothing is owed", "dim")))
    for shown in brief.lines:
        lines.extend(_brief_line(shown, cells))
    if brief.known:
        lines.append(line(Span(f"  {brief.known} known to you", "dim")))
    return lines


def _brief_line(shown: BriefLine, cells: int) -> list[Line]:
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
            key=("interaction", shown.interaction_id, shown.kind),
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


def _counts(dossier: Dossier) -> tuple[int, ...]:
    return (
        sum(1 for promise in dossier.promises if promise.state == "open"),
        sum(1 for case in dossier.cases if case.is_open),
        len(dossier.facts),
        len(dossier.concessions),
        len(dossier.ties),
        len(dossier.customer.contact_points),
    )


def _fullest(dossier: Dossier) -> int:
    """The first section that has anything in it."""
    return next((place for place, count in enumerate(_counts(dossier)) if count), 0)


def section_titles(dossier: Dossier, chosen: int, cells: int) -> Line:
    """The sections that hold anything, with their counts, as many as fit beside the chosen one."""
    shown = [
        (place, f"{name} {count}  ")
        for place, (name, count) in enumerate(zip(SECTIONS, _counts(dossier), strict=True))
        if count or place == chosen
    ]
    while _too_long(shown, cells) and shown[0][0] != chosen:
        shown.pop(0)
    while _too_long(shown, cells) and shown[-1][0] != chosen:
        shown.pop()
    spans = [Span(title, "strong" if place == chosen else "dim") for place, title in shown]
    return line(*spans, key=("section", None, "section"))


def _too_long(titles: list[tuple[int, str]], cells: int) -> bool:
    return sum(width(title) for _place, title in titles) - 2 > cells


def section_lines(dossier: Dossier, chosen: int, here: Here) -> list[Line]:
    """The rows of one section."""
    makers = (_promises, _cases, _facts, _ledger, _people, _reach)
    rows = makers[chosen](dossier, here)
    if not rows:
        return [line(Span("  none", "dim"))]
    if len(rows) > ROWS_OF_A_SECTION:
        rows = [
            *rows[:ROWS_OF_A_SECTION],
            line(Span(f"  and {len(rows) - ROWS_OF_A_SECTION} more", "dim")),
        ]
    return rows


def _promises(dossier: Dossier, here: Here) -> list[Line]:
    rows = []
    for promise in dossier.promises:
        is_open = promise.state == "open"
        late = is_open and ages.is_late(promise.due_at, here.now)
        age = ages.due(promise.due_at, here.now, here.zone) if is_open else promise.state
        rows.append(
            line(
                Span(f"  {promise.side:<{_SIDE}}", "dim"),
                Span(promise.text, "text" if is_open else "dim"),
                right=(Span(age, "act" if late else "dim"),),
                key=("interaction", promise.interaction_id, f"promise {promise.id}"),
            )
        )
    return rows


def _cases(dossier: Dossier, here: Here) -> list[Line]:
    return [
        line(
            Span(f"  {case.kind:<{_SIDE + 2}}", "dim"),
            Span(" ".join(part for part in (case.external_id, case.title) if part)),
            right=(Span(case.state if not case.is_open else _case_age(case, here), "dim"),),
            key=("interaction", case.interaction_id, f"case {case.id}"),
        )
        for case in sorted(dossier.cases, key=lambda case: not case.is_open)
    ]


def _case_age(case: Case, here: Here) -> str:
    if case.answer_due_at is not None:
        return ages.due(case.answer_due_at, here.now, here.zone)
    return case.state


def _facts(dossier: Dossier, here: Here) -> list[Line]:
    return [
        line(
            Span(f"  {fact.kind:<13}", "dim"),
            Span(fact.text),
            right=(Span(ages.ago(fact.stated_at, here.now, here.zone), "dim"),),
            key=("interaction", fact.interaction_id, f"fact {fact.id}"),
        )
        for fact in dossier.facts
    ]


def _ledger(dossier: Dossier, here: Here) -> list[Line]:
    rows = []
    for entry in dossier.concessions:
        money = " ".join(part for part in (entry.amount, entry.currency) if part)
        what = ", ".join(part for part in (entry.kind, money, entry.reason) if part)
        rows.append(
            line(
                Span(f"  {'we gave' if entry.side == 'ours' else 'they gave':<11}", "dim"),
                Span(what),
                right=(Span(ages.ago(entry.at, here.now, here.zone), "dim"),),
                key=("interaction", None, f"entry {entry.id}"),
            )
        )
    return rows


def _people(dossier: Dossier, _here: Here) -> list[Line]:
    return [
        line(
            Span(f"  {tie.kind:<13}", "dim"), Span(tie.name), key=("customer", tie.customer_id, "")
        )
        for tie in dossier.ties
    ]


def _reach(dossier: Dossier, _here: Here) -> list[Line]:
    rows = []
    for point in dossier.customer.contact_points:
        consent = "" if point.consent == "unknown" else f"consent {point.consent}"
        remarks = ["preferred" if point.preferred else "", consent]
        right = " · ".join(remark for remark in remarks if remark)
        rows.append(
            line(
                Span(f"  {point.kind:<9}", "dim"),
                Span(point.value),
                right=(Span(right, "dim"),) if right else (),
                key=("interaction", None, f"{point.kind} {point.value}"),
            )
        )
    return rows


def about(customer: Customer, here: Here) -> str:
    """Who somebody is in the lower edge: pronouns, city, since when."""
    since = "" if customer.since is None else f"since {customer.since.astimezone(here.zone).year}"
    return " · ".join(part for part in (customer.pronouns, customer.city, since) if part)
