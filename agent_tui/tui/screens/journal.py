"""What is typed, kept on disk from key to key, and said at once where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from agent_tui.tui.unkept import Typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.kinds import DraftKind
    from agent_tui.tui.screens.sheets import Sheet
    from agent_tui.tui.writing import Writing


class TextLine(Protocol):
    """Where a text is typed."""

    @property
    def text(self) -> str:
        """What is typed."""

    def put(self, text: str) -> None:
        """Replace the text."""

    def remark(self, text: str, *, urgent: bool = False) -> None:
        """Say how the text fares."""

    def write_about(self, about: str, title: str) -> None:
        """Say whom the text is about, "" for nobody, and what the line is called meanwhile."""


class Journal:
    """Journals the sheet in the line. `later` calls a function after so many seconds.

    What is on disk is at most `JOURNAL_SECONDS` old, and the time that the disk takes. A text is
    journalled under the id of its sheet, so that none can be mixed with another.
    """

    KIND: DraftKind = "note"
    JOURNAL_SECONDS = 0.1
    RETRY_SECONDS = 1.0
    SILENT_SECONDS = 0.7
    """After so long without an answer the agent is told."""

    def __init__(
        self, line: TextLine, later: Callable[[float, Callable[[], None]], object]
    ) -> None:
        self._line = line
        self._later = later
        self._writing: Writing | None = None
        self._sheet: Sheet | None = None
        self._submitted: dict[int, tuple[Sheet, str]] = {}
        self._ended: set[int] = set()
        self._is_keeping_soon = False
        self._is_watching = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self._line.text.strip()

    @property
    def sheet(self) -> Sheet | None:
        """The text in the line; None while the line is about nobody."""
        return self._sheet

    def holds(self, text_id: int) -> bool:
        """Whether the text in the line is that one."""
        return self._sheet is not None and self._sheet.id == text_id

    def typed(self) -> None:
        """Journal this soon."""
        self._keep_soon(self.JOURNAL_SECONDS)

    def _keep_soon(self, seconds: float) -> None:
        if not self._is_keeping_soon:
            self._is_keeping_soon = True
            self._later(seconds, self.keep)

    def keep(self) -> None:
        """Journal now what is not kept yet."""
        self._is_keeping_soon = False
        sheet, text = self._sheet, self._line.text
        if sheet is not None:
            self._journal(sheet, "" if text == sheet.began else text)

    def keep_again(self) -> None:
        """Journal the text once more: it may be kept in another form now."""
        if self._sheet is not None and not self.is_empty:
            self._sheet.kept = None
            self._keep_soon(self.JOURNAL_SECONDS)

    def _journal(self, sheet: Sheet, text: str) -> None:
        if self._writing is not None and text != sheet.kept:
            sheet.kept = text
            self._writing.journal(sheet.id, Typed(sheet.about, text, self.KIND, sheet.corrects_id))
            self._watch()

    def _watch(self) -> None:
        if not self._is_watching:
            self._is_watching = True
            self._later(self.SILENT_SECONDS, self._say_if_silent)

    def _say_if_silent(self) -> None:
        """Silence is no answer: say when the database lets a text wait."""
        self._is_watching = False
        if self._writing is None or self._sheet is None:
            return
        waits = self._writing.unkept.waits
        line = waits(self._sheet.id)
        saves = max((waits(text_id) for text_id in self._submitted), default=0.0)
        if line > self.SILENT_SECONDS:
            self._line.remark("NOT KEPT YET: the database does not answer", urgent=True)
        elif saves > self.SILENT_SECONDS:
            self._line.remark("NOT SAVED YET: the database does not answer", urgent=True)
        if line or saves:
            self._watch()

    def kept(self, text_id: int, clock_time: str) -> None:
        """The journal is on disk."""
        sheet = self._sheet
        if sheet is not None and text_id == sheet.id and not self.is_empty:
            self._line.remark(f"draft kept {clock_time}")

    def not_kept(self, text_id: int, typed: Typed, why: str) -> None:
        """The journal could not be written: say so at once, and try again soon."""
        sheet = self._sheet
        if sheet is not None and text_id == sheet.id:
            self._line.remark(f"NOT KEPT: {why}", urgent=True)
            sheet.kept = None
            self._keep_soon(self.RETRY_SECONDS)
        elif text_id not in self._ended:
            self._later(self.RETRY_SECONDS, lambda: self._keep_elsewhere(text_id, typed))

    def _keep_elsewhere(self, text_id: int, typed: Typed) -> None:
        """Journal a text that the line does not hold any more."""
        is_back = self._sheet is not None and self._sheet.id == text_id
        if self._writing is not None and text_id not in self._ended and not is_back:
            self._writing.journal(text_id, typed)
