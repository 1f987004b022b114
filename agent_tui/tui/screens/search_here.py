"""Search in all that was said with somebody: words, and below them where they were said."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from agent_tui.domain.rules import ages
from agent_tui.tui.screens.prompts import Prompt
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.inputs import FindInput
from agent_tui.tui.widgets.lines import ListLines, PlainBar
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.wording import glyph_of, marked, who_said

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.conversation import FoundEntry, Place
    from agent_tui.domain.values.friction import FrictionRule
    from agent_tui.errors import AgentTuiError
    from agent_tui.tui.widgets.here import Here

MOST = 50
"""Hits that one answer holds."""
_BEFORE = 18
"""Characters shown before the first word that was found; more where less is behind it."""
_SHOWN = 48
"""Characters for which there is room on a narrow screen."""
_WHEN, _WHO = 8, 7


class Hits(ListLines):
    """What was found. The keys of the box above move its cursor."""

    @property
    def shows_focus(self) -> bool:
        """The chosen hit is always painted as such."""
        return True


class SearchHere(Prompt["Place"]):
    """Asks `ask` at every key and shows what `show` is handed. Enter closes it with the place of
    the chosen hit. `words` are those looked for before."""

    DEFAULT_CSS = """
    SearchHere {
        & > Panel { width: 100; max-width: 96%; }
        Hits { height: 12; }
    }
    """
    in_the_way: FrictionRule = "search"
    NOTHING_YET: ClassVar[str] = "Type one word or several: all of them must be in it."

    def __init__(self, name: str, words: str, ask: Callable[[str], None]) -> None:
        super().__init__()
        self._whose = name
        self._first_words = words
        self._ask = ask
        self._chosen_first: object = None

    def compose(self) -> ComposeResult:
        """The words, how many were found, and where."""
        with Panel(f"Search what was said with {self._whose}"):
            yield FindInput(id="search-words")
            yield PlainBar(id="search-state")
            yield Hits(id="search-hits")

    def on_mount(self) -> None:
        """Go on with the words from before; typing replaces them."""
        box = self.query_one(FindInput)
        box.value = self._first_words
        box.focus()
        box.action_select_all()
        self.query_one(Panel).remark("↑↓ choose · Enter goes there · Esc: back")
        self._say(self.NOTHING_YET)

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.query_one(FindInput).value.strip()

    def on_input_changed(self, event: FindInput.Changed) -> None:
        """Every key is a new question."""
        event.stop()
        if self.words:
            self._ask(self.words)
        else:
            self.query_one(Hits).show([])
            self._say(self.NOTHING_YET)

    def on_find_input_stepped(self, event: FindInput.Stepped) -> None:
        """The arrows move among the hits while typing goes on."""
        event.stop()
        self.query_one(Hits).move(event.step)

    def on_input_submitted(self, event: FindInput.Submitted) -> None:
        """Go to the chosen hit."""
        event.stop()
        self.query_one(Hits).action_open()

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """Go there."""
        event.stop()
        self.dismiss(event.key)

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about goes nowhere yet."""
        event.stop()

    def show(
        self,
        words: str,
        hits: tuple[FoundEntry, ...],
        error: AgentTuiError | None,
        here: Here,
        last: Place | None,
    ) -> None:
        """Show what was found, if these words are still the ones; `last` is where one went last."""
        if words != self.words:
            return
        rows = self.query_one(Hits)
        rows.show([hit_line(hit, here) for hit in hits], from_top=True)
        for step, hit in enumerate(hits):
            if hit.entry.place == last:
                rows.move(step)
        if error is not None:
            self._say(f"{error.title}: {error.message}", urgent=True)
        elif not hits:
            self._say("Nothing that was said or noted has this in it.")
        elif len(hits) < MOST:
            self._say(f"{len(hits)} found, newest first")
        else:
            self._say(f"the {MOST} newest; more words find fewer")

    def _say(self, words: str, *, urgent: bool = False) -> None:
        bar = self.query_one("#search-state", PlainBar)
        bar.show(line(Span(words, "act" if urgent else "dim")))


def hit_line(hit: FoundEntry, here: Here) -> Line:
    """When it was said, by whom, and the words around the first hit."""
    entry = hit.entry
    when = "" if entry.at is None else ages.day(entry.at, here.now, here.zone)
    text = "".join(" " if letter.isspace() else letter for letter in entry.text)
    first = hit.hits[0][0] if hit.hits else 0
    cut = max(0, min(first - _BEFORE, len(text) - _SHOWN))
    places = [(max(0, start - cut), end - cut) for start, end in hit.hits if end > cut]
    return line(
        Span("  "),
        Span(when.ljust(_WHEN), "dim"),
        Span(f" {glyph_of(entry)} {who_said(entry)}".ljust(_WHO + 1), "dim"),
        Span("…" if cut else "", "dim"),
        *marked(text[cut:], places, "text"),
        key=entry.place,
    )
