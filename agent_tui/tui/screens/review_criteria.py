"""What is looked for in a conversation, each judged by its digit, with a comment where wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key

from agent_tui.domain.values.lines import Asked
from agent_tui.domain.values.reviews import (
    CRITERION_KINDS,
    VERDICTS,
    Criterion,
    CriterionKind,
    ReviewKind,
    Verdict,
)
from agent_tui.text.cells import wrap_lines
from agent_tui.tui.screens.asks import BACK, TypeWords
from agent_tui.tui.screens.prompts import Prompt, hold_letters
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, plain, wrapped
from agent_tui.tui.widgets.lines import ListEntries, ListLines
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Judged = tuple[ReviewKind, tuple[Criterion, ...]]
"""What was written: a review with what was judged, or praise."""
GLYPHS: dict[Verdict | None, tuple[str, Ink]] = {
    None: (" ", "dim"),
    "met": ("✓", "text"),
    "missed": ("✗", "act"),
    "not_applicable": ("–", "dim"),
}
"""The sign of each verdict."""
_NEXT: dict[Verdict | None, Verdict | None] = {
    None: "met",
    "met": "missed",
    "missed": "not_applicable",
    "not_applicable": None,
}
_MOST_ROWS = 20
_COMMENT_ROWS = 2
_MARGIN = "      "
_GOES_ON = "        "
"""Before the rows of a name below its first one."""
_LEAST_OF_A_NAME = 12


@dataclass(slots=True)
class Judging:
    """One criterion while it is judged; what is said here of it stays when one goes back to the
    words of the review."""

    name: str
    kind: CriterionKind
    verdict: Verdict | None = None
    comment: str = ""

    @property
    def judged(self) -> Criterion | None:
        """As it goes into the review; None where nothing was said of it."""
        if self.verdict is None:
            return None
        return Criterion(self.name, self.kind, self.verdict, self.comment.strip() or None)


def judgings(criteria: Mapping[str, CriterionKind]) -> list[Judging]:
    """What is looked for on a desk, nothing judged yet."""
    return [Judging(name, kind) for name, kind in criteria.items()]


def asked_of(subject: str, place: int) -> Asked:
    """The comment on one criterion of a review, as a line that is kept from key to key."""
    return Asked(subject, f"criterion.{place}")


def criterion_lines(one: Judging, place: int, cells: int) -> list[Line]:
    """A criterion in rows of `cells` cells: its whole name, what was said of it, and the beginning
    of the comment. `place` counts from 0 on, and is the key of the first row."""
    glyph, ink = GLYPHS[one.verdict]
    digit = str(place + 1) if place < 9 else " "
    said = VERDICTS[one.verdict] if one.verdict else CRITERION_KINDS[one.kind]
    room = max(_LEAST_OF_A_NAME, cells - len(_MARGIN) - len(said) - 1)
    first, *others = wrap_lines(plain(one.name), room)
    rows = [
        line(
            Span("  "),
            Span(f"{digit} ", "mark"),
            Span(f"{glyph} ", ink),
            Span(first),
            right=(Span(said, ink if one.verdict else "dim"),),
            key=place,
        ),
        *(line(Span(_GOES_ON), Span(row)) for row in others),
    ]
    if one.comment.strip():
        text = wrapped(
            one.comment.strip(), max(_LEAST_OF_A_NAME, cells - len(_MARGIN)), at_most=_COMMENT_ROWS
        )
        rows += [line(Span(_MARGIN), Span(row, "dim")) for row in text]
    return rows


class ReviewCriteria(Prompt[Judged]):
    """What is looked for, each judged by its digit; answers the kind and what was judged.

    `said` is judged in place; `subject` is what the review is about.
    """

    DEFAULT_CSS = """
    ReviewCriteria > Panel { width: 92; max-height: 100%; }
    ReviewCriteria ListLines { max-height: 20; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "turn", "Judge", show=False)]

    def __init__(self, said: Sequence[Judging], subject: str) -> None:
        super().__init__()
        self._said = said
        self._subject = subject

    def compose(self) -> ComposeResult:
        """The list."""
        with Panel("What was looked for"):
            yield ListEntries()

    def on_mount(self) -> None:
        """Show it, as far as it is judged."""
        self.query_one(ListLines).focus()
        self.query_one(Panel).remark(
            "digits judge · c comments · Enter sends · p as praise · Esc: words"
        )
        self._show()

    def on_resize(self) -> None:
        """Break the rows anew."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        shown = self.query_one(ListLines)
        rows: list[Line] = []
        for place, one in enumerate(self._said):
            rows += criterion_lines(one, place, shown.size.width)
        shown.styles.height = max(1, min(_MOST_ROWS, len(rows)))
        shown.show(rows)

    def on_key(self, event: Key) -> None:
        """A digit judges its criterion, `c` comments on one, `p` sends without any."""
        if event.character is not None and event.character in "123456789":
            event.stop()
            self._turn(int(event.character) - 1)
        elif event.character == "c":
            event.stop()
            event.prevent_default()
            self._comment()
        elif event.character == "p":
            event.stop()
            event.prevent_default()
            self.dismiss(("praise", ()))
        else:
            hold_letters(event)

    def action_turn(self) -> None:
        """Judge the criterion under the cursor."""
        place = self.query_one(ListLines).key
        if place is not None:
            self._turn(place)

    def _turn(self, place: int) -> None:
        if place < len(self._said):
            self._said[place].verdict = _NEXT[self._said[place].verdict]
            shown = self.query_one(ListLines)
            shown.move(place - (shown.key or 0))
            self._show()

    def _comment(self) -> None:
        place = self.query_one(ListLines).key
        if place is None:
            return
        one = self._said[place]
        if one.verdict is None:
            self.app.notify("Judge it first: its digit, or Space. Then c comments.", markup=False)
            return

        def typed(text: str | None) -> None:
            if text is not None:
                one.comment = text
                self._show()

        self.app.push_screen(
            TypeWords(
                f"{VERDICTS[one.verdict]}: {one.name}",
                value=one.comment,
                hint="What was there, or was not: the agent reads it. Empty takes it away.",
                leaves=BACK,
                asked=asked_of(self._subject, place),
            ),
            typed,
        )

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """That is all."""
        event.stop()
        judged = (one.judged for one in self._said)
        self.dismiss(("review", tuple(one for one in judged if one is not None)))

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about judges nothing."""
        event.stop()
