"""Where a filter is typed: its cursor stays in sight, and at rest its beginning is shown."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from agent_tui.text.cells import pad
from agent_tui.tui.widgets.ink import plain
from agent_tui.tui.widgets.inputs import PlainInput


class FilterInput(PlainInput):
    """The box. Tab takes what is offered; the arrows choose among it, else go through what was
    looked for before. While nobody types, its text is shown from the beginning."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Next offer", show=False),
        Binding("up", "step(-1)", "Offer before", show=False),
        Binding("tab", "take", "Take the offer", show=False),
    ]

    @property
    def scrolled(self) -> int:
        """How many cells of the text lie to the left of the box."""
        return self.scroll_offset.x if self.has_focus else 0

    def render_line(self, y: int) -> Strip:
        """The cursor and what is around it; where nobody types, the beginning."""
        if y or self.has_focus or not self.value:
            return super().render_line(y)
        shown = pad(plain(self.value), self.size.width)
        return Strip([Segment(shown, self.rich_style)], self.size.width)

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self.call_after_refresh(self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        at = Region(self._cursor_offset, 0, 1, 1)
        self.scroll_to_region(at, force=True, animate=False)
        self.post_message(self.Moved())

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Another part of the text is in sight."""
        super().watch_scroll_x(old_value, new_value)
        self.post_message(self.Moved())

    class Moved(Message):
        """Another part of the text is in sight, or more of it."""

    class Stepped(Message):
        """An arrow was pressed."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Taken(Message):
        """Tab was pressed."""

    def action_step(self, step: int) -> None:
        """Choose among what is offered."""
        self.post_message(self.Stepped(step))

    def action_take(self) -> None:
        """Take what is offered."""
        self.post_message(self.Taken())
