"""What is typed for the desk's short questions: kept from key to key until it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agent_tui.tui.screens.journal import Journal, TextLine
from agent_tui.tui.screens.sheets import Sheet, Subject
from agent_tui.tui.unkept import Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agent_tui.domain.values.kinds import DraftKind
    from agent_tui.domain.values.lines import Asked
    from agent_tui.domain.values.today import DraftText
    from agent_tui.tui.writing import Writing

    Later = Callable[[float, Callable[[], None]], object]

_RECORD = Subject(None, None, "")
"""A line is about what was asked, and no text in another line goes on as it."""


class Left(NamedTuple):
    """A line that is not done: under which id it is kept, and its newest text."""

    id: int
    text: str


class LineJournal(Journal):
    """Journals one line while it is on the screen. `left` is what was typed for it before."""

    KIND: DraftKind = "line"

    def __init__(
        self, line: TextLine, later: Later, writing: Writing | None, sheet: Sheet, left: Left | None
    ) -> None:
        super().__init__(line, later)
        self._writing, self._sheet = writing, sheet
        self.about = sheet.about
        self.left = left

    def keep(self) -> None:
        """Journal now what is not kept yet, while the line is on the screen."""
        if self._sheet is not None:
            super().keep()

    def close(self) -> Left | None:
        """Keep the line, and journal no more; what is left of it, None where that is nothing."""
        sheet = self._sheet
        if sheet is None:
            return self.left
        text = self._line.text
        self.keep()
        self._sheet = None
        is_left = bool(text.strip()) and text != sheet.began
        self.left = Left(sheet.id, text) if is_left else None
        return self.left


class Lines:
    """By question, the lines that were typed and are not done: they come back when the same is
    asked again. What is kept is at most as old as that of a note."""

    def __init__(self, later: Later) -> None:
        self._later = later
        self._writing: Writing | None = None
        self._left: dict[str, Left] = {}
        self._doing: dict[str, Left] = {}
        self._open: list[LineJournal] = []

    def connect(self, writing: Writing) -> None:
        """The desk is open: lines can be kept."""
        self._writing = writing

    def take(self, drafts: Iterable[DraftText]) -> None:
        """The lines that were left in an earlier sitting, newest first."""
        for draft in drafts:
            self._left.setdefault(draft.about, Left(draft.id, draft.text))

    def left(self, asked: Asked) -> str:
        """What was typed for this and is not done; "" where that is nothing."""
        left = self._left.get(asked.about)
        return "" if left is None else left.text

    def open(self, line: TextLine, asked: Asked, began: str, *, is_again: bool) -> LineJournal:
        """Something is asked with `began` in the line; `is_again` where that is what was typed and
        refused."""
        left = self._left.get(asked.about)
        if left is None:
            sheet = Sheet(_RECORD, asked=asked.about, began="" if is_again else began)
        else:
            sheet = Sheet(_RECORD, left.id, asked=asked.about, kept=left.text)
        journal = LineJournal(line, self._later, self._writing, sheet, left)
        self._open.append(journal)
        return journal

    def close(self, journal: LineJournal) -> bool:
        """The question has gone from the screen; tells whether anything typed for it is left."""
        if journal not in self._open:
            return journal.about in self._left
        self._open.remove(journal)
        left = journal.close()
        if left is None:
            self._left.pop(journal.about, None)
        else:
            self._left[journal.about] = left
        return left is not None

    def keep(self) -> None:
        """Journal now what is not kept yet."""
        for journal in self._open:
            journal.keep()

    def begin(self, asked: Asked | None) -> int | None:
        """What was answered is being done: the id of its draft, which ends with that."""
        left = None if asked is None else self._left.pop(asked.about, None)
        if asked is None or left is None:
            return None
        self._doing[asked.about] = left
        return left.id

    def done(self, asked: Asked | None) -> None:
        """It is done: nothing of it is left."""
        if asked is not None:
            self._doing.pop(asked.about, None)

    def not_done(self, asked: Asked | None) -> None:
        """It was refused: the line is left as it was typed."""
        left = None if asked is None else self._doing.pop(asked.about, None)
        if asked is not None and left is not None:
            self._left[asked.about] = left

    def end(self, asked: Asked) -> None:
        """What was typed for this is part of something else that is done: its draft ends."""
        left = self._left.pop(asked.about, None)
        if left is not None and self._writing is not None:
            self._writing.journal(left.id, Typed(asked.about, "", "line"))

    def forget(self, draft: DraftText) -> None:
        """A line was thrown away, or has become something else."""
        self._left.pop(draft.about, None)

    def remember(self, draft: DraftText) -> None:
        """A line that was thrown away is back."""
        self._left[draft.about] = Left(draft.id, draft.text)

    def kept(self, text_id: int, clock_time: str) -> None:
        """The journal is on disk."""
        for journal in self._open:
            journal.kept(text_id, clock_time)

    def not_kept(self, text_id: int, typed: Typed, why: str) -> None:
        """The journal could not be written: say so at once where it is typed, and try again."""
        journal = next((one for one in self._open if one.holds(text_id)), None)
        if journal is not None:
            journal.not_kept(text_id, typed, why)
            return

        def again() -> None:
            left = self._left.get(typed.about)
            is_open = any(one.holds(text_id) for one in self._open)
            if (
                self._writing is not None
                and left is not None
                and left.id == text_id
                and not is_open
            ):
                self._writing.journal(text_id, Typed(typed.about, left.text, "line"))

        self._later(Journal.RETRY_SECONDS, again)
