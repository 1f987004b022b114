"""The find box, the people that answer to it, and how many of how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from textual.app import ComposeResult

from agent_tui.text.cells import cut, width
from agent_tui.tui.messages import (
    CustomerChosen,
    CustomerHighlighted,
    FurtherRequested,
    QueryChanged,
)
from agent_tui.tui.widgets.boxes import Below, Beside
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.inputs import FindInput, PlainInput
from agent_tui.tui.widgets.lines import ListLines, PlainBar
from agent_tui.tui.widgets.results import Results

if TYPE_CHECKING:
    from agent_tui.domain.values.finding import Found
    from agent_tui.tui.widgets.here import Here

_SHORT_SCREEN = 30
_ROWS_WHILE_TYPING = {True: 6, False: 9}
_ROWS_AT_REST = {True: 0, False: 3}
"""Rows of the list by whether the screen is short: it yields where there is no room."""

_COUNT = 30
"""Cells for how many were found; a query that is not read to its end is told, and takes more."""
_STILL_ANSWERS = "still those of "
_NEAR_THE_END = 10
"""So many people before the last one those behind them are asked for."""


class HoldsKeys(Protocol):
    """Holds keys that are meant for somebody who is being opened."""

    def expect_somebody(self) -> None:
        """Somebody will be opened: hold what is typed until then."""

    def somebody_known(self) -> None:
        """They are, or nobody will be: let the keys go on."""


class _App(Protocol):
    """What the panel knows of the app around it."""

    @property
    def typed_ahead(self) -> HoldsKeys: ...


class FindPanel(Below):
    """One box for every clue. Says what is asked, who is highlighted, who is chosen."""

    DEFAULT_CSS = """
    FindPanel { height: auto; }
    FindPanel #find-row { height: 1; padding: 0 1; }
    FindPanel #find-label { width: 5; }
    FindPanel #find-box { width: 1fr; }
    FindPanel #find-count { width: 30; }
    FindPanel Results { height: 0; padding: 0 1 0 0; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found: Found | None = None
        self._rows = 0
        self._opens_on_answer = False
        self._is_pointing = False
        self._has_failed = False
        self._asked_behind = 0

    def compose(self) -> ComposeResult:
        """One row to type in, and the list below."""
        with Beside(id="find-row"):
            yield PlainBar(id="find-label")
            yield FindInput(placeholder="name, company, number, address", id="find-box")
            yield PlainBar(id="find-count")
        yield Results(id="results")

    def on_mount(self) -> None:
        """Name the box."""
        self.query_one("#find-label", PlainBar).show(line(Span("Find", "dim")))

    @property
    def typed_ahead(self) -> HoldsKeys:
        """What holds the keys that are typed while somebody is being opened."""
        return cast("_App", self.app).typed_ahead

    @property
    def box(self) -> FindInput:
        """The box to type in."""
        return self.query_one(FindInput)

    @property
    def query_text(self) -> str:
        """What is asked."""
        return self.box.value

    @property
    def is_answered(self) -> bool:
        """Whether the list shows an answer."""
        return self._found is not None

    @property
    def people(self) -> frozenset[int]:
        """Who is found."""
        return (
            frozenset(hit.customer_id for hit in self._found.hits) if self._found else frozenset()
        )

    def show_found(self, found: Found, here: Here, *, behind: int = 0) -> None:
        """Show an answer, if it is still the question; `behind` so many it is a further part.

        Whoever is pointed at since the last key stays where keys find them: an answer without them
        is left unshown, which the count says, and the next key asks anew.
        """
        if found.query != self.query_text:
            return
        results = self.query_one(Results)
        if behind:
            shown = self._found
            if shown is None or shown.query != found.query or len(shown.hits) != behind:
                return
            found = _joined(shown, found)
        elif self._is_pointing and results.key not in {hit.customer_id for hit in found.hits}:
            if self._found is not None:
                asked = cut(self._found.query, _COUNT - len(_STILL_ANSWERS) - 1)
                self._count(Span(f"{_STILL_ANSWERS}{asked}", "act"))
            return
        self._found = found
        if found.hits:
            results.show_found(found, here, pointing=self._is_pointing)
        else:
            from agent_tui.tui.widgets.nobody import nobody_answers

            self._rows = results.say(nobody_answers(found.query), "dim")
            results.styles.height = self._rows
        further = "+" if found.at_least else ""
        count = f"{len(found.hits)}{further}" if found.hits else "nobody"
        from agent_tui.domain.values.finding import LONGEST_QUERY

        how = f"{found.ms:.0f} ms"
        if len(found.query) > LONGEST_QUERY:
            how = f"by the first {LONGEST_QUERY} characters"
        self._count(Span(f"{count} of {found.register_size:,}   {how}", "dim"))
        self.fit_rows()
        if self._opens_on_answer:
            self._open()

    def fail(self, words: str) -> None:
        """Say why there is no answer."""
        self._opens_on_answer, self._found, self._has_failed = False, None, True
        self.typed_ahead.somebody_known()
        self._count(Span("no answer", "act"))
        results = self.query_one(Results)
        self._rows = results.say(words)
        results.styles.height = self._rows

    def clear(self) -> None:
        """Ask nothing."""
        self.box.value = ""

    def start(self) -> None:
        """Take the focus; typing replaces what is there."""
        self.box.focus()
        self.box.action_select_all()

    def fit_rows(self, *, typing: bool | None = None) -> None:
        """Give the list as many rows as there are people and room: more while somebody is
        `typing`, which is told by the focus where it is not said."""
        results = self.query_one(Results)
        if typing is None:
            typing = self.box.has_focus
        short = self.screen.size.height < _SHORT_SCREEN
        most = (_ROWS_WHILE_TYPING if typing else _ROWS_AT_REST)[short]
        rows = min(len(self._found.hits) if self._found else 0, most)
        if typing and self._found is not None:
            # A list that shrank and grew with every key would move all that is below it.
            rows = max(rows, min(self._rows, most))
        if rows != self._rows:
            self._rows = rows
            results.styles.height = rows
        results.liven(typing)

    def on_descendant_focus(self) -> None:
        """The list is large while somebody types."""
        self.fit_rows()

    def on_descendant_blur(self) -> None:
        """The list yields when the keys go elsewhere."""
        self.fit_rows()

    def on_input_changed(self, event: PlainInput.Changed) -> None:
        """Every key is a new question."""
        event.stop()
        self._opens_on_answer = self._is_pointing = self._has_failed = False
        self._asked_behind = 0
        if not event.value.strip():
            self._found = None
            self.query_one(Results).clear()
            self._count(Span(""))
            self.fit_rows()
        self.post_message(QueryChanged(event.value))

    def on_find_input_stepped(self, event: FindInput.Stepped) -> None:
        """Arrows move in the list while typing goes on; without a list, wherever the desk says."""
        if self.is_answered:
            event.stop()
            self._is_pointing = True
            self.query_one(Results).move(event.step)
            self._ask_further()

    def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """Enter opens whoever was pointed at since the last key, at once; else the best answer to
        these very words, once it is here; where that failed, it asks again."""
        if not event.value.strip():
            return
        event.stop()
        self.typed_ahead.expect_somebody()
        is_answer = self._found is not None and self._found.query == self.query_text
        if not is_answer and not self._is_pointing:
            self._opens_on_answer = True
            if self._has_failed:
                self._has_failed = False
                self.post_message(QueryChanged(event.value))
        else:
            self._open()

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """The highlight shows the brief already."""
        event.stop()
        self.post_message(CustomerHighlighted(event.key))

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """Somebody is to be opened."""
        event.stop()
        self.post_message(CustomerChosen(event.key))

    def _open(self) -> None:
        """Open whoever is highlighted; where nobody is, the keys typed behind Enter go on."""
        self._opens_on_answer = False
        results = self.query_one(Results)
        results.action_open()
        if results.key is None:
            self.typed_ahead.somebody_known()

    def _ask_further(self) -> None:
        """Ask for those behind the last one before the cursor is there."""
        found, cursor = self._found, self.query_one(Results).cursor
        if found is None or cursor is None or found.query != self.query_text or not found.more:
            return
        shown = len(found.hits)
        if cursor >= shown - _NEAR_THE_END and self._asked_behind < shown:
            self._asked_behind = shown
            self.post_message(FurtherRequested(found.query, shown))

    def _count(self, span: Span) -> None:
        bar = self.query_one("#find-count", PlainBar)
        bar.styles.width = max(_COUNT, width(span.text) + 1)
        bar.show(Line(right=(span,)))


def _joined(found: Found, further: Found) -> Found:
    """An answer with a further part of it; who moved up meanwhile stands once."""
    known = {hit.customer_id for hit in found.hits}
    new = tuple(hit for hit in further.hits if hit.customer_id not in known)
    return further._replace(hits=(*found.hits, *new), more=further.more and bool(new))
