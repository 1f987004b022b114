"""The box in which a filter is typed: what may come next, what is not understood, and its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.message import Message

from agent_tui.text.cells import pad, width
from agent_tui.tui.widgets.boxes import Below, Beside
from agent_tui.tui.widgets.filter_chips import FilterChips
from agent_tui.tui.widgets.filter_input import FilterInput
from agent_tui.tui.widgets.ink import Line, Span, line, plain, wrapped
from agent_tui.tui.widgets.lines import ListLines, PlainBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.filters import Completion, Mistake, Understood

_LABEL = 8
_MOST_SHOWN = 7
_MEANS = 22
_MOST_SAID = 34
"""Cells of what is said beside the filter."""


class Offers(ListLines, can_focus=False):
    """What may stand in the box. The keys of the box move its cursor."""

    @property
    def shows_focus(self) -> bool:
        """The chosen one is always painted as such."""
        return True


class FilterPanel(Below):
    """Says that the text is another one (`Changed`), that it is meant (`Entered`)."""

    DEFAULT_CSS = """
    FilterPanel { height: auto; }
    FilterPanel #filter-row { height: 1; padding: 0 1; }
    FilterPanel #filter-label { width: 8; }
    FilterPanel #filter-box { width: 1fr; }
    FilterPanel #filter-count { width: 0; margin: 0 0 0 1; }
    FilterPanel #filter-mistake { display: none; padding: 0 1; }
    FilterPanel.-aside #filter-box { color: $dim; }
    FilterPanel Offers { height: auto; max-height: 7; display: none; padding: 0 1 0 7; }
    """

    class Changed(Message):
        """The text of the box, or where its cursor stands, is another one."""

        def __init__(self, text: str, cursor: int) -> None:
            super().__init__()
            self.text = text
            self.cursor = cursor

    class Offering(Message):
        """Something is offered below the box, or nothing is any more."""

    class Entered(Message):
        """Enter was pressed, with nothing chosen from what is offered."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offered: tuple[Completion, ...] = ()
        self._is_pointing = False
        self._understood: tuple[str, Understood] | None = None
        self._before: list[str] = []
        self._at: int | None = None
        """Which of the filters from before stands in the box, None where it is typed."""
        self._typed = ""

    def compose(self) -> ComposeResult:
        """One row to type in; below it what is not understood, what may come, the terms."""
        with Beside(id="filter-row"):
            yield PlainBar(id="filter-label")
            yield FilterInput(placeholder="everything", id="filter-box")
            yield PlainBar(id="filter-count")
        yield PlainBar(id="filter-mistake")
        yield Offers(id="filter-offers")
        yield FilterChips(id="filter-chips")

    def on_mount(self) -> None:
        """Name the box."""
        self.query_one("#filter-label", PlainBar).show(line(Span("Filter", "dim")))

    @property
    def box(self) -> FilterInput:
        """The box."""
        return self.query_one(FilterInput)

    @property
    def chips(self) -> FilterChips:
        """The terms."""
        return self.query_one(FilterChips)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.box.value

    @property
    def is_recalled(self) -> bool:
        """Whether a filter from before stands in the box as it was."""
        return self._at is not None

    @property
    def is_offering(self) -> bool:
        """Whether something may be taken from below the box."""
        return bool(self._offered)

    def put(self, text: str) -> None:
        """Put a text into the box, as if typed."""
        self.box.value = text
        self.box.cursor_position = len(text)

    def show_count(self, words: str, *, urgent: bool = False) -> None:
        """Say how many are found, or how the search stands."""
        bar = self.query_one("#filter-count", PlainBar)
        # Where there is nothing to say, the room is the filter's.
        bar.styles.width = min(_MOST_SAID, width(plain(words)))
        bar.show(Line(right=(Span(words, "act" if urgent else "dim"),)))

    def set_aside(self, is_aside: bool) -> None:
        """Say whether something stands in the list that the filter has nothing to do with."""
        self.set_class(is_aside, "-aside")
        self.chips.display = bool(self.chips.terms) and not is_aside
        self.show_count("set aside" if is_aside and self.text.strip() else "")

    # -- what is understood of it

    def show_understood(self, understood: Understood, text: str) -> None:
        """Show the terms, or the first mistake below its place with what might stand there."""
        self._understood = text, understood
        self.chips.show([text[start:end] for start, end in understood.places])
        self._show_mistake()

    @property
    def _now(self) -> Understood | None:
        """What is understood of the very text in the box."""
        known = self._understood
        return known[1] if known is not None and known[0] == self.text else None

    @property
    def _mistakes(self) -> tuple[Mistake, ...]:
        """What is not understood of it; else what is, and yet may be a slip for something near."""
        now = self._now
        if now is None or now.mistakes:
            return () if now is None else now.mistakes
        return tuple(hint for hint in now.hints if hint.instead is not None)

    def _show_mistake(self) -> None:
        """Show the first mistake, but for a term that is just being typed while something is
        offered for it."""
        bar, mistakes = self.query_one("#filter-mistake", PlainBar), self._mistakes
        if self.is_offering:
            at = self.box.cursor_position
            mistakes = tuple(one for one in mistakes if not one.start <= at <= one.end)
        bar.display = bool(mistakes)
        if mistakes:
            shown = self._mistake_lines(mistakes[0], self.text)
            bar.styles.height = len(shown)
            bar.show(*shown)

    def _mistake_lines(self, mistake: Mistake, text: str) -> list[Line]:
        """Signs under what is not understood, what might stand there, and why: behind them, else
        in a row of its own."""
        room = max(0, self.box.size.width - 1)
        places = (mistake.start, mistake.end)
        begins, ends = (width(plain(text[:one])) - self.box.scrolled for one in places)
        start = _LABEL + max(0, min(begins, room))
        marks = "~" * max(1, _LABEL + min(ends, room + 1) - start)
        signs = (Span(" " * start), Span(marks, "act"))
        instead = "" if mistake.instead is None else f" Tab: {mistake.instead}"
        behind = f"{instead} ·" if instead else ""
        cells = self.size.width - 2
        if start + width(f"{marks}{behind} {mistake.message}") <= cells:
            return [line(*signs, Span(behind, "accent"), Span(f" {mistake.message}"))]
        why = wrapped(mistake.message, cells, at_most=_MOST_SHOWN)
        return [line(*signs, Span(instead, "accent")), *(line(Span(row)) for row in why)]

    # -- what may come next

    def offer(self, completions: Sequence[Completion]) -> None:
        """Offer these for where the cursor stands."""
        was_offering = self.is_offering
        self._offered = tuple(completions)
        if self.is_offering != was_offering:
            self.post_message(self.Offering())
        self._is_pointing = False
        rows = self.query_one(Offers)
        rows.display = bool(self._offered)
        self._show_mistake()
        rows.styles.height = min(_MOST_SHOWN, len(self._offered))
        rows.show(
            [
                line(
                    Span("  "), Span(pad(one.text, _MEANS)), Span(f" {one.help}", "dim"), key=place
                )
                for place, one in enumerate(self._offered)
            ],
            from_top=True,
        )

    def close_offers(self) -> bool:
        """Offer nothing; false where nothing was offered."""
        was_offering = self.is_offering
        self.offer(())
        return was_offering

    def _take(self, place: int) -> None:
        one = self._offered[place]
        self._replace(one.start, one.end, one.text)

    def _replace(self, start: int, end: int, new: str) -> None:
        text = self.text
        # A field waits for its value, anything else is done with.
        space = "" if new.endswith(":") or text[end : end + 1] == " " else " "
        self.box.value = text[:start] + new + space + text[end:]
        self.box.cursor_position = start + len(new) + (1 if space or not new.endswith(":") else 0)

    # -- keys

    def on_descendant_focus(self) -> None:
        """What is said below the text stands below its place, as far as the box is scrolled."""
        self.call_after_refresh(self._place_mistake)

    def on_descendant_blur(self) -> None:
        """The text is shown from its beginning."""
        self.call_after_refresh(self._place_mistake)

    def _place_mistake(self) -> None:
        if self.is_attached:
            self._show_mistake()

    def on_filter_input_moved(self, event: FilterInput.Moved) -> None:
        """Other cells of the box stand above what is said of its text."""
        event.stop()
        self._place_mistake()

    def on_input_changed(self, event: FilterInput.Changed) -> None:
        """Every key is another question."""
        event.stop()
        if self._at is None or self.text != self._before[self._at]:
            self._at = None
        self.post_message(self.Changed(self.text, self.box.cursor_position))

    def on_filter_input_stepped(self, event: FilterInput.Stepped) -> None:
        """Choose among what is offered; else what was looked for before comes back."""
        event.stop()
        if self.is_offering:
            if self._is_pointing or event.step < 0:
                self.query_one(Offers).move(event.step)
            self._is_pointing = True
        else:
            self._recall(-event.step)

    def on_filter_input_taken(self, event: FilterInput.Taken) -> None:
        """Take the offer, or what might stand in the place of a mistake; else go on."""
        event.stop()
        mended = next((one for one in self._mistakes if one.instead is not None), None)
        if self.is_offering:
            self._take(self.query_one(Offers).key)
        elif mended is not None:
            text, instead = self.text, mended.instead or ""
            self.box.value = text[: mended.start] + instead + text[mended.end :]
            self.box.cursor_position = mended.start + len(instead)
        else:
            self.screen.focus_next()

    def on_input_submitted(self, event: FilterInput.Submitted) -> None:
        """Take what was chosen; else the filter is meant as it stands."""
        event.stop()
        if self.is_offering and self._is_pointing:
            self._take(self.query_one(Offers).key)
        else:
            self.close_offers()
            self.post_message(self.Entered())

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """One was clicked on."""
        event.stop()
        self.box.focus()
        self._take(event.key)

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """Moving about takes nothing yet."""
        event.stop()

    def on_filter_chips_removed(self, event: FilterChips.Removed) -> None:
        """A term goes from the text."""
        event.stop()
        places = () if self._now is None else self._now.places
        if event.number < len(places):
            from agent_tui.domain.rules.filter_writing import without

            self.put(without(self.text, places[event.number]))

    # -- what was looked for before

    def remember(self) -> None:
        """What stands in the box was meant: it can be come back to."""
        text = self.text.strip()
        self._before = [one for one in self._before if one != text] + ([text] if text else [])
        self._at = None

    def _recall(self, step: int) -> None:
        """Put an earlier filter into the box (1), or a later one (-1), at last what was typed."""
        if self._at is None:
            self._typed = self.text
        place = len(self._before) if self._at is None else self._at
        place -= step
        if 0 <= place < len(self._before):
            self._at = place
            self.put(self._before[place])
        elif place >= len(self._before) and self._at is not None:
            self._at = None
            self.put(self._typed)
