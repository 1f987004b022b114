"""The windows of reviews: all that one may read, and one of them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key

from agent_tui.domain.rules import ages
from agent_tui.domain.values.reviews import VERDICTS
from agent_tui.text.cells import wrap_lines
from agent_tui.tui.screens.prompts import Prompt, hold_letters
from agent_tui.tui.widgets.criterion_lines import GLYPHS
from agent_tui.tui.widgets.ink import Ink, Line, Span, line
from agent_tui.tui.widgets.lines import ListLines, PlainLines
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.reviews import Review
    from agent_tui.tui.widgets.here import Here

_NOTHING = "Nobody has written anything yet."


class ChooseReview(Prompt[int]):
    """All that one may read, newest first; answers the id of one of them."""

    DEFAULT_CSS = """
    ChooseReview > Panel { width: 110; max-height: 100%; }
    ChooseReview ListLines { max-height: 100%; }
    """

    def __init__(self, reviews: Sequence[Review], me: int, here: Here) -> None:
        super().__init__()
        self._reviews, self._me, self._here = reviews, me, here

    def compose(self) -> ComposeResult:
        """The list."""
        with Panel("Reviews"):
            yield ListLines()

    def on_mount(self) -> None:
        """Show them, and take the keys."""
        shown = self.query_one(ListLines)
        rows = [review_line(one, self._me, self._here) for one in self._reviews]
        shown.styles.height = max(1, min(len(rows), self.size.height - 2))
        shown.show(rows or [line(Span(f"  {_NOTHING}", "dim"))])
        shown.focus()
        self.query_one(Panel).remark("Enter reads · Esc: back" if rows else "Esc: back")

    def on_key(self, event: Key) -> None:
        """A letter chooses nothing by chance."""
        hold_letters(event)

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """That one."""
        event.stop()
        self.dismiss(event.key)

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about reads nothing yet."""
        event.stop()


class ReviewLines(PlainLines, can_focus=True):
    """A review as rows; they scroll."""


class ReviewSheet(Prompt[str]):
    """One review whole; answers the key of what is to be done with it."""

    DEFAULT_CSS = """
    ReviewSheet > Panel { width: 92; max-height: 100%; }
    ReviewSheet ReviewLines { height: auto; max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("enter", "answer('o')", show=False),
    ]

    def __init__(
        self, review: Review, keys: Sequence[tuple[str, str]], here: Here, me: int
    ) -> None:
        super().__init__()
        self._review, self._keys, self._here, self._me = review, keys, here, me

    def compose(self) -> ComposeResult:
        """One panel of lines."""
        with Panel("Praise" if self._review.kind == "praise" else "Review"):
            yield ReviewLines()

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(ReviewLines).focus()

    def on_resize(self) -> None:
        """Break the rows anew."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        shown = self.query_one(ReviewLines)
        rows = review_rows(self._review, self._me, self._here, shown.size.width)
        room = self.size.height - 2
        shown.styles.height = max(1, min(len(rows), room))
        shown.show(rows)
        keys = " · ".join(f"{key} {words}" for key, words in self._keys)
        more = "↓ more · " if len(rows) > room else ""
        self.query_one(Panel).remark(f"{more}{keys} · Esc: back")

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one(ReviewLines).scroll_relative(y=rows, animate=False)

    def action_answer(self, key: str) -> None:
        """Do what this key does."""
        self.dismiss(key)

    def on_key(self, event: Key) -> None:
        """One of the keys."""
        if any(event.character == key for key, _words in self._keys):
            event.stop()
            self.dismiss(event.character)


def review_line(review: Review, me: int, here: Here) -> Line:
    """A review as one row: whether it is still to be read, from whom to whom, its words, and how
    it stands."""
    is_unread = review.agent_id == me and not review.read_at and not review.withdrawn_at
    praise = "praise: " if review.kind == "praise" else ""
    return line(
        Span("! " if is_unread else "  ", "act"),
        Span(f"{_who(review, me)}  ", "strong" if is_unread else "text"),
        Span(f"{praise}{' '.join(review.text.split())}", "text" if is_unread else "dim"),
        right=(
            Span(f"{_state(review)}  ", "dim"),
            Span(ages.ago(review.at, here.now, here.zone), "dim"),
        ),
        key=review.id,
    )


def review_rows(review: Review, me: int, here: Here, cells: int) -> list[Line]:
    """A review in full."""
    when = f"{ages.weekday(review.at, here.now, here.zone)} {ages.clock_time(review.at, here.zone)}"
    rows = [line(Span(_who(review, me), "strong"), right=(Span(when, "dim"),))]
    about = review.customer or "a caller who is not known"
    rows.append(line(Span("with  ", "dim"), Span(about)))
    if review.withdrawn_at is not None:
        gone = ages.ago(review.withdrawn_at, here.now, here.zone)
        rows.append(line(Span(f"withdrawn by its author, {gone}", "act")))
    if review.pinned_words is not None:
        rows += _wrapped("of    ", f"“{review.pinned_words}”", cells, "dim")
    rows.append(Line())
    rows += _wrapped("", review.text, cells)
    if review.criteria:
        rows.append(Line())
    for one in review.criteria:
        glyph, ink = GLYPHS[one.verdict]
        rows.append(
            line(Span(f"{glyph} ", ink), Span(one.name), right=(Span(VERDICTS[one.verdict], ink),))
        )
        if one.comment:
            rows += _wrapped("  ", one.comment, cells, "dim")
    if review.answer is not None:
        whose = "You answered" if review.agent_id == me else f"{review.agent} answered"
        rows += [Line(), line(Span(whose, "strong")), *_wrapped("", review.answer, cells)]
    return rows


def _wrapped(before: str, text: str, cells: int, ink: Ink = "text") -> list[Line]:
    found: list[Line] = []
    for part in text.splitlines() or [""]:
        for row in wrap_lines(part, max(8, cells - len(before))):
            margin = " " * len(before) if found else before
            found.append(line(Span(margin, "dim"), Span(row, ink)))
    return found


def _who(review: Review, me: int) -> str:
    author = "you" if review.author_id == me else review.author
    agent = "you" if review.agent_id == me else review.agent
    return f"{author} → {agent}"


def _state(review: Review) -> str:
    if review.withdrawn_at is not None:
        return "withdrawn"
    if review.answer is not None:
        return "answered"
    return "not read yet" if review.read_at is None else "read"
