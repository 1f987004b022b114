"""Boxes to type in: nothing pasted into them can act, and no line of it is lost."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets._input import Input

from agent_tui.text.hygiene import clean_line

PASTE_LIMIT = 100_000


class PlainInput(Input):
    """One line of text."""

    DEFAULT_CSS = """
    PlainInput {
        height: 1;
        padding: 0;
        border: none;
        background: transparent;
        &:focus { border: none; background: transparent; background-tint: transparent; }
        & > .input--placeholder { color: $dim; }
    }
    """

    TAKES_LETTERS: ClassVar[bool] = True
    """Letters are typed here, whatever they would do elsewhere."""

    virtual_size = Reactive(Size(0, 0))
    """Textual lays the whole screen out anew when it changes: here with every letter, for which
    nothing else moves."""

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def only_types(self, event: Key | Paste) -> bool:
        """Whether a key does nothing here but write its letter."""
        return isinstance(event, Key) and event.is_printable

    async def _on_key(self, event: Key) -> None:
        """Enter takes its turn among the keys: left to the bindings, it would act after those
        that were typed behind it."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            await self.action_submit()

    def _on_paste(self, event: Paste) -> None:
        """Take all lines of what was pasted, as one line, in the place of what is chosen."""
        if event.text:
            text = clean_line(event.text[:PASTE_LIMIT], PASTE_LIMIT * 8)
            self.replace(text, *sorted(self.selection))
        event.stop()
        event.prevent_default()


class FindInput(PlainInput):
    """The find box: arrows move in the result list below it while typing goes on.

    At rest, before anything is typed, the space bar acts on the row that those arrows move to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Next person", show=False),
        Binding("up", "step(-1)", "Person before", show=False),
        Binding("pagedown", "step(5)", "Further down", show=False),
        Binding("pageup", "step(-5)", "Further up", show=False),
    ]

    class Stepped(Message):
        """The cursor of the list below is to move."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def only_types(self, event: Key | Paste) -> bool:
        """Whether a key does nothing here but write its letter: as the first one a space may act,
        and a slash does nothing."""
        may_act = isinstance(event, Key) and event.key in ("space", "slash") and not self.value
        return super().only_types(event) and not may_act

    async def _on_key(self, event: Key) -> None:
        """A space begins no name, and the key that leads here from elsewhere none either."""
        if event.key == "slash" and not self.value:
            event.stop()
            event.prevent_default()
            return
        if event.key == "space" and not self.value:
            event.stop()
            event.prevent_default()
            await self.run_action("screen.act")

    def action_step(self, step: int) -> None:
        """Move in the list below."""
        self.post_message(self.Stepped(step))
