"""The people that answer to the query, one a row, each saying why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.widgets.ink import Ink, Line, Span, fit, line, spans_width, wrapped
from agent_tui.tui.widgets.lines import ListLines
from agent_tui.tui.widgets.wording import KINDS_OF_MATCH, last_contact, marked

if TYPE_CHECKING:
    from agent_tui.domain.values.finding import Found, Hit, MatchField
    from agent_tui.tui.widgets.here import Here

_NARROW = 100
_MARKER = 2
_STATE_ROWS = 4


class Results(ListLines):
    """The result list below the find box. It never takes the focus: the box keeps it."""

    can_focus = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found: Found | None = None
        self._here: Here | None = None
        self._state = ""
        self._state_ink: Ink = "act"
        self._lively = True

    def show_found(self, found: Found, here: Here, *, pointing: bool = False) -> None:
        """Show the answer to a query. Where somebody is `pointing` at a person, the cursor stays
        on them; else it goes to the best answer to another question."""
        another = not pointing and (self._found is None or self._found.query != found.query)
        self._found, self._here, self._state = found, here, ""
        self._lay_out(from_top=another)

    def clear(self) -> None:
        """Show nobody."""
        self._found, self._state = None, ""
        self.show(())

    def say(self, words: str, ink: Ink = "act") -> int:
        """Say in words why nobody is shown; returns how many rows that takes."""
        self._found, self._state, self._state_ink = None, words, ink
        self._lay_out()
        return len(self.lines)

    def liven(self, lively: bool) -> None:
        """Whether keys act on the chosen row: they do while the box has the focus."""
        self._lively = lively
        self.refresh()

    @property
    def shows_focus(self) -> bool:
        """The chosen row belongs to the find box."""
        return self._lively

    def on_resize(self, _event: object) -> None:
        """Lay the columns out anew."""
        self._lay_out()

    def _lay_out(self, *, from_top: bool = False) -> None:
        cells = self.size.width or 80
        if self._state:
            rows = wrapped(self._state, cells - _MARKER, at_most=_STATE_ROWS)
            self.show([line(Span("  "), Span(row, self._state_ink)) for row in rows])
        if self._found is None or self._here is None:
            return
        lines = [result_line(hit, self._here, cells) for hit in self._found.hits]
        self.show(lines, from_top=from_top)


def result_line(hit: Hit, here: Here, cells: int) -> Line:
    """One person: name, company or city, the best contact point, last contact, why."""
    room = cells - _MARKER
    shares = (0.27, 0.17, 0.22) if cells < _NARROW else (0.24, 0.17, 0.21)
    name, company, contact = (int(room * share) for share in shares)
    beside, beside_field = _beside(hit)
    spans = [
        Span("  "),
        *_column(hit, hit.name, "name", name, "text"),
        *_column(hit, beside, beside_field, company, "dim"),
        *_contact(hit, contact),
        *last_contact(hit, here),
    ]
    words = [
        KINDS_OF_MATCH[match.kind]
        for match in hit.why
        if match.kind in KINDS_OF_MATCH and match.field == "name"
    ]
    right = (Span(words[0], "dim"),) if words else ()
    return Line(tuple(spans), right, key=hit.customer_id)


def _beside(hit: Hit) -> tuple[str, MatchField]:
    """What stands beside the name: the company, or the city where that was matched or is all."""
    if hit.city and (not hit.company or any(match.field == "city" for match in hit.why)):
        return hit.city, "city"
    return hit.company or "", "company"


def _contact(hit: Hit, cells: int) -> list[Span]:
    fields = ("phone", "email", "handle", "account", "order", "address", "case", "id")
    for match in hit.why:
        if match.field in fields:
            return _fill(marked(match.text, match.positions, "dim"), cells)
    return _fill((Span(hit.contact or "", "dim"),), cells)


def _column(hit: Hit, text: str, field: MatchField, cells: int, ink: Ink) -> list[Span]:
    for match in hit.why:
        if match.field == field and match.text == text and match.positions:
            return _fill(marked(text, match.positions, ink), cells)
    return _fill((Span(text, ink),), cells)


def _fill(spans: tuple[Span, ...], cells: int) -> list[Span]:
    """The spans cut and filled to a column of so many cells, its gap included."""
    fitted = fit(spans, cells - 2)
    return [*fitted, Span(" " * (cells - spans_width(tuple(fitted))))]
