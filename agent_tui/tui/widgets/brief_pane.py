"""What can be done with the brief: unfold it, say what is wrong and what was used, ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import BindingType
from textual.message import Message

from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.messages import AddRequested
from agent_tui.tui.widgets.brief_view import BriefView
from agent_tui.tui.widgets.rows import KNOWN, Row

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import BriefLine, BriefPart, MarkHow
    from agent_tui.domain.values.knowing import Herd, PromptOutcome, PromptShown


_THEIR_WORDS: dict[MarkHow, str] = {
    "wrong": "Words of theirs are not marked wrong: correct the note.",
    "used": "Words of theirs are not marked used.",
}
"""Why how they felt takes no mark."""


class _Which(NamedTuple):
    """The record at `row` is the one that is meant, for the present: `how` is what is to be said of
    it. `is_unfolded` tells whether its line was unfolded for that, `is_first` that the agent has
    not gone to another."""

    row: Row
    how: MarkHow
    is_unfolded: bool
    is_first: bool = True


class BriefPane(BriefView):
    """The brief, and the section below it, with the keys that act on them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("brief")
    _which: _Which | None = None
    """What is asked, while it is asked which of several records is meant."""

    class Opened(Message):
        """The words behind a line were unfolded."""

        def __init__(self, line: BriefLine) -> None:
            super().__init__()
            self.line = line

    class Marked(Message):
        """The agent says that a record is wrong, or that it was used; or not so any more."""

        def __init__(self, line: BriefLine, part: BriefPart, how: MarkHow) -> None:
            super().__init__()
            self.line = line
            self.part = part
            self.how = how

    class Asked(Message):
        """What was worth asking has an outcome; `is_again`: the one that it had already."""

        def __init__(self, prompt: PromptShown, outcome: PromptOutcome, *, is_again: bool) -> None:
            super().__init__()
            self.prompt = prompt
            self.outcome = outcome
            self.is_again = is_again

    class HerdWanted(Message):
        """The agent wants to know who else has the same matter."""

        def __init__(self, herd: Herd) -> None:
            super().__init__()
            self.herd = herd

    @property
    def hints(self) -> tuple[str, ...]:
        """What the keys do with the row under the cursor."""
        row, keys = self.key, self.keys
        if not isinstance(row, Row) or not self.is_of_somebody:
            return ()
        spot = self.brief.spot(row)
        marks = (f"{keys['wrong']} wrong", f"{keys['used']} used")
        if (which := self._asked_which) is not None:
            none = (f"{keys[which]} none",) if self._which and self._which.is_first else ()
            return (f"Enter this one, {which}", "↓ another", *none)
        if row.kind == "prompt":
            outcomes = ("answered", "not_now", "declined")
            return tuple(f"{keys[one]} {one.replace('_', ' ')}" for one in outcomes)
        if row.kind == "herd":
            return ("Enter who they are",)
        if _is_mood(row):
            return ("Enter where from",)
        if spot is None:
            return ("Enter unfolds",) if row == KNOWN else self.sections.hints(row, keys)
        if spot.is_struck:
            return (f"{keys['wrong']} undoes",)
        return (*marks, "Enter where from" if spot.part else "Enter unfolds")

    def action_next_section(self) -> None:
        """Turn to the next section."""
        self._turn(1)

    def action_section_before(self) -> None:
        """Turn to the section before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.is_of_somebody:
            self.sections.turn(step)
            self._lay_out()
            self._go_to(next(one.key for one in self._lines if _is_title(one.key)))
            self.call_after_refresh(self._keep_in_sight)

    def action_add(self) -> None:
        """Add something to the section that is shown."""
        if self.is_of_somebody:
            self.post_message(AddRequested(self.sections.name))

    def action_open(self) -> None:
        """Unfold a row; what is unfolded leads to its first words, and these to where they come
        from."""
        row = self.key
        if not isinstance(row, Row) or not self.is_of_somebody:
            super().action_open()
            return
        spot = self.brief.spot(row)
        if (which := self._asked_which) is not None:
            self._which = None
            self._mark(which)
            return
        if self.brief.unfold(row):
            self._lay_out()
            self.call_after_refresh(self._show_next)
            if spot is not None:
                self.post_message(self.Opened(spot.line))
        elif row.kind == "herd":
            self.post_message(self.HerdWanted(row.record))
        elif row.kind == "prompt":
            self.action_answered()
        elif spot is not None and spot.part is None and len(spot.line.parts) > 1:
            self.move(1)
        elif spot is None and self.sections.open(row):
            place = self.cursor
            self._lay_out()
            if place is not None and self._key_at(place) is not None:
                self._put_cursor(place)
            self.call_after_refresh(self._keep_in_sight)
        else:
            super().action_open()

    def fold(self) -> bool:
        """Fold what was unfolded; false where nothing was."""
        if not self.is_of_somebody:
            return False
        head = self.brief.fold(self.key if isinstance(self.key, Row) else None)
        if head is None and not self.sections.fold():
            return False
        self._lay_out()
        if head is not None:
            self._go_to(head)
        return True

    def action_wrong(self) -> None:
        """Say that what the cursor stands on is wrong, or is not after all."""
        self._mark("wrong")

    def action_used(self) -> None:
        """Say that what the cursor stands on was used, or was not after all."""
        self._mark("used")

    def to_top(self) -> None:
        """Stand on the first line: what matters most is in sight."""
        self.move(-len(self._lines))
        self._keep_in_sight()

    def move(self, step: int) -> None:
        """Move the cursor by so many keys: what it stands on then, the agent has chosen, unless
        they are asked which of several and go to another of them."""
        which, self._which = self._which, None
        before = self.brief.spot(self.key) if self.is_of_somebody else None
        super().move(step)
        row, spot = self.key, self.brief.spot(self.key) if self.is_of_somebody else None
        if which is None or before is None or spot is None or not isinstance(row, Row):
            return
        if spot.part is not None and spot.line == before.line:
            self._which = which._replace(row=row, is_first=False)

    @property
    def _asked_which(self) -> MarkHow | None:
        """What is to be said of one of several records, while the agent has chosen none."""
        which = self._which
        return which.how if which is not None and which.row == self.key else None

    def _mark(self, how: MarkHow) -> None:
        spot = self.brief.spot(self.key) if self.is_of_somebody else None
        if _is_mood(self.key):
            self.app.notify(_THEIR_WORDS[how], markup=False)
        elif spot is None or not spot.line.parts:
            self.app.notify("Choose a line of the brief first.", markup=False)
        elif self._asked_which is not None and self._which is not None and self._which.is_first:
            self._choose_none()
        elif spot.part is not None or len(spot.line.parts) == 1:
            self._which = None
            self.post_message(self.Marked(spot.line, spot.part or spot.line.parts[0], how))
        else:
            # Several records: which of them is meant, only the agent knows.
            is_unfolded = self.brief.unfold(self.key)
            if is_unfolded:
                self._lay_out()
                self.post_message(self.Opened(spot.line))
            self.move(1)
            if isinstance(row := self.key, Row):
                self._which = _Which(row, how, is_unfolded)
            # The edge of the frame, at the right, says which keys choose.
            self.app.notify("Which of them?", markup=False)

    def _choose_none(self) -> None:
        """None of them is meant: all is as it was before it was asked."""
        which, self._which = self._which, None
        if which is not None and which.is_unfolded:
            self.fold()
        else:
            self.move(-1)

    def action_answered(self) -> None:
        """They answered what was worth asking."""
        self._ask("answered")

    def action_not_now(self) -> None:
        """It was not the moment to ask."""
        self._ask("not_now")

    def action_declined(self) -> None:
        """They would rather not say."""
        self._ask("declined")

    def _ask(self, outcome: PromptOutcome) -> None:
        prompt = self.brief.prompt if self.is_of_somebody else None
        if prompt is None:
            self.app.notify("There is nothing to ask now.", markup=False)
        elif self.brief.outcome != "answered":
            is_again = outcome == self.brief.outcome
            self.post_message(self.Asked(prompt, outcome, is_again=is_again))

    def _key_at(self, row: int) -> object:
        return self._lines[row].key if row < len(self._lines) else None

    def _go_to(self, key: object) -> None:
        at = next((row for row, shown in enumerate(self._lines) if shown.key == key), None)
        if at is not None:
            self._put_cursor(at)


def _is_mood(key: object) -> bool:
    return isinstance(key, Row) and key.section == "mood"


def _is_title(key: object) -> bool:
    return isinstance(key, Row) and key.kind == "section"
