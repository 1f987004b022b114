"""What is looked for in a conversation, each judged by its digit, with a comment where wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key

from agent_tui.domain.rules.review_draft import as_text, read
from agent_tui.domain.values.lines import Asked
from agent_tui.domain.values.reviews import (
    VERDICTS,
    Criterion,
    CriterionKind,
    ReviewKind,
    Verdict,
)
from agent_tui.tui.screens.asks import BACK, TypeWords
from agent_tui.tui.screens.prompts import Prompt, hold_letters
from agent_tui.tui.widgets.criterion_lines import criterion_lines, judgings
from agent_tui.tui.widgets.ink import Line
from agent_tui.tui.widgets.lines import ListEntries, ListLines
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.await_complete import AwaitComplete

    from agent_tui.tui.screens.typed_lines import LineJournal

Judged = tuple[ReviewKind, tuple[Criterion, ...]]
"""What was written: a review with what was judged, or praise."""
_NEXT: dict[Verdict | None, Verdict | None] = {
    None: "met",
    "met": "missed",
    "missed": "not_applicable",
    "not_applicable": None,
}
_MOST_ROWS = 20
_KEYS = "digits judge · c comments · Enter sends · p as praise · Esc: words"
_KEYS_FROM_BEFORE = "judged before, ctrl+u clears it · Enter sends · Esc: words"
_JUDGE_FIRST = "Judge it first: its digit, or Space. Then c comments."
_KEPT = "kept: your review · it is back when you review this again"


def asked_of(subject: str, place: int) -> Asked:
    """The comment on one criterion of a review, as a line that is kept from key to key."""
    return Asked(subject, f"criterion.{place}")


def asked_in_words(subject: str) -> Asked:
    """What a review or praise says in words, as a line that is kept from key to key."""
    return Asked(subject, "review")


def asked_at_all(subject: str) -> Asked:
    """What is judged in a review, as one text that is kept from key to key."""
    return Asked(subject, "judged")


class ReviewCriteria(Prompt[Judged]):
    """What is looked for, each judged by its digit; answers the kind and what was judged.

    `subject` is what the review is about: what was judged of it is kept from key to key, and is
    back when the same is reviewed again, until `asked_at_all` of it is ended.
    """

    DEFAULT_CSS = """
    ReviewCriteria > Panel { width: 92; max-height: 100%; }
    ReviewCriteria ListLines { max-height: 20; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", "Judge", show=False),
        Binding("ctrl+u", "clear", "Judge nothing", show=False),
    ]

    def __init__(self, criteria: Mapping[str, CriterionKind], subject: str) -> None:
        super().__init__()
        self._criteria = criteria
        self._subject = subject
        self._said = judgings(criteria)
        self._journal: LineJournal | None = None
        self._is_from_before = False

    def compose(self) -> ComposeResult:
        """The list."""
        with Panel("What was looked for"):
            yield ListEntries()

    def on_mount(self) -> None:
        """Show it, as far as it is judged."""
        self._journal = self.app.lines.open(self, asked_at_all(self._subject), "", is_again=False)
        if self._journal.left is not None:
            self.put(self._journal.left.text)
            self._is_from_before = True
        self._read_typed()
        self.query_one(ListLines).focus()
        self.remark("")
        self._show()

    # -- kept from key to key

    @property
    def text(self) -> str:
        """What was judged, as it is kept."""
        return as_text(self._judged)

    @property
    def _judged(self) -> tuple[Criterion, ...]:
        judged = (one.judged for one in self._said)
        return tuple(one for one in judged if one is not None)

    def put(self, text: str) -> None:
        """What was judged is this."""
        self._said = judgings(self._criteria, read(text))

    def write_about(self, about: str, title: str) -> None:
        """It is about what the question before it names."""

    def remark(self, text: str, *, urgent: bool = False) -> None:
        """Say which keys go on from here; or what is wrong with the journal."""
        keys = _KEYS_FROM_BEFORE if self._is_from_before else _KEYS
        self.query_one(Panel).remark(text if urgent else keys, urgent=urgent)

    def dismiss(self, result: Judged | None = None) -> AwaitComplete:
        """Answer; what was judged stays until the review is written."""
        self._leave()
        return super().dismiss(result)

    def leave_for_place(self) -> bool:
        """Leave it; the words of the review are kept, and what was judged."""
        is_judged = self._leave()
        if is_judged or self.app.lines.left(asked_in_words(self._subject)):
            self.app.notify(_KEPT, markup=False)
        return super().leave_for_place()

    def _leave(self) -> bool:
        return self._journal is not None and self.app.lines.close(self._journal)

    def _changed(self) -> None:
        """Something else is judged now."""
        self._is_from_before = False
        if self._journal is not None:
            self._journal.typed()
        self.remark("")
        self._show()

    def _read_typed(self) -> None:
        """Say of each criterion what was begun as a comment and left before Enter."""
        for place, one in enumerate(self._said):
            typed = self.app.lines.left(asked_of(self._subject, place))
            one.typed = "" if typed == one.comment else typed

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
            self._praise()
        else:
            hold_letters(event)

    def action_turn(self) -> None:
        """Judge the criterion under the cursor."""
        place = self.query_one(ListLines).key
        if place is not None:
            self._turn(place)

    def action_clear(self) -> None:
        """Judge nothing; comments go as well."""
        self._said = judgings(self._criteria)
        self._read_typed()
        self._changed()

    def _turn(self, place: int) -> None:
        if place < len(self._said):
            one = self._said[place]
            one.verdict = _NEXT[one.verdict]
            self.app.unsay(_JUDGE_FIRST)
            if one.verdict is None and one.comment.strip():
                one.verdict = _NEXT[None]
                self.app.notify("Its comment keeps it judged: c takes that away.", markup=False)
            shown = self.query_one(ListLines)
            shown.move(place - (shown.key or 0))
            self._changed()

    def _praise(self) -> None:
        if self._judged:
            self.app.notify(
                "Praise goes without what was judged: ctrl+u clears that, Enter sends a review.",
                markup=False,
            )
        else:
            self.dismiss(("praise", ()))

    def _comment(self) -> None:
        place = self.query_one(ListLines).key
        if place is None:
            return
        one = self._said[place]
        if one.verdict is None:
            self.app.notify(_JUDGE_FIRST, markup=False)
            return

        asked = asked_of(self._subject, place)

        def typed(text: str | None) -> None:
            if text is not None:
                one.comment = text
                if self._journal is not None:
                    self._journal.keep()
                self.app.lines.end(asked)
            self._read_typed()
            self._changed()

        self.app.push_screen(
            TypeWords(
                f"{VERDICTS[one.verdict]}: {one.name}",
                value=one.comment,
                hint="What was there, or was not: the agent reads it. Empty takes it away.",
                leaves=BACK,
                asked=asked,
            ),
            typed,
        )

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """That is all."""
        event.stop()
        self.dismiss(("review", self._judged))

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about judges nothing."""
        event.stop()
