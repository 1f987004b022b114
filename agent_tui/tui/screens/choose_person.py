"""Choose somebody by the same finder as the find box."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from agent_tui.text.cells import cut
from agent_tui.tui.screens.prompts import Prompt
from agent_tui.tui.widgets.ink import Span, line
from agent_tui.tui.widgets.inputs import FindInput
from agent_tui.tui.widgets.lines import ListLines, PlainBar
from agent_tui.tui.widgets.panel import Panel
from agent_tui.tui.widgets.results import Results

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.finding import Found
    from agent_tui.errors import AgentTuiError
    from agent_tui.tui.widgets.here import Here

_TITLE = 60


class ChoosePerson(Prompt[tuple[int, str]]):
    """Asks `ask` at every key and shows what `show` is handed; `but` is not among them. Answers
    the id and the name of the chosen one."""

    DEFAULT_CSS = """
    ChoosePerson {
        & > Panel { width: 100; max-width: 96%; }
        Results { height: 9; max-height: 9; }
    }
    """
    NOTHING_YET: ClassVar[str] = "Type how a name begins, or part of a number or an e-mail."

    def __init__(self, question: str, but: int, ask: Callable[[str], None]) -> None:
        super().__init__()
        self._question = question
        self._but = but
        self._ask = ask
        self._names: dict[int, str] = {}
        self._answered = ""
        self._takes_the_answer = False

    def compose(self) -> ComposeResult:
        """What is typed, how many answer to it, and who."""
        with Panel(cut(self._question, _TITLE)):
            yield FindInput(id="person-words")
            yield PlainBar(id="person-state")
            yield Results(id="person-results")

    def on_mount(self) -> None:
        """Nothing is typed yet."""
        self.query_one(FindInput).focus()
        self.query_one(Panel).remark("↑↓ choose · Enter takes them · Esc: not now")
        self._say(self.NOTHING_YET)

    @property
    def words(self) -> str:
        """Whom is looked for."""
        return self.query_one(FindInput).value.strip()

    def on_input_changed(self, event: FindInput.Changed) -> None:
        """Every key is a new question."""
        event.stop()
        self._takes_the_answer = False
        if self.words:
            self._ask(self.words)
        else:
            self._answered = ""
            self.query_one(Results).clear()
            self._say(self.NOTHING_YET)

    def on_find_input_stepped(self, event: FindInput.Stepped) -> None:
        """The arrows move among the people while typing goes on."""
        event.stop()
        self.query_one(Results).move(event.step)

    def on_input_submitted(self, event: FindInput.Submitted) -> None:
        """Take the highlighted one; of an answer to these very words, once it is here."""
        event.stop()
        if self._answered == self.words:
            self.query_one(Results).action_open()
        else:
            self._takes_the_answer = True

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """That one."""
        event.stop()
        self.dismiss((event.key, self._names[event.key]))

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about takes nobody yet."""
        event.stop()

    def show(self, found: Found | None, error: AgentTuiError | None, here: Here) -> None:
        """Show who answers, if these words are still the ones, or why that is not known."""
        if found is None:
            self._say(f"{error.title}: {error.message}" if error else "", urgent=True)
            return
        if found.query != self.words:
            return
        others = found._replace(
            hits=tuple(hit for hit in found.hits if hit.customer_id != self._but)
        )
        self._answered = found.query
        self._names = {hit.customer_id: hit.name for hit in others.hits}
        self.query_one(Results).show_found(others, here)
        count = f"{len(others.hits)}{'+' if found.at_least else ''}"
        self._say(f"{count} of {found.register_size:,}" if others.hits else "Nobody else is found.")
        if self._takes_the_answer:
            self._takes_the_answer = False
            self.query_one(Results).action_open()

    def _say(self, words: str, *, urgent: bool = False) -> None:
        bar = self.query_one("#person-state", PlainBar)
        bar.show(line(Span(words, "act" if urgent else "dim")))
