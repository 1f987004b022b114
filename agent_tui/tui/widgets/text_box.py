"""A box for several lines of text: nothing that comes into it can act, and keys keep their order.

Loaded when somebody is opened, not for the first frame: Textual's editor costs as much to import
and to style as all that is painted before it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.document._document import Document
from textual.document._edit import Edit
from textual.events import Key, Paste, Resize
from textual.geometry import Region
from textual.keys import Keys
from textual.strip import Strip
from textual.widgets._text_area import TextArea

from agent_tui.text.hygiene import clean_text, is_clean

if TYPE_CHECKING:
    from textual.document._document import EditResult

PASTE_LIMIT = 100_000
NEWLINE_KEYS = ("ctrl+j", "shift+enter", "alt+enter", "shift+\r")
"""Of these ctrl+j arrives from every terminal, and alt+Enter from all that send Esc for alt; many
send a mere Enter for the other two."""

ALT_ENTER = ("\x1b\r", "\x1b\n")
"""What terminals send for alt+Enter unless they speak Kitty's protocol. Textual would drop the alt
and read Enter, and the half of a text would be saved."""
_known = cast("dict[str, object]", ANSI_SEQUENCES_KEYS)
for _sequence in ALT_ENTER:
    _known[_sequence] = (Keys.ControlJ,)

AT_ONCE: dict[str, Callable[[TextArea], object]] = {
    "backspace": TextArea.action_delete_left,
    "delete": TextArea.action_delete_right,
    "ctrl+w": TextArea.action_delete_word_left,
    "ctrl+u": TextArea.action_delete_to_start_of_line,
    "left": TextArea.action_cursor_left,
    "right": TextArea.action_cursor_right,
    "up": TextArea.action_cursor_up,
    "down": TextArea.action_cursor_down,
    "home": TextArea.action_cursor_line_start,
    "end": TextArea.action_cursor_line_end,
    "ctrl+e": TextArea.action_cursor_line_end,
    "ctrl+left": TextArea.action_cursor_word_left,
    "ctrl+right": TextArea.action_cursor_word_right,
}
"""Keys between which others may be typed; the editor's bindings have the rest."""


class Owner(Protocol):
    """Whoever the text is for. It is told while the key is handled, before any later key."""

    def entered(self) -> None:
        """Enter was pressed."""

    def typed(self) -> None:
        """The text is another one."""

    def tabbed(self, *, back: bool) -> bool:
        """Tab (or with `back` shift+Tab) was pressed; false where the focus is to move."""

    def fit(self) -> None:
        """The text takes more or fewer rows."""


class TextBox(TextArea):
    """Several lines of text. Enter is the owner's; ctrl+j or alt+Enter begins a line."""

    DEFAULT_CSS = """
    TextBox {
        height: 1;
        padding: 0;
        border: none;
        background: transparent;
        scrollbar-size: 0 0;
        &:focus { border: none; background: transparent; background-tint: transparent; }
    }
    """

    TAKES_LETTERS: ClassVar[bool] = True
    """Letters are typed here, whatever they would do elsewhere."""

    def __init__(self, owner: Owner, *, id: str | None = None) -> None:
        self._owner = owner
        self._is_told = False
        super().__init__(id=id, compact=True, highlight_cursor_line=False, max_checkpoints=200)
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self._is_told = True

    @property
    def rows(self) -> int:
        """How many rows the text takes at this width."""
        return self.wrapped_document.height

    @property
    def _plain_document(self) -> Document:
        assert isinstance(self.document, Document)
        return self.document

    @property
    def cursor(self) -> int:
        """How many characters stand before the cursor."""
        return self._plain_document.get_index_from_location(self.cursor_location)

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether there is more than fits: no scroll bar is needed for that."""
        return self.max_scroll_y > 0

    def put(self, text: str) -> None:
        """Replace the text by one that nobody types; the owner is not told."""
        self._is_told = False
        self.load_text(inert(text))
        self._is_told = True
        self.move_cursor(self.document.end)
        self._owner.fit()

    def replace_part(self, text: str, start: int, end: int) -> None:
        """Replace the characters from `start` to `end`, as if typed; the cursor stands behind."""
        place = self._plain_document.get_location_from_index
        self.history.checkpoint()
        done = self.replace(text, place(start), place(end), maintain_selection_offset=False)
        self.move_cursor(done.end_location)

    def undo_typing(self) -> bool:
        """Take the last stretch of typing back; false where there is none."""
        is_some = bool(self.history.undo_stack)
        self.undo()
        return is_some

    @property
    def was_typed_in(self) -> bool:
        """Whether anything was typed or undone since the text was put here."""
        return bool(self.history.undo_stack or self.history.redo_stack)

    def edit(self, edit: Edit) -> EditResult:
        """Do an edit, with nothing in it that could act on a terminal."""
        edit.text = inert(edit.text)
        return super().edit(edit)

    def update_suggestion(self) -> None:
        """Called by the editor after every change: tell the owner."""
        if self._is_told:
            self._owner.typed()
            self._owner.fit()

    def only_types(self, event: Key | Paste) -> bool:
        """Whether a key does nothing here but write its letter."""
        return isinstance(event, Key) and event.is_printable

    async def _on_key(self, event: Key) -> None:
        """Every key is done with before the next one: left to the bindings, Backspace or an arrow
        would act after what was typed behind it."""
        key = event.key
        if key == "enter":
            self._owner.entered()
        elif key in NEWLINE_KEYS:
            self._insert("\n")
        elif key in ("tab", "shift+tab"):
            if not self._owner.tabbed(back=key == "shift+tab"):
                return
        elif event.is_printable and event.character is not None:
            self._insert(event.character)
        elif key in AT_ONCE:
            AT_ONCE[key](self)
        else:
            return
        event.stop()
        event.prevent_default()

    async def _on_paste(self, event: Paste) -> None:
        """Take all lines of what was pasted."""
        event.stop()
        event.prevent_default()
        if event.text:
            self._insert(event.text[:PASTE_LIMIT].rstrip("\r\n"))

    def _insert(self, text: str) -> None:
        done = self._replace_via_keyboard(text, *self.selection)
        if done is not None:
            self.move_cursor(done.end_location)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing of a box that was taken away: a frame may be painted before the layout is done
        anew, and its styles are gone by then."""
        if not self.is_attached:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)

    def on_resize(self, _event: Resize) -> None:
        """Another width breaks the lines elsewhere, which the editor does when this is over."""
        self.call_later(self._owner.fit)


def inert(text: str) -> str:
    """A piece of text with nothing in it that could act, the white space at its end kept."""
    if "\r" not in text and "\t" not in text and is_clean(text):
        return text
    return clean_text(f"{text}.", len(text) * 8 + 8)[:-1]
