"""Choose a script: those that fit the conversation first, each with why it has to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from agent_tui.text.counts import counted
from agent_tui.tui.screens.prompts import Prompt
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, wrapped
from agent_tui.tui.widgets.inputs import FindInput
from agent_tui.tui.widgets.lines import ListLines, PlainBar
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from agent_tui.domain.values.friction import FrictionRule
    from agent_tui.domain.values.script_runs import FittingScript, RunListed
    from agent_tui.errors import AgentTuiError

NO_SCRIPTS = (
    "There are no scripts yet. A lead writes them in any editor, one Markdown file each, and "
    "brings them in with the command `scripts import`; the page on call scripts says how."
)
READING = "Reading the scripts…"
_ROWS = 12
_WHY_ROWS = 3
_INDENT = "    "


class Scripts(ListLines):
    """The scripts. The keys of the box above move its cursor."""

    @property
    def shows_focus(self) -> bool:
        """The chosen one is always painted as such."""
        return True


class ScriptChoice(Prompt["FittingScript"]):
    """The scripts for somebody; typing narrows them, Enter opens the chosen one.

    `is_read` is whether one opens at once, and not after the brief.
    """

    DEFAULT_CSS = """
    ScriptChoice {
        & > Panel { width: 84; max-width: 96%; max-height: 96%; }
        Scripts { height: 12; max-height: 12; }
        PlainBar { height: auto; }
    }
    """

    TELLS_WHEN_LEFT = True
    in_the_way: FrictionRule = "script"

    def __init__(self, name: str, *, is_read: bool) -> None:
        super().__init__()
        self._whom = name
        self._is_read = is_read
        self._fitting: tuple[FittingScript, ...] | None = None
        self._open_runs: tuple[RunListed, ...] = ()
        self._agent_id = 0
        self._words: tuple[str, bool] = (READING, False)
        self._wanted: object = None
        """The script that was asked for and has to wait: why is said until another is looked at."""

    def compose(self) -> ComposeResult:
        """What is typed, how many there are, and the list."""
        with Panel(_title(self._whom)):
            yield FindInput(id="script-words")
            yield PlainBar(id="script-state")
            yield Scripts(id="scripts")

    def on_mount(self) -> None:
        """Whatever is known already is shown at once."""
        self.query_one(FindInput).focus()
        opens = "Enter opens" if self._is_read else "Enter opens it after the brief"
        self.query_one(Panel).remark(f"↑↓ choose · {opens} · Esc: back")
        self.call_after_refresh(self._lay_out)

    def tell_whom(self, name: str) -> None:
        """Who they are for, once that is known."""
        if name != self._whom:
            self._whom = name
            self.query_one(Panel).entitle(_title(name))

    def show(
        self, fitting: tuple[FittingScript, ...], open_runs: tuple[RunListed, ...], agent_id: int
    ) -> None:
        """Show the scripts; `open_runs` are those that were left open in this conversation."""
        self._fitting, self._open_runs, self._agent_id = fitting, open_runs, agent_id
        self._lay_out()

    def fail(self, error: AgentTuiError) -> None:
        """Say why there is no answer."""
        self._fitting, self._words = None, (f"{error.title}: {error.message}", True)
        self._lay_out()

    def on_input_changed(self, event: FindInput.Changed) -> None:
        """Typing narrows the list."""
        event.stop()
        self._wanted = None
        self._lay_out(from_top=True)

    def on_find_input_stepped(self, event: FindInput.Stepped) -> None:
        """The arrows move in the list while typing goes on."""
        event.stop()
        self._wanted = None
        self.query_one(Scripts).move(event.step)

    def on_input_submitted(self, event: FindInput.Submitted) -> None:
        """That one, unless it has to wait: then why is said."""
        event.stop()
        self.query_one(Scripts).action_open()

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """That one."""
        event.stop()
        chosen = self._by_slug(event.key)
        if chosen is not None and chosen.why_not is None:
            self.dismiss(chosen)
        elif chosen is not None:
            self._wanted = event.key
            self._lay_out()

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about opens nothing."""
        event.stop()

    def _by_slug(self, slug: object) -> FittingScript | None:
        return next((one for one in self._fitting or () if one.script.slug == slug), None)

    def _lay_out(self, *, from_top: bool = False) -> None:
        if not self.is_mounted:
            return
        rows = self.query_one(Scripts)
        cells = rows.size.width or 60
        if self._fitting is None:
            rows.show([])
            self._say(self._words[0], urgent=self._words[1])
            return
        typed = self.query_one(FindInput).value.casefold().split()
        found = [one for one in self._fitting if all(word in _said(one) for word in typed)]
        lines = [row for one in found for row in self._rows_of(one, cells)]
        rows.styles.height = max(1, min(_ROWS, len(lines)))
        rows.show(lines, from_top=from_top)
        wanted = self._by_slug(self._wanted)
        if wanted is not None and wanted.why_not is not None:
            self._say(f"Not now: {wanted.why_not}.", urgent=True)
        elif not self._fitting:
            self._say(NO_SCRIPTS)
        elif not found:
            self._say("No script has this in it. Fewer words find more.")
        else:
            fit = sum(bool(one.matches) for one in found)
            best = f", {fit} fit what they came for" if fit else ", none by what they came for"
            self._say(f"{counted(len(found), 'script')}{best}")

    def _rows_of(self, one: FittingScript, cells: int) -> list[Line]:
        script, matches = one.script, ", ".join(one.matches)
        state = self._state(script.slug)
        fits = f"fits {matches}" if matches else ""
        slug = script.slug if self._is_repeated(script.title) else ""
        below = " · ".join(part for part in (slug, script.kind, fits, state) if part)
        ink: Ink = "text" if one.why_not is None else "dim"
        lines = [
            line(
                Span("  "),
                Span(script.title, "strong" if one.matches and one.why_not is None else ink),
                right=(Span(below if len(below) < cells // 2 else script.kind, "dim"),),
                key=script.slug,
            )
        ]
        if len(below) >= cells // 2:
            lines += _below(below, cells)
        if one.why_not is not None:
            lines += _below(f"not now: {one.why_not}", cells)
        return lines

    def _is_repeated(self, title: str) -> bool:
        """Whether scripts of one title have to be told apart by their slugs."""
        titles = [one.script.title.casefold() for one in self._fitting or ()]
        return titles.count(title.casefold()) > 1

    def _state(self, slug: str) -> str:
        """Who left it open in this conversation."""
        runs = [run for run in self._open_runs if run.script.slug == slug]
        if any(run.agent_id == self._agent_id for run in runs):
            return "left open: goes on"
        names = ", ".join(dict.fromkeys(run.agent for run in runs))
        return f"{names} is in it" if names else ""

    def _say(self, words: str, *, urgent: bool = False) -> None:
        bar = self.query_one("#script-state", PlainBar)
        rows = wrapped(words, bar.size.width or 60, at_most=_WHY_ROWS)
        bar.styles.height = len(rows)
        bar.show(*(line(Span(row, "act" if urgent else "dim")) for row in rows))


def _said(one: FittingScript) -> str:
    """What typing finds a script by."""
    script = one.script
    return " ".join(
        (script.title, script.kind, script.slug, *script.topics, *one.matches)
    ).casefold()


def _below(words: str, cells: int) -> list[Line]:
    rows = wrapped(words, cells - len(_INDENT), at_most=_WHY_ROWS)
    return [line(Span(_INDENT), Span(row, "dim")) for row in rows]


def _title(name: str) -> str:
    return f"Scripts for {name}"
