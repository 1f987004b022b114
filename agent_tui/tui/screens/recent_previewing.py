"""What is shown of the row under the cursor of Recent, beside the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.screens.recent_layout import RecentLayout
from agent_tui.tui.widgets.ink import Span, line, wrapped
from agent_tui.tui.widgets.recent_preview import preview_lines, preview_of
from agent_tui.tui.widgets.wording import caller

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.timer import Timer

    from agent_tui.domain.values.promises import Promise
    from agent_tui.domain.values.recent import RecentRow
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.widgets.lines import ListLines
    from agent_tui.tui.widgets.recent_preview import Preview

RESTS_S = 0.12
"""How long the cursor rests on a row before it is previewed."""
_SAID_ROWS = 4


class PreviewingOfRecent(RecentLayout):
    """Carries between the row under the cursor and its preview."""

    def __init__(self) -> None:
        super().__init__()
        self._rests: Timer | None = None
        self._previewed: RecentRow | None = None
        """The row whose preview was asked for last."""

    def on_list_lines_highlighted(self, event: ListLines.Highlighted) -> None:
        """The cursor moved: what it rests on is previewed."""
        if event.lines is self.rows:
            self.rest_on_row()

    def rest_on_row(self) -> None:
        """Preview the row under the cursor once the cursor has rested on it."""
        if self._rests is not None:
            self._rests.stop()
        self._rests = self.set_timer(RESTS_S, self._ask_preview)

    @property
    def has_preview(self) -> bool:
        """Whether there is room for a preview."""
        return self.size.width >= self.HORIZONTAL_BREAKPOINTS[1][0]

    def _ask_preview(self) -> None:
        row, asking = self.rows.row, self.asking
        if row is None:
            self._previewed, self.preview = None, None
            self._show_preview()
        if row is None or asking is None or not self.has_preview or self.is_reading:
            return
        if self._previewed == row:
            return
        self._previewed = row

        def then(preview: Preview) -> None:
            shown = self.rows.row
            if shown is not None and shown.interaction.id == preview.row.interaction.id:
                self.preview = preview
                self._show_preview()

        def failed(error: AgentTuiError) -> None:
            self._previewed, self.preview = None, None
            self._show_preview(f"{error.title}: {error.message}")

        asking.look_up("recent preview", lambda desk: _preview(desk, row), then, failed)

    def _show_preview(self, said: str = "") -> None:
        lines, shown = self.preview_lines, self.preview
        cells, height = lines.size.width, lines.size.height
        if shown is None:
            self.preview_panel.entitle("Preview")
            lines.show([line(Span(row, "dim")) for row in wrapped(said, cells, at_most=_SAID_ROWS)])
            return
        self.preview_panel.entitle(caller(shown.row.interaction))
        lines.show(preview_lines(shown, self.here, cells, height))

    def on_resize(self) -> None:
        """There is room for more, or less."""
        self.call_after_refresh(self._fit_preview)

    def _fit_preview(self) -> None:
        if self.preview is not None:
            self._show_preview()
        self._ask_preview()

    def preview_anew(self, touched: Iterable[int]) -> None:
        """These read differently now: what is previewed of them, too."""
        if self._previewed is not None and self._previewed.interaction.id in touched:
            self._previewed = None
        self._ask_preview()


def _preview(desk: Desk, row: RecentRow) -> Preview:
    from agent_tui.domain.values.conversation import Whose

    call = row.interaction
    whose = Whose(interaction_id=call.id)
    promises: tuple[Promise, ...] = ()
    if call.customer_id is not None:
        promises = desk.promising.made_in(call.customer_id, call.id)
    newest = desk.opening.newest(whose)
    entries = tuple(entry for passage in newest.passages for entry in passage.entries)
    first = entries
    if newest.earlier is not None:
        begun = desk.opening.first(whose)
        first = tuple(entry for passage in begun.passages for entry in passage.entries)
    remarks = desk.browsing.remarks(call.id) if "listened" in row.marks else ()
    return preview_of(row, promises, first, entries, remarks)
