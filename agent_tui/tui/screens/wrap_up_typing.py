"""Where words are typed in a wrap-up: one line for the outcome, some rows for the summary."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.events import Key, Paste

from agent_tui.tui.widgets.inputs import PlainInput
from agent_tui.tui.widgets.wrap_up_lines import INDENT

if TYPE_CHECKING:
    from textual.widget import Widget

    from agent_tui.tui.widgets.text_box import TextBox

_ROWS = 5


class LineBox(PlainInput):
    """A line to type in, in which a digit, as the first key, may choose a whole answer.

    `takes` tells whether words are typed at all: a key that comes late is none of its own.
    """

    choose: Callable[[str], bool] = staticmethod(lambda _digit: False)
    takes: Callable[[], bool] = staticmethod(lambda: True)

    def only_types(self, event: Key | Paste) -> bool:
        """Whether a key does nothing here but write its letter: the first one may act."""
        return super().only_types(event) and bool(self.value)

    async def _on_key(self, event: Key) -> None:
        """A digit in an empty line, or a key for another step."""
        digit = event.character or ""
        if not self.takes():
            event.prevent_default()
            return
        if not self.value and digit.isdigit() and self.choose(digit):
            event.stop()
            event.prevent_default()


class SummaryEditor:
    """The summary while it is edited. `typed` hears every change, `done` the Enter that ends it."""

    def __init__(self, typed: Callable[[str], None], done: Callable[[], None]) -> None:
        self._typed = typed
        self._done = done
        self._early = ""
        self.is_open = False
        self.box: TextBox | None = None

    def open(self, before: Widget, text: str, shown: Callable[[], None]) -> None:
        """Put a box with this text above a widget; `shown` is called once it is there."""
        from agent_tui.tui.widgets.text_box import TextBox

        self.is_open, self._early = True, ""
        box = TextBox(self, id="wrap-up-summary")
        box.styles.margin = (0, 0, 0, INDENT)
        if before.parent is not None:
            before.parent.mount(box, before=before)  # type: ignore[attr-defined]

        def begin() -> None:
            self.box = box
            box.put(text + self._early)
            if self._early:
                self.typed()
            shown()

        box.call_after_refresh(begin)

    def take_early(self, character: str) -> None:
        """A key that was typed before the box was there."""
        self._early += character

    def close(self) -> None:
        """Take the box away."""
        box, self.box, self.is_open = self.box, None, False
        if box is not None:
            box.remove()

    def entered(self) -> None:
        """Enter ends the editing."""
        self._done()

    def typed(self) -> None:
        """The text is another one."""
        if self.box is not None:
            self._typed(self.box.text)

    def tabbed(self, *, back: bool) -> bool:  # noqa: ARG002
        """There is nowhere else to go."""
        return True

    def fit(self) -> None:
        """As many rows as it takes, up to five."""
        if self.box is not None:
            self.box.styles.height = max(1, min(_ROWS, self.box.rows))
